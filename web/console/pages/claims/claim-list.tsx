import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Tabs, type TableColumnsType } from 'antd';
import { listQuery } from '../../../api/console.ts';
import type { ClaimRow } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { CLAIM_KINDS, VERDICTS } from './claim-words.ts';
import { Difference } from './difference.tsx';
import './claims.css';

/** What each view asks the server for. */
const VIEWS = {
  open: { state: 'open' },
  awaiting: { state: 'awaiting_approval' },
  overdue: { overdue: 'true' },
  all: {},
} as const;
type View = keyof typeof VIEWS;
const isView = (text: string | undefined): text is View => text !== undefined && text in VIEWS;

/** Until when it is to be settled; in red once that is past. */
function Due({ claim }: { claim: ClaimRow }) {
  if (claim.clock === 'done') return <TimeText at={claim.resolvedAt} />;
  const tone = claim.clock === 'missed' ? 'zg-claim-over' : claim.clock === 'warned' ? 'zg-claim-warned' : '';
  return (
    <span className={tone}>
      <TimeText at={claim.dueAt} relative />
    </span>
  );
}

function useColumns(): TableColumnsType<ClaimRow> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('claim.one'),
      width: 190,
      render: (_, row) => (
        <>
          <div className="mono">{row.no}</div>
          <div>{word('claimKind', row.kind)}</div>
        </>
      ),
    },
    {
      title: t('claim.about'),
      render: (_, row) => <span className="wrap mono">{row.couponCode ?? row.offer ?? '–'}</span>,
    },
    {
      title: t('claim.order'),
      width: 170,
      render: (_, row) => (
        <>
          <div className="mono">{row.orderNo}</div>
          <div className="muted">
            {row.customer.name} {row.customer.phone}
          </div>
        </>
      ),
    },
    { title: t('claim.verdict'), width: 140, render: (_, row) => <StatusTag kind="verdict" value={row.verdict} /> },
    {
      title: t('claim.difference'),
      width: 110,
      align: 'right',
      render: (_, row) => <Difference value={row.difference} />,
    },
    {
      title: t('claim.state'),
      width: 110,
      render: (_, row) => <StatusTag kind="claim" value={row.awaitsApproval ? 'awaiting_approval' : row.state} />,
    },
    { title: t('claim.due'), width: 130, render: (_, row) => <Due claim={row} /> },
    {
      title: t('claim.opened'),
      width: 130,
      render: (_, row) => (
        <>
          <div className="wrap">{row.openedBy === 'customer' ? word('actor', 'customer') : row.openedBy}</div>
          <TimeText at={row.openedAt} />
        </>
      ),
    },
  ];
}

/** Claims about what orders cost or brought: the nearest deadline first. */
export default function ClaimList() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const filters = useFilters(['view', 'kind', 'verdict', 'q']);
  const { view: named, ...search } = filters.search;
  const view = isView(named) ? named : 'open';
  const query = useQuery(listQuery('/claims', { ...search, ...VIEWS[view], limit: filters.limit } as never));
  const columns = useColumns();
  return (
    <Page title={t('claim.list')} says={t('claim.listSays')}>
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={(Object.keys(VIEWS) as View[]).map((key) => ({ key, label: t(`claim.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key === 'open' ? undefined : key })}
      />
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('claim.search')} />
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('claim.kind')}
          options={CLAIM_KINDS.map((value) => ({ value, label: word('claimKind', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="verdict"
          label={t('claim.verdict')}
          options={VERDICTS.map((value) => ({ value, label: word('status.verdict', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1040}
        onOpen={(row) => void navigate({ to: '/claims/$id', params: { id: row.id } as never })}
        empty={<EmptyState title={t('claim.none')} />}
      />
    </Page>
  );
}
