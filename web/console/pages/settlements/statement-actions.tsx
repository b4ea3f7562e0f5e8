import { FilePdfOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Statement } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { ExportButton } from '../finance/export-button.tsx';

type Sent = { do: 'submit' | 'approve' | 'reject' | 'withdraw' | 'dispute' | 'agree'; note: string };

/** What a person does with a statement, as the server allows it. */
export function StatementActions({ statement: s }: { statement: Statement }) {
  const t = useT();
  const locale = useLocale();
  const [adjusting, setAdjusting] = useState(false);
  const send = useSubmit(async ({ do: what, note }: Sent, idempotencyKey) => {
    const path = { statementId: s.id };
    if (what === 'submit')
      return client.post('/settlements/statements/{statementId}/submit', { path, body: { note }, idempotencyKey });
    if (what === 'dispute' || what === 'agree')
      return client.post('/settlements/statements/{statementId}/dispute', {
        path,
        body: { dispute: what === 'dispute' ? note : null },
        idempotencyKey,
      });
    const approval = { path: { approvalId: s.approvalId ?? '' }, body: { note }, idempotencyKey };
    if (what === 'approve') return client.post('/approvals/{approvalId}/approve', approval);
    if (what === 'reject') return client.post('/approvals/{approvalId}/reject', approval);
    return client.post('/approvals/{approvalId}/withdraw', approval);
  });
  const button = (what: Sent['do'], over: { reason?: 'required' | 'optional'; primary?: boolean; danger?: boolean }) =>
    s.may.includes(what) && (
      <ConfirmButton
        key={what}
        type={over.primary ? 'primary' : 'default'}
        danger={over.danger ?? false}
        title={t(`settle.do.${what}`)}
        says={t(`settle.do.${what}Says`)}
        {...(over.reason ? { reason: over.reason } : {})}
        act={(note) => send.mutateAsync({ do: what, note })}
      >
        {t(`settle.do.${what}`)}
      </ConfirmButton>
    );
  return (
    <>
      <Button
        icon={<FilePdfOutlined />}
        href={`/api/v1/settlements/statements/${s.id}/document?lang=${locale}`}
        target="_blank"
      >
        PDF
      </Button>
      <ExportButton kind="settlement" label={t('settle.exportLines')} filters={{ statementId: s.id }} />
      {button('dispute', { reason: 'required' })}
      {button('agree', {})}
      {s.may.includes('adjust') && <Button onClick={() => setAdjusting(true)}>{t('settle.do.adjust')}</Button>}
      {button('withdraw', {})}
      {button('reject', { reason: 'required', danger: true })}
      {button('submit', { reason: 'optional', primary: true })}
      {button('approve', { reason: 'optional', primary: true })}
      {adjusting && <AdjustDialog partyId={s.partyId} statementId={s.id} onClose={() => setAdjusting(false)} />}
    </>
  );
}

/** An adjustment with its reason; another person approves it. In yuan, as people say amounts. */
export function AdjustDialog(props: { partyId: string; statementId?: string; onClose: () => void }) {
  const { partyId, statementId, onClose } = props;
  const t = useT();
  const [form] = Form.useForm<{ amount: number; reason: string }>();
  const ask = useSubmit(
    ({ amount, reason }: { amount: number; reason: string }, idempotencyKey) =>
      client.post('/settlements/parties/{partyId}/adjust', {
        path: { partyId },
        body: { amount: Math.round(amount * 100), reason, ...(statementId ? { statementId } : {}) },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('settle.do.adjust')}
      okText={t('ui.confirm')}
      confirmLoading={ask.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => ask.mutate(values)}>
        <FormErrors form={form} error={ask.error} />
        <p className="muted">{t(statementId ? 'settle.adjustSays' : 'settle.adjustNextSays')}</p>
        <Form.Item
          name="amount"
          label={t('settle.adjustAmount')}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <InputNumber precision={2} style={{ width: 200 }} autoFocus />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('ui.reason')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 2, maxRows: 5 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
