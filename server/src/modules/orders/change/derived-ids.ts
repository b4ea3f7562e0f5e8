import { newId } from '#kernel/ids.ts';

/** The moment an id was made at, ms since 1970. */
const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** An id of now, and in any case after those of the orders it is made of, whoever's clock made them. */
export function idAfter(nowMs: number, sources: readonly string[]): string {
  const latest = sources.toSorted().at(-1) ?? '';
  const id = newId(nowMs);
  return id > latest ? id : newId(madeAt(latest) + 1);
}
