import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { filled, TitleFields } from './title-fields.tsx';
import { MEDIA, TYPES } from './words.ts';

type Values = Omit<Body<'/invoices', 'post'>, 'orderId'>;
type Reissue = { invoiceId: string };

/** Asks for an invoice of an order; or, for one that is issued, for another instead of it. */
export function ApplyDialog(props: {
  orderId: string;
  customerId?: string | undefined;
  instead?: Reissue;
  onClose: () => void;
  onDone: (invoiceId: string) => void;
}) {
  const { orderId, customerId, instead, onClose, onDone } = props;
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch(['title', 'kind'], form);
  const preview = useQuery({
    ...oneQuery('/orders/{orderId}/invoice-preview', { path: { orderId } }),
    enabled: !instead,
  }).data;
  const titles = useQuery({
    ...oneQuery('/customers/{customerId}/invoice-titles', { path: { customerId: customerId ?? '' } }),
    enabled: customerId !== undefined,
  }).data?.items;
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
        {instead && <p className="muted">{t('invoice.reissueSays')}</p>}
        {preview?.amount && (
          <p>
            {t('invoice.amount')} <MoneyText value={preview.amount} strong />
          </p>
        )}
        {(preview?.missing ?? []).length > 0 && (
          <Alert
            type="warning"
            showIcon
            style={{ marginBottom: 12 }}
            title={t('invoice.missingCodes', { goods: preview?.missing.map((m) => m.title).join('、') })}
          />
        )}
        {titles && titles.length > 0 && (
          <Form.Item label={t('invoice.savedTitles')}>
            <Select
              allowClear
              options={titles
                .filter((x) => x.kind === 'company')
                .map((x) => ({ value: x.id, label: [x.name, x.taxId].filter(Boolean).join(' · ') }))}
              onChange={(id: string | undefined) => {
                const chosen = titles.find((x) => x.id === id);
                if (!chosen) return;
                const { name, taxId, address, phone, bank, account } = chosen;
                form.setFieldsValue({
                  title: { kind: chosen.kind, name, taxId, address, phone, bank, account } as never,
                });
              }}
            />
          </Form.Item>
        )}
        <Form.Item name="type" label={t('invoice.type')}>
          <Select options={TYPES.map((value) => ({ value, label: word('invoiceType', value) }))} />
        </Form.Item>
        <Form.Item name="medium" label={t('invoice.medium')}>
          <Select options={MEDIA.map((value) => ({ value, label: word('invoiceMedium', value) }))} />
        </Form.Item>
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
