import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { skusByCodeQuery } from '../../../api/console.ts';
import type { Order, OrderLine } from '../../../api/types.ts';
import { CountText, MoneyText } from '../../../ui/components/text.tsx';
import { negated } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';
import { Picture } from '../products/picture.tsx';

/** How far a line has come, in the quantities the order's state is derived from. */
function Progress({ line }: { line: OrderLine }) {
  const t = useT();
  const steps = [
    ['reserved', line.reserved],
    ['shipped', line.shipped],
    ['delivered', line.delivered],
    ['returned', line.returned],
    ['cancelled', line.cancelled],
  ] as const;
  const reached = steps.filter(([, quantity]) => quantity > 0);
  if (reached.length === 0) return <span className="muted">–</span>;
  return (
    <span style={{ display: 'grid', fontSize: 12 }}>
      {reached.map(([step, quantity]) => (
        <span key={step} className="nowrap">
          {t(`line.${step}`)} {quantity}/{line.quantity}
        </span>
      ))}
    </span>
  );
}

/** What was bought, as it was when bought. */
export function OrderLines({ order }: { order: Order }) {
  const t = useT();
  const known = useQuery(skusByCodeQuery(order.lines.map((line) => line.sku))).data?.items ?? [];
  const pictures = new Map(known.map((hit) => [hit.sku, hit.pictureUrl]));
  return (
    <Table<OrderLine>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={order.lines}
      scroll={{ x: 600 }}
      columns={[
        {
          title: t('line.goods'),
          render: (_, line) => (
            <div className="row" style={{ flexWrap: 'nowrap' }}>
              <Picture url={pictures.get(line.sku)} title={line.title} />
              <div style={{ minWidth: 0 }}>
                <div className="clamp2" title={line.title}>
                  {line.title}
                </div>
                <div className="mono muted">{line.sku}</div>
              </div>
            </div>
          ),
        },
        {
          title: t('line.unitPrice'),
          width: 90,
          align: 'right',
          render: (_, line) => <MoneyText value={line.unitPrice} />,
        },
        {
          title: t('line.quantity'),
          width: 56,
          align: 'right',
          render: (_, line) => <CountText value={line.quantity} />,
        },
        ...(order.discount.amount > 0
          ? [
              {
                title: t('line.discount'),
                width: 84,
                align: 'right' as const,
                render: (_: unknown, line: OrderLine) => <MoneyText value={line.discount} />,
              },
            ]
          : []),
        {
          title: t('line.payable'),
          width: 100,
          align: 'right',
          render: (_, line) => <MoneyText value={line.payable} strong />,
        },
        { title: t('line.progress'), width: 92, render: (_, line) => <Progress line={line} /> },
      ]}
    />
  );
}

/** How the total came about. */
export function OrderMoney({ order }: { order: Order }) {
  const t = useT();
  const rows = [
    ['goods', order.goods],
    ['discount', negated(order.discount)],
    ['freight', order.freight],
    ['payable', order.total],
    ['paid', order.paid],
    ['refunded', order.refunded],
    ...(order.overpaid.amount > 0 ? ([['overpaid', order.overpaid]] as const) : []),
    ...(order.due.amount > 0 ? ([['due', order.due]] as const) : []),
  ] as const;
  return (
    <dl className="zg-sum">
      {rows.map(([name, value]) => (
        <div key={name} data-total={name === 'payable'}>
          <dt>{t(`money.${name}`)}</dt>
          <dd>
            <MoneyText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
