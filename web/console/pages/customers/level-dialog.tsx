import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { membershipQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Customer } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { dayStart } from '../../../ui/format/time.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';

const AUTOMATIC = '';
type Values = { level: string; reason: string; until?: Dayjs | null };

function LevelDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT();
  const locale = useLocale();
  const [form] = Form.useForm<Values>();
  const chosen = Form.useWatch('level', form);
  const levels = useQuery(membershipQuery).data?.levels ?? [];
  const send = useSubmit(
    ({ level, reason, until }: Values) =>
      client.patch('/customers/{customerId}/level', {
        path: { customerId: customer.id },
        body: {
          level: level === AUTOMATIC ? null : level,
          reason,
          ...(until && level !== AUTOMATIC ? { until: dayStart(until.add(1, 'day').format('YYYY-MM-DD')) } : {}),
        },
        version: customer.version,
      }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('customer.override')}
      okText={t('ui.confirm')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ level: customer.level.code }}
        onFinish={(values) => send.mutate(values)}
      >
        <FormErrors form={form} error={send.error} />
        <Form.Item name="level" label={t('customer.level')} rules={[{ required: chosen !== AUTOMATIC }]}>
          <Select
            options={[
              { value: AUTOMATIC, label: t('customer.automatic') },
              ...levels.map((level) => ({ value: level.code, label: level.name[locale] })),
            ]}
          />
        </Form.Item>
        {chosen !== AUTOMATIC && (
          <Form.Item name="until" label={t('customer.until')} extra={t('customer.untilSays')}>
            <DatePicker style={{ width: 200 }} />
          </Form.Item>
        )}
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

/** Sets the level by hand, for who may. */
export function LevelButton({ customer }: { customer: Customer }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (!customer.may.includes('override')) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('customer.override')}
      </Button>
      {open && <LevelDialog customer={customer} onClose={() => setOpen(false)} />}
    </>
  );
}
