import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions, Drawer, Table } from 'antd';
import { client } from '../../../api/instance.ts';
import type { StockMove, StockRow } from '../../../api/types.ts';
import { ErrorState } from '../../../ui/components/states.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

const LEDGER_PAGE = 50;

function Quantity({ value }: { value: number }) {
  const colour = value < 0 ? 'var(--bad)' : 'var(--good)';
  return (
    <strong style={{ color: colour }} className="nowrap">
      {value > 0 ? '+' : ''}
      {value.toLocaleString()}
    </strong>
  );
}

const BUCKETS = ['onHand', 'reserved', 'inTransit', 'damaged', 'frozen'] as const;

/** What a movement changed, bucket by bucket. */
function Changes({ move }: { move: StockMove }) {
  const t = useT();
  return BUCKETS.filter((bucket) => move[bucket] !== 0).map((bucket) => (
    <div key={bucket} className="nowrap">
      <span className="muted">{t(`stock.${bucket}`)}</span> <Quantity value={move[bucket]} />
    </div>
  ));
}

const noteOf = (move: StockMove): string =>
  [move.reason, move.bin, move.batch, move.expiresOn].filter(Boolean).join(' · ') || '–';

/** Every movement of a SKU in a warehouse, newest first. */
export function LedgerTable({ sku, warehouse }: { sku: string; warehouse: string }) {
  const t = useT();
  const word = useWord();
  const moves = useInfiniteQuery({
    queryKey: ['/stock/moves', sku, warehouse],
    queryFn: ({ pageParam, signal }) =>
      client.get('/stock/moves', {
        query: { sku, warehouse, limit: LEDGER_PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return (
    <>
      {moves.isError && <ErrorState error={moves.error} onRetry={() => void moves.refetch()} />}
      <Table<StockMove>
        size="small"
        rowKey="seq"
        loading={moves.isPending}
        pagination={false}
        scroll={{ x: 640 }}
        dataSource={moves.data?.pages.flatMap((page) => page.items) ?? []}
        columns={[
          { title: t('move.at'), width: 120, render: (_, move) => <TimeText at={move.at} /> },
          { title: t('move.kind'), render: (_, move) => word('move.kind', move.kind) },
          { title: t('move.quantity'), width: 170, render: (_, move) => <Changes move={move} /> },
          { title: t('move.note'), render: (_, move) => <span className="wrap">{noteOf(move)}</span> },
          {
            title: t('move.actor'),
            width: 120,
            render: (_, move) => <span className="wrap">{move.actorName || t('actor.system')}</span>,
          },
        ]}
      />
      {moves.hasNextPage && (
        <Button block loading={moves.isFetchingNextPage} onClick={() => void moves.fetchNextPage()}>
          {t('ui.more')}
        </Button>
      )}
    </>
  );
}

/** What makes a balance: its buckets and every movement behind them. */
export default function StockLedger({ row, onClose }: { row: StockRow; onClose: () => void }) {
  const t = useT();
  const names = ['onHand', 'reserved', 'available', 'inTransit', 'damaged', 'frozen'] as const;
  return (
    <Drawer
      open
      size={760}
      onClose={onClose}
      title={<span className="wrap">{row.title ?? row.sku}</span>}
      extra={
        <Link to="/stock/sku/$sku" params={{ sku: row.sku } as never}>
          {t('plan.open')}
        </Link>
      }
    >
      <div className="stack wide">
        <Descriptions
          size="small"
          column={3}
          items={names.map((name) => ({
            key: name,
            label: t(`stock.${name}`),
            children: <CountText value={row[name]} />,
          }))}
        />
        <LedgerTable sku={row.sku} warehouse={row.warehouse} />
      </div>
    </Drawer>
  );
}
