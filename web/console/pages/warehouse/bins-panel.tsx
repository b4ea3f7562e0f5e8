import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Tag, type TableColumnsType } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import type { Bin, Zone } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';

const DASH = '–';

function useColumns(): TableColumnsType<Bin> {
  const t = useT();
  const word = useWord();
  const place = (bin: Bin): string =>
    bin.aisle === null
      ? DASH
      : t('bin.place', {
          aisle: bin.aisle + 1,
          side: bin.side === null ? '' : t(`bin.side.${bin.side}`),
          bay: bin.bay === null ? DASH : bin.bay + 1,
          level: bin.level ?? DASH,
        });
  return [
    { title: t('stock.bin'), render: (_, bin) => <span className="mono">{bin.code}</span> },
    { title: t('bin.zone'), width: 110, render: (_, bin) => bin.zone ?? DASH },
    { title: t('bin.kind'), width: 130, render: (_, bin) => word('binKind', bin.kind) },
    { title: t('bin.placeTitle'), width: 220, render: (_, bin) => <span className="wrap">{place(bin)}</span> },
    {
      title: t('bin.state'),
      width: 110,
      render: (_, bin) => (bin.closed ? <Tag color="warning">{t('bin.closed')}</Tag> : DASH),
    },
  ];
}

/** The bins of a warehouse by code, beside the picture of them: also for whoever works by keyboard. */
export function BinsPanel(props: { warehouse: string; zones: readonly Zone[]; onOpen: (code: string) => void }) {
  const { warehouse, zones, onOpen } = props;
  const t = useT();
  const filters = useFilters(['q', 'zone']);
  const query = useQuery({
    ...oneQuery('/warehouses/{warehouse}/bins', {
      path: { warehouse },
      query: { ...filters.search, limit: filters.limit },
    }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  return (
    <div className="stack">
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('bin.search')} />
        <ChoiceFilter
          filters={filters}
          name="zone"
          label={t('bin.zone')}
          options={zones.map((z) => ({ value: z.code, label: `${z.code} ${z.name}` }))}
        />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={640}
        onOpen={(bin) => onOpen(bin.code)}
      />
    </div>
  );
}
