import { App, Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Customer } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';

const KINDS = ['compensate', 'spend', 'adjust'] as const;
type Kind = (typeof KINDS)[number];
type Values = { points: number; reason: string };

function PointsDialog({ customer, kind, onClose }: { customer: Customer; kind: Kind; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const send = useSubmit(
    (body: Values, idempotencyKey) =>
      client.post(`/customers/{customerId}/points/${kind}`, {
        path: { customerId: customer.id },
        body,
        idempotencyKey,
      }),
    {
      onSuccess: (done) => {
        void message.success(t(done.state === 'done' ? 'customer.pointsDone' : 'customer.pointsAsked'));
        onClose();
      },
    },
  );
  return (
    <Modal
      open
      title={t(`customer.${kind}`)}
      okText={t('ui.confirm')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="muted">{t(`customer.${kind}Says`)}</p>
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
        <FormErrors form={form} error={send.error} />
        <Form.Item name="points" label={t('customer.points')} rules={[{ required: true, message: t('ui.required') }]}>
          <InputNumber autoFocus precision={0} style={{ width: 200 }} {...(kind === 'adjust' ? {} : { min: 1 })} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('ui.reason')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** What the person may do with the customer's points. */
export function PointsButtons({ customer }: { customer: Customer }) {
  const t = useT();
  const [kind, setKind] = useState<Kind>();
  return (
    <>
      {KINDS.filter((name) => customer.may.includes(name)).map((name) => (
        <Button key={name} onClick={() => setKind(name)}>
          {t(`customer.${name}`)}
        </Button>
      ))}
      {kind && <PointsDialog customer={customer} kind={kind} onClose={() => setKind(undefined)} />}
    </>
  );
}
