import { useNavigate } from '@tanstack/react-router';
import { Form, Input, Select } from 'antd';
import { client } from '../../../api/instance.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { CategoryField, PriorityField, SubjectField } from './fields.tsx';
import { FormButton } from '../../form-button.tsx';
import { CHANNELS } from './words.ts';

type Values = {
  category: string;
  subject: string;
  body: string;
  channel: (typeof CHANNELS)[number];
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  severity?: 'normal' | 'major';
  orderId?: string;
};

/** Opens a ticket: from the list, or about an order, a customer or an after-sales case. */
export function NewTicketButton(props: {
  orderId?: string;
  customerId?: string;
  caseId?: string;
  category?: string;
  small?: boolean;
}) {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  return (
    <FormButton<Values>
      label={t(props.caseId ? 'ticket.newAboutCase' : 'ticket.new')}
      type={props.small ? 'default' : 'primary'}
      wide
      initial={{ channel: 'phone', ...(props.category ? { category: props.category } : {}) }}
      fields={
        <>
          <CategoryField />
          <SubjectField />
          <Form.Item
            name="body"
            label={t('ticket.body')}
            rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
          >
            <Input.TextArea maxLength={20_000} autoSize={{ minRows: 4, maxRows: 12 }} />
          </Form.Item>
          <Form.Item name="channel" label={t('ticket.channel')}>
            <Select options={CHANNELS.map((value) => ({ value, label: word('ticketChannel', value) }))} />
          </Form.Item>
          {!props.orderId && !props.customerId && !props.caseId && (
            <Form.Item name="orderId" label={t('ticket.orderNo')}>
              <Input className="mono" maxLength={60} />
            </Form.Item>
          )}
          <Form.Item name="severity" label={t('ticket.severity')} extra={t('ticket.severitySays')}>
            <Select
              allowClear
              options={['normal', 'major'].map((value) => ({ value, label: word('ticketSeverity', value) }))}
            />
          </Form.Item>
          <PriorityField />
        </>
      }
      send={({ orderId, priority, severity, ...values }, idempotencyKey) =>
        client.post('/tickets', {
          body: {
            ...values,
            ...((props.orderId ?? orderId?.trim()) ? { orderId: props.orderId ?? orderId?.trim() ?? '' } : {}),
            ...(props.customerId ? { customerId: props.customerId } : {}),
            ...(props.caseId ? { caseId: props.caseId } : {}),
            ...(priority ? { priority } : {}),
            ...(severity ? { severity } : {}),
          },
          idempotencyKey,
        })
      }
      onDone={(made) => void navigate({ to: '/tickets/$id', params: { id: (made as { id: string }).id } as never })}
    />
  );
}
