import { Button, DatePicker, Form, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Exception } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { fromWall } from '../../../ui/format/time.ts';
import { useT, useWord } from '../../../ui/i18n.ts';

type Answer = Body<'/exceptions/{exceptionId}/answer', 'post'>['answer'];
type Values = { kind: Answer['kind']; sku?: string; expectedAt?: Dayjs };
const KINDS = ['refund', 'wait', 'substitute'] as const;

/** The moment a picked day and hour are, on the organisation's clock. */
export const momentOf = (picked: Dayjs): string => fromWall(picked.format('YYYY-MM-DDTHH:mm:ss'));

function AnswerDialog({ exception, onClose }: { exception: Exception; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'refund';
  const send = useSubmit(
    (answer: Answer, idempotencyKey) =>
      client.post('/exceptions/{exceptionId}/answer', {
        path: { exceptionId: exception.id },
        body: { answer },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const submit = (values: Values) => {
    if (values.kind === 'substitute') send.mutate({ kind: 'substitute', sku: values.sku ?? '' });
    else if (values.kind === 'wait') send.mutate({ kind: 'wait', expectedAt: momentOf(values.expectedAt ?? dayjs()) });
    else send.mutate({ kind: 'refund' });
  };
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('exception.recordAnswer')}
      okText={t('ui.confirm')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="muted">{t('exception.recordAnswerSays')}</p>
      <Form form={form} layout="vertical" initialValues={{ kind: 'refund' }} onFinish={submit}>
        <FormErrors form={form} error={send.error} rename={(name) => name.slice(1)} />
        <Form.Item name="kind" label={t('exception.answer')} rules={required}>
          <Select options={KINDS.map((value) => ({ value, label: word('exceptionChoice', value) }))} />
        </Form.Item>
        {kind === 'substitute' && (
          <Form.Item name="sku" label={t('exception.substitute')} rules={required}>
            <Select
              options={exception.substitutes.map((s) => ({ value: s.sku, label: `${s.title} (${s.sku})` }))}
              notFoundContent={t('exception.noSubstitute')}
            />
          </Form.Item>
        )}
        {kind === 'wait' && (
          <Form.Item name="expectedAt" label={t('exception.expected')} rules={required}>
            <DatePicker showTime={{ format: 'HH:mm' }} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

/** Records what the customer said on the telephone. */
export function AnswerButtons({ exception }: { exception: Exception }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('exception.recordAnswer')}</Button>
      {open && <AnswerDialog exception={exception} onClose={() => setOpen(false)} />}
    </>
  );
}
