/** What a list keeps in its address: plain text by name, so that an address can be read, shared and typed. */
export type SearchParams = Record<string, string>;

/** Reads an address; the last of a repeated name wins and empty values count as absent. */
export function parseSearch(text: string): SearchParams {
  const found: SearchParams = {};
  for (const [name, value] of new URLSearchParams(text)) if (value !== '') found[name] = value;
  return found;
}

/** Writes an address with the names in a fixed order, so that equal filters are equal text. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const name of Object.keys(search).toSorted()) {
    const value = search[name];
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** Changes some filters. A change of what is listed goes back to the first page, because a cursor belongs to its filters. */
export function withFilters(search: SearchParams, changes: Record<string, string | undefined>): SearchParams {
  const next: SearchParams = { ...search };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') delete next[name];
    else next[name] = value;
  }
  if (!('cursor' in changes)) delete next['cursor'];
  return next;
}

/** The names a list understands, and nothing else: a stray parameter of an old link never reaches the server. */
export function pickFilters(search: Record<string, unknown>, names: readonly string[]): SearchParams {
  const kept: SearchParams = {};
  for (const name of [...names, 'limit', 'cursor']) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') kept[name] = value;
    else if (typeof value === 'number') kept[name] = String(value);
  }
  return kept;
}

export const PAGE_SIZES = [20, 50, 100, 200] as const;

/** The page size of an address, held to the sizes on offer; 50 when it says nothing sensible. */
export function pageSize(search: SearchParams): number {
  const asked = Number(search['limit']);
  return PAGE_SIZES.find((size) => size === asked) ?? 50;
}

/** Sort text ("-placedAt") to a column and a direction, and back. */
export function readSort(sort: string | undefined): { field: string; order: 'ascend' | 'descend' } | undefined {
  if (!sort) return undefined;
  return sort.startsWith('-') ? { field: sort.slice(1), order: 'descend' } : { field: sort, order: 'ascend' };
}
