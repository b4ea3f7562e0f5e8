import { ClockCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Tag, Tooltip, type TableColumnsType } from 'antd';
import { shopsQuery } from '../../../api/console.ts';
import type { OrderRow } from '../../../api/types.ts';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { isPast } from '../../../ui/format/time.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { PresaleState } from './order-presale.tsx';
import { VipMark } from '../customers/member-tag.tsx';

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

/** By when an order that is paid was promised to leave; nothing once it has left. */
function ShipBy({ row }: { row: OrderRow }) {
  if (row.status !== 'paid' || !row.promisedShipAt) return null;
  const late = isPast(row.promisedShipAt);
  return (
    <span style={{ color: late ? 'var(--bad)' : 'var(--muted)' }} className="nowrap">
      <ClockCircleOutlined /> <TimeText at={row.promisedShipAt} relative />
    </span>
  );
}

function useWhoColumns(): TableColumnsType<OrderRow> {
  const t = useT();
  return [
    {
      title: t('order.no'),
      dataIndex: 'orderNo',
      width: 152,
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
      width: 150,
      render: (_, row) => (
        <span className="row tight">
          <StatusTag kind="order" value={row.status} />
          {row.presale && row.status === 'pending_payment' && <PresaleState state={row.presale} />}
          <Holds holds={row.holds} />
          {row.archived && <Tag>{t('archive.tag')}</Tag>}
        </span>
      ),
    },
    {
      title: t('order.customer'),
      width: 180,
      render: (_, row) => (
        <>
          <span className="ellipsis" title={row.customer.name}>
            {row.customer.name} <span className="muted">{row.customer.phone}</span>{' '}
            <VipMark level={row.customer.member} />
          </span>
          <span className="muted ellipsis" title={row.region} style={{ fontSize: 12 }}>
            {row.region.replaceAll('/', ' ')}
          </span>
        </>
      ),
    },
  ];
}

function useWhatColumns(): TableColumnsType<OrderRow> {
  const t = useT();
  const word = useWord();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const nameOf = (code: string) => shops.find((shop) => shop.code === code)?.name ?? code;
  return [
    {
      title: t('order.shop'),
      width: 140,
      ellipsis: true,
      render: (_, row) => (
        <>
          <span className="ellipsis" title={nameOf(row.shop)}>
            {nameOf(row.shop)}
          </span>
          <span className="muted ellipsis" style={{ fontSize: 12 }}>
            {word('channel', row.channel)}
          </span>
        </>
      ),
    },
    {
      title: t('order.pieceCount'),
      dataIndex: 'unitCount',
      width: 70,
      align: 'right',
      render: (n: number) => <CountText value={n} />,
    },
    {
      title: t('order.total'),
      dataIndex: 'total',
      width: 112,
      align: 'right',
      render: (_, row) => <MoneyText value={row.total} strong />,
    },
    {
      title: t('order.placedAt'),
      dataIndex: 'createdAt',
      sorter: true,
      width: 122,
      render: (_, row) => <TimeText at={row.placedAt} />,
    },
    { title: t('order.shipBy'), width: 110, render: (_, row) => <ShipBy row={row} /> },
  ];
}

/** Columns of the order list. */
export const useOrderColumns = (): TableColumnsType<OrderRow> => [...useWhoColumns(), ...useWhatColumns()];
