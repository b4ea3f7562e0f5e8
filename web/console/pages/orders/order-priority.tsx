import { useQuery } from '@tanstack/react-query';
import { Button, Popover, Progress, Table } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import type { Order } from '../../../api/types.ts';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';

const priorityQuery = (orderId: string) => oneQuery('/orders/{orderId}/priority', { path: { orderId } });

function Terms({ id }: { id: string }) {
  const t = useT();
  const query = useQuery(priorityQuery(id));
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading heightPx={180} />;
  const { points, terms } = query.data;
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="term"
      style={{ width: 'min(440px, 80vw)' }}
      dataSource={terms}
      columns={[
        { key: 'words', title: t('priority.why'), render: (_, row) => <span className="wrap">{row.words}</span> },
        {
          key: 'share',
          title: t('priority.share'),
          width: 120,
          render: (_, row) => <Progress percent={Math.round(row.share * 100)} size="small" />,
        },
        {
          key: 'points',
          title: t('priority.points'),
          width: 90,
          align: 'right',
          render: (_, row) => (
            <span className="num">
              {row.points} / {row.most}
            </span>
          ),
        },
      ]}
      summary={() => (
        <Table.Summary.Row>
          <Table.Summary.Cell index={0} colSpan={2}>
            {t('priority.sum')}
          </Table.Summary.Cell>
          <Table.Summary.Cell index={2} align="right">
            <strong className="num">{points}</strong>
          </Table.Summary.Cell>
        </Table.Summary.Row>
      )}
    />
  );
}

/** How soon the order is picked, and why, term by term: for orders that wait for the warehouse. */
export function OrderPriority({ order }: { order: Order }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const points = useQuery({ ...priorityQuery(order.id), enabled: order.status === 'paid' }).data?.points;
  if (order.status !== 'paid') return null;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      title={t('priority.title')}
      content={<Terms id={order.id} />}
    >
      <Button size="small" type="text" aria-label={t('priority.title')}>
        {t('priority.short', { points: points ?? '–' })}
      </Button>
    </Popover>
  );
}
