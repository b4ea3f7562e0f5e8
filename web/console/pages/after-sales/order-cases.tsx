import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { meQuery, oneQuery } from '../../../api/console.ts';
import type { Order } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { CaseDialog } from './case-dialog.tsx';
import './after-sales.css';

function Cases({ order }: { order: Order }) {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const [applying, setApplying] = useState(false);
  const query = useQuery(oneQuery('/orders/{orderId}/after-sales', { path: { orderId: order.id } }));
  const data = query.data;
  if (!data || (data.items.length === 0 && data.may.length === 0)) return null;
  return (
    <Panel
      title={t('case.ofOrder')}
      extra={
        data.may.includes('apply') && (
          <Button size="small" onClick={() => setApplying(true)}>
            {t('case.apply')}
          </Button>
        )
      }
    >
      <div className="zg-as-rows">
        {data.items.map((c) => (
          <div key={c.id}>
            <div className="row tight">
              <Link to="/after-sales/$id" params={{ id: c.id } as never} className="mono">
                {c.no}
              </Link>
              <span>{word('caseType', c.type)}</span>
              <StatusTag kind="case" value={c.status} />
              {c.refund.amount.amount > 0 && <MoneyText value={c.refund.amount} />}
            </div>
            <div className="muted clamp2">{c.goods}</div>
          </div>
        ))}
        {data.items.length === 0 && <span className="muted">{t('case.noneOfOrder')}</span>}
      </div>
      {applying && (
        <CaseDialog
          orderId={order.id}
          lines={data.lines}
          onClose={() => setApplying(false)}
          onDone={(id) => void navigate({ to: '/after-sales/$id', params: { id } as never })}
        />
      )}
    </Panel>
  );
}

/** The after-sales cases of an order, for those who may see them. */
export function OrderCases({ order }: { order: Order }) {
  const sees = can(useQuery(meQuery).data, 'aftersales.case.read');
  return sees && !order.archived ? <Cases order={order} /> : null;
}
