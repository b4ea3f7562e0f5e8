import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Table, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import type { ReplenishmentRule, SkuStock } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { Picture } from '../products/picture.tsx';
import { AbcTag } from './abc-tag.tsx';
import { useRuleColumns } from './rule-table.tsx';
import { DemandPanel, MethodPanel, NoPlan, ReorderPanel } from './sku-plan.tsx';
import { LedgerTable } from './stock-ledger.tsx';
import { useWarehouseName } from './warehouses.tsx';
import '../../../ui/components/data-table.css';

const RuleDialog = lazy(() => import('./rule-dialog.tsx'));
const SafetyDialog = lazy(() => import('./safety-dialog.tsx'));

type Here = SkuStock['warehouses'][number];
const QUANTITIES = ['onHand', 'reserved', 'safety', 'available', 'inTransit', 'damaged', 'frozen'] as const;

function Balances(props: {
  stock: SkuStock;
  chosen: string;
  nameOf: (warehouse: string) => string;
  onChoose: (warehouse: string) => void;
}) {
  const t = useT();
  const { stock, chosen, nameOf, onChoose } = props;
  const columns: TableColumnsType<Here> = [
    {
      title: t('stock.warehouse'),
      render: (_, row) => (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onChoose(row.warehouse)}>
          <span className="wrap">{nameOf(row.warehouse)}</span>
        </Button>
      ),
    },
    { title: t('stock.abc'), width: 80, render: (_, row) => <AbcTag value={row.abc} /> },
    ...QUANTITIES.map((name) => ({
      title: t(`stock.${name}`),
      width: 96,
      align: 'right' as const,
      render: (_: unknown, row: Here) => (
        <span style={name === 'available' && row.available <= 0 ? { color: 'var(--bad)', fontWeight: 600 } : {}}>
          <CountText value={row[name]} />
        </span>
      ),
    })),
    {
      title: t('plan.suggested'),
      width: 110,
      align: 'right',
      render: (_, row) => <CountText value={row.plan ? row.plan.suggested : null} />,
    },
  ];
  return (
    <div className="zg-table">
      <Table<Here>
        size="small"
        rowKey="warehouse"
        pagination={false}
        scroll={{ x: 900 }}
        columns={columns}
        dataSource={stock.warehouses}
        rowClassName={(row) => (row.warehouse === chosen ? 'zg-active' : 'zg-open')}
        onRow={(row) => ({ onClick: () => onChoose(row.warehouse) })}
      />
    </div>
  );
}

function Rules({ stock, warehouse }: { stock: SkuStock; warehouse: string }) {
  const t = useT();
  const mayWrite = stock.may.includes('set_rule');
  const [open, setOpen] = useState<ReplenishmentRule | 'new'>();
  const columns = useRuleColumns(mayWrite ? setOpen : undefined);
  return (
    <Panel
      flush
      title={t('rule.list')}
      extra={
        mayWrite && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            {t('rule.new')}
          </Button>
        )
      }
    >
      {stock.rules.length === 0 ? (
        <p className="muted zg-rules-none">{t('rule.none')}</p>
      ) : (
        <Table<ReplenishmentRule>
          size="small"
          rowKey="id"
          pagination={false}
          columns={columns}
          dataSource={stock.rules}
          scroll={{ x: 560 }}
        />
      )}
      <Suspense>
        {open && (
          <RuleDialog
            sku={stock.sku}
            title={stock.title}
            rule={open === 'new' ? undefined : open}
            warehouse={stock.rules.some((r) => r.warehouse === null) ? warehouse : null}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </Panel>
  );
}

function Head({ stock }: { stock: SkuStock }) {
  return (
    <span className="zg-sku-head">
      <Picture url={stock.pictureUrl} title={stock.title} sizePx={48} />
      <span className="wrap">{stock.title}</span>
    </span>
  );
}

function Content({ stock }: { stock: SkuStock }) {
  const t = useT();
  const filters = useFilters(['warehouse']);
  const nameOf = useWarehouseName();
  const here = stock.warehouses.find((w) => w.warehouse === filters.search.warehouse) ?? stock.warehouses[0];
  const [settingSafety, setSettingSafety] = useState(false);
  const choose = (warehouse: string) => filters.set({ warehouse }, { replace: true });
  const go = (by: number) => {
    const to = stock.warehouses[stock.warehouses.findIndex((w) => w === here) + by];
    if (to) choose(to.warehouse);
  };
  useHotkeys({ j: () => go(1), k: () => go(-1) });
  return (
    <Page
      title={<Head stock={stock} />}
      says={
        <span className="row">
          <span className="mono">{stock.sku}</span>
          <StatusTag kind="product" value={stock.status} />
          <MoneyText value={stock.price} />
        </span>
      }
      extra={
        stock.may.includes('set_levels') &&
        here && <Button onClick={() => setSettingSafety(true)}>{t('stock.setSafety')}</Button>
      }
    >
      {!here && <EmptyState />}
      {here && (
        <>
          <Balances stock={stock} chosen={here.warehouse} nameOf={nameOf} onChoose={choose} />
          <div className="zg-two zg-sku-two">
            <DemandPanel sku={stock.sku} warehouse={here.warehouse} plan={here.plan} />
            {here.plan && here.plan.method !== 'none' ? <MethodPanel plan={here.plan} /> : null}
          </div>
          {here.plan ? <ReorderPanel plan={here.plan} /> : <NoPlan />}
          <Rules stock={stock} warehouse={here.warehouse} />
          <Panel flush title={t('plan.ledger', { warehouse: nameOf(here.warehouse) })}>
            <LedgerTable sku={stock.sku} warehouse={here.warehouse} />
          </Panel>
        </>
      )}
      <Suspense>
        {settingSafety && <SafetyDialog stock={stock} nameOf={nameOf} onClose={() => setSettingSafety(false)} />}
      </Suspense>
    </Page>
  );
}

/** One SKU: what lies where, what is asked of it, what will be, and when to order. */
export default function SkuPage() {
  const { sku = '' } = useParams({ strict: false }) as { sku?: string };
  const t = useT();
  const query = useQuery(oneQuery('/stock/skus/{sku}', { path: { sku } }));
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('plan.title')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  return <Content key={query.data.sku} stock={query.data} />;
}
