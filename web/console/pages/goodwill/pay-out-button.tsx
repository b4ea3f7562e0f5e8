import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import type { Compensation } from './words.ts';

type Values = { reference: string; note?: string };

/** Says by which transfer cash was paid that no channel can pay; another person confirms. */
export function PayOutButton({ row }: { row: Compensation }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Values>();
  const pay = useSubmit(
    ({ reference, note = '' }: Values, idempotencyKey) =>
      client.post('/after-sales/compensations/{compensationId}/pay-out', {
        path: { compensationId: row.id },
        body: { reference, note },
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
        <Form form={form} layout="vertical" preserve={false} onFinish={(values) => pay.mutate(values)}>
          <FormErrors form={form} error={pay.error} />
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
