import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import type { Order } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { Clock } from './clock.tsx';

function Invoices({ order }: { order: Order }) {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const [applying, setApplying] = useState(false);
  const rows = useQuery(listQuery('/invoices', { orderId: order.id, limit: 50 })).data?.items ?? [];
  const preview = useQuery(oneQuery('/orders/{orderId}/invoice-preview', { path: { orderId: order.id } })).data;
  const may = preview?.may.includes('apply') ?? false;
  if (rows.length === 0 && !may) return null;
  return (
    <Panel
      title={t('invoice.ofOrder')}
      extra={
        may && (
          <Button size="small" onClick={() => setApplying(true)}>
            {t('invoice.apply')}
          </Button>
        )
      }
    >
      <div className="zg-inv-cards">
        {rows.map((r) => (
          <div key={r.id}>
            <div className="row tight">
              <Link to="/finance/invoices/$id" params={{ id: r.id } as never} className="mono">
                {r.no}
              </Link>
              <StatusTag kind="invoice" value={r.status} />
              <MoneyText value={{ ...r.amount, amount: r.color === 'red' ? -r.amount.amount : r.amount.amount }} />
              {r.color === 'blue' && <Clock invoice={r} />}
            </div>
            <div className="muted wrap">
              {word('invoiceColor', r.color)} · {word('invoiceType', r.type)} · {r.title.name}
              {r.number && <span className="mono"> · {r.number}</span>}
            </div>
          </div>
        ))}
        {rows.length === 0 && <span className="muted">{t('invoice.none')}</span>}
      </div>
      {applying && (
        <ApplyDialog
          orderId={order.id}
          onClose={() => setApplying(false)}
          onDone={(id) => void navigate({ to: '/finance/invoices/$id', params: { id } as never })}
        />
      )}
    </Panel>
  );
}

/** The invoices of an order, for those who may see them. */
export function OrderInvoices({ order }: { order: Order }) {
  const sees = can(useQuery(meQuery).data, 'invoicing.invoice.read');
  return sees && !order.archived ? <Invoices order={order} /> : null;
}
