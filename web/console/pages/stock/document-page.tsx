import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { App, Table } from 'antd';
import type { ReactNode } from 'react';
import { documentQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { StockDocumentDetail } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { changesOf, isReversible, type MoveRow, unitsOf } from './document-lines.ts';

import { ReceiveButton } from './document-list.tsx';
import { useWarehouseName } from './warehouses.tsx';
import './documents.css';

const PAGE = 100;

function ReverseButton({ document }: { document: StockDocumentDetail }) {
  const t = useT();
  const { message } = App.useApp();
  const mayReverse = can(useQuery(meQuery).data, 'inventory.adjustment.write');
  const reverse = useSubmit(
    (reason: string, idempotencyKey) =>
      client.post('/stock/documents/{documentId}/reverse', {
        path: { documentId: document.id },
        body: { reason },
        idempotencyKey,
      }),
    {
      onSuccess: (made) => {
        const waits = made.state === 'awaiting_approval';
        void (waits ? message.info(t('stock.waits', { no: made.no })) : message.success(t('document.reversed')));
      },
    },
  );
  if (!mayReverse || !isReversible(document)) return null;
  return (
    <ConfirmButton
      danger
      title={t('document.reverse')}
      says={t('document.reverseSays', { no: document.no })}
      reason="required"
      act={(reason) => reverse.mutateAsync(reason)}
    >
      {t('document.reverse')}
    </ConfirmButton>
  );
}

function Signed({ by }: { by: number }) {
  const locale = useLocale();
  return (
    <strong className="nowrap" style={{ color: by < 0 ? 'var(--bad)' : 'var(--good)' }}>
      {by > 0 && '+'}
      {by.toLocaleString(locale)}
    </strong>
  );
}

function Moves({ document }: { document: StockDocumentDetail }) {
  const t = useT();
  const nameOf = useWarehouseName();
  const rows = document.moves.map((move, i) => ({ ...move, key: i }));
  return (
    <Table<MoveRow & { key: number }>
      size="small"
      rowKey="key"
      pagination={rows.length > PAGE ? { pageSize: PAGE } : false}
      scroll={{ x: 760 }}
      dataSource={rows}
      locale={{ emptyText: <EmptyState title={t('document.noMoves')} /> }}
      columns={[
        {
          title: t('stock.sku'),
          render: (_, move) => (
            <>
              <div className="clamp2" title={move.title}>
                {move.title}
              </div>
              <span className="mono muted">{move.sku}</span>
            </>
          ),
        },
        { title: t('stock.warehouse'), width: 140, ellipsis: true, render: (_, move) => nameOf(move.warehouse) },
        {
          title: t('stock.bin'),
          width: 140,
          render: (_, move) => (
            <Link to="/stock/bins" search={{ warehouse: move.warehouse, bin: move.bin ?? '' } as never}>
              <span className="mono">{move.bin ?? '–'}</span>
            </Link>
          ),
        },
        {
          title: t('stock.batch'),
          width: 140,
          render: (_, move) => (
            <>
              <div className="wrap">{move.batch ?? '–'}</div>
              {move.expiresOn && <span className="muted">{t('batch.until', { day: move.expiresOn })}</span>}
            </>
          ),
        },
        {
          title: t('move.quantity'),
          width: 150,
          align: 'right',
          render: (_, move) =>
            changesOf(move).map(({ bucket, by }) => (
              <div key={bucket} className="nowrap">
                <span className="muted">{t(`stock.${bucket}`)}</span> <Signed by={by} />
              </div>
            )),
        },
      ]}
    />
  );
}

function DocumentLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to="/stock/documents/$id" params={{ id } as never}>
      {children}
    </Link>
  );
}

function Facts({ document }: { document: StockDocumentDetail }) {
  const t = useT();
  const nameOf = useWarehouseName();
  const { reversedBy } = document;
  const rows: [string, ReactNode][] = [
    [t('stock.warehouse'), nameOf(document.warehouse)],
    ...(document.toWarehouse ? [[t('stock.to'), nameOf(document.toWarehouse)] as [string, ReactNode]] : []),
    [t('document.units'), <CountText key="n" value={document.lines.reduce((n, line) => n + unitsOf(line), 0)} />],
    ...(document.reason ? [[t('ui.reason'), document.reason] as [string, ReactNode]] : []),
    ...(document.reference ? [[t('move.reference'), document.reference] as [string, ReactNode]] : []),
    [t('document.createdAt'), <TimeText key="at" at={document.createdAt} />],
    ...(document.reverses
      ? [
          [
            t('document.undoes'),
            <DocumentLink key="r" id={document.reverses}>
              {document.reversesNo}
            </DocumentLink>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(reversedBy
      ? [
          [
            t('document.undoneBy'),
            <span key="u" className="row tight">
              <DocumentLink id={reversedBy.id}>{reversedBy.no}</DocumentLink>
              <StatusTag kind="document" value={reversedBy.state} />
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(document.deliveryId
      ? [
          [
            t('delivery.one'),
            <Link key="d" to="/stock/deliveries/$id" params={{ id: document.deliveryId } as never}>
              {t('document.toDelivery')}
            </Link>,
          ] as [string, ReactNode],
        ]
      : []),
  ];
  return (
    <Panel title={t('document.facts')}>
      <dl className="zg-doc-facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt className="muted">{label}</dt>
            <dd className="wrap">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** One document with what it moved bin by bin, and the way to undo it. */
export default function DocumentPage() {
  const t = useT();
  const word = useWord();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(documentQuery(id));
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data)
    return (
      <Page title={t('document.list')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  const document = query.data;
  return (
    <Page
      title={
        <span className="row">
          {word('documentKind', document.kind)} <span className="mono">{document.no}</span>
          <StatusTag kind="document" value={document.state} />
        </span>
      }
      extra={
        <>
          <ReverseButton document={document} />
          <ReceiveButton document={document} />
        </>
      }
    >
      <div className="zg-two">
        <Panel title={t('document.moves')} flush>
          <Moves document={document} />
        </Panel>
        <Facts document={document} />
      </div>
    </Page>
  );
}
