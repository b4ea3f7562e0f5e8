import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Progress, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { importQuery, listQuery } from '../../../api/console.ts';
import type { ImportRun } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { IMPORT_KINDS } from './kinds.ts';

const ImportForm = lazy(() => import('./import-form.tsx'));
const FILTERS = ['kind', 'status'] as const;

function ImportProgress({ run }: { run: ImportRun }) {
  const running = run.status === 'running' || run.status === 'queued';
  const percent = run.total ? Math.floor(((run.done + run.failed) / run.total) * 100) : running ? 0 : 100;
  const status = running ? 'active' : run.status === 'failed' ? 'exception' : 'success';
  return <Progress percent={percent} size="small" status={status} style={{ maxWidth: 260, margin: 0 }} />;
}

/** One import as it goes, looked at every second until it is over. */
function ImportWatch({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(importQuery(id));
  const run = query.data;
  return (
    <Drawer open size={480} title={run ? word('importKind', run.kind) : t('import.one')} onClose={onClose}>
      {query.isPending && <Loading />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {run && (
        <div className="stack wide" aria-live="polite">
          <div className="row between">
            <span className="wrap">{run.fileName}</span>
            <StatusTag kind="import" value={run.status} />
          </div>
          <ImportProgress run={run} />
          <div className="zg-figures">
            {(['total', 'done', 'failed'] as const).map((name) => (
              <div key={name} className="zg-figure">
                <span className="muted">{t(`import.${name}`)}</span>
                <strong>
                  <CountText value={run[name]} />
                </strong>
              </div>
            ))}
          </div>
          {run.dryRun && <p className="muted">{t('import.dryRunSays')}</p>}
          {run.rejectsUrl && run.failed > 0 && (
            <Button href={run.rejectsUrl} download>
              {t('import.rejects', { failed: run.failed })}
            </Button>
          )}
        </div>
      )}
    </Drawer>
  );
}

function useColumns(): TableColumnsType<ImportRun> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('import.kind'), width: 130, render: (_, run) => word('importKind', run.kind) },
    { title: t('import.file'), render: (_, run) => <span className="wrap">{run.fileName}</span> },
    { title: t('import.status'), width: 110, render: (_, run) => <StatusTag kind="import" value={run.status} /> },
    { title: t('import.progress'), width: 240, render: (_, run) => <ImportProgress run={run} /> },
    { title: t('import.done'), width: 100, align: 'right', render: (_, run) => <CountText value={run.done} /> },
    {
      title: t('import.failed'),
      width: 110,
      align: 'right',
      render: (_, run) =>
        run.rejectsUrl && run.failed > 0 ? (
          <a href={run.rejectsUrl} download>
            <CountText value={run.failed} />
          </a>
        ) : (
          <CountText value={run.failed} />
        ),
    },
    { title: t('import.by'), dataIndex: 'by', width: 130, ellipsis: true },
    { title: t('import.createdAt'), width: 120, render: (_, run) => <TimeText at={run.createdAt} /> },
  ];
}

/** Files read in, how far they are, and what was not taken. */
export default function ImportList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(FILTERS);
  const query = useQuery({
    ...listQuery<ImportRun>('/imports', { ...filters.search, limit: filters.limit }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((run) => run.status === 'running' || run.status === 'queued') ? 2000 : false,
  });
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
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('import.new')}
        </Button>
      }
    >
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('import.kind')}
          options={IMPORT_KINDS.map((value) => ({ value, label: word('importKind', value) }))}
        />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} onOpen={(run) => setWatching(run.id)} />
      <Suspense>
        {adding && <ImportForm onClose={() => setAdding(false)} onStarted={onStarted} />}
        {watching && <ImportWatch id={watching} onClose={() => setWatching(undefined)} />}
      </Suspense>
    </Page>
  );
}
