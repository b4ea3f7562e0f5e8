import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Table } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { deliveryQuery, skusByCodeQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Delivery } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { DeliveryState } from './delivery-list.tsx';
import { useWarehouseName } from './warehouses.tsx';

const ReceiveDrawer = lazy(() => import('./receive-drawer.tsx'));
type Line = Delivery['lines'][number];

function EndButtons({ delivery }: { delivery: Delivery }) {
  const t = useT();
  const path = { deliveryId: delivery.id };
  const close = useSubmit((reason: string, idempotencyKey) =>
    client.post('/stock/deliveries/{deliveryId}/close', { path, body: { reason }, idempotencyKey }),
  );
  const cancel = useSubmit((reason: string, idempotencyKey) =>
    client.post('/stock/deliveries/{deliveryId}/cancel', { path, body: { reason }, idempotencyKey }),
  );
  return (
    <>
      {delivery.may.includes('cancel') && (
        <ConfirmButton
          danger
          title={t('delivery.cancel')}
          says={t('delivery.cancelSays')}
          reason="required"
          act={(reason) => cancel.mutateAsync(reason)}
        >
          {t('delivery.cancel')}
        </ConfirmButton>
      )}
      {delivery.may.includes('close') && (
        <ConfirmButton
          title={t('delivery.close')}
          says={t('delivery.closeSays')}
          reason="required"
          act={(reason) => close.mutateAsync(reason)}
        >
          {t('delivery.close')}
        </ConfirmButton>
      )}
    </>
  );
}

function Lines({ delivery }: { delivery: Delivery }) {
  const t = useT();
  const known = useQuery(skusByCodeQuery(delivery.lines.map((line) => line.sku))).data?.items ?? [];
  const currencies = new Map(known.map((hit) => [hit.sku, hit.price.currency]));
  const count = (value: number, colour?: string) => (
    <span style={value > 0 && colour ? { color: colour, fontWeight: 600 } : {}}>
      <CountText value={value} />
    </span>
  );
  return (
    <Table<Line>
      size="small"
      rowKey="sku"
      pagination={delivery.lines.length > 100 ? { pageSize: 100 } : false}
      scroll={{ x: 720 }}
      dataSource={delivery.lines}
      columns={[
        {
          title: t('stock.sku'),
          render: (_, line) => (
            <>
              <div className="clamp2" title={line.title}>
                {line.title}
              </div>
              <span className="mono muted">{line.sku}</span>
            </>
          ),
        },
        { title: t('delivery.ordered'), width: 100, align: 'right', render: (_, line) => count(line.ordered) },
        { title: t('delivery.received'), width: 100, align: 'right', render: (_, line) => count(line.received) },
        {
          title: t('delivery.short'),
          width: 90,
          align: 'right',
          render: (_, line) => count(line.short, 'var(--warn)'),
        },
        { title: t('delivery.over'), width: 90, align: 'right', render: (_, line) => count(line.over, 'var(--bad)') },
        {
          title: t('delivery.unitCost'),
          width: 120,
          align: 'right',
          render: (_, line) => (
            <MoneyText
              value={
                line.unitCost === null ? null : { amount: line.unitCost, currency: currencies.get(line.sku) ?? 'CNY' }
              }
            />
          ),
        },
      ]}
    />
  );
}

function Receipts({ delivery }: { delivery: Delivery }) {
  const t = useT();
  return (
    <Panel title={t('delivery.receipts')}>
      {delivery.receipts.length === 0 && <EmptyState title={t('delivery.noReceipts')} />}
      <ul className="zg-plain">
        {delivery.receipts.map((receipt) => (
          <li key={receipt.id} className="row between">
            <Link to="/stock/documents/$id" params={{ id: receipt.id } as never}>
              <span className="mono">{receipt.no}</span>
            </Link>
            <TimeText at={receipt.at} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** One delivery: what was ordered, what has come of it, and what is over or short. */
export default function DeliveryPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(deliveryQuery(id));
  const warehouseOf = useWarehouseName();
  const [receiving, setReceiving] = useState(false);
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data)
    return (
      <Page title={t('delivery.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  const delivery = query.data;
  const warehouse = warehouseOf(delivery.warehouse);
  const facts = [warehouse, delivery.expectedOn ?? '', delivery.reference ?? ''].filter(Boolean).join(' · ');
  return (
    <Page
      title={
        <span className="row">
          {t('delivery.one')} <span className="mono">{delivery.no}</span> <DeliveryState delivery={delivery} />
        </span>
      }
      says={
        <>
          <div className="wrap">{delivery.supplier}</div>
          <div className="wrap">{facts}</div>
        </>
      }
      extra={
        <>
          <EndButtons delivery={delivery} />
          {delivery.may.includes('receive') && (
            <Button type="primary" onClick={() => setReceiving(true)}>
              {t('delivery.receive')}
            </Button>
          )}
        </>
      }
    >
      <div className="zg-two">
        <Panel title={t('delivery.lines')} flush>
          <Lines delivery={delivery} />
        </Panel>
        <Receipts delivery={delivery} />
      </div>
      <Suspense>{receiving && <ReceiveDrawer delivery={delivery} onClose={() => setReceiving(false)} />}</Suspense>
    </Page>
  );
}
