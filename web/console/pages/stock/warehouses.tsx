import { useQuery } from '@tanstack/react-query';
import { warehousesQuery } from '../../../api/console.ts';
import { ChoiceFilter } from '../../../ui/components/filter-bar.tsx';
import { useT } from '../../../ui/i18n.ts';
import type { Filters } from '../../../ui/use-filters.ts';

/** What a warehouse is called; its code until that is known, nothing where there is none. */
export function useWarehouseName(): (code: string | null) => string {
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  return (code) => warehouses.find((w) => w.code === code)?.name ?? code ?? '';
}

/** Filter of a list by warehouse. */
export function WarehouseFilter({ filters }: { filters: Filters }) {
  const t = useT();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  return (
    <ChoiceFilter
      filters={filters}
      name="warehouse"
      label={t('stock.warehouse')}
      options={warehouses.map((w) => ({ value: w.code, label: w.name }))}
    />
  );
}
