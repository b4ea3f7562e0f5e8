import { useQuery } from '@tanstack/react-query';
import { Drawer, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, warehousesQuery } from '../../../api/console.ts';
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

const KINDS = ['receipt', 'adjustment', 'transfer', 'count'] as const;

type DocumentLine = StockDocument['lines'][number];
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const units = (line: DocumentLine): number => number(line['quantity']) || number(line['delta']);

function useWarehouseName(): (code: string | null) => string {
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  return (code) => warehouses.find((w) => w.code === code)?.name ?? code ?? '';
}

function ReceiveButton({ document }: { document: StockDocument }) {
  const t = useT();
  const receive = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/stock/transfers/{documentId}/receive', { path: { documentId: document.id }, idempotencyKey }),
  );
  return (
    <ConfirmButton
      size="small"
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
  const mayReceive = can(useQuery(meQuery).data, 'inventory.transfer.write');
  return [
    { title: t('document.no'), width: 190, render: (_, row) => <span className="mono">{row.no}</span> },
    { title: t('document.kind'), width: 110, render: (_, row) => word('documentKind', row.kind) },
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
      render: (_, row) => <CountText value={row.lines.reduce((sum, line) => sum + units(line), 0)} />,
    },
    {
      title: t('document.note'),
      render: (_, row) => <span className="clamp2">{row.reason ?? row.reference ?? '–'}</span>,
    },
    { title: t('document.createdAt'), width: 120, render: (_, row) => <TimeText at={row.createdAt} /> },
    {
      key: 'actions',
      width: 110,
      align: 'right',
      render: (_, row) =>
        mayReceive && row.kind === 'transfer' && row.state === 'in_transit' && <ReceiveButton document={row} />,
    },
  ];
}

function DocumentDrawer({ document, onClose }: { document: StockDocument; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  return (
    <Drawer
      open
      size={640}
      onClose={onClose}
      title={
        <span className="row">
          {word('documentKind', document.kind)} <span className="mono">{document.no}</span>
          <StatusTag kind="document" value={document.state} />
        </span>
      }
    >
      <div className="stack wide">
        {(document.reason ?? document.reference) && <p className="wrap">{document.reason ?? document.reference}</p>}
        <Table<DocumentLine>
          size="small"
          rowKey={(line) => document.lines.indexOf(line)}
          pagination={false}
          dataSource={document.lines}
          columns={[
            { title: t('stock.search'), render: (_, line) => <span className="mono">{text(line['sku'])}</span> },
            {
              title: t('move.bucket'),
              render: (_, line) => (line['bucket'] ? word('bucket', text(line['bucket'])) : '–'),
            },
            { title: t('stock.bin'), render: (_, line) => text(line['bin']) || '–' },
            { title: t('move.quantity'), align: 'right', render: (_, line) => <CountText value={units(line)} /> },
          ]}
        />
      </div>
    </Drawer>
  );
}

/** Receipts, corrections and transfers, with what still waits for someone. */
export default function DocumentList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['kind']);
  const query = useQuery(listQuery('/stock/documents', { ...filters.search, limit: filters.limit }));
  const columns = useColumns();
  const [open, setOpen] = useState<StockDocument>();
  return (
    <Page title={t('document.list')}>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('document.kind')}
          options={KINDS.map((value) => ({ value, label: word('documentKind', value) }))}
        />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} onOpen={setOpen} minWidthPx={1000} />
      {open && <DocumentDrawer document={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
