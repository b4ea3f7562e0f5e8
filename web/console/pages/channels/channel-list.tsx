import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { channelsQuery, meQuery } from '../../../api/console.ts';
import type { PaymentChannel } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord, type Translate } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { CHANNELS } from './channel-form.ts';
import { rateText } from './fee.ts';

/** A certificate that ends within this time is shown in time to be changed. */
const SOON_MS = 30 * 86_400_000;

const Fen = ({ amount }: { amount: number | null }) =>
  amount === null ? '–' : <MoneyText value={{ amount, currency: 'CNY' }} />;

function State({ channel }: { channel: PaymentChannel }) {
  const t = useT();
  const [now] = useState(() => Date.now());
  const ends = channel.certificates.filter((c) => c.of !== 'channel').map((c) => Date.parse(c.until) - now);
  return (
    <span className="row tight">
      <Tag color={channel.enabled ? 'success' : 'default'}>{t(channel.enabled ? 'channel.on' : 'channel.off')}</Tag>
      {channel.missing.length > 0 && <Tag color="warning">{t('channel.incomplete')}</Tag>}
      {ends.some((ms) => ms < SOON_MS) && <Tag color="error">{t('channel.certificateEnds')}</Tag>}
    </span>
  );
}

const columns = (t: Translate, word: ReturnType<typeof useWord>): TableColumnsType<PaymentChannel> => [
  {
    title: t('channel.channel'),
    render: (_, row) => (
      <Link to="/settings/payment-channels/$id" params={{ id: row.id } as never}>
        {word('payChannel', row.channel)}
        <div className="muted wrap">{row.name}</div>
      </Link>
    ),
  },
  { title: t('channel.state'), width: 220, render: (_, row) => <State channel={row} /> },
  {
    title: t('channel.shops'),
    width: 110,
    render: (_, row) => (row.shops ? t('channel.someShops', { count: row.shops.length }) : t('channel.allShops')),
  },
  {
    title: t('channel.fee'),
    width: 100,
    align: 'right',
    render: (_, row) => (row.fee ? `${rateText(row.fee.rateMillionths)} %` : '–'),
  },
  { title: t('channel.max'), width: 130, align: 'right', render: (_, row) => <Fen amount={row.limits.maxFen} /> },
  { title: t('channel.day'), width: 130, align: 'right', render: (_, row) => <Fen amount={row.limits.dayFen} /> },
  { title: t('channel.updatedAt'), width: 120, render: (_, row) => <TimeText at={row.updatedAt} /> },
];

/** The accounts money comes in by. */
export default function ChannelList() {
  const t = useT();
  const word = useWord();
  const go = useNavigate();
  const query = useQuery(channelsQuery);
  const mayWrite = can(useQuery(meQuery).data, 'payments.channel.write');
  const items = query.data?.items ?? [];
  const left = CHANNELS.filter((code) => !items.some((item) => item.channel === code));
  const add = (key: string) => void go({ to: '/settings/payment-channels/$id', params: { id: `new-${key}` } as never });
  return (
    <Page
      title={t('channel.list')}
      says={t('channel.listSays')}
      extra={
        mayWrite &&
        left.length > 0 && (
          <Dropdown
            menu={{
              items: left.map((key) => ({ key, label: word('payChannel', key) })),
              onClick: ({ key }) => add(key),
            }}
          >
            <Button type="primary" icon={<PlusOutlined />}>
              {t('channel.new')}
            </Button>
          </Dropdown>
        )
      }
    >
      <Panel flush>
        {query.isPending && <Loading />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && (
          <Table<PaymentChannel>
            rowKey="id"
            size="middle"
            pagination={false}
            scroll={{ x: 900 }}
            dataSource={items}
            columns={columns(t, word)}
            locale={{ emptyText: <EmptyState title={t('channel.none')} /> }}
          />
        )}
      </Panel>
    </Page>
  );
}
