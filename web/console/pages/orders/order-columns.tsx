import { ClockCircleOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Tag, Tooltip, type TableColumnsType } from 'antd';
import type { OrderRow } from '../../../api/types.ts';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

/** Reasons an order is held, each by name; more than two fold into a count. */
export function Holds({ holds }: { holds: readonly string[] }) {
  const word = useWord();
  const names = holds.map((hold) => word('hold', hold));
  return (
    <>
      {names.slice(0, 2).map((name) => (
        <Tag key={name} color="volcano" variant="outlined" style={{ marginInlineEnd: 0 }}>
          {name}
        </Tag>
      ))}
      {names.length > 2 && (
        <Tooltip title={names.join(' · ')}>
          <Tag>+{names.length - 2}</Tag>
        </Tooltip>
      )}
    </>
  );
}

function NextDeadline({ row }: { row: OrderRow }) {
  const word = useWord();
  if (!row.deadline || row.deadline.state === 'met') return null;
  const late = row.deadline.state === 'breached';
  const tone = late ? 'var(--bad)' : row.deadline.state === 'warned' ? 'var(--warn)' : 'var(--muted)';
  return (
    <Tooltip title={word('deadline', row.deadline.kind)}>
      <span style={{ color: tone }} className="nowrap">
        <ClockCircleOutlined /> <TimeText at={row.deadline.dueAt} relative />
      </span>
    </Tooltip>
  );
}

function useWhoColumns(): TableColumnsType<OrderRow> {
  const t = useT();
  return [
    {
      title: t('order.no'),
      dataIndex: 'orderNo',
      width: 178,
      render: (_, row) => (
        <>
          <Link to="/orders/$id" params={{ id: row.id } as never} className="nowrap">
            {row.orderNo}
          </Link>
          {row.externalNo && (
            <span className="ellipsis muted" title={row.externalNo} style={{ fontSize: 12 }}>
              {row.externalNo}
            </span>
          )}
        </>
      ),
    },
    {
      title: t('order.status'),
      dataIndex: 'status',
      width: 160,
      render: (_, row) => (
        <span className="row tight">
          <StatusTag kind="order" value={row.status} />
          <Holds holds={row.holds} />
        </span>
      ),
    },
    {
      title: t('order.customer'),
      width: 130,
      render: (_, row) => (
        <>
          <span className="ellipsis" title={row.customer.name}>
            {row.customer.name}
          </span>
          <span className="muted nowrap" style={{ fontSize: 12 }}>
            {row.customer.phone}
          </span>
        </>
      ),
    },
  ];
}

function useWhatColumns(): TableColumnsType<OrderRow> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('order.shop'),
      width: 160,
      ellipsis: true,
      render: (_, row) => (
        <>
          <span className="ellipsis" title={row.shop.name}>
            {row.shop.name}
          </span>
          <span className="muted ellipsis" style={{ fontSize: 12 }}>
            {word('channel', row.channel)}
          </span>
        </>
      ),
    },
    {
      title: t('order.lines'),
      dataIndex: 'lineCount',
      width: 64,
      align: 'right',
      render: (n: number) => <CountText value={n} />,
    },
    {
      title: t('order.total'),
      dataIndex: 'total',
      width: 112,
      align: 'right',
      sorter: true,
      render: (_, row) => <MoneyText value={row.total} strong />,
    },
    {
      title: t('order.placedAt'),
      dataIndex: 'placedAt',
      width: 112,
      sorter: true,
      render: (at: string) => <TimeText at={at} />,
    },
    { title: t('order.paidAt'), dataIndex: 'paidAt', width: 104, render: (at: string | null) => <TimeText at={at} /> },
    { title: t('order.deadline'), width: 110, render: (_, row) => <NextDeadline row={row} /> },
  ];
}

/** Columns of the order list. */
export const useOrderColumns = (): TableColumnsType<OrderRow> => [...useWhoColumns(), ...useWhatColumns()];
