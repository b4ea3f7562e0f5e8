import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { KINDS } from './kinds.ts';
import { PhotoField } from './photo-field.tsx';

type Report = Body<'/incidents', 'post'>;
const SOURCES = ['pick', 'pack', 'hand_over', 'other'] as const;

/** What is left empty is not sent. */
const filled = (values: Report): Report =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as Report;

/** Somebody tells of something wrong: in three fields, because they stand in an aisle. */
export function ReportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Report>();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const send = useSubmit(
    (body: Report, idempotencyKey) => client.post('/incidents', { body: filled(body), idempotencyKey }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, message: t('ui.required') }];
  const first = warehouses[0]?.code;
  return (
    <Modal
      open
      title={t('incident.report')}
      okText={t('incident.report')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ source: 'other', ...(first ? { warehouse: first } : {}) }}
        onFinish={(values) => send.mutate(values)}
      >
        <FormErrors form={form} error={send.error} />
        <Form.Item name="kind" label={t('incident.kind')} rules={required}>
          <Select autoFocus options={KINDS.map((value) => ({ value, label: word('incidentKind', value) }))} />
        </Form.Item>
        <Form.Item name="source" label={t('incident.source')}>
          <Select options={SOURCES.map((value) => ({ value, label: word('incidentSource', value) }))} />
        </Form.Item>
        <Form.Item name="warehouse" label={t('stock.warehouse')} rules={required}>
          <Select options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
        </Form.Item>
        <Form.Item name="sku" label={t('incident.sku')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="quantity" label={t('incident.quantity')}>
          <InputNumber min={1} precision={0} />
        </Form.Item>
        <Form.Item name="note" label={t('incident.note')}>
          <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Form.Item name="photoId" label={t('incident.photo')}>
          <PhotoField />
        </Form.Item>
      </Form>
    </Modal>
  );
}
