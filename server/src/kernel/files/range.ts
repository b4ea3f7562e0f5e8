/** Bytes `from` to `to` of a file, both counted. */
export type Span = { from: number; to: number };

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * What of `size` bytes a `Range` header asks for (RFC 9110 §14.1.2): `whole` without one, with several or with one that is not
 * understood, which may be ignored; `outside` when none of it exists, which is answered by 416.
 */
export function spanOf(header: string | undefined, size: number): Span | 'whole' | 'outside' {
  const [, first = '', last = ''] = ONE_RANGE.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const count = Number(last);
    return count === 0 || size === 0 ? 'outside' : { from: Math.max(size - count, 0), to: size - 1 };
  }
  const from = Number(first);
  if (last !== '' && Number(last) < from) return 'whole';
  if (from >= size) return 'outside';
  return { from, to: Math.min(last === '' ? size - 1 : Number(last), size - 1) };
}
