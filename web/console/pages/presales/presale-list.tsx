import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Progress, Table } from 'antd';
import { client } from '../../../api/instance.ts';
import type { PresaleOverview } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { formatMoney } from '../../../ui/format/money.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { PresaleState } from '../orders/order-presale.tsx';

type Stage = PresaleOverview['stages'][number];

function Facts({ presale }: { presale: PresaleOverview }) {
  const t = useT();
  const locale = useLocale();
  const currency = presale.stages[0]?.deposits.currency ?? 'CNY';
  const money = (amount: number) => formatMoney({ amount, currency }, locale);
  const { deposit, expandsTo, quota, used } = presale;
  return (
    <div className="row" style={{ gap: '4px 24px' }}>
      <span>
        <span className="muted">{t('presale.deposit')}</span> {money(deposit)}
        {expandsTo > deposit && (
          <>
            {' '}
            <span className="muted">{t('presale.expandsTo')}</span> {money(expandsTo)}
          </>
        )}
      </span>
      <span>
        <span className="muted">{t('presale.deposits')}</span> <TimeText at={presale.startsAt} /> –{' '}
        <TimeText at={presale.endsAt} />
      </span>
      <span>
        <span className="muted">{t('presale.window')}</span> <TimeText at={presale.balanceFrom} /> –{' '}
        <TimeText at={presale.balanceTo} />
      </span>
      {quota !== null && (
        <span className="row" style={{ flex: '1 1 220px', flexWrap: 'nowrap' }}>
          <span className="muted nowrap">{t('presale.quota')}</span>
          <Progress percent={Math.floor((used / quota) * 100)} showInfo={false} aria-label={t('presale.quota')} />
          <span className="nowrap">
            <CountText value={used} /> / <CountText value={quota} />
          </span>
        </span>
      )}
    </div>
  );
}

/** The orders in a state, in the order list. */
function OrdersIn({ offerId, stage }: { offerId: string; stage: Stage }) {
  return (
    <Link to="/orders" search={{ presale: stage.state, offer: offerId } as never}>
      <CountText value={stage.orders} />
    </Link>
  );
}

function Stages({ presale }: { presale: PresaleOverview }) {
  const t = useT();
  const right = { align: 'right', width: 130 } as const;
  return (
    <Table<Stage>
      size="small"
      rowKey={(s) => `${s.state} ${s.deposits.currency}`}
      pagination={false}
      dataSource={presale.stages}
      scroll={{ x: 800 }}
      locale={{ emptyText: <EmptyState title={t('presale.noOrders')} /> }}
      columns={[
        { title: t('presale.state'), render: (_, s) => <PresaleState state={s.state} /> },
        { title: t('presale.orders'), ...right, render: (_, s) => <OrdersIn offerId={presale.offerId} stage={s} /> },
        { title: t('presale.units'), ...right, render: (_, s) => <CountText value={s.units} /> },
        { title: t('presale.depositsPaid'), ...right, render: (_, s) => <MoneyText value={s.deposits} /> },
        { title: t('presale.balancesPaid'), ...right, render: (_, s) => <MoneyText value={s.balances} /> },
        { title: t('presale.open'), ...right, render: (_, s) => <MoneyText value={s.open} /> },
        { title: t('presale.forfeited'), ...right, render: (_, s) => <MoneyText value={s.forfeited} /> },
      ]}
    />
  );
}

/** What became of each presale: its orders, units and money by how far they are, and what is left of its quota. */
export default function PresaleList() {
  const t = useT();
  const query = useInfiniteQuery({
    queryKey: ['/presales'],
    queryFn: ({ pageParam, signal }) =>
      client.get('/presales', { query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const presales = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('presale.list')} says={t('presale.listSays')}>
      {query.isPending && <Loading heightPx={320} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && presales.length === 0 && <EmptyState title={t('presale.none')} />}
      {presales.map((presale) => (
        <Panel
          key={presale.offerId}
          title={
            <span className="row">
              <Link to="/offers/$id" params={{ id: presale.offerId } as never}>
                {presale.title}
              </Link>
              <span className="mono muted">{presale.code}</span>
              <StatusTag kind="offer" value={presale.state} />
            </span>
          }
        >
          <div className="stack">
            <Facts presale={presale} />
            <Stages presale={presale} />
          </div>
        </Panel>
      ))}
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('ui.more')}
        </Button>
      )}
    </Page>
  );
}
