import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { StockDocument } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { DOCUMENT_KINDS, unitsOf } from './document-lines.ts';
import { StockActions } from './stock-actions.tsx';
import type { StockFormKind } from './stock-body.ts';
import { useWarehouseName } from './warehouses.tsx';

const StockForm = lazy(() => import('./stock-form.tsx'));

/** Takes a transfer in; offered as long as it is on its way. */
export function ReceiveButton({ document, small }: { document: StockDocument; small?: boolean }) {
  const t = useT();
  const mayReceive = can(useQuery(meQuery).data, 'inventory.transfer.write');
  const receive = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/stock/transfers/{documentId}/receive', { path: { documentId: document.id }, idempotencyKey }),
  );
  if (!mayReceive || document.kind !== 'transfer' || document.state !== 'in_transit') return null;
  return (
    <ConfirmButton
      {...(small ? { size: 'small' as const } : {})}
      type="primary"
      title={t('document.receive')}
      says={t('document.receiveSays', { no: document.no })}
      act={() => receive.mutateAsync({})}
    >
      {t('document.receive')}
    </ConfirmButton>
  );
}

function useColumns(): TableColumnsType<StockDocument> {
  const t = useT();
  const word = useWord();
  const nameOf = useWarehouseName();
  return [
    { title: t('document.no'), width: 190, render: (_, row) => <span className="mono">{row.no}</span> },
    { title: t('document.kind'), width: 120, render: (_, row) => word('documentKind', row.kind) },
    { title: t('document.state'), width: 110, render: (_, row) => <StatusTag kind="document" value={row.state} /> },
    {
      title: t('stock.warehouse'),
      render: (_, row) => (
        <span className="wrap">
          {nameOf(row.warehouse)}
          {row.toWarehouse && ` → ${nameOf(row.toWarehouse)}`}
        </span>
      ),
    },
    {
      title: t('document.units'),
      width: 90,
      align: 'right',
      render: (_, row) => <CountText value={row.lines.reduce((sum, line) => sum + unitsOf(line), 0)} />,
    },
    {
      title: t('document.note'),
      render: (_, row) => <span className="clamp2">{row.reason ?? row.reference ?? '–'}</span>,
    },
    { title: t('document.createdAt'), width: 120, render: (_, row) => <TimeText at={row.createdAt} /> },
    { key: 'actions', width: 110, align: 'right', render: (_, row) => <ReceiveButton small document={row} /> },
  ];
}

/** Whatever changed stock, of every kind, with what still waits for someone. */
export default function DocumentList() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const filters = useFilters(['kind']);
  const query = useQuery(listQuery('/stock/documents', { ...filters.search, limit: filters.limit }));
  const columns = useColumns();
  const [form, setForm] = useState<StockFormKind>();
  return (
    <Page title={t('document.list')} extra={<StockActions onChoose={setForm} />}>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('document.kind')}
          options={DOCUMENT_KINDS.map((value) => ({ value, label: word('documentKind', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1000}
        onOpen={(row) => void navigate({ to: '/stock/documents/$id', params: { id: row.id } as never })}
      />
      <Suspense>{form && <StockForm kind={form} onClose={() => setForm(undefined)} />}</Suspense>
    </Page>
  );
}
