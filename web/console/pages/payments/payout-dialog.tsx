import { Form, Input, Modal } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Refund } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { EvidenceField } from '../finance/evidence-field.tsx';

type Payout = NonNullable<Body<'/refunds/{refundId}/resolve', 'post'>['payout']>;

/** Says how a refund was paid past the channel: to whom, and by which transfer of the bank. */
export function PayoutDialog({ refund, onClose }: { refund: Refund; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Payout>();
  const send = useSubmit(
    (payout: Payout, idempotencyKey) =>
      client.post('/refunds/{refundId}/resolve', {
        path: { refundId: refund.id },
        body: { outcome: 'paid_by_hand', payout },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('refund.byHand')}
      okText={t('refund.byHand')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
        <FormErrors
          form={form}
          error={send.error}
          rename={(name) => (name[0] === 'payout' && name.length > 1 ? name.slice(1) : name)}
        />
        <p className="wrap">
          <MoneyText value={{ amount: refund.amount, currency: refund.currency }} strong /> · {refund.orderNo} ·{' '}
          <span className="mono">{refund.refundNo}</span>
        </p>
        <p className="muted wrap">{t('refund.byHandSays')}</p>
        <Form.Item name={['payee', 'name']} label={t('refund.payeeName')} rules={required}>
          <Input maxLength={60} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name={['payee', 'bank']} label={t('refund.payeeBank')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['payee', 'account']} label={t('refund.payeeAccount')} rules={required}>
          <Input maxLength={60} className="mono" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="bankReference"
          label={t('refund.bankReference')}
          extra={t('refund.bankReferenceSays')}
          rules={required}
        >
          <Input maxLength={60} className="mono" autoComplete="off" />
        </Form.Item>
        <Form.Item name="note" label={t('refund.note')}>
          <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Form.Item name="fileIds" label={t('recon.evidence')}>
          <EvidenceField />
        </Form.Item>
      </Form>
    </Modal>
  );
}
