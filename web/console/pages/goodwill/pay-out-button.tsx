import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { MaskedText, useReveal } from '../../../ui/components/masked-text.tsx';
import { PayeeFields, payeeOf, type PayeeValues } from './payee-fields.tsx';
import type { Compensation } from './words.ts';

type Values = { reference: string; note?: string } & PayeeValues;

/** To whom it goes, in the clear for whoever transfers it. */
export function PayeeText({ row }: { row: Compensation }) {
  const t = useT();
  const { shown, button, dialog } = useReveal('compensation_payee', row.id);
  const clear = shown['account'] && [shown['name'], shown['bank'], shown['account']].filter(Boolean).join(' · ');
  if (row.payee === null) return null;
  return (
    <div className="row tight">
      <span className="muted">{t('goodwill.payee')}</span>
      <MaskedText masked={row.payee} clear={clear || undefined} /> {button}
      {dialog}
    </div>
  );
}

/** Says by which transfer cash was paid that no channel can pay; another person confirms. */
export function PayOutButton({ row }: { row: Compensation }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Values>();
  const pay = useSubmit(
    ({ reference, note = '', ...values }: Values, idempotencyKey) =>
      client.post('/after-sales/compensations/{compensationId}/pay-out', {
        path: { compensationId: row.id },
        body: { reference, note, ...payeeOf(values) },
        idempotencyKey,
      }),
    { onSuccess: () => setOpen(false) },
  );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('goodwill.payOut')}
      </Button>
      <Modal
        open={open}
        title={t('goodwill.payOut')}
        okText={t('goodwill.payOut')}
        confirmLoading={pay.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className="wrap">
          {t('goodwill.payOutSays')} <MoneyText value={row.cash?.payout} strong />
        </p>
        <PayeeText row={row} />
        <Form form={form} layout="vertical" preserve={false} onFinish={(values) => pay.mutate(values)}>
          <FormErrors form={form} error={pay.error} />
          {row.payee === null && <PayeeFields need />}
          <Form.Item
            name="reference"
            label={t('goodwill.reference')}
            rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
          >
            <Input className="mono" maxLength={60} />
          </Form.Item>
          <Form.Item name="note" label={t('goodwill.note')}>
            <Input.TextArea maxLength={500} autoSize={{ minRows: 1 }} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

/** Says to whom the cash goes, for whoever transfers it. */
export function PayeeButton({ row }: { row: Compensation }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<PayeeValues>();
  const set = useSubmit(
    (values: PayeeValues, idempotencyKey) =>
      client.post('/after-sales/compensations/{compensationId}/payee', {
        path: { compensationId: row.id },
        body: { payee: payeeOf(values).payee ?? { name: '', bank: '', account: '' } },
        idempotencyKey,
      }),
    { onSuccess: () => setOpen(false) },
  );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('goodwill.setPayee')}
      </Button>
      <Modal
        open={open}
        title={t('goodwill.setPayee')}
        confirmLoading={set.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Form form={form} layout="vertical" preserve={false} onFinish={(values) => set.mutate(values)}>
          <FormErrors form={form} error={set.error} />
          <PayeeFields need />
        </Form>
      </Modal>
    </>
  );
}
