import { Form, Input, Modal, Select } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';

type Values = Body<'/orders/{orderId}/identity', 'post'>;
const METHODS = ['id_card', 'passport', 'business_licence', 'phone_call', 'video_call', 'other'] as const;

/** Records how the buyer has shown who they are; the document's end is sealed and never shown again. */
export function IdentityDialog(props: { orderId: string; open: boolean; onClose: () => void; onDone: () => void }) {
  const { orderId, open, onClose, onDone } = props;
  const t = useT();
  const [form] = Form.useForm<Values>();
  const verify = useSubmit(
    (body: Values, idempotencyKey) =>
      client.post('/orders/{orderId}/identity', { path: { orderId }, body, idempotencyKey }),
    { onSuccess: onDone },
  );
  return (
    <Modal
      open={open}
      title={t('review.identity')}
      okText={t('review.do.verify')}
      confirmLoading={verify.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ method: 'id_card' }}
        onFinish={({ documentEnd, ...values }) => verify.mutate({ ...values, ...(documentEnd ? { documentEnd } : {}) })}
      >
        <FormErrors form={form} error={verify.error} />
        <Form.Item name="method" label={t('review.method')} rules={[{ required: true }]}>
          <Select options={METHODS.map((value) => ({ value, label: t(`identityMethod.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="documentEnd"
          label={t('review.documentEnd')}
          extra={t('review.documentSays')}
          rules={[{ pattern: /^[0-9A-Za-z]{4}$/, message: t('review.documentBad') }]}
        >
          <Input maxLength={4} autoComplete="off" style={{ width: 120 }} />
        </Form.Item>
        <Form.Item name="note" label={t('order.note')}>
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
