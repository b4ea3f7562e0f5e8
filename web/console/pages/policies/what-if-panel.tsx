import { useMutation } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Form, Input, Select, Tag } from 'antd';
import type { Dayjs } from 'dayjs';
import { client } from '../../../api/instance.ts';
import type { Answer } from '../../../api/paths.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { CategoryText, Terms } from './rule-text.tsx';
import { REASONS, TYPES } from './words.ts';

type Result = Answer<'/after-sales/policies/what-if', 'post'>;
type Values = {
  orderId: string;
  type: (typeof TYPES)[number];
  reason: (typeof REASONS)[number];
  at?: Dayjs;
  version?: string;
};

function Verdict({ answer }: { answer: Pick<Result, 'allowed' | 'refusedBecause' | 'policyVersion'> }) {
  const t = useT();
  const word = useWord();
  return (
    <span className="row tight">
      <Tag color={answer.allowed ? 'success' : 'error'}>
        {answer.allowed ? t('policy.yes') : word('policyRefused', answer.refusedBecause ?? '')}
      </Tag>
      <span className="muted">
        {answer.policyVersion < 0 ? t('policy.draft') : t('policy.versionNo', { no: answer.policyVersion })}
      </span>
    </span>
  );
}

function Line({ line }: { line: Result['lines'][number] }) {
  const t = useT();
  return (
    <div className="zg-policy-diff">
      <div className="row tight">
        <span className="mono">{line.sku}</span>
        <span className="wrap">{line.title}</span>
        <CategoryText category={line.category} />
        <Verdict answer={line} />
      </div>
      <div className="muted row tight">
        {t('policy.paidAt')} <TimeText at={line.paidAt} /> {t('policy.sentAt')} <TimeText at={line.sentAt} />{' '}
        {t('policy.receivedAt')} <TimeText at={line.receivedAt} />
        {line.windowEndsAt && (
          <>
            {t('policy.endsAt')} <TimeText at={line.windowEndsAt} />
          </>
        )}
      </div>
      {line.considered.map((c) => (
        <div key={c.policyVersion} style={c.decides ? {} : { opacity: 0.6 }}>
          <Verdict answer={c} />
          {c.rule && (
            <>
              <CategoryText category={c.rule.category} /> <Terms rule={c.rule} />
            </>
          )}
          <div className="wrap">
            <span className="mono">{c.clause}</span> {c.text}
          </div>
        </div>
      ))}
    </div>
  );
}

function Fields({ versions }: { versions: { value: string; label: string }[] }) {
  const t = useT();
  const word = useWord();
  return (
    <>
      <Form.Item name="orderId" rules={[{ required: true, whitespace: true, message: t('ui.required') }]}>
        <Input className="mono" placeholder={t('policy.orderNo')} aria-label={t('policy.orderNo')} maxLength={60} />
      </Form.Item>
      <Form.Item name="type">
        <Select
          aria-label={t('policy.type')}
          popupMatchSelectWidth={false}
          options={TYPES.map((value) => ({ value, label: word('caseType', value) }))}
        />
      </Form.Item>
      <Form.Item name="reason">
        <Select
          aria-label={t('policy.reason')}
          popupMatchSelectWidth={false}
          options={REASONS.map((value) => ({ value, label: word('caseReason', value) }))}
        />
      </Form.Item>
      <Form.Item name="at">
        <DatePicker showTime placeholder={t('policy.now')} aria-label={t('policy.at')} />
      </Form.Item>
      <Form.Item name="version">
        <Select
          allowClear
          placeholder={t('policy.anyVersion')}
          aria-label={t('policy.version')}
          popupMatchSelectWidth={false}
          options={versions}
        />
      </Form.Item>
    </>
  );
}

/** What would be answered for any order, type, reason and moment, and by which rule; of the draft too. */
export function WhatIfPanel({ versions }: { versions: { value: string; label: string }[] }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const ask = useMutation<Result, Error, Values>({
    mutationFn: ({ at, version, ...body }) =>
      client.repeatable('/after-sales/policies/what-if', {
        body: {
          ...body,
          orderId: body.orderId.trim(),
          ...(at ? { at: at.toISOString() } : {}),
          ...(version ? { version: version === 'draft' ? ('draft' as const) : Number(version) } : {}),
        },
      }),
  });
  return (
    <>
      <Form
        form={form}
        layout="inline"
        className="zg-policy-ask"
        initialValues={{ type: 'return', reason: 'no_reason' }}
        onFinish={(values) => ask.mutate(values)}
      >
        <FormErrors form={form} error={ask.error} />
        <Fields versions={versions} />
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          {t('policy.ask')}
        </Button>
      </Form>
      {ask.data && (
        <>
          <Alert
            style={{ marginTop: 12 }}
            type={ask.data.allowed ? 'success' : 'warning'}
            title={<Verdict answer={ask.data} />}
            description={ask.data.text}
          />
          {ask.data.lines.map((line) => (
            <Line key={line.lineId} line={line} />
          ))}
        </>
      )}
    </>
  );
}
