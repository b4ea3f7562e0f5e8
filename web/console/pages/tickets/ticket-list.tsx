import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Form, Select, type TableColumnsType, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { TicketRow } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState, useErrorTitle } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { SavedViews } from '../../saved-views.tsx';
import { NextClock } from './clock-badge.tsx';
import { AssignFields } from './fields.tsx';
import { FormButton } from '../../form-button.tsx';
import { NewTicketButton } from './new-ticket.tsx';
import { agentsQuery, categoriesOfTickets, teamsQuery } from './queries.ts';
import { CHANNELS, PRIORITIES, STATES, VIEWS } from './words.ts';

const NAMES = [
  'view',
  'q',
  'state',
  'category',
  'severity',
  'priority',
  'assignee',
  'team',
  'tag',
  'channel',
  'clock',
  'from',
  'to',
  'sort',
] as const;
type Search = Record<string, string | undefined>;

function useColumns(): TableColumnsType<TicketRow> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('ticket.one'),
      render: (_, r) => (
        <>
          <div className="row tight">
            <span className="mono">{r.no}</span>
            {r.severity === 'major' && <Tag color="error">{word('ticketSeverity', 'major')}</Tag>}
            {(r.priority === 'urgent' || r.priority === 'high') && (
              <Tag color="warning">{word('ticketPriority', r.priority)}</Tag>
            )}
            {r.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </div>
          <div className="clamp2">{r.subject}</div>
        </>
      ),
    },
    { title: t('ticket.category'), width: 150, render: (_, r) => r.categoryName },
    {
      title: t('ticket.customer'),
      width: 150,
      render: (_, r) => (
        <>
          <div>{r.customer?.name ?? '–'}</div>
          <div className="mono muted">{r.orderNo}</div>
        </>
      ),
    },
    { title: t('ticket.state'), width: 110, render: (_, r) => <StatusTag kind="ticket" value={r.state} /> },
    { title: t('ticket.due'), width: 150, render: (_, r) => <NextClock clocks={r.clocks} /> },
    {
      title: t('ticket.assignee'),
      width: 140,
      render: (_, r) => (
        <>
          <div>{r.assignee?.name ?? <span className="muted">{t('ticket.nobody')}</span>}</div>
          <div className="muted">{r.team?.name}</div>
        </>
      ),
    },
    {
      title: t('ticket.lastWord'),
      width: 120,
      render: (_, r) => <TimeText at={r.lastCustomerAt ?? r.openedAt} relative />,
    },
  ];
}

function Filter({ filters }: { filters: ReturnType<typeof useFilters> }) {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const categories = useQuery(categoriesOfTickets).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const people = useQuery(agentsQuery).data?.items ?? [];
  const words = (kind: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: word(kind, value) }));
  return (
    <FilterBar filters={filters}>
      <SearchFilter filters={filters} placeholder={t('ticket.search')} />
      <ChoiceFilter filters={filters} name="state" label={t('ticket.state')} options={words('status.ticket', STATES)} />
      <ChoiceFilter
        filters={filters}
        name="category"
        label={t('ticket.category')}
        options={categories.map((c) => ({
          value: c.code,
          label: `${c.code.includes('/') ? '· ' : ''}${c.name[locale]}`,
        }))}
      />
      <ChoiceFilter
        filters={filters}
        name="severity"
        label={t('ticket.severity')}
        options={words('ticketSeverity', ['normal', 'major'])}
      />
      <ChoiceFilter
        filters={filters}
        name="priority"
        label={t('ticket.priority')}
        options={words('ticketPriority', PRIORITIES)}
      />
      <ChoiceFilter
        filters={filters}
        name="assignee"
        label={t('ticket.assignee')}
        options={[{ value: 'none', label: t('ticket.nobody') }, ...people.map((p) => ({ value: p.id, label: p.name }))]}
      />
      <ChoiceFilter
        filters={filters}
        name="team"
        label={t('ticket.team')}
        options={teams.map((x) => ({ value: x.id, label: x.name }))}
      />
      <ChoiceFilter
        filters={filters}
        name="channel"
        label={t('ticket.channel')}
        options={words('ticketChannel', CHANNELS)}
      />
      <DaysFilter filters={filters} from="from" to="to" />
    </FilterBar>
  );
}

function useBulk(keys: readonly string[], onDone: () => void) {
  const t = useT();
  const { message } = App.useApp();
  return (action: object, idempotencyKey: string) =>
    client
      .post('/tickets/bulk', {
        body: { ticketIds: [...keys], action: action as never },
        idempotencyKey,
      })
      .then(({ results }) => {
        const refused = results.filter((r) => r.status !== 200);
        const says = t('ticket.bulkDone', { done: results.length - refused.length, refused: refused.length });
        void (refused.length > 0
          ? message.warning(`${says} ${refused[0]?.problem?.title ?? ''}`)
          : message.success(says));
        onDone();
      });
}

/** The same to all that are chosen. */
function Bulk({ keys, onDone }: { keys: readonly string[]; onDone: () => void }) {
  const t = useT();
  const run = useBulk(keys, onDone);
  const close = useSubmit((note: string, key) => run({ do: 'close', ...(note ? { note } : {}) }, key));
  const mayAssign = can(useQuery(meQuery).data, 'support.ticket.assign');
  return (
    <div className="row">
      <span>{t('ticket.chosen', { n: keys.length })}</span>
      {mayAssign && (
        <FormButton<{ teamId?: string; assigneeId?: string }>
          label={t('ticket.assign')}
          fields={<AssignFields />}
          send={(values, key) => run({ do: 'assign', ...values }, key)}
        />
      )}
      <FormButton<{ add?: string[]; remove?: string[] }>
        label={t('ticket.tags')}
        fields={(['add', 'remove'] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`ticket.tag.${name}`)}>
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
        ))}
        send={({ add = [], remove = [] }, key) => run({ do: 'tag', add, remove }, key)}
      />
      <ConfirmButton
        danger
        title={t('ticket.bulkClose')}
        says={t('ticket.bulkCloseSays', { n: keys.length })}
        reason="optional"
        act={(note) => close.mutateAsync(note)}
      >
        {t('ticket.bulkClose')}
      </ConfirmButton>
      <Button type="text" onClick={onDone}>
        {t('ticket.chooseNone')}
      </Button>
    </div>
  );
}

function ExportTickets({ filters }: { filters: Search }) {
  const t = useT();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const navigate = useNavigate();
  const start = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/exports', { body: { kind: 'tickets', format: 'xlsx', filters: filters as never }, idempotencyKey }),
    { onSuccess: () => void navigate({ to: '/exports' }), onError: (error) => void message.error(title(error)) },
  );
  return (
    <Button icon={<DownloadOutlined />} loading={start.isPending} onClick={() => start.mutate({})}>
      {t('ticket.export')}
    </Button>
  );
}

/** The desk: what is mine, what waits, what is due; j, k and Enter walk through it. */
export default function TicketList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(NAMES);
  const { view: named, ...search } = filters.search;
  const view = named && named in VIEWS ? named : 'active';
  const asked: Search = { ...VIEWS[view], ...search };
  const seeksPart = Boolean(search.q) && view !== 'all';
  const { cursor: _cursor, limit: _limit, sort: _sort, ...exported } = asked;
  const query = useQuery({
    ...listQuery('/tickets', { ...asked, limit: filters.limit } as never),
    refetchInterval: 15_000,
  });
  const [chosen, setChosen] = useState<string[]>([]);
  const { data: me } = useQuery(meQuery);
  const columns = useColumns();
  return (
    <Page
      title={t('ticket.list')}
      says={t('ticket.listSays')}
      extra={
        <>
          <SavedViews of="/ticket-views" search={filters.search} names={NAMES} onOpen={filters.set} />
          <ExportTickets filters={exported} />
          {can(me, 'support.ticket.create') && <NewTicketButton />}
        </>
      }
    >
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={Object.keys(VIEWS).map((key) => ({ key, label: t(`ticket.view.${key}`) }))}
        onChange={(key) =>
          filters.set({
            view: key === 'active' ? undefined : key,
            state: undefined,
            assignee: undefined,
            clock: undefined,
          })
        }
      />
      <Filter filters={filters} />
      {chosen.length > 0 && <Bulk keys={chosen} onDone={() => setChosen([])} />}
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1080}
        onOpen={(row) => void navigate({ to: '/tickets/$id', params: { id: row.id } as never })}
        selection={{ keys: chosen, onChange: setChosen }}
        empty={<EmptyState title={t('ticket.none')} onSearchAll={seeksPart && (() => filters.set({ view: 'all' }))} />}
      />
    </Page>
  );
}
