import type { Locale } from '#kernel/context.ts';
import type { Category } from './domain/categories.ts';

/** Names categories in a language; one that is not known by its code. */
export function categoryNames(categories: readonly Category[], locale: Locale): (code: string) => string {
  const names = new Map(categories.map((c) => [c.code, c.name[locale]]));
  return (code) => names.get(code) ?? code;
}
