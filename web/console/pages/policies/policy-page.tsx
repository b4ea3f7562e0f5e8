import { useQuery } from '@tanstack/react-query';
import { Button, Select, Tabs, Tag } from 'antd';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Answer } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { type Filters, useFilters } from '../../../ui/use-filters.ts';
import { DiffPanel } from './diff-panel.tsx';
import { DraftPanel } from './draft-panel.tsx';
import { RuleTable } from './rule-table.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';
import './policies.css';

type Listed = Answer<'/after-sales/policies', 'get'>['items'][number];
const refOf = (v: Listed): string => (v.state === 'draft' ? 'draft' : String(v.no));

function useLabels(): (v: Listed) => string {
  const t = useT();
  return (v) =>
    v.state === 'draft'
      ? t('policy.draft')
      : v.no === 0
        ? t('policy.shipped')
        : `${t('policy.versionNo', { no: v.no })}${v.inForce ? ` · ${t('policy.inForce')}` : ''}`;
}

/** The rules of one version; of the draft with what changes them. */
function Rules({ version, onPublished }: { version: string; onPublished: (no: number) => void }) {
  const t = useT();
  const query = useQuery(oneQuery('/after-sales/policies/{version}', { path: { version: version as never } }));
  if (query.isPending) return <Loading heightPx={320} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const shown = query.data;
  if (shown.state === 'draft') return <DraftPanel key={shown.no} draft={shown} onPublished={onPublished} />;
  return (
    <>
      <div className="row tight" style={{ marginBottom: 12 }}>
        <StatusTag kind="policy" value={shown.inForce ? 'in_force' : 'published'} />
        {shown.effectiveFrom && (
          <span>
            {t('policy.effectiveFrom')} <TimeText at={shown.effectiveFrom} />
          </span>
        )}
        {shown.publishedBy && <span className="muted">{shown.publishedBy}</span>}
        <span className="wrap">{shown.note}</span>
      </div>
      <RuleTable rules={shown.rules} />
    </>
  );
}

/** A page for a shop's own: the address of the frame, to be copied. */
function Embed() {
  const t = useT();
  const org = useQuery(meQuery).data?.org.code;
  if (!org) return null;
  const address = `${window.location.origin}/embed/after-sales-policy?org=${org}&sku=SKU&lang=zh-CN`;
  return (
    <Panel title={t('policy.embed')}>
      <p className="muted wrap">{t('policy.embedSays')}</p>
      <pre className="mono wrap">{`<iframe src="${address}" title="${t('policy.title')}" loading="lazy"></iframe>`}</pre>
    </Panel>
  );
}

type Chosen = {
  version: string;
  versions: Listed[];
  options: { value: string; label: string }[];
  filters: Filters<'tab' | 'version' | 'from' | 'to'>;
};

function useTabs({ version, versions, options, filters }: Chosen) {
  const t = useT();
  const inForce = String(versions.find((v) => v.inForce)?.no ?? 0);
  const hasDraft = versions.some((v) => v.state === 'draft');
  return [
    {
      key: 'rules',
      label: t('policy.rules'),
      children: (
        <>
          <div className="row" style={{ marginBottom: 12 }}>
            <Select
              aria-label={t('policy.version')}
              value={version}
              options={options}
              popupMatchSelectWidth={false}
              onChange={(value: string) => filters.set({ version: value })}
            />
            {hasDraft && version !== 'draft' && <Tag color="warning">{t('policy.hasDraft')}</Tag>}
          </div>
          {versions.length > 0 && (
            <Rules version={version} onPublished={(no) => filters.set({ version: String(no) })} />
          )}
        </>
      ),
    },
    {
      key: 'diff',
      label: t('policy.diff'),
      children: (
        <DiffPanel
          from={filters.search.from ?? inForce}
          to={filters.search.to ?? (hasDraft ? 'draft' : inForce)}
          options={options}
          onChange={(names) => filters.set(names)}
        />
      ),
    },
    { key: 'ask', label: t('policy.whatIf'), children: <WhatIfPanel versions={options} /> },
    { key: 'embed', label: t('policy.shown'), children: <Embed /> },
  ];
}

/** After-sales policies: what is promised for which goods, since when, and what would happen if. */
export default function PolicyPage() {
  const t = useT();
  const filters = useFilters(['tab', 'version', 'from', 'to']);
  const list = useQuery(listQuery('/after-sales/policies', { limit: 100 }));
  const may = (list.data as unknown as { may?: string[] } | undefined)?.may ?? [];
  const labelOf = useLabels();
  const begin = useSubmit(
    (_: Record<never, never>, idempotencyKey) => client.post('/after-sales/policies', { body: {}, idempotencyKey }),
    {
      onSuccess: () => filters.set({ version: 'draft', tab: undefined }),
    },
  );
  const versions = (list.data?.items ?? []) as Listed[];
  const options = versions.map((v) => ({ value: refOf(v), label: labelOf(v) }));
  const inForce = versions.find((v) => v.inForce);
  const known = filters.search.version !== undefined && options.some((o) => o.value === filters.search.version);
  const version = known ? (filters.search.version as string) : String(inForce?.no ?? 0);
  const tabs = useTabs({ version, versions, options, filters });
  return (
    <Page
      title={t('policy.title')}
      says={t('policy.says')}
      extra={
        may.includes('begin_draft') && (
          <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({})}>
            {t('policy.begin')}
          </Button>
        )
      }
    >
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      <Panel>
        <Tabs
          activeKey={filters.search.tab ?? 'rules'}
          items={tabs}
          destroyOnHidden
          onChange={(tab) => filters.set({ tab: tab === 'rules' ? undefined : tab })}
        />
      </Panel>
    </Page>
  );
}
