import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Form, Input, Radio, Select, Tabs, Tag, type TableColumnsType } from 'antd';
import { listQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { FollowUp } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { FormButton } from '../../form-button.tsx';
import { agentsQuery } from '../tickets/queries.ts';

const VIEWS = {
  mine: { state: 'open', owner: 'me' },
  open: { state: 'open' },
  done: { state: 'done' },
  all: {},
} as const;
type View = keyof typeof VIEWS;
const isView = (text: string | undefined): text is View => text !== undefined && text in VIEWS;
const OUTCOMES = ['satisfied', 'unsatisfied', 'not_reached', 'refused'] as const;

function Note() {
  const t = useT();
  return (
    <Form.Item name="note" label={t('followUp.note')}>
      <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 8 }} />
    </Form.Item>
  );
}

function Acts({ task }: { task: FollowUp }) {
  const t = useT();
  const word = useWord();
  const agents = useQuery(agentsQuery).data?.items ?? [];
  const path = { followUpId: task.id };
  return (
    <span className="row tight">
      {task.may.includes('finish') && (
        <FormButton<{ outcome: (typeof OUTCOMES)[number]; note?: string }>
          label={t('followUp.finish')}
          type="primary"
          initial={{ outcome: 'satisfied' }}
          fields={
            <>
              <Form.Item name="outcome" label={t('followUp.outcome')}>
                <Radio.Group options={OUTCOMES.map((value) => ({ value, label: word('followUpOutcome', value) }))} />
              </Form.Item>
              <Note />
            </>
          }
          send={(body, idempotencyKey) =>
            client.post('/follow-ups/{followUpId}/finish', { path, body, idempotencyKey })
          }
        />
      )}
      {task.may.includes('miss') && (
        <FormButton<{ note?: string }>
          label={t('followUp.miss')}
          fields={<Note />}
          send={(body, idempotencyKey) => client.post('/follow-ups/{followUpId}/miss', { path, body, idempotencyKey })}
        />
      )}
      {task.may.includes('assign') && (
        <FormButton<{ ownerId?: string }>
          label={t('followUp.assign')}
          initial={task.owner ? { ownerId: task.owner.id } : {}}
          fields={
            <Form.Item name="ownerId" label={t('followUp.owner')}>
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                options={agents.map((a) => ({ value: a.id, label: a.name }))}
              />
            </Form.Item>
          }
          send={({ ownerId }, idempotencyKey) =>
            client.post('/follow-ups/{followUpId}/assign', {
              path,
              body: { ownerId: ownerId ?? null },
              idempotencyKey,
            })
          }
        />
      )}
      {task.may.includes('reopen') && (
        <FormButton<{ note?: string }>
          label={t('followUp.reopen')}
          fields={<Note />}
          send={(body, idempotencyKey) =>
            client.post('/follow-ups/{followUpId}/reopen', { path, body, idempotencyKey })
          }
        />
      )}
    </span>
  );
}

function useColumns(): TableColumnsType<FollowUp> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('followUp.one'),
      width: 190,
      render: (_, r) => (
        <div className="stack tight">
          <span className="mono">{r.no}</span>
          <span>{word('followUpReason', r.reason)}</span>
        </div>
      ),
    },
    {
      title: t('followUp.about'),
      render: (_, r) => (
        <div className="stack tight">
          <span className="row tight">
            {r.customerId && (
              <Link to="/customers/$id" params={{ id: r.customerId } as never}>
                {r.customerName || t('followUp.customer')}
              </Link>
            )}
            {r.ticketId && (
              <Link to="/tickets/$id" params={{ id: r.ticketId } as never}>
                {t('followUp.ticket')}
              </Link>
            )}
            {r.score !== null && <Tag color="error">{t('followUp.score', { score: r.score })}</Tag>}
          </span>
          <span className="wrap clamp2">{r.comment || r.note}</span>
        </div>
      ),
    },
    { title: t('followUp.owner'), width: 120, render: (_, r) => r.owner?.name ?? t('ticket.nobody') },
    {
      title: t('followUp.due'),
      width: 140,
      render: (_, r) =>
        r.outcome ? (
          word('followUpOutcome', r.outcome)
        ) : (
          <span className={r.late ? 'zg-late' : ''}>
            <TimeText at={r.dueAt} relative />
          </span>
        ),
    },
    { title: t('followUp.calls'), width: 80, align: 'right', render: (_, r) => r.calls },
    { title: '', width: 280, render: (_, r) => <Acts task={r} /> },
  ];
}

/** Customers who are to be called, the nearest deadline first, and what came of it. */
export default function FollowUpList() {
  const t = useT();
  const filters = useFilters(['view']);
  const { view: named, ...search } = filters.search;
  const view = isView(named) ? named : 'open';
  const query = useQuery(listQuery('/follow-ups', { ...search, ...VIEWS[view], limit: filters.limit } as never));
  return (
    <Page title={t('followUp.list')} says={t('followUp.listSays')}>
      <Tabs
        activeKey={view}
        items={(Object.keys(VIEWS) as View[]).map((key) => ({ key, label: t(`followUp.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key === 'open' ? undefined : key })}
      />
      <DataTable
        query={query}
        columns={useColumns()}
        rowKey="id"
        filters={filters}
        empty={<EmptyState title={t('followUp.none')} />}
      />
    </Page>
  );
}
