import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Tag, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { importQuery, isRunning, listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { ImportRun } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { RunProgress } from './run-progress.tsx';

const ImportForm = lazy(() => import('./import-form.tsx'));

/** What came of the rows, by kind: orders made, refunds matched, lines known already. */
function Outcomes({ counts }: { counts: ImportRun['counts'] }) {
  const word = useWord();
  return (
    <dl className="zg-facts">
      {Object.entries(counts).map(([name, count]) => (
        <div key={name} className="row between">
          <dt className="muted">{word('outcome', name)}</dt>
          <dd style={{ margin: 0 }}>
            <CountText value={count} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Figures({ run }: { run: ImportRun }) {
  const t = useT();
  return (
    <div className="zg-figures four">
      {(['total', 'done', 'failed', 'skipped'] as const).map((name) => (
        <div key={name} className="zg-figure">
          <span className="muted">{t(`import.${name}`)}</span>
          <strong>
            <CountText value={run[name]} />
          </strong>
        </div>
      ))}
    </div>
  );
}

function CancelButton({ run }: { run: ImportRun }) {
  const t = useT();
  const cancel = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/imports/{importId}/cancel', { path: { importId: run.id }, idempotencyKey }),
  );
  return (
    <ConfirmButton danger title={t('import.cancel')} says={t('import.cancelSays')} act={() => cancel.mutateAsync({})}>
      {t('import.cancel')}
    </ConfirmButton>
  );
}

/** One import as it goes, looked at every second until it is over. */
function ImportWatch({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(importQuery(id));
  const run = query.data;
  return (
    <Drawer
      open
      size={520}
      onClose={onClose}
      title={run ? word('importKind', run.kind) : t('import.one')}
      extra={run?.may.includes('cancel') && <CancelButton run={run} />}
    >
      {query.isPending && <Loading />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {run && (
        <div className="stack wide" aria-live="polite">
          <div className="row">
            <StatusTag kind="import" value={run.status} />
            {run.dryRun && <Tag>{t('import.dryRun')}</Tag>}
            <TimeText at={run.createdAt} />
          </div>
          <RunProgress run={run} />
          {run.problem && <Alert type="error" showIcon title={run.problem.message} />}
          <Figures run={run} />
          {run.dryRun && <p className="muted">{t('import.dryRunSays')}</p>}
          {run.rejectsUrl && (
            <Button href={run.rejectsUrl} download>
              {t('import.rejects', { failed: run.failed })}
            </Button>
          )}
          <Outcomes counts={run.counts} />
        </div>
      )}
    </Drawer>
  );
}

function useColumns(): TableColumnsType<ImportRun> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('import.kind'),
      width: 170,
      render: (_, run) => (
        <span className="row tight">
          {word('importKind', run.kind)} {run.dryRun && <Tag>{t('import.dryRun')}</Tag>}
        </span>
      ),
    },
    { title: t('import.status'), width: 110, render: (_, run) => <StatusTag kind="import" value={run.status} /> },
    { title: t('import.progress'), render: (_, run) => <RunProgress run={run} /> },
    { title: t('import.total'), width: 100, align: 'right', render: (_, run) => <CountText value={run.total} /> },
    { title: t('import.done'), width: 100, align: 'right', render: (_, run) => <CountText value={run.done} /> },
    {
      title: t('import.failed'),
      width: 110,
      align: 'right',
      render: (_, run) =>
        run.rejectsUrl ? (
          <a href={run.rejectsUrl} download>
            <CountText value={run.failed} />
          </a>
        ) : (
          <CountText value={run.failed} />
        ),
    },
    { title: t('import.skipped'), width: 100, align: 'right', render: (_, run) => <CountText value={run.skipped} /> },
    { title: t('import.createdAt'), width: 120, render: (_, run) => <TimeText at={run.createdAt} /> },
  ];
}

/** Files read in, how far they are, and what was not taken. */
export default function ImportList() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery({
    ...listQuery('/imports', { ...filters.search, limit: filters.limit }),
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? 2000 : false),
  });
  const kinds = useQuery(oneQuery('/import-kinds')).data?.items ?? [];
  const columns = useColumns();
  const [watching, setWatching] = useState<string>();
  const [adding, setAdding] = useState(false);
  const onStarted = (id: string) => {
    setAdding(false);
    setWatching(id);
  };
  return (
    <Page
      title={t('import.list')}
      extra={
        kinds.length > 0 && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('import.new')}
          </Button>
        )
      }
    >
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} onOpen={(run) => setWatching(run.id)} />
      <Suspense>
        {adding && <ImportForm kinds={kinds} onClose={() => setAdding(false)} onStarted={onStarted} />}
        {watching && <ImportWatch id={watching} onClose={() => setWatching(undefined)} />}
      </Suspense>
    </Page>
  );
}
