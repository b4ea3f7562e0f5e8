import { useQuery } from '@tanstack/react-query';
import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Order } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { formatMoney } from '../../../ui/format/money.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { Given } from './compensation-text.tsx';
import { GrantDialog } from './grant-dialog.tsx';

function Compensations({ order }: { order: Order }) {
  const t = useT();
  const { message } = App.useApp();
  const [granting, grant] = useState(false);
  const rows = useQuery(listQuery('/after-sales/compensations', { orderId: order.id, limit: 20 })).data?.items ?? [];
  const mayGrant = can(useQuery(meQuery).data, 'aftersales.compensation.create') && !order.superseded;
  if (rows.length === 0 && !mayGrant) return null;
  return (
    <Panel
      title={t('goodwill.title')}
      extra={
        mayGrant && (
          <Button size="small" onClick={() => grant(true)}>
            {t('goodwill.grant')}
          </Button>
        )
      }
    >
      {rows.map((r) => (
        <div key={r.id} style={{ marginBottom: 8 }}>
          <div className="row tight">
            <span className="mono">{r.no}</span>
            <StatusTag kind="compensation" value={r.status} />
            <TimeText at={r.requestedAt} />
          </div>
          <Given row={r} />
        </div>
      ))}
      {rows.length === 0 && <span className="muted">{t('goodwill.none')}</span>}
      {granting && (
        <GrantDialog
          orderId={order.id}
          onClose={() => grant(false)}
          onDone={(made) => {
            grant(false);
            void message.success(t(made.status === 'requested' ? 'goodwill.asked' : 'goodwill.given', { no: made.no }));
          }}
        />
      )}
    </Panel>
  );
}

/** What price protection would come to now, and what it came to. */
function Protection({ order }: { order: Order }) {
  const t = useT();
  const locale = useLocale();
  const { message } = App.useApp();
  const query = useQuery(oneQuery('/orders/{orderId}/price-protection', { path: { orderId: order.id } }));
  const given =
    useQuery(listQuery('/after-sales/price-protections', { orderId: order.id, limit: 20 })).data?.items ?? [];
  const ask = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/orders/{orderId}/price-protection', { path: { orderId: order.id }, body: {}, idempotencyKey }),
    {
      onSuccess: ({ refunded }) =>
        void message.success(t('protection.refunded', { amount: formatMoney(refunded, locale) })),
    },
  );
  const preview = query.data;
  if (!preview?.takesPart) return null;
  const fallen = preview.lines.filter((l) => l.lowest !== null);
  if (fallen.length === 0 && given.length === 0) return null;
  return (
    <Panel
      title={t('protection.one')}
      extra={
        preview.may.includes('protect') && (
          <ConfirmButton
            size="small"
            title={t('protection.ask')}
            says={t('protection.askSays', { amount: formatMoney(preview.total, locale) })}
            act={() => ask.mutateAsync({})}
          >
            {t('protection.ask')}
          </ConfirmButton>
        )
      }
    >
      {fallen.map((l) => (
        <div key={l.lineId} className="row tight">
          <span className="mono">{l.sku}</span>
          <MoneyText value={l.priceFrom} /> → <MoneyText value={l.lowest} />
          {l.why === null ? <MoneyText value={l.amount} strong /> : <span className="muted">{l.whyText}</span>}
        </div>
      ))}
      {given.map((p) => (
        <div key={p.id} className="row tight">
          <Tag color="success">{t('protection.given')}</Tag>
          <span className="mono">{p.sku}</span> × {p.units} <MoneyText value={p.amount} strong />
          {p.points > 0 && <span>{t('goodwill.pointsOf', { points: p.points })}</span>}
          <TimeText at={p.at} />
        </div>
      ))}
    </Panel>
  );
}

/** Compensations and price protection of an order, for those who may see them. */
export function OrderGoodwill({ order }: { order: Order }) {
  const me = useQuery(meQuery).data;
  if (order.archived) return null;
  return (
    <>
      {can(me, 'aftersales.compensation.read') && <Compensations order={order} />}
      {can(me, 'aftersales.price_protection.read') && <Protection order={order} />}
    </>
  );
}
