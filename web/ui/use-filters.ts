import { useNavigate, useSearch } from '@tanstack/react-router';
import { pageSize, pickFilters, withFilters, type SearchParams } from './search-params.ts';

/** What a list keeps in its address: its own filters by name, and which page is shown. */
export type FilterValues<Name extends string> = { [K in Name | 'cursor' | 'limit']?: string };

export type Filters<Name extends string = string> = {
  /** Filters and page of the address, ready to be a query. */
  search: FilterValues<Name>;
  limit: number;
  set: (changes: Record<string, string | undefined>, options?: { replace?: boolean }) => void;
  clear: () => void;
};

/** A list's filters, kept in the address: back, reload and a shared link all show the same list. */
export function useFilters<const Name extends string>(names: readonly Name[]): Filters<Name> {
  const all = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const search = pickFilters(all, names);
  const go = (next: SearchParams, replace: boolean) =>
    void navigate({ to: '.', search: next as never, replace, resetScroll: false });
  return {
    search: search as FilterValues<Name>,
    limit: pageSize(search),
    set: (changes, options) => go(withFilters(search, changes), options?.replace ?? false),
    clear: () => go(search['limit'] ? { limit: search['limit'] } : {}, false),
  };
}
