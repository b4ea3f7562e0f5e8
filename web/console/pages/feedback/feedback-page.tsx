import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Segmented, Statistic, Table, Tag, type TableColumnsType } from 'antd';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { RowOf } from '../../../api/paths.ts';
import type { FeedbackResults } from '../../../api/types.ts';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { index, mean, percent } from './figures.ts';

const GROUPS = ['agent', 'team', 'category', 'day', 'week', 'month'] as const;
type Kind = 'csat' | 'nps';
type Line = FeedbackResults['rows'][number];
type Row = RowOf<'/feedback/requests'>;
/** What of the address says which questions are meant. */
const FILTERS = ['kind', 'by', 'from', 'to', 'agentId', 'teamId', 'category', 'campaignId', 'bad', 'state'] as const;

function ExportButton({ filters }: { filters: object }) {
  const t = useT();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const navigate = useNavigate();
  const start = useSubmit(
    (format: 'csv' | 'xlsx', idempotencyKey) =>
      client.post('/exports', { body: { kind: 'feedback', format, filters: filters as never }, idempotencyKey }),
    { onSuccess: () => void navigate({ to: '/exports' }), onError: (error) => void message.error(title(error)) },
  );
  return (
    <Button icon={<DownloadOutlined />} loading={start.isPending} onClick={() => start.mutate('xlsx')}>
      {t('feedback.export')}
    </Button>
  );
}

function Totals({ kind, total }: { kind: Kind; total: FeedbackResults['total'] }) {
  const t = useT();
  const figures = [
    [t(`feedback.index.${kind}`), index(kind, total.indexPermille)],
    [t('feedback.mean'), mean(total.meanMillis)],
    [t('feedback.rate'), percent(total.ratePermille)],
    [t('feedback.answered'), `${total.answered} / ${total.asked}`],
    [t('feedback.bad'), String(total.bad)],
  ] as const;
  return (
    <Panel>
      <div className="row" style={{ gap: 40 }}>
        {figures.map(([title, value]) => (
          <Statistic key={title} title={title} value={value} />
        ))}
      </div>
    </Panel>
  );
}

function useLines(kind: Kind, onOpen: (line: Line, more?: Record<string, string>) => void): TableColumnsType<Line> {
  const t = useT();
  const number = (line: Line, value: string | number, more?: Record<string, string>) => (
    <Button type="link" size="small" onClick={() => onOpen(line, more)}>
      {value}
    </Button>
  );
  return [
    { title: t('feedback.by'), render: (_, r) => (r.key === '' ? t('feedback.nobody') : r.label) },
    { title: t(`feedback.index.${kind}`), align: 'right', render: (_, r) => index(kind, r.indexPermille) },
    { title: t('feedback.mean'), align: 'right', render: (_, r) => mean(r.meanMillis) },
    { title: t('feedback.asked'), align: 'right', render: (_, r) => number(r, r.asked) },
    { title: t('feedback.answered'), align: 'right', render: (_, r) => number(r, r.answered, { state: 'answered' }) },
    { title: t('feedback.rate'), align: 'right', render: (_, r) => percent(r.ratePermille) },
    { title: t('feedback.bad'), align: 'right', render: (_, r) => number(r, r.bad, { bad: 'true' }) },
  ];
}

function useRows(): TableColumnsType<Row> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('feedback.askedAt'), width: 140, render: (_, r) => <TimeText at={r.askedAt ?? r.sendAt} /> },
    {
      title: t('feedback.subject'),
      width: 210,
      render: (_, r) =>
        r.subjectKind === 'ticket' ? (
          <Link to="/tickets/$id" params={{ id: r.subjectId } as never} className="mono">
            {r.subjectNo}
          </Link>
        ) : (
          r.subjectNo
        ),
    },
    { title: t('feedback.agent'), width: 130, render: (_, r) => r.agent?.name ?? '–' },
    {
      title: t('feedback.score'),
      width: 110,
      render: (_, r) =>
        r.score === null ? (
          <span className="muted">{word('feedbackState', r.state)}</span>
        ) : (
          <Tag color={r.bad ? 'error' : 'success'}>{r.score}</Tag>
        ),
    },
    {
      title: t('feedback.comment'),
      render: (_, r) => (
        <div className="stack tight">
          <span className="wrap">{r.comment}</span>
          {r.answers.length > 1 && (
            <span className="muted">
              {t('feedback.before', {
                scores: r.answers
                  .slice(1)
                  .map((a) => a.score)
                  .join(', '),
              })}
            </span>
          )}
          {r.whySkipped && <span className="muted">{word('feedbackSkipped', r.whySkipped)}</span>}
        </div>
      ),
    },
    {
      title: t('feedback.consequence'),
      width: 130,
      render: (_, r) => (r.consequence ? word('feedbackConsequence', r.consequence) : '–'),
    },
    { title: t('feedback.answeredAt'), width: 140, render: (_, r) => <TimeText at={r.answeredAt} /> },
  ];
}

/** How customers rate: in total, by line, and the answers behind each number. */
export default function FeedbackPage() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(FILTERS);
  const { by: named, bad, state, kind: asked, cursor: _cursor, limit: _limit, ...where } = filters.search;
  const kind: Kind = asked === 'nps' ? 'nps' : 'csat';
  const by = GROUPS.find((g) => g === named) ?? 'agent';
  const results = useQuery(oneQuery('/feedback/results', { query: { ...where, kind, by } as never }));
  const shown = { ...where, kind, ...(bad ? { bad } : {}), ...(state ? { state: state as 'answered' } : {}) };
  const page = { ...(_cursor ? { cursor: _cursor } : {}), limit: filters.limit };
  const rows = useQuery(listQuery('/feedback/requests', { ...shown, ...page } as never));
  const open = (line: Line, more: Record<string, string> = {}) => {
    filters.set({ bad: undefined, state: undefined, ...line.filter, ...more, cursor: undefined });
    document.getElementById('feedback-rows')?.scrollIntoView();
  };
  const lines = useLines(kind, open);
  const columns = useRows();
  const exported = { ...shown, ...(bad ? { bad: 'true' } : {}) };
  return (
    <Page title={t('feedback.title')} says={t('feedback.says')} extra={<ExportButton filters={exported} />}>
      <FilterBar filters={filters}>
        <Segmented<Kind>
          value={kind}
          options={(['csat', 'nps'] as const).map((value) => ({ value, label: t(`feedback.kind.${value}`) }))}
          onChange={(value) => filters.set({ kind: value === 'csat' ? undefined : value, bad: undefined })}
        />
        <DaysFilter filters={filters} from="from" to="to" />
        <ChoiceFilter
          filters={filters}
          name="by"
          label={t('feedback.groupBy')}
          options={GROUPS.map((value) => ({ value, label: word('feedbackBy', value) }))}
        />
      </FilterBar>
      {results.isPending && <Loading />}
      {results.isError && <ErrorState error={results.error} onRetry={() => void results.refetch()} />}
      {results.data && (
        <>
          <Totals kind={kind} total={results.data.total} />
          <Panel title={word('feedbackBy', by)} flush>
            <Table<Line>
              rowKey="key"
              size="small"
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              scroll={{ x: 720 }}
              dataSource={results.data.rows}
              columns={lines}
              locale={{ emptyText: <EmptyState title={t('feedback.none')} /> }}
            />
          </Panel>
        </>
      )}
      <h2 id="feedback-rows">{t('feedback.rows')}</h2>
      <DataTable
        query={rows}
        columns={columns}
        rowKey="id"
        filters={filters}
        empty={<EmptyState title={t('feedback.none')} />}
      />
    </Page>
  );
}
