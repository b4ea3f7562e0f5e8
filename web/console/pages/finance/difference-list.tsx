import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useDifferenceColumns } from './difference-columns.tsx';
import { DifferenceDrawer } from './difference-drawer.tsx';
import { ExportButton } from './export-button.tsx';
import { CHANNELS, KINDS, STATES } from './words.ts';
import './finance.css';

/** How many are unsettled of each kind; one pressed is a filter. */
function Counts({ channel, onKind, kind }: { channel?: string; kind?: string; onKind: (kind: string) => void }) {
  const word = useWord();
  const query = { state: 'unsettled' as const, ...(channel ? { channel } : {}) };
  const { data } = useQuery(oneQuery('/reconciliation-differences/counts', { query }));
  const of = (name: string) => (data?.items ?? []).filter((c) => c.kind === name).reduce((n, c) => n + c.count, 0);
  return (
    <div className="zg-recon-counts">
      {KINDS.map((name) => (
        <Button
          key={name}
          type={kind === name ? 'primary' : 'default'}
          onClick={() => onKind(kind === name ? '' : name)}
        >
          {word('reconKind', name)} <strong>{of(name)}</strong>
        </Button>
      ))}
    </div>
  );
}

/** Where channels and our books disagree, who looks into it, and what two people have decided. */
export default function DifferenceList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['q', 'state', 'kind', 'channel', 'billDate', 'mine']);
  const { state = 'unsettled', ...rest } = filters.search;
  const query = useQuery(listQuery('/reconciliation-differences', { ...rest, state, limit: filters.limit } as never));
  const [open, setOpen] = useState<string>();
  const columns = useDifferenceColumns();
  const { channel, kind, billDate } = filters.search;
  return (
    <Page
      title={t('recon.differences')}
      says={t('recon.differencesSay')}
      extra={<ExportButton filters={{ state, channel, kind, billDate }} />}
    >
      <Counts
        {...(channel ? { channel } : {})}
        {...(kind ? { kind } : {})}
        onKind={(name) => filters.set({ kind: name || undefined })}
      />
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('recon.search')} />
        <ChoiceFilter
          filters={{ ...filters, search: { ...filters.search, state } }}
          name="state"
          label={t('recon.state')}
          options={STATES.map((value) => ({ value, label: word('status.difference', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="channel"
          label={t('recon.channel')}
          options={CHANNELS.map((value) => ({ value, label: word('billChannel', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="mine"
          label={t('recon.owner')}
          options={[{ value: 'true', label: t('recon.mine') }]}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1120}
        onOpen={(row) => setOpen(row.id)}
      />
      {open && <DifferenceDrawer differenceId={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
