import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Progress, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import type { StockTake } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { useWarehouseName, WarehouseFilter } from '../stock/warehouses.tsx';

const CountCreate = lazy(() => import('./count-create.tsx'));
const STATES = ['counting', 'awaiting_approval', 'posted', 'cancelled'] as const;

function useColumns(): TableColumnsType<StockTake> {
  const t = useT();
  const warehouseOf = useWarehouseName();
  return [
    { title: t('count.no'), width: 130, render: (_, row) => <span className="mono">{row.no}</span> },
    {
      title: t('stock.warehouse'),
      ellipsis: true,
      render: (_, row) => warehouseOf(row.warehouse),
    },
    {
      title: t('count.kind'),
      width: 140,
      render: (_, row) => t(`count.kind.${row.kind}`) + (row.blind ? ` · ${t('count.blind')}` : ''),
    },
    { title: t('count.state'), width: 100, render: (_, row) => <StatusTag kind="count" value={row.state} /> },
    {
      title: t('count.counted'),
      width: 190,
      render: (_, row) => (
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <Progress
            percent={row.lines === 0 ? 0 : Math.floor((row.counted * 100) / row.lines)}
            size="small"
            showInfo={false}
            aria-label={t('count.counted')}
          />
          <span className="nowrap muted">
            <CountText value={row.counted} /> / <CountText value={row.lines} />
          </span>
        </div>
      ),
    },
    { title: t('count.differing'), width: 90, align: 'right', render: (_, row) => <CountText value={row.differing} /> },
    {
      title: t('count.created'),
      width: 150,
      render: (_, row) => (
        <>
          <div className="wrap">{row.createdByName}</div>
          <TimeText at={row.createdAt} />
        </>
      ),
    },
    {
      key: 'do',
      width: 100,
      align: 'right',
      render: (_, row) =>
        row.may.includes('count') && (
          <Link to="/stock/counts/$id/count" params={{ id: row.id } as never}>
            {t('count.go')}
          </Link>
        ),
    },
  ];
}

/** Counts of the warehouses, newest first. */
export default function CountList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(['state', 'warehouse']);
  const mayOpen = can(useQuery(meQuery).data, 'inventory.count.write');
  const query = useQuery(listQuery('/stock-takes', { ...filters.search, limit: filters.limit }));
  const columns = useColumns();
  const [creating, create] = useState(false);
  return (
    <Page
      title={t('count.list')}
      says={t('count.listSays')}
      extra={
        mayOpen && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => create(true)}>
            {t('count.new')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('count.state')}
          options={STATES.map((value) => ({ value, label: t(`status.count.${value}`) }))}
        />
        <WarehouseFilter filters={filters} />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        onOpen={(row) => void navigate({ to: '/stock/counts/$id', params: { id: row.id } as never })}
        empty={<EmptyState title={t('count.none')} />}
        minWidthPx={1000}
      />
      <Suspense>{creating && <CountCreate onClose={() => create(false)} />}</Suspense>
    </Page>
  );
}
