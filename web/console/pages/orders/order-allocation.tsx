import { useQuery } from '@tanstack/react-query';
import { Button, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { meQuery, oneQuery } from '../../../api/console.ts';
import type { Order, OrderAllocation as Allocation } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { formatMoney } from '../../../ui/format/money.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

type Warehouse = Allocation['warehouses'][number];

const SHOWN = 4; // those that matter come first

function useColumns(priced: boolean): TableColumnsType<Warehouse> {
  const t = useT();
  const locale = useLocale();
  return [
    {
      title: t('allocation.rank'),
      width: 56,
      align: 'right',
      render: (_, w) => <span className="num">{w.rank ?? '–'}</span>,
    },
    {
      title: t('allocation.warehouse'),
      render: (_, w) => (
        <>
          <span className="row tight">
            <span className="wrap">{w.name}</span>
            {w.chosen && <Tag color="success">{t('allocation.chosen')}</Tag>}
          </span>
          <div className="muted wrap" style={{ fontSize: 12 }}>
            {w.words}
          </div>
        </>
      ),
    },
    ...(priced
      ? [
          {
            title: t('allocation.costDays'),
            width: 92,
            align: 'right' as const,
            render: (_: unknown, w: Warehouse) => (
              <span className="num">
                {w.cost === null ? '–' : formatMoney(w.cost, locale)}
                {w.days !== null && <div className="muted">{t('allocation.days', { days: w.days })}</div>}
              </span>
            ),
          },
        ]
      : []),
  ];
}

/** Which warehouses send the order, and why these and not the others. */
export function OrderAllocation({ order }: { order: Order }) {
  const t = useT();
  const maySee = can(useQuery(meQuery).data, 'orders.order.read') && !order.archived;
  const query = useQuery({
    ...oneQuery('/orders/{orderId}/allocation', { path: { orderId: order.id } }),
    enabled: maySee,
  });
  const [all, setAll] = useState(false);
  const warehouses = query.data?.warehouses ?? [];
  const columns = useColumns(warehouses.some((w) => w.cost !== null || w.days !== null));
  if (warehouses.length < 2) return null; // nothing was chosen
  const main = warehouses.filter((w, i) => w.chosen || i < SHOWN);
  return (
    <Panel
      title={t('allocation.title')}
      extra={
        <span className="muted">{query.data?.at ? <TimeText at={query.data.at} /> : t('allocation.byPriority')}</span>
      }
      flush
    >
      <Table<Warehouse>
        size="small"
        rowKey="warehouseId"
        pagination={false}
        dataSource={all ? warehouses : main}
        columns={columns}
      />
      {main.length < warehouses.length && !all && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('allocation.all', { count: warehouses.length })}
        </Button>
      )}
    </Panel>
  );
}
