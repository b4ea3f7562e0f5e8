import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Tabs } from 'antd';
import { listQuery, meQuery, orderCountsQuery, shopsQuery } from '../../../api/console.ts';
import { ORDER_STATUSES, type OrderRow } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { useFilters, type Filters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { useOrderColumns } from './order-columns.tsx';

const FILTERS = ['status', 'shop', 'q', 'phone', 'hold', 'createdFrom', 'createdTo'] as const;
/** From here on an estimate is shown as "1.2M", because the digits below it mean nothing. */
const EXACT_COUNT_MAX = 99_999;

function StatusTabs({ filters }: { filters: Filters }) {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const { status = 'all', cursor: _cursor, limit: _limit, sort: _sort, ...query } = filters.search;
  const counts = useQuery(orderCountsQuery(query)).data?.counts;
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const label = (key: string) => {
    const count = counts?.[key];
    const name = key === 'all' ? t('order.all') : word('status.order', key);
    if (count === undefined) return name;
    return (
      <>
        {name}{' '}
        <span className="muted">
          {count > EXACT_COUNT_MAX ? `≈${compact.format(count)}` : count.toLocaleString(locale)}
        </span>
      </>
    );
  };
  return (
    <Tabs
      activeKey={status}
      style={{ marginBottom: -16 }}
      tabBarGutter={24}
      items={['all', ...ORDER_STATUSES].map((key) => ({ key, label: label(key) }))}
      onChange={(key) => filters.set({ status: key === 'all' ? undefined : key })}
    />
  );
}

/** Every order, by state, shop, day, number, phone and name; a million of them page by page. */
export default function OrderList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(FILTERS);
  const query = useQuery(listQuery<OrderRow>('/orders', { ...filters.search, limit: filters.limit }));
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const me = useQuery(meQuery).data;
  const columns = useOrderColumns();
  const create = can(me, 'orders.order.create') && (
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
        <SearchFilter filters={filters} name="phone" placeholder={t('order.phone')} />
        <ChoiceFilter
          filters={filters}
          name="shop"
          label={t('order.shop')}
          options={shops.map((shop) => ({ value: shop.code, label: shop.name }))}
        />
        <DaysFilter filters={filters} from="createdFrom" to="createdTo" />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1120}
        onOpen={(row) => void navigate({ to: '/orders/$id', params: { id: row.id } as never })}
      />
    </Page>
  );
}
