import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import type { SlottingSwap } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { SkuLink } from '../stock/sku-link.tsx';

function Place({ item }: { item: SlottingSwap['often'] }) {
  const t = useT();
  return (
    <div className="stack tight">
      <span>
        <span className="mono">{item.bin}</span>{' '}
        <span className="muted nowrap">{t('slotting.perDay', { count: item.perDay })}</span>
      </span>
      <SkuLink sku={item.sku} title={item.title} />
    </div>
  );
}

/** Goods that should change places, so that what is picked often lies near. Read when somebody opens it. */
export default function SlottingPanel({ warehouse }: { warehouse: string }) {
  const t = useT();
  const query = useQuery(oneQuery('/stock/slotting', { query: { warehouse } }));
  const items = query.data?.items ?? [];
  return (
    <Panel title={t('slotting.title')} flush>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      <div className="zg-table">
        <Table<SlottingSwap>
          size="small"
          rowKey={(row) => row.often.bin}
          loading={query.isPending}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={items}
          scroll={{ x: 760 }}
          locale={{ emptyText: query.isPending ? ' ' : <EmptyState title={t('slotting.none')} /> }}
          columns={[
            { title: t('slotting.often'), render: (_, row) => <Place item={row.often} /> },
            { title: t('slotting.seldom'), render: (_, row) => <Place item={row.seldom} /> },
            {
              title: t('slotting.saved'),
              width: 150,
              align: 'right',
              render: (_, row) => <CountText value={row.savedMetresPerDay} />,
            },
          ]}
        />
      </div>
    </Panel>
  );
}
