import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import type { IncidentRow } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { KINDS } from './kinds.ts';
import { IncidentDrawer } from './incident-drawer.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { WarehouseFilter } from '../stock/warehouses.tsx';
import './incidents.css';

const STATES = ['unsettled', 'open', 'investigating', 'resolved', 'dismissed'] as const;
const SOURCES = ['pick', 'pack', 'check', 'hand_over', 'other'] as const;

function useColumns(): TableColumnsType<IncidentRow> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('incident.no'), width: 160, render: (_, i) => <span className="mono">{i.no}</span> },
    { title: t('incident.kind'), width: 110, render: (_, i) => word('incidentKind', i.kind) },
    {
      title: t('incident.about'),
      render: (_, i) => (
        <span className="clamp2">
          {i.sku && (
            <span className="mono">
              {i.sku}
              {i.quantity ? ` × ${i.quantity}` : ''}{' '}
            </span>
          )}
          {i.bin && <span className="mono muted">{i.bin} </span>}
          {i.note || i.orderNo}
        </span>
      ),
    },
    { title: t('incident.state'), width: 110, render: (_, i) => <StatusTag kind="incident" value={i.state} /> },
    { title: t('incident.source'), width: 90, render: (_, i) => word('incidentSource', i.source) },
    {
      title: t('incident.owner'),
      width: 120,
      render: (_, i) => <span className="wrap">{i.owner ?? <span className="muted">–</span>}</span>,
    },
    { title: t('incident.openedAt'), width: 120, render: (_, i) => <TimeText at={i.openedAt} /> },
    {
      title: t('incident.dueAt'),
      width: 140,
      render: (_, i) =>
        i.resolvedAt ? (
          <span className="muted">–</span>
        ) : (
          <span style={i.overdue ? { color: 'var(--bad)', fontWeight: 600 } : {}}>
            <TimeText at={i.dueAt} relative />
          </span>
        ),
    },
  ];
}

/** The last 30 days by kind; a kind pressed is a filter. */
function Stats({ onKind }: { onKind: (kind: string) => void }) {
  const t = useT();
  const word = useWord();
  const { data } = useQuery(oneQuery('/incidents/stats', { query: {} }));
  if (!data || data.items.length === 0) return null;
  return (
    <div className="zg-incident-stats">
      {data.items.map((s) => (
        <button key={s.kind} type="button" onClick={() => onKind(s.kind)}>
          <strong>{s.opened}</strong>
          <span>{word('incidentKind', s.kind)}</span>
          <small className="muted">
            {t('incident.statsSays', { unsettled: s.unsettled, overdue: s.overdue })}
            {s.medianMs !== null && ` · ${t('incident.median', { hours: (s.medianMs / 3_600_000).toFixed(1) })}`}
          </small>
        </button>
      ))}
    </div>
  );
}

/** What went wrong in the warehouse, who looks into it, and until when. */
export default function IncidentList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['q', 'kind', 'state', 'source', 'warehouse', 'mine']);
  const query = useQuery(listQuery('/incidents', { ...filters.search, limit: filters.limit }));
  const mayReport = can(useQuery(meQuery).data, 'fulfilment.incident.report');
  const [reporting, setReporting] = useState(false);
  const [open, setOpen] = useState<string>();
  return (
    <Page
      title={t('incident.list')}
      extra={
        mayReport && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setReporting(true)}>
            {t('incident.report')}
          </Button>
        )
      }
    >
      <Stats onKind={(kind) => filters.set({ kind })} />
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('incident.search')} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('incident.state')}
          options={STATES.map((value) => ({ value, label: word('status.incident', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('incident.kind')}
          options={KINDS.map((value) => ({ value, label: word('incidentKind', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="source"
          label={t('incident.source')}
          options={SOURCES.map((value) => ({ value, label: word('incidentSource', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="mine"
          label={t('incident.owner')}
          options={[{ value: 'true', label: t('incident.mine') }]}
        />
        <WarehouseFilter filters={filters} />
      </FilterBar>
      <DataTable
        query={query}
        columns={useColumns()}
        rowKey="id"
        filters={filters}
        minWidthPx={1080}
        onOpen={(incident) => setOpen(incident.id)}
      />
      {reporting && <ReportDialog onClose={() => setReporting(false)} />}
      {open && <IncidentDrawer incidentId={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
