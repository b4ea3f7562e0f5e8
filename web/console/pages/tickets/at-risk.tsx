import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Switch, Table, type TableColumnsType } from 'antd';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { RowOf } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { ClockBadge } from './clock-badge.tsx';
import { teamsQuery } from './queries.ts';
import { METRICS } from './words.ts';

const REFRESH_MS = 15_000;
const WITHIN = [60, 240, 480, 1440, 2880] as const;
type Row = RowOf<'/tickets/at-risk'>;

/** How much everybody has to do, and whether they take any more. */
function Load() {
  const t = useT();
  const { data } = useQuery({ ...oneQuery('/support-load'), refetchInterval: REFRESH_MS });
  const set = useSubmit(({ id, available }: { id: string; available: boolean }) =>
    client.put('/support-agents/{userId}', { path: { userId: id }, body: { available } }),
  );
  if (!data) return null;
  return (
    <Panel
      title={t('ticket.load')}
      extra={<span className="muted">{t('ticket.inQueue', { n: data.queue })}</span>}
      flush
    >
      <Table
        size="small"
        rowKey={(r) => r.person.id}
        pagination={false}
        scroll={{ y: 320, x: 480 }}
        dataSource={data.items}
        columns={[
          { title: t('ticket.assignee'), render: (_, r) => r.person.name },
          { title: t('ticket.openOf'), align: 'right', render: (_, r) => `${r.open} / ${r.limit}` },
          {
            title: t('ticket.missed'),
            align: 'right',
            render: (_, r) => (r.missed > 0 ? <span className="zg-late">{r.missed}</span> : '0'),
          },
          {
            title: t('ticket.takes'),
            render: (_, r) => (
              <Switch
                size="small"
                checked={r.available}
                aria-label={`${t('ticket.takes')} ${r.person.name}`}
                onChange={(available) => set.mutate({ id: r.person.id, available })}
              />
            ),
          },
        ]}
      />
    </Panel>
  );
}

function useColumns(): TableColumnsType<Row> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('ticket.metric'), width: 120, render: (_, r) => word('ticketMetric', r.metric) },
    {
      title: t('ticket.due'),
      width: 190,
      render: (_, r) => {
        const clock = r.ticket.clocks.find((c) => c.metric === r.metric);
        return (
          <div className="stack tight">
            {clock && <ClockBadge clock={clock} short />}
            <span className="muted">
              <TimeText at={r.dueAt} />
            </span>
          </div>
        );
      },
    },
    {
      title: t('ticket.one'),
      render: (_, r) => (
        <>
          <div className="row tight">
            <span className="mono">{r.ticket.no}</span> <StatusTag kind="ticket" value={r.ticket.state} />
          </div>
          <div className="clamp2">{r.ticket.subject}</div>
        </>
      ),
    },
    { title: t('ticket.category'), width: 140, render: (_, r) => r.ticket.categoryName },
    { title: t('ticket.assignee'), width: 130, render: (_, r) => r.ticket.assignee?.name ?? t('ticket.nobody') },
    { title: t('ticket.escalation'), width: 90, align: 'right', render: (_, r) => r.ticket.escalation },
  ];
}

/** Which promises run out soon, and which have run out and are not kept: the most urgent first. */
export default function AtRisk() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const filters = useFilters(['withinMinutes', 'team', 'metric']);
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const query = useQuery({
    ...listQuery('/tickets/at-risk', { ...filters.search, limit: filters.limit } as never),
    refetchInterval: REFRESH_MS,
  });
  const columns = useColumns();
  return (
    <Page title={t('nav.atRisk')} says={t('ticket.atRiskSays')}>
      <Load />
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="withinMinutes"
          label={t('ticket.within')}
          options={WITHIN.map((m) => ({ value: String(m), label: t('ticket.withinHours', { h: m / 60 }) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="team"
          label={t('ticket.team')}
          options={teams.map((x) => ({ value: x.id, label: x.name }))}
        />
        <ChoiceFilter
          filters={filters}
          name="metric"
          label={t('ticket.metric')}
          options={METRICS.map((value) => ({ value, label: word('ticketMetric', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={columns as never}
        rowKey={'id' as never}
        filters={filters}
        minWidthPx={960}
        onOpen={(row) => void navigate({ to: '/tickets/$id', params: { id: (row as Row).ticket.id } as never })}
        empty={<EmptyState title={t('ticket.nothingAtRisk')} />}
      />
    </Page>
  );
}
