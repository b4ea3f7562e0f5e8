import { createHash } from 'node:crypto';

/** A UUID (version 8) that is the same for the same names: what has no id of its own is recognised when it comes again. */
export function nameBasedId(...names: readonly string[]): string {
  const hex = createHash('sha256').update(names.join('\u001F')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
