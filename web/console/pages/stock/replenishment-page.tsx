import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown, Modal, Tabs, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { ReplenishmentRule, ReplenishmentSuggestion, SkuHit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState, useErrorTitle } from '../../../ui/components/states.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { SkuPicker } from '../products/sku-picker.tsx';
import { AbcTag } from './abc-tag.tsx';
import { PlanNowButton } from './plan-now.tsx';
import { useRuleColumns } from './rule-table.tsx';
import { SkuLink } from './sku-link.tsx';
import { useWarehouseName, WarehouseFilter } from './warehouses.tsx';

const RuleDialog = lazy(() => import('./rule-dialog.tsx'));
const FILTERS = ['view', 'warehouse', 'supplier', 'q'] as const;
type PageFilters = ReturnType<typeof useFilters<(typeof FILTERS)[number]>>;

/** What orders wait for stands in a list of its own. */
function Waiting({ units }: { units: number }) {
  if (units === 0) return <span className="muted">–</span>;
  return (
    <Link to="/exceptions" search={{ view: 'replenishment' } as never}>
      <CountText value={units} />
    </Link>
  );
}

/** The error of the forecast, and of the better one of the naive ones beside it. */
function ErrorBeside({ row }: { row: ReplenishmentSuggestion }) {
  const t = useT();
  const locale = useLocale();
  const percent = (part: number | null) =>
    part === null ? '–' : part.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <span className="nowrap" title={t('plan.wapeBeside', { naive: percent(row.wapeNaive) })}>
      {percent(row.wape)} <span className="muted">/ {percent(row.wapeNaive)}</span>
    </span>
  );
}

function useSuggestionColumns(): TableColumnsType<ReplenishmentSuggestion> {
  const t = useT();
  const locale = useLocale();
  const nameOf = useWarehouseName();
  const count = (name: 'onHand' | 'reserved' | 'inTransit' | 'coverDays' | 'reorderPoint', width: number) => ({
    title: t(name === 'coverDays' || name === 'reorderPoint' ? `plan.${name}` : `stock.${name}`),
    width,
    align: 'right' as const,
    render: (_: unknown, row: ReplenishmentSuggestion) => <CountText value={row[name]} />,
  });
  return [
    {
      title: t('stock.sku'),
      width: 460,
      render: (_, row) => (
        <>
          <SkuLink sku={row.sku} title={row.title} warehouse={row.warehouse} />
          <div className="muted wrap zg-why">{row.why}</div>
        </>
      ),
    },
    { title: t('stock.abc'), width: 52, render: (_, row) => <AbcTag value={row.abc} /> },
    {
      title: t('stock.warehouse'),
      width: 110,
      render: (_, row) => (
        <>
          <div className="wrap">{nameOf(row.warehouse)}</div>
          {row.supplier && <div className="muted clamp2">{row.supplier}</div>}
        </>
      ),
    },
    count('onHand', 72),
    count('reserved', 72),
    count('inTransit', 72),
    {
      title: t('plan.waiting'),
      width: 72,
      align: 'right',
      render: (_, row) => <Waiting units={row.waiting} />,
    },
    {
      title: t('plan.perDay'),
      width: 80,
      align: 'right',
      render: (_, row) => row.perDay.toLocaleString(locale, { maximumFractionDigits: 1 }),
    },
    count('coverDays', 76),
    count('reorderPoint', 80),
    {
      title: t('plan.suggested'),
      width: 88,
      align: 'right',
      render: (_, row) => (
        <strong>
          <CountText value={row.suggested} />
        </strong>
      ),
    },
    { title: t('plan.wape'), width: 100, align: 'right', render: (_, row) => <ErrorBeside row={row} /> },
  ];
}

function ExportButton({ filters }: { filters: PageFilters }) {
  const t = useT();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const navigate = useNavigate();
  const { warehouse, supplier, q } = filters.search;
  const start = useSubmit(
    (format: 'csv' | 'xlsx', idempotencyKey) =>
      client.post('/exports', {
        body: {
          kind: 'replenishment',
          format,
          filters: { ...(warehouse && { warehouse }), ...(supplier && { supplier }), ...(q && { q }) },
        },
        idempotencyKey,
      }),
    { onSuccess: () => void navigate({ to: '/exports' }), onError: (error) => void message.error(title(error)) },
  );
  return (
    <Dropdown
      menu={{
        items: [
          { key: 'xlsx', label: 'XLSX' },
          { key: 'csv', label: 'CSV' },
        ],
        onClick: ({ key }) => start.mutate(key as 'csv' | 'xlsx'),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={start.isPending}>
        {t('plan.export')}
      </Button>
    </Dropdown>
  );
}

function Suggestions({ filters }: { filters: PageFilters }) {
  const t = useT();
  const navigate = useNavigate();
  const { view: _view, ...search } = filters.search;
  const query = useQuery(listQuery('/stock/suggestions', { ...search, limit: filters.limit }));
  const columns = useSuggestionColumns();
  const own = {
    ...filters,
    search,
    clear: () => filters.set({ warehouse: undefined, supplier: undefined, q: undefined }),
  };
  return (
    <>
      <FilterBar filters={own}>
        <SearchFilter filters={filters} placeholder={t('stock.search')} />
        <WarehouseFilter filters={filters} />
        <SearchFilter filters={filters} name="supplier" placeholder={t('rule.supplierExactly')} />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="key"
        filters={own}
        minWidthPx={1480}
        empty={<EmptyState title={t('plan.nothingToOrder')} />}
        onOpen={(row) =>
          void navigate({
            to: '/stock/sku/$sku',
            params: { sku: row.sku } as never,
            search: { warehouse: row.warehouse } as never,
          })
        }
      />
    </>
  );
}

/** Chooses the SKU a new rule is for. */
function Choose({ onPick, onClose }: { onPick: (hit: SkuHit) => void; onClose: () => void }) {
  const t = useT();
  return (
    <Modal open title={t('rule.new')} footer={null} onCancel={onClose}>
      <SkuPicker onPick={onPick} />
    </Modal>
  );
}

function RuleList({ filters, mayWrite }: { filters: PageFilters; mayWrite: boolean }) {
  const t = useT();
  const { view: _view, warehouse: _warehouse, supplier: _supplier, ...search } = filters.search;
  const query = useQuery(listQuery('/stock/rules', { ...search, limit: filters.limit }));
  const [open, setOpen] = useState<ReplenishmentRule>();
  const [adding, setAdding] = useState<SkuHit | 'choose'>();
  const columns = useRuleColumns(mayWrite ? setOpen : undefined);
  const own = { ...filters, search, clear: () => filters.set({ q: undefined }) };
  const edited = open ?? (adding !== undefined && adding !== 'choose' ? adding : undefined);
  return (
    <>
      <div className="row between">
        <FilterBar filters={own}>
          <SearchFilter filters={filters} placeholder={t('stock.search')} />
        </FilterBar>
        {mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding('choose')}>
            {t('rule.new')}
          </Button>
        )}
      </div>
      <DataTable
        query={query}
        columns={[
          { title: t('stock.sku'), width: 300, render: (_, row) => <SkuLink sku={row.sku} title={row.title} /> },
          ...columns,
        ]}
        rowKey="id"
        filters={own}
        empty={<EmptyState title={t('rule.none')} />}
        {...(mayWrite ? { onOpen: setOpen } : {})}
      />
      {adding === 'choose' && <Choose onPick={setAdding} onClose={() => setAdding(undefined)} />}
      <Suspense>
        {edited && (
          <RuleDialog
            sku={edited.sku}
            title={edited.title}
            rule={open}
            onClose={() => (setOpen(undefined), setAdding(undefined))}
          />
        )}
      </Suspense>
    </>
  );
}

/** What to order from suppliers now and why, and how goods are bought where it is not as usual. */
export default function ReplenishmentPage() {
  const t = useT();
  const me = useQuery(meQuery).data;
  const filters = useFilters(FILTERS);
  const view = filters.search.view === 'rules' ? 'rules' : 'suggestions';
  return (
    <Page
      title={t('plan.list')}
      says={
        <span>
          {t('plan.listSays')}
          {can(me, 'orders.replenishment.read') && (
            <>
              {' '}
              <Link to="/exceptions" search={{ view: 'replenishment' } as never}>
                {t('plan.toWaiting')}
              </Link>
            </>
          )}
        </span>
      }
      extra={
        <>
          <PlanNowButton />
          <ExportButton filters={filters} />
        </>
      }
    >
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={['suggestions', 'rules'].map((key) => ({ key, label: t(`plan.view.${key}`) }))}
        onChange={(key) => {
          filters.clear();
          filters.set({ view: key === 'rules' ? key : undefined });
        }}
      />
      {view === 'suggestions' ? (
        <Suggestions filters={filters} />
      ) : (
        <RuleList filters={filters} mayWrite={can(me, 'inventory.replenishment.write')} />
      )}
    </Page>
  );
}
