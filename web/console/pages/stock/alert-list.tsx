import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Badge, Tabs, type TableColumnsType } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { listQuery, oneQuery } from '../../../api/console.ts';
import type { StockAlert } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { PlanNowButton } from './plan-now.tsx';
import { SkuLink } from './sku-link.tsx';
import { useWarehouseName, WarehouseFilter } from './warehouses.tsx';

const FILTERS = ['kind', 'state', 'warehouse', 'q'] as const;
const KINDS = ['low', 'over', 'slow', 'expiring'] as const;
const ALL = 'all';

function useColumns(closed: boolean): TableColumnsType<StockAlert> {
  const t = useT();
  const nameOf = useWarehouseName();
  return [
    { title: t('alert.kind'), width: 110, render: (_, row) => <StatusTag kind="stockAlert" value={row.kind} /> },
    {
      title: t('stock.sku'),
      width: 320,
      render: (_, row) => <SkuLink sku={row.sku} title={row.title} warehouse={row.warehouse} />,
    },
    {
      title: t('stock.warehouse'),
      width: 140,
      render: (_, row) => <span className="wrap">{nameOf(row.warehouse)}</span>,
    },
    { title: t('alert.says'), render: (_, row) => <span className="wrap">{row.says}</span> },
    { title: t('alert.openedAt'), width: 120, render: (_, row) => <TimeText at={row.openedAt} /> },
    ...(closed
      ? [
          {
            title: t('alert.closedAt'),
            width: 120,
            render: (_: unknown, row: StockAlert) => <TimeText at={row.closedAt} />,
          },
        ]
      : []),
  ];
}

/** What of the stock deserves a look: low, too much, slow-moving, near expiry. */
export default function AlertList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(FILTERS);
  const { kind, state, ...scope } = filters.search;
  const query = useQuery(listQuery('/stock/alerts', { ...filters.search, limit: filters.limit } as never));
  const { cursor: _cursor, limit: _limit, ...where } = scope;
  const counts = useQuery({
    ...oneQuery('/stock/alerts/counts', { query: where }),
    placeholderData: keepPreviousData,
  }).data;
  const columns = useColumns(state === 'closed');
  const countOf = (name: (typeof KINDS)[number] | typeof ALL): number | undefined =>
    counts && (name === ALL ? KINDS.reduce((sum, k) => sum + counts[k], 0) : counts[name]);
  return (
    <Page title={t('alert.list')} says={t('alert.listSays')} extra={<PlanNowButton />}>
      <Tabs
        activeKey={kind ?? ALL}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        onChange={(next) => filters.set({ kind: next === ALL ? undefined : next, cursor: undefined })}
        items={[ALL, ...KINDS].map((name) => ({
          key: name,
          label: (
            <span className="row tight">
              {t(name === ALL ? 'alert.all' : `status.stockAlert.${name}`)}
              <Badge count={countOf(name as typeof ALL) ?? 0} overflowCount={9999} color="var(--muted)" />
            </span>
          ),
        }))}
      />
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('stock.search')} />
        <WarehouseFilter filters={filters} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('alert.open')}
          options={[{ value: 'closed', label: t('alert.closed') }]}
        />
      </FilterBar>
      <DataTable<StockAlert>
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={980}
        empty={<EmptyState title={t('alert.none')} />}
        onOpen={(row) =>
          void navigate({
            to: '/stock/sku/$sku',
            params: { sku: row.sku } as never,
            search: { warehouse: row.warehouse } as never,
          })
        }
      />
    </Page>
  );
}
