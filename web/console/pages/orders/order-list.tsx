import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Tabs, Tag } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery, orderCountsQuery, shopsQuery } from '../../../api/console.ts';
import { ORDER_STATUSES, type OrderStatus } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { useFilters, type Filters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { useOrderColumns } from './order-columns.tsx';

const MergeChosen = lazy(async () => ({ default: (await import('./change/merge-dialog.tsx')).MergeChosen }));

const FILTERS = [
  'status',
  'shop',
  'q',
  'held',
  'hold',
  'presale',
  'offer',
  'customer',
  'createdFrom',
  'createdTo',
  'sort',
] as const;
const PRESALE_STATES = ['deposit_due', 'deposit_paid', 'balance_due', 'complete', 'forfeited', 'cancelled'];
type OrderFilters = Filters<(typeof FILTERS)[number]>;

function StatusTabs({ filters }: { filters: OrderFilters }) {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const { status = 'all', cursor: _cursor, limit: _limit, sort: _sort, ...query } = filters.search;
  const counted = useQuery(orderCountsQuery(query)).data;
  const active = counted && status in counted.counts ? status : '';
  const label = (key: 'all' | OrderStatus) => {
    const count = counted?.counts[key];
    const name = key === 'all' ? t('order.all') : word('status.order', key);
    if (count === undefined) return name;
    return (
      <>
        {name}{' '}
        <span className="muted">
          {count.toLocaleString(locale)}
          {count === counted?.max ? '+' : ''}
        </span>
      </>
    );
  };
  return (
    <Tabs
      activeKey={counted ? active : status}
      style={{ marginBottom: -16 }}
      tabBarGutter={24}
      items={(['all', ...ORDER_STATUSES] as const).map((key) => ({ key, label: label(key) }))}
      onChange={(key) => filters.set({ status: key === 'all' ? undefined : key })}
    />
  );
}

/** Makes one order of those chosen, once there are two. */
function MergeButton({ chosen }: { chosen: string[] }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (chosen.length < 2) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('change.mergeChosen', { count: chosen.length })}</Button>
      {open && (
        <Suspense>
          <MergeChosen orderIds={chosen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Every order, by state, shop, day, number, phone and name; a million of them page by page. */
export default function OrderList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(FILTERS);
  const query = useQuery(listQuery('/orders', { ...filters.search, limit: filters.limit }));
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const me = useQuery(meQuery).data;
  const word = useWord();
  const columns = useOrderColumns();
  const [chosen, setChosen] = useState<string[]>([]);
  const may = can(me, 'orders.order.merge');
  const create = can(me, 'orders.order.place') && (
    <Link to="/orders/new">
      <Button type="primary" icon={<PlusOutlined />}>
        {t('order.new')}
      </Button>
    </Link>
  );
  return (
    <Page title={t('order.list')} extra={create}>
      <StatusTabs filters={filters} />
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('order.search')} />
        <ChoiceFilter
          filters={filters}
          name="shop"
          label={t('order.shop')}
          options={shops.map((shop) => ({ value: shop.code, label: shop.name }))}
        />
        <ChoiceFilter
          filters={filters}
          name="held"
          label={t('order.holdFilter')}
          options={[
            { value: 'true', label: t('order.held') },
            { value: 'false', label: t('order.notHeld') },
          ]}
        />
        <ChoiceFilter
          filters={filters}
          name="presale"
          label={t('presale.one')}
          options={PRESALE_STATES.map((state) => ({ value: state, label: word('status.presale', state) }))}
        />
        <DaysFilter filters={filters} from="createdFrom" to="createdTo" />
        {filters.search.offer && (
          <Tag closable onClose={() => filters.set({ offer: undefined })}>
            {t('order.offerOnly')}
          </Tag>
        )}
        {filters.search.customer && (
          <Tag closable onClose={() => filters.set({ customer: undefined })}>
            {t('order.customerOnly')}
          </Tag>
        )}
        <MergeButton chosen={chosen} />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1000}
        {...(may ? { selection: { keys: chosen, onChange: setChosen } } : {})}
        onOpen={(row) => void navigate({ to: '/orders/$id', params: { id: row.id } as never })}
      />
    </Page>
  );
}
