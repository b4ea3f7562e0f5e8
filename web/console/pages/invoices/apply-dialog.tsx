import { useQuery } from '@tanstack/react-query';
import { Alert, Form, type FormInstance, Input, Modal, Select } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Answer, Body } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { filled, TitleFields } from './title-fields.tsx';
import { MEDIA, TYPES } from './words.ts';

type Values = Omit<Body<'/invoices', 'post'>, 'orderId'>;
type Reissue = { invoiceId: string };
type Preview = Answer<'/orders/{orderId}/invoice-preview', 'get'>;

/** What it will be about, and what stands in its way. */
function About({ instead, preview }: { instead: boolean; preview: Preview | undefined }) {
  const t = useT();
  const missing = preview?.missing ?? [];
  return (
    <>
      {instead && <p className="muted">{t('invoice.reissueSays')}</p>}
      {preview?.amount && (
        <p>
          {t('invoice.amount')} <MoneyText value={preview.amount} strong />
        </p>
      )}
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={t('invoice.missingCodes', { goods: missing.map((m) => m.title).join('、') })}
        />
      )}
    </>
  );
}

/** The companies the customer has used; one chosen fills the fields. A person's title is masked, and typed anew. */
function SavedTitles({ form, orderId }: { form: FormInstance<Values>; orderId: string }) {
  const t = useT();
  const saved = useQuery(oneQuery('/orders/{orderId}/invoice-titles', { path: { orderId } })).data?.items;
  const titles = (saved ?? []).filter((x) => x.kind === 'company');
  if (titles.length === 0) return null;
  const use = (id: string | undefined) => {
    const chosen = titles.find((x) => x.id === id);
    if (!chosen) return;
    const { kind, name, taxId, address, phone, bank, account } = chosen;
    form.setFieldsValue({ title: { kind, name, taxId, address, phone, bank, account } as never });
  };
  const label = (x: (typeof titles)[number]): string => [x.name, x.taxId].filter(Boolean).join(' · ');
  return (
    <Form.Item label={t('invoice.savedTitles')}>
      <Select allowClear options={titles.map((x) => ({ value: x.id, label: label(x) }))} onChange={use} />
    </Form.Item>
  );
}

function KindFields() {
  const t = useT();
  const word = useWord();
  return (
    <>
      <Form.Item name="type" label={t('invoice.type')}>
        <Select options={TYPES.map((value) => ({ value, label: word('invoiceType', value) }))} />
      </Form.Item>
      <Form.Item name="medium" label={t('invoice.medium')}>
        <Select options={MEDIA.map((value) => ({ value, label: word('invoiceMedium', value) }))} />
      </Form.Item>
    </>
  );
}

/** Asks for an invoice of an order; or, for one that is issued, for another instead of it. */
export function ApplyDialog(props: {
  orderId: string;
  instead?: Reissue;
  onClose: () => void;
  onDone: (invoiceId: string) => void;
}) {
  const { orderId, instead, onClose, onDone } = props;
  const t = useT();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch(['title', 'kind'], form);
  const preview = useQuery({
    ...oneQuery('/orders/{orderId}/invoice-preview', { path: { orderId } }),
    enabled: !instead,
  }).data;
  const send = useSubmit(
    ({ title, email, ...rest }: Values, idempotencyKey) => {
      const body = { ...rest, title: filled(title), ...(email ? { email } : {}) };
      return instead
        ? client.post('/invoices/{invoiceId}/reissue', { path: instead, body, idempotencyKey })
        : client.post('/invoices', { body: { ...body, orderId }, idempotencyKey });
    },
    { onSuccess: ({ id }) => onDone(id) },
  );
  return (
    <Modal
      open
      title={t(instead ? 'invoice.reissue' : 'invoice.apply')}
      okText={t(instead ? 'invoice.reissue' : 'invoice.apply')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ type: 'general', medium: 'digital', title: { kind: 'personal' } }}
        onFinish={(values) => send.mutate(values)}
      >
        <FormErrors form={form} error={send.error} />
        <About instead={instead !== undefined} preview={preview} />
        <SavedTitles form={form} orderId={orderId} />
        <KindFields />
        <TitleFields kind={kind} />
        <Form.Item name="email" label={t('invoice.email')} extra={t('invoice.emailSays')}>
          <Input maxLength={200} inputMode="email" />
        </Form.Item>
        <Form.Item name="note" label={t('invoice.note')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 1 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
