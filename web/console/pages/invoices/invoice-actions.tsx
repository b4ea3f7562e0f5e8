import { FilePdfOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { client } from '../../../api/instance.ts';
import type { Invoice } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { RED_REASONS } from './words.ts';

type Sent = { path: { invoiceId: string }; idempotencyKey: string };
/** Every action by the name the server gives it: which address it has, and what goes along. */
const ACTS = {
  cancel: (to: Sent, reason: string) => client.post('/invoices/{invoiceId}/cancel', { ...to, body: { reason } }),
  retry: (to: Sent) => client.post('/invoices/{invoiceId}/retry', to),
  query: (to: Sent) => client.post('/invoices/{invoiceId}/query', to),
  reject: (to: Sent, note: string) => client.post('/invoices/{invoiceId}/reject', { ...to, body: { note } }),
  want_documents: (to: Sent, note: string) =>
    client.post('/invoices/{invoiceId}/want-documents', { ...to, body: { note } }),
  documents_came: (to: Sent) => client.post('/invoices/{invoiceId}/documents-came', to),
  give_up: (to: Sent, reason: string) => client.post('/invoices/{invoiceId}/give-up', { ...to, body: { reason } }),
  received: (to: Sent) => client.post('/invoices/{invoiceId}/received', to),
} as const;
type Act = keyof typeof ACTS;
const REASONED: Partial<Record<Act, 'required' | 'optional'>> = {
  cancel: 'optional',
  reject: 'required',
  want_documents: 'optional',
  give_up: 'required',
};
const MAIN: readonly string[] = ['retry', 'query', 'documents_came', 'received'];

function ActButton({ invoice, act }: { invoice: Invoice; act: Act }) {
  const t = useT();
  const send = useSubmit(
    (reason: string, idempotencyKey) =>
      ACTS[act]({ path: { invoiceId: invoice.id }, idempotencyKey }, reason) as Promise<unknown>,
  );
  const reason = REASONED[act];
  return (
    <ConfirmButton
      type={MAIN.includes(act) ? 'primary' : 'default'}
      danger={act === 'reject' || act === 'cancel'}
      title={t(`invoice.act.${act}`)}
      says={t(`invoice.actSays.${act}`)}
      {...(reason ? { reason } : {})}
      act={(text) => send.mutateAsync(text)}
    >
      {t(`invoice.act.${act}`)}
    </ConfirmButton>
  );
}

type Typed = Record<string, string | undefined>;
/** A button that asks for some fields before it acts. */
function FieldsButton(props: {
  label: string;
  says?: string;
  fields: ReactNode;
  initial?: Typed;
  send: (values: Typed, idempotencyKey: string) => Promise<unknown>;
}) {
  const [form] = Form.useForm<Typed>();
  const [open, setOpen] = useState(false);
  const send = useSubmit((values: Typed, idempotencyKey) => props.send(values, idempotencyKey), {
    onSuccess: () => {
      setOpen(false);
      form.resetFields();
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{props.label}</Button>
      <Modal
        open={open}
        title={props.label}
        confirmLoading={send.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          initialValues={props.initial ?? {}}
          onFinish={(values) => send.mutate(values)}
        >
          <FormErrors form={form} error={send.error} />
          {props.says && <p className="muted">{props.says}</p>}
          {props.fields}
        </Form>
      </Modal>
    </>
  );
}

function PaperActions({ invoice, may }: { invoice: Invoice; may: (act: string) => boolean }) {
  const t = useT();
  const path = { invoiceId: invoice.id };
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  const again = (invoice.paper?.prints ?? 0) > 0;
  return (
    <>
      {may('print') && (
        <FieldsButton
          label={t(again ? 'invoice.act.reprint' : 'invoice.act.print')}
          says={t('invoice.actSays.print')}
          fields={
            again && (
              <Form.Item name="reason" label={t('ui.reason')} rules={required}>
                <Input maxLength={200} autoFocus />
              </Form.Item>
            )
          }
          send={({ reason }, idempotencyKey) =>
            client.post('/invoices/{invoiceId}/prints', { path, body: reason ? { reason } : {}, idempotencyKey })
          }
        />
      )}
      {may('mail') && (
        <FieldsButton
          label={t('invoice.act.mail')}
          fields={
            <>
              <Form.Item name="carrier" label={t('invoice.carrier')} rules={required}>
                <Input maxLength={60} autoFocus />
              </Form.Item>
              <Form.Item name="waybillNo" label={t('invoice.waybillNo')} rules={required}>
                <Input maxLength={60} className="mono" />
              </Form.Item>
            </>
          }
          send={({ carrier = '', waybillNo = '' }, idempotencyKey) =>
            client.post('/invoices/{invoiceId}/mail', { path, body: { carrier, waybillNo }, idempotencyKey })
          }
        />
      )}
    </>
  );
}

function RedActions({ invoice, may }: { invoice: Invoice; may: (act: string) => boolean }) {
  const t = useT();
  const word = useWord();
  const path = { invoiceId: invoice.id };
  const note = (
    <Form.Item name="note" label={t('invoice.note')}>
      <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
    </Form.Item>
  );
  const events =
    invoice.confirmation?.state === 'applied' ? (['confirm', 'reject'] as const) : (['apply_again'] as const);
  const used = useSubmit((value: boolean, idempotencyKey) =>
    client.post('/invoices/{invoiceId}/used', { path, body: { used: value }, idempotencyKey }),
  );
  return (
    <>
      {may('reverse') && (
        <FieldsButton
          label={t('invoice.act.reverse')}
          says={t('invoice.actSays.reverse')}
          initial={{ reason: '01' }}
          fields={
            <>
              <Form.Item name="reason" label={t('invoice.redReason')}>
                <Select options={RED_REASONS.map((value) => ({ value, label: word('redReason', value) }))} />
              </Form.Item>
              {note}
            </>
          }
          send={(body, idempotencyKey) =>
            client.post('/invoices/{invoiceId}/reverse', { path, body: body as never, idempotencyKey })
          }
        />
      )}
      {may('mark_used') && (
        <Button loading={used.isPending} onClick={() => used.mutate(!invoice.buyerUsed)}>
          {t(invoice.buyerUsed ? 'invoice.act.unused' : 'invoice.act.used')}
        </Button>
      )}
      {may('confirmation') && (
        <FieldsButton
          label={t('invoice.act.confirmation')}
          says={t('invoice.actSays.confirmation')}
          initial={{ event: events[0] }}
          fields={
            <>
              <Form.Item name="event" label={t('invoice.result')}>
                <Select options={events.map((value) => ({ value, label: word('confirmationEvent', value) }))} />
              </Form.Item>
              <Form.Item name="number" label={t('invoice.confirmationNo')}>
                <Input maxLength={40} className="mono" />
              </Form.Item>
              {note}
            </>
          }
          send={(body, idempotencyKey) =>
            client.post('/invoices/{invoiceId}/confirmation', { path, body: body as never, idempotencyKey })
          }
        />
      )}
    </>
  );
}

/** What may be done with an invoice, as the server says. */
export function InvoiceActions({ invoice }: { invoice: Invoice }) {
  const t = useT();
  const navigate = useNavigate();
  const [reissuing, setReissuing] = useState(false);
  const may = (act: string): boolean => invoice.may.includes(act);
  const acts = (Object.keys(ACTS) as Act[]).filter(may);
  return (
    <>
      {may('download') && (
        <Button icon={<FilePdfOutlined />} href={`/api/v1/invoices/${invoice.id}/pdf`} target="_blank" rel="noreferrer">
          {t('invoice.pdf')}
        </Button>
      )}
      {may('download') && invoice.provider === 'sandbox' && (
        <Button href={`/api/v1/invoices/${invoice.id}/xml`}>{t('invoice.xml')}</Button>
      )}
      {may('send') && (
        <FieldsButton
          label={t('invoice.act.send')}
          fields={
            <Form.Item
              name="email"
              label={t('invoice.email')}
              rules={[{ required: true, type: 'email', message: t('invoice.emailNeeded') }]}
            >
              <Input maxLength={200} autoFocus inputMode="email" />
            </Form.Item>
          }
          send={({ email = '' }, idempotencyKey) =>
            client.post('/invoices/{invoiceId}/send', {
              path: { invoiceId: invoice.id },
              body: { email },
              idempotencyKey,
            })
          }
        />
      )}
      <PaperActions invoice={invoice} may={may} />
      <RedActions invoice={invoice} may={may} />
      {may('reissue') && <Button onClick={() => setReissuing(true)}>{t('invoice.reissue')}</Button>}
      {acts.map((act) => (
        <ActButton key={act} invoice={invoice} act={act} />
      ))}
      {reissuing && (
        <ApplyDialog
          orderId={invoice.orderId}
          instead={{ invoiceId: invoice.id }}
          onClose={() => setReissuing(false)}
          onDone={(id) => {
            setReissuing(false);
            void navigate({ to: '/finance/invoices/$id', params: { id } as never });
          }}
        />
      )}
    </>
  );
}
