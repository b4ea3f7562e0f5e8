import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Table } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Customer, CustomerPoints } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';

type Entry = CustomerPoints['entries'][number];
const PAGE = 20;

function Signed({ points }: { points: number }) {
  const locale = useLocale();
  return (
    <strong className="nowrap" style={{ color: points < 0 ? 'var(--bad)' : 'var(--good)' }}>
      {points > 0 ? '+' : ''}
      {points.toLocaleString(locale)}
    </strong>
  );
}

/** Why points moved: the kind, the words, and the order it was about. */
function Why({ entry }: { entry: Entry }) {
  const t = useT();
  const word = useWord();
  return (
    <span className="wrap">
      {word('pointsKind', entry.kind)}
      {entry.reason && <span className="muted"> · {entry.reason}</span>}
      {entry.orderId && (
        <>
          {' · '}
          <Link to="/orders/$id" params={{ id: entry.orderId } as never}>
            {t('customer.theOrder')}
          </Link>
        </>
      )}
    </span>
  );
}

/** The movements of a customer's points, newest first, a page at a time. */
export function PointsLedger({ customer }: { customer: Customer }) {
  const t = useT();
  const query = useInfiniteQuery({
    queryKey: ['points', customer.id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.get('/customers/{customerId}/points', {
        path: { customerId: customer.id },
        query: { limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (last: CustomerPoints) => last.nextCursor ?? undefined,
  });
  const [head] = query.data?.pages ?? [];
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Panel
      flush
      title={
        <span className="row">
          {t('customer.points')} <CountText value={head?.balance} />
          {head && head.debt > 0 && <small className="muted">{t('customer.debt', { points: head.debt })}</small>}
          {head?.nextExpiry && (
            <small className="muted">
              {t('customer.expires', { points: head.nextExpiry.points })} <TimeText at={head.nextExpiry.at} />
            </small>
          )}
        </span>
      }
    >
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      <Table<Entry>
        size="small"
        rowKey="id"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 620 }}
        dataSource={entries}
        locale={{ emptyText: <EmptyState title={t('customer.noPoints')} /> }}
        columns={[
          { title: t('customer.when'), width: 120, render: (_, entry) => <TimeText at={entry.at} /> },
          { title: t('customer.why'), render: (_, entry) => <Why entry={entry} /> },
          {
            title: t('customer.points'),
            width: 90,
            align: 'right',
            render: (_, entry) => <Signed points={entry.points} />,
          },
          {
            title: t('customer.balance'),
            width: 90,
            align: 'right',
            render: (_, entry) => <CountText value={entry.balanceAfter} />,
          },
          { title: t('customer.expiresAt'), width: 120, render: (_, entry) => <TimeText at={entry.expiresAt} /> },
        ]}
      />
      {query.hasNextPage && (
        <div style={{ padding: 12, textAlign: 'center' }}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('customer.more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
