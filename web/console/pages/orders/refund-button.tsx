import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Payment } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';

/** Refunds a part or all of what is left of a payment; the server has the last word on how much that is. */
export function RefundButton({ payment }: { payment: Payment }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const refund = useSubmit((body: { amount: number; reason: string }, idempotencyKey) =>
    client.post('/payments/{paymentId}/refunds', { path: { paymentId: payment.id }, body, idempotencyKey }),
  );
  const [form] = Form.useForm<{ amount: string; reason: string }>();
  const { currency } = payment;
  const left = {
    amount: (payment.received?.amount ?? payment.amount) - payment.refundedAmount - payment.refundingAmount,
    currency,
  };
  const submit = async (values: { amount: string; reason: string }) => {
    await refund
      .mutateAsync({ amount: parseMoney(values.amount, currency) ?? 0, reason: values.reason.trim() })
      .then(() => setOpen(false))
      .catch(() => undefined); // shown in the form
  };
  const isAmount = (_: unknown, text: string) => {
    const amount = parseMoney(text ?? '', currency);
    return amount !== undefined && amount > 0 ? Promise.resolve() : Promise.reject(new Error(t('ui.amountBad')));
  };
  return (
    <>
      <Button size="small" disabled={left.amount <= 0} onClick={() => setOpen(true)}>
        {t('order.refund')}
      </Button>
      <Modal
        open={open}
        title={t('order.refund')}
        okText={t('order.refund')}
        confirmLoading={refund.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          preserve={false}
          initialValues={{ amount: toDecimal(left) }}
          onFinish={(values) => void submit(values)}
        >
          <FormErrors form={form} error={refund.error} />
          <p>
            {t('order.refundLeft')} <MoneyText value={left} strong />
          </p>
          <Form.Item name="amount" label={t('payment.amount')} required rules={[{ validator: isAmount }]}>
            <Input inputMode="decimal" suffix={currency} autoFocus />
          </Form.Item>
          <Form.Item
            name="reason"
            label={t('ui.reason')}
            rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
          >
            <Input.TextArea maxLength={200} showCount autoSize={{ minRows: 2 }} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
