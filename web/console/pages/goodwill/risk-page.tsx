import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, InputNumber, Modal, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body, Schemas } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import './goodwill.css';

type Risk = Schemas['RiskCase'];
type Values = Body<'/after-sales/risks/{riskId}/decide', 'post'>;
const STATES = ['open', 'watching', 'review', 'dismissed'] as const;
const KINDS = ['phone', 'address', 'device'] as const;
const DECISIONS = ['require_review', 'watch', 'dismiss'] as const;

/** What was seen, at which case, newest first. */
function Evidence({ risk }: { risk: Risk }) {
  return (
    <ul className="zg-risk-evidence">
      {risk.evidence.map((e) => (
        <li key={e.caseId + e.signal}>
          <TimeText at={e.at} /> <span className="mono">{e.caseNo}</span>{' '}
          <Link to="/orders/$id" params={{ id: e.orderId } as never} className="mono">
            {e.orderNo}
          </Link>
          <div className="wrap">{e.text}</div>
        </li>
      ))}
    </ul>
  );
}

function DecideDialog({ risk, onClose }: { risk: Risk; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const decision = Form.useWatch('decision', form);
  const decide = useSubmit(
    (body: Values, idempotencyKey) =>
      client.post('/after-sales/risks/{riskId}/decide', {
        path: { riskId: risk.id },
        body,
        version: risk.version,
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const decisions = DECISIONS.filter((d) => risk.may.includes(d));
  return (
    <Modal
      open
      title={t('risk.decide')}
      okText={t('risk.decide')}
      confirmLoading={decide.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Evidence risk={risk} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ decision: decisions[0] }}
        onFinish={(values) => decide.mutate(values)}
      >
        <FormErrors form={form} error={decide.error} />
        <Form.Item
          name="decision"
          label={t('risk.decision')}
          extra={decision && t(`risk.decisionSays.${decision}`)}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <Select options={decisions.map((value) => ({ value, label: word('riskDecision', value) }))} />
        </Form.Item>
        {decision === 'require_review' && (
          <Form.Item name="reviewDays" label={t('risk.reviewDays')} extra={t('risk.reviewDaysSay')}>
            <InputNumber min={0} max={3650} precision={0} />
          </Form.Item>
        )}
        <Form.Item
          name="note"
          label={t('ui.reason')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input.TextArea maxLength={150} autoSize={{ minRows: 2 }} />
        </Form.Item>
        {risk.may.includes('blacklist') && (
          <Form.Item name="blacklist" label={t('risk.blacklist')} extra={t('risk.blacklistSays')}>
            <Checkbox.Group options={KINDS.map((value) => ({ value, label: word('blacklist.kind', value) }))} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

function useColumns(onDecide: (risk: Risk) => void): TableColumnsType<Risk> {
  const t = useT();
  return [
    {
      title: t('risk.no'),
      width: 160,
      render: (_, r) => (
        <>
          <div className="mono">{r.no}</div>
          <TimeText at={r.openedAt} />
        </>
      ),
    },
    { title: t('goodwill.status'), width: 130, render: (_, r) => <StatusTag kind="risk" value={r.status} /> },
    {
      title: t('risk.customer'),
      width: 170,
      render: (_, r) => (
        <>
          <Link to="/customers/$id" params={{ id: r.customer.id } as never} className="wrap">
            {r.customer.name || t('risk.unnamed')}
          </Link>
          <div>
            <Link to="/orders/$id" params={{ id: r.order.id } as never} className="mono">
              {r.order.orderNo}
            </Link>
          </div>
        </>
      ),
    },
    {
      title: t('risk.reasons'),
      render: (_, r) =>
        r.reasons.map((s) => (
          <div key={s.signal} className="wrap">
            {s.text}
          </div>
        )),
    },
    {
      title: t('risk.decided'),
      width: 200,
      render: (_, r) => (
        <>
          <div className="wrap">
            {r.note} <span className="muted">{r.decidedBy}</span>
          </div>
          {r.reviewUntil && (
            <span className="muted">
              {t('risk.until')} <TimeText at={r.reviewUntil} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'do',
      width: 100,
      align: 'right',
      render: (_, r) =>
        r.may.length > 0 && (
          <Button size="small" type={r.status === 'open' ? 'primary' : 'default'} onClick={() => onDecide(r)}>
            {t('risk.decide')}
          </Button>
        ),
    },
  ];
}

/** Customers whose claims follow a pattern: looked at by a person, with what was seen. */
export default function RiskPage() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['state', 'customerId']);
  const query = useQuery(listQuery('/after-sales/risks', { ...filters.search, limit: filters.limit } as never));
  const [deciding, decide] = useState<Risk>();
  const columns = useColumns(decide);
  return (
    <Page title={t('risk.title')} says={t('risk.says')}>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('goodwill.status')}
          options={STATES.map((value) => ({ value, label: word('status.risk', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1020}
        empty={<EmptyState title={t('risk.none')} />}
      />
      {deciding && <DecideDialog risk={deciding} onClose={() => decide(undefined)} />}
    </Page>
  );
}
