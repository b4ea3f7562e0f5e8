import { z } from 'zod';
import { InvalidCursor } from '../errors.ts';

export const LIST_LIMIT_MAX = 200;

/** Query fields of every list: `...listInput` in the route's input. */
export const listInput = {
  limit: z.coerce.number().int().min(1).max(LIST_LIMIT_MAX).default(50),
  cursor: z.string().max(500).optional(),
};

/** A page: `nextCursor` is null on the last one. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export type Page<T> = { items: T[]; nextCursor: string | null };

/** Opaque to callers: the sort values of the last row, tied to the order they belong to. */
export const encodeCursor = (order: string, values: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify([order, ...values])).toString('base64url');

/** @throws InvalidCursor when it is not one of ours, or of a list sorted otherwise. */
export function decodeCursor(order: string, cursor: string, length: number): (string | number)[] {
  try {
    const [was, ...values] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as (string | number)[];
    if (
      was === order &&
      values.length === length &&
      values.every((v) => typeof v === 'string' || typeof v === 'number')
    )
      return values;
  } catch {
    // not base64url of JSON: the same refusal as a cursor of another list
  }
  throw new InvalidCursor();
}

/** Cuts `limit + 1` fetched rows down to a page; the extra row only tells that there is more. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  order: string,
  keyOf: (row: R) => (string | number)[],
  show: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(order, keyOf(last)) : null;
  return { items: shown.map(show), nextCursor };
}
