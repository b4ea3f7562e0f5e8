import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Payment } from '../../../api/types.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';

type Props = { payment: Payment; refund: (amount: number, reason: string) => Promise<unknown> };

/** Refunds a part or all of what is left of a payment; the server has the last word on how much that is. */
export function RefundButton({ payment, refund }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [form] = Form.useForm<{ amount: string; reason: string }>();
  const currency = payment.amount.currency;
  const left = { amount: payment.amount.amount - (payment.refunded?.amount ?? 0), currency };
  const submit = async (values: { amount: string; reason: string }) => {
    setBusy(true);
    setError(undefined);
    try {
      await refund(parseMoney(values.amount, currency) ?? 0, values.reason.trim());
      setOpen(false);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
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
        confirmLoading={busy}
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
          <FormErrors form={form} error={error} />
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
