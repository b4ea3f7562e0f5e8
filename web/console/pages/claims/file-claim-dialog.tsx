import { useNavigate } from '@tanstack/react-router';
import { Form, Input, Modal, Select } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Explanation } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { CLAIM_KINDS } from './claim-words.ts';

type Values = Body<'/orders/{orderId}/claims', 'post'>;

/** Files a claim about an order; the page of the claim with its report opens. */
export function FileClaimDialog(props: { orderId: string; explanation: Explanation | undefined; onClose: () => void }) {
  const { orderId, explanation, onClose } = props;
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form);
  const send = useSubmit(
    (body: Values, idempotencyKey) =>
      client.post('/orders/{orderId}/claims', { path: { orderId }, body, idempotencyKey }),
    { onSuccess: (claim) => void navigate({ to: '/claims/$id', params: { id: claim.id } as never }) },
  );
  const offers = [...(explanation?.rejected ?? []), ...(explanation?.applied ?? [])];
  const text = (value: string | undefined) => (value?.trim() ? value.trim() : undefined);
  const submit = (values: Values) => {
    const offer = text(values.offer);
    const couponCode = text(values.couponCode);
    send.mutate({
      kind: values.kind,
      note: values.note?.trim() ?? '',
      ...(offer ? { offer } : {}),
      ...(couponCode ? { couponCode } : {}),
    });
  };
  return (
    <Modal
      open
      title={t('claim.file')}
      okText={t('claim.file')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" initialValues={{ kind: 'offer_not_applied' }} onFinish={submit}>
        <FormErrors form={form} error={send.error} />
        <p className="muted">{t('claim.fileSays')}</p>
        <Form.Item name="kind" label={t('claim.kind')}>
          <Select autoFocus options={CLAIM_KINDS.map((value) => ({ value, label: word('claimKind', value) }))} />
        </Form.Item>
        {kind === 'offer_not_applied' && (
          <Form.Item name="offer" label={t('claim.offer')} extra={t('claim.offerSays')}>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              options={offers.map((o) => ({ value: o.offer, label: `${o.title} · ${o.offer}` }))}
              placeholder={t('claim.offerUnknown')}
            />
          </Form.Item>
        )}
        {kind === 'coupon_not_applied' && (
          <Form.Item name="couponCode" label={t('claim.coupon')}>
            <Input maxLength={60} className="mono" />
          </Form.Item>
        )}
        <Form.Item name="note" label={t('claim.note')}>
          <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 2 }} placeholder={t('claim.noteSays')} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
