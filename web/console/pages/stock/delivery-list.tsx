import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import type { Delivery } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { useWarehouseName, WarehouseFilter } from './warehouses.tsx';

const DeliveryForm = lazy(() => import('./delivery-form.tsx'));
const STATES = [
  'expected',
  'partly',
  'received',
  'closed',
  'cancelled',
] as const satisfies readonly Delivery['state'][];
const sum = (delivery: Delivery, of: 'ordered' | 'received') => delivery.lines.reduce((n, line) => n + line[of], 0);

/** A delivery's state, and whether its day is past. */
export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const t = useT();
  return (
    <span className="row tight">
      <StatusTag kind="inbound" value={delivery.state} />
      {delivery.late && <Tag color="error">{t('delivery.late')}</Tag>}
    </span>
  );
}

function useColumns(): TableColumnsType<Delivery> {
  const t = useT();
  const nameOf = useWarehouseName();
  return [
    { title: t('document.no'), width: 130, render: (_, row) => <span className="mono">{row.no}</span> },
    {
      title: t('delivery.supplier'),
      render: (_, row) => (
        <>
          <div className="clamp2" title={row.supplier}>
            {row.supplier}
          </div>
          {row.reference && <span className="muted wrap">{row.reference}</span>}
        </>
      ),
    },
    { title: t('document.state'), width: 150, render: (_, row) => <DeliveryState delivery={row} /> },
    { title: t('delivery.expectedOn'), width: 120, render: (_, row) => row.expectedOn ?? '–' },
    { title: t('stock.warehouse'), width: 150, ellipsis: true, render: (_, row) => nameOf(row.warehouse) },
    {
      title: t('delivery.progress'),
      width: 140,
      align: 'right',
      render: (_, row) => (
        <span className="nowrap">
          <CountText value={sum(row, 'received')} /> / <CountText value={sum(row, 'ordered')} />
        </span>
      ),
    },
    { title: t('document.createdAt'), width: 120, render: (_, row) => <TimeText at={row.createdAt} /> },
  ];
}

/** What suppliers are to bring: expected, partly here, all here, and what never came. */
export default function DeliveryList() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const filters = useFilters(['q', 'state', 'warehouse']);
  const query = useQuery(listQuery('/stock/deliveries', { ...filters.search, limit: filters.limit }));
  const mayWrite = can(useQuery(meQuery).data, 'inventory.delivery.write');
  const columns = useColumns();
  const [making, setMaking] = useState(false);
  const open = (id: string) => void navigate({ to: '/stock/deliveries/$id', params: { id } as never });
  return (
    <Page
      title={t('nav.deliveries')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t('delivery.new')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('delivery.search')} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('document.state')}
          options={STATES.map((value) => ({ value, label: word('status.inbound', value) }))}
        />
        <WarehouseFilter filters={filters} />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        onOpen={(row) => open(row.id)}
        minWidthPx={980}
      />
      <Suspense>{making && <DeliveryForm onClose={() => setMaking(false)} onMade={open} />}</Suspense>
    </Page>
  );
}
