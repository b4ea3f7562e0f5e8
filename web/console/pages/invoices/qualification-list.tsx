import { PaperClipOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, DatePicker, Form, Input, Modal, type TableColumnsType, Tabs } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { listQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { InvoiceQualification } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { Who } from './clock.tsx';

const STATES = ['pending', 'approved', 'rejected', 'revoked', 'all'] as const;
type Decision = 'approve' | 'reject' | 'revoke';

const decide = (id: string, body: { decision: Decision; note: string; validUntil?: string }, idempotencyKey: string) =>
  client.post('/invoice-qualifications/{qualificationId}/decide', {
    path: { qualificationId: id },
    body,
    idempotencyKey,
  });

function ApproveDialog({ row, onClose }: { row: InvoiceQualification; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<{ validUntil: Dayjs; note?: string }>();
  const send = useSubmit(
    ({ validUntil, note }: { validUntil: Dayjs; note?: string }, key) =>
      decide(row.id, { decision: 'approve', validUntil: validUntil.format('YYYY-MM-DD'), note: note ?? '' }, key),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('qualification.approve')}
      okText={t('qualification.approve')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ validUntil: dayjs().add(1, 'year') }}
        onFinish={(values) => send.mutate(values)}
      >
        <FormErrors form={form} error={send.error} />
        <p className="wrap">{t('qualification.approveSays', { name: row.title.name, n: row.waiting.length })}</p>
        <Form.Item name="validUntil" label={t('qualification.validUntil')} rules={[{ required: true }]}>
          <DatePicker allowClear={false} disabledDate={(d) => d.isBefore(dayjs(), 'day')} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="note" label={t('invoice.note')}>
          <Input.TextArea maxLength={500} autoFocus autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Decide({ row }: { row: InvoiceQualification }) {
  const t = useT();
  const [approving, setApproving] = useState(false);
  const send = useSubmit(({ decision, note }: { decision: Decision; note: string }, key) =>
    decide(row.id, { decision, note }, key),
  );
  const may = (what: string): boolean => row.may.includes(what);
  return (
    <div className="row tight">
      {may('approve') && (
        <Button size="small" type="primary" onClick={() => setApproving(true)}>
          {t('qualification.approve')}
        </Button>
      )}
      {(['reject', 'revoke'] as const).filter(may).map((decision) => (
        <ConfirmButton
          key={decision}
          size="small"
          danger
          title={t(`qualification.${decision}`)}
          says={t(`qualification.${decision}Says`, { name: row.title.name })}
          reason="required"
          act={(note) => send.mutateAsync({ decision, note })}
        >
          {t(`qualification.${decision}`)}
        </ConfirmButton>
      ))}
      {approving && <ApproveDialog row={row} onClose={() => setApproving(false)} />}
    </div>
  );
}

function useColumns(): TableColumnsType<InvoiceQualification> {
  const t = useT();
  return [
    {
      title: t('invoice.buyer'),
      render: (_, q) => (
        <>
          <div className="wrap">{q.title.name}</div>
          <div className="mono muted">{q.title.taxId}</div>
          <div className="muted wrap">
            {[q.title.address, q.title.phone, q.title.bank, q.title.account].filter(Boolean).join(' · ')}
          </div>
        </>
      ),
    },
    {
      title: t('qualification.files'),
      width: 200,
      render: (_, q) => (
        <>
          {q.files.map((f) => (
            <div key={f.id} className="wrap">
              <a href={`/api/v1/invoice-qualifications/${q.id}/files/${f.id}`} target="_blank" rel="noreferrer">
                <PaperClipOutlined /> {f.name}
              </a>
            </div>
          ))}
          {q.files.length === 0 && <span className="muted">{t('qualification.noFiles')}</span>}
          {q.note && <div className="muted wrap">{q.note}</div>}
        </>
      ),
    },
    {
      title: t('qualification.waiting'),
      width: 180,
      render: (_, q) =>
        q.waiting.map((w) => (
          <div key={w.id}>
            <Link to="/finance/invoices/$id" params={{ id: w.id } as never} className="mono">
              {w.no}
            </Link>
          </div>
        )),
    },
    {
      title: t('invoice.status'),
      width: 150,
      render: (_, q) => (
        <>
          <StatusTag kind="qualification" value={q.expired ? 'expired' : q.state} />
          {q.validUntil && <div className="muted nowrap">{t('qualification.until', { day: q.validUntil })}</div>}
          {q.decisionNote && <div className="muted wrap">{q.decisionNote}</div>}
        </>
      ),
    },
    {
      title: t('qualification.submitted'),
      width: 150,
      render: (_, q) => (
        <>
          <div>
            <Who name={q.submittedBy} />
          </div>
          <TimeText at={q.submittedAt} />
        </>
      ),
    },
    { key: 'actions', width: 170, render: (_, q) => <Decide row={q} /> },
  ];
}

/** Who may have special invoices: what was handed in, and what somebody else decides about it. */
export default function QualificationList() {
  const t = useT();
  const filters = useFilters(['state']);
  const state = filters.search.state ?? 'pending';
  const { state: _state, ...search } = filters.search;
  const query = useQuery(
    listQuery('/invoice-qualifications', {
      ...search,
      ...(state === 'all' ? {} : { state }),
      limit: filters.limit,
    } as never),
  );
  const columns = useColumns();
  return (
    <Page title={t('qualification.list')} says={t('qualification.listSays')}>
      <Tabs
        activeKey={state}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={STATES.map((key) => ({ key, label: t(`qualification.view.${key}`) }))}
        onChange={(key) => filters.set({ state: key === 'pending' ? undefined : key })}
      />
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1100}
        empty={<EmptyState title={t('qualification.none')} />}
      />
    </Page>
  );
}
