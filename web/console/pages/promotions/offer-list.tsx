import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Tabs, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery, offerCountsQuery } from '../../../api/console.ts';
import { OFFER_KINDS, OFFER_STATES, type Offer } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { useFilters, type Filters } from '../../../ui/use-filters.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { can } from '../../permissions.ts';
import { OfferState } from './offer-state.tsx';
import { scopeText, termsText } from './offer-words.ts';

const StackingRules = lazy(() => import('./stacking-rules.tsx'));
const FILTERS = ['state', 'live', 'kind', 'q'] as const;
type OfferFilters = Filters<(typeof FILTERS)[number]>;

function StateTabs({ filters }: { filters: OfferFilters }) {
  const t = useT();
  const locale = useLocale();
  const { kind, q } = filters.search;
  const counts = useQuery(offerCountsQuery({ ...(kind ? { kind } : {}), ...(q ? { q } : {}) })).data?.counts;
  const active = filters.search.live === 'true' ? 'live' : (filters.search.state ?? 'all');
  return (
    <Tabs
      activeKey={active}
      style={{ marginBottom: -16 }}
      tabBarGutter={24}
      items={(['all', 'live', ...OFFER_STATES] as const).map((key) => ({
        key,
        label: (
          <>
            {t(`offer.tab.${key}`)} <span className="muted">{counts?.[key]?.toLocaleString(locale)}</span>
          </>
        ),
      }))}
      onChange={(key) =>
        filters.set({
          state: key === 'all' || key === 'live' ? undefined : key,
          live: key === 'live' ? 'true' : undefined,
        })
      }
    />
  );
}

function useColumns(): TableColumnsType<Offer> {
  const t = useT();
  const locale = useLocale();
  return [
    {
      title: t('offer.title'),
      render: (_, offer) => (
        <div style={{ minWidth: 0 }}>
          <div className="clamp2" title={offer.title}>
            {offer.title}
          </div>
          <div className="mono muted">{offer.code}</div>
        </div>
      ),
    },
    {
      title: t('offer.terms'),
      width: 270,
      render: (_, offer) => (
        <div>
          <div className="clamp2">{termsText(offer, t, locale)}</div>
          <div className="muted">{t(`offer.kind.${offer.kind}`)}</div>
        </div>
      ),
    },
    {
      title: t('offer.scope'),
      width: 170,
      render: (_, offer) => (
        <span className="clamp2" title={scopeText(offer, t)}>
          {scopeText(offer, t)}
        </span>
      ),
    },
    {
      title: t('offer.period'),
      width: 120,
      render: (_, offer) => (
        <div>
          <TimeText at={offer.startsAt} />
          <div>
            <TimeText at={offer.endsAt} />
          </div>
        </div>
      ),
    },
    { title: t('offer.state'), width: 100, render: (_, offer) => <OfferState offer={offer} /> },
  ];
}

/** Every offer by state and kind; `n` begins a new one. */
export default function OfferList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(FILTERS);
  const query = useQuery(listQuery('/offers', { ...filters.search, limit: filters.limit }));
  const me = useQuery(meQuery).data;
  const mayWrite = can(me, 'promotions.offer.write');
  const [rules, setRules] = useState(false);
  const columns = useColumns();
  useHotkeys({ n: () => mayWrite && void navigate({ to: '/offers/new' as never }) });
  return (
    <Page
      title={t('offer.list')}
      extra={
        <>
          {can(me, 'settings.read') && <Button onClick={() => setRules(true)}>{t('offer.stacking')}</Button>}
          {mayWrite && (
            <Link to={'/offers/new' as never}>
              <Button type="primary" icon={<PlusOutlined />}>
                {t('offer.new')}
              </Button>
            </Link>
          )}
        </>
      }
    >
      <StateTabs filters={filters} />
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('offer.search')} />
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('offer.kind')}
          options={OFFER_KINDS.map((value) => ({ value, label: t(`offer.kind.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={860}
        onOpen={(row) => void navigate({ to: '/offers/$id', params: { id: row.id } } as never)}
      />
      <Suspense>{rules && <StackingRules onClose={() => setRules(false)} />}</Suspense>
    </Page>
  );
}
