import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Descriptions, Drawer, Table } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Page, StockMove, StockRow } from '../../../api/types.ts';
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

/** Every movement that made a balance, newest first. */
export default function StockLedger({ row, onClose }: { row: StockRow; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const moves = useInfiniteQuery({
    queryKey: ['/stock/moves', row.sku, row.warehouse],
    queryFn: ({ pageParam, signal }) =>
      client.get<Page<StockMove>>(
        '/stock/moves',
        { sku: row.sku, warehouse: row.warehouse, limit: LEDGER_PAGE, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const names = ['onHand', 'reserved', 'available', 'inTransit', 'damaged', 'frozen'] as const;
  return (
    <Drawer open size={760} onClose={onClose} title={<span className="wrap">{row.title ?? row.sku}</span>}>
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
        {moves.isError && <ErrorState error={moves.error} onRetry={() => void moves.refetch()} />}
        <Table<StockMove>
          size="small"
          rowKey="id"
          loading={moves.isPending}
          pagination={false}
          scroll={{ x: 640 }}
          dataSource={moves.data?.pages.flatMap((page) => page.items) ?? []}
          columns={[
            { title: t('move.at'), width: 120, render: (_, move) => <TimeText at={move.at} /> },
            { title: t('move.kind'), render: (_, move) => word('move.kind', move.kind) },
            { title: t('move.bucket'), render: (_, move) => word('stock', move.bucket) },
            { title: t('move.quantity'), align: 'right', render: (_, move) => <Quantity value={move.quantity} /> },
            { title: t('move.reference'), render: (_, move) => <span className="mono">{move.reference ?? '–'}</span> },
            { title: t('move.actor'), render: (_, move) => <span className="wrap">{move.actor}</span> },
          ]}
        />
        {moves.hasNextPage && (
          <Button block loading={moves.isFetchingNextPage} onClick={() => void moves.fetchNextPage()}>
            {t('ui.more')}
          </Button>
        )}
      </div>
    </Drawer>
  );
}
