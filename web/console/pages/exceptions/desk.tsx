import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { useEffect } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { can } from '../../permissions.ts';
import { BackInStockTab } from './back-in-stock.tsx';
import { ExceptionPanel } from './exception-panel.tsx';
import { Queue } from './queue.tsx';
import { ReplenishmentTab } from './replenishment.tsx';
import './exceptions.css';

const KINDS = ['shortage', 'address', 'other'] as const;
const FILTERS = ['view', 'kind', 'owner', 'q', 'id'] as const;
type DeskFilters = ReturnType<typeof useFilters<(typeof FILTERS)[number]>>;

/** The queue at the left, what is chosen of it at the right; j and k go through it. */
function Work({ filters, view }: { filters: DeskFilters; view: 'open' | 'done' }) {
  const t = useT();
  const word = useWord();
  const { id, view: _view, ...search } = filters.search;
  const query = useQuery(listQuery('/exceptions', { ...search, view, limit: filters.limit }));
  const items = query.data?.items ?? [];
  const chosen = items.find((item) => item.id === id)?.id ?? id ?? items[0]?.id;
  const at = items.findIndex((item) => item.id === chosen);
  const choose = (to: string | undefined) =>
    to && filters.set({ id: to, cursor: filters.search.cursor }, { replace: true });
  const go = (by: number) => choose(items[Math.min(Math.max(at + by, 0), items.length - 1)]?.id);
  useHotkeys({ j: () => go(1), k: () => go(-1), ArrowDown: () => go(1), ArrowUp: () => go(-1) });
  useEffect(() => {
    document.querySelector(`[data-exception="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <>
      <FilterBar
        filters={{ ...filters, search, clear: () => filters.set({ kind: undefined, owner: undefined, q: undefined }) }}
      >
        <SearchFilter filters={filters} placeholder={t('exception.search')} />
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('exception.kind')}
          options={KINDS.map((value) => ({ value, label: word('exceptionKind', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="owner"
          label={t('exception.owner')}
          options={[{ value: 'me', label: t('exception.mine') }]}
        />
      </FilterBar>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading heightPx={320} />}
      {query.data && items.length === 0 && <EmptyState title={t('exception.none')} />}
      {items.length > 0 && (
        <div className="zg-desk">
          <Queue
            items={items}
            chosen={chosen}
            onChoose={choose}
            nextCursor={query.data?.nextCursor ?? null}
            filters={filters}
          />
          {chosen && <ExceptionPanel key={chosen} id={chosen} />}
        </div>
      )}
    </>
  );
}

/** What keeps orders from going out: who to call, what to offer, what to buy; VIPs and the nearest deadlines first. */
export default function ExceptionDesk() {
  const t = useT();
  const me = useQuery(meQuery).data;
  const filters = useFilters(FILTERS);
  const tabs = [
    'open',
    'done',
    ...(can(me, 'orders.replenishment.read') ? ['replenishment'] : []),
    ...(can(me, 'orders.back_in_stock.read') ? ['backInStock'] : []),
  ];
  const view = tabs.find((name) => name === filters.search.view) ?? 'open';
  return (
    <Page title={t('exception.desk')} says={t('exception.deskSays')}>
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={tabs.map((key) => ({ key, label: t(`exception.view.${key}`) }))}
        onChange={(key) => {
          filters.clear();
          filters.set({ view: key });
        }}
      />
      {(view === 'open' || view === 'done') && <Work filters={filters} view={view} />}
      {view === 'replenishment' && <ReplenishmentTab />}
      {view === 'backInStock' && <BackInStockTab />}
    </Page>
  );
}
