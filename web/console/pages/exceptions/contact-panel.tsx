import { Button, DatePicker, Form, Input, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Exception } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MaskedText, useReveal } from '../../../ui/components/masked-text.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { can } from '../../permissions.ts';
import { momentOf } from './answer-buttons.tsx';

type Result = Body<'/exceptions/{exceptionId}/contact', 'post'>['result'];
type ShipTo = NonNullable<Body<'/exceptions/{exceptionId}/contact', 'post'>['shipTo']>;
type Values = { note?: string; nextAt?: Dayjs; shipTo?: ShipTo };
const PLACE = ['province', 'city', 'district', 'address', 'name', 'phone'] as const;

/** The fields that were filled in: the others stay as they are. */
const named = (shipTo: ShipTo): ShipTo =>
  Object.fromEntries(Object.entries(shipTo).filter(([, value]) => (value ?? '').trim() !== ''));

function ContactDialog(props: { exception: Exception; result: Result; onClose: () => void }) {
  const { exception, result, onClose } = props;
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const send = useSubmit(
    ({ note = '', nextAt, shipTo }: Values, idempotencyKey) =>
      client.post('/exceptions/{exceptionId}/contact', {
        path: { exceptionId: exception.id },
        body: {
          result,
          note,
          ...(nextAt ? { nextAt: momentOf(nextAt) } : {}),
          ...(shipTo ? { shipTo: named(shipTo) } : {}),
        },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={word('contactResult', result)}
      okText={t('ui.confirm')}
      okButtonProps={{ danger: result === 'cancel' }}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="muted">{word('contactSays', result)}</p>
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
        <FormErrors form={form} error={send.error} />
        {result === 'call_back' && (
          <Form.Item
            name="nextAt"
            label={t('exception.nextCall')}
            rules={[{ required: true, message: t('ui.required') }]}
          >
            <DatePicker showTime={{ format: 'HH:mm' }} />
          </Form.Item>
        )}
        {result === 'corrected' &&
          PLACE.map((field) => (
            <Form.Item key={field} name={['shipTo', field]} label={t(`shipTo.${field}`)}>
              <Input maxLength={field === 'address' ? 300 : 60} placeholder={t('exception.asItIs')} />
            </Form.Item>
          ))}
        <Form.Item name="note" label={t('exception.note')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} autoFocus={result !== 'call_back'} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Who to call, what to say, and what came of it. */
export function ContactPanel({ exception }: { exception: Exception }) {
  const t = useT();
  const word = useWord();
  const [result, setResult] = useState<Result>();
  const { shown, button, dialog } = useReveal('order', exception.orderId);
  const maySee = can(useQuery(meQuery).data, 'compliance.personal_data.reveal');
  const may = exception.may.includes('contact');
  const results: Result[] = [
    ...(exception.kind === 'address' ? (['confirmed', 'corrected'] as const) : []),
    'unreachable',
    'call_back',
    'cancel',
  ];
  useHotkeys(
    may
      ? {
          u: () => setResult('unreachable'),
          ...(exception.kind === 'address' ? { c: () => setResult('confirmed') } : {}),
        }
      : {},
  );
  if (!may && exception.contacts.length === 0) return null;
  return (
    <Panel
      title={
        <span className="row tight">
          {t('exception.contact')}
          {exception.nextContactAt && (
            <small className="muted">
              {t('exception.nextCall')} <TimeText at={exception.nextContactAt} />
            </small>
          )}
        </span>
      }
      extra={
        <span className="row tight">
          <MaskedText masked={exception.customer.name} clear={shown['name']} />{' '}
          <MaskedText masked={exception.customer.phone} clear={shown['phone']} />
          {maySee && button}
        </span>
      }
    >
      {may && <p className="zg-script">{exception.script}</p>}
      {may && (
        <div className="zg-call">
          {results.map((name) => (
            <Button key={name} danger={name === 'cancel'} onClick={() => setResult(name)}>
              {word('contactResult', name)}
            </Button>
          ))}
        </div>
      )}
      {exception.contacts.length > 0 && (
        <div style={{ marginTop: 16 }}>
          <Timeline
            entries={exception.contacts.map((contact) => ({
              key: String(contact.n),
              at: contact.at,
              text: `${word('contactResult', contact.result)}${contact.note ? ` · ${contact.note}` : ''}`,
              by: contact.actor,
              tone: contact.result === 'confirmed' ? ('good' as const) : ('plain' as const),
            }))}
          />
        </div>
      )}
      {dialog}
      {result && <ContactDialog exception={exception} result={result} onClose={() => setResult(undefined)} />}
    </Panel>
  );
}
