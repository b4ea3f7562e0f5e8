import { Alert, Checkbox, Form, Input, InputNumber, Modal } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Claim } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { type Money, parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';

type Values = { refund: string; points: number | null; sendGift: boolean; note?: string };

/** How much goes back; nothing where somebody else holds the money. */
function RefundItem({ most }: { most: Money | null }) {
  const t = useT();
  if (!most) return <Alert type="info" showIcon title={t('claim.moneyElsewhere')} style={{ marginBottom: 16 }} />;
  const isAmount = (_: unknown, text: string) => {
    const amount = parseMoney(text ?? '', most.currency);
    return amount !== undefined && amount >= 0 ? Promise.resolve() : Promise.reject(new Error(t('ui.amountBad')));
  };
  return (
    <Form.Item
      name="refund"
      label={t('claim.refund')}
      required
      rules={[{ validator: isAmount }]}
      extra={
        <>
          {t('claim.refundLeft')} <MoneyText value={most} />
        </>
      }
    >
      <Input inputMode="decimal" suffix={most.currency} autoFocus />
    </Form.Item>
  );
}

/** Asks for a correction, filled with what the report comes to; another person approves. */
export function CorrectDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const { currency } = claim.difference;
  const { suggested } = claim;
  const send = useSubmit(
    (body: Body<'/claims/{claimId}/correct', 'post'>, idempotencyKey) =>
      client.post('/claims/{claimId}/correct', { path: { claimId: claim.id }, body, idempotencyKey }),
    { onSuccess: onClose },
  );
  const submit = ({ refund, points, sendGift, note }: Values) =>
    send.mutate({
      refund: suggested.refundable ? (parseMoney(refund, currency) ?? 0) : 0,
      points: points ?? 0,
      sendGift,
      note: note?.trim() ?? '',
    });
  return (
    <Modal
      open
      title={t('claim.correct')}
      okText={t('claim.ask')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          refund: toDecimal(suggested.refund),
          points: suggested.points > 0 ? suggested.points : suggested.pointsInstead,
          sendGift: false,
        }}
        onFinish={submit}
      >
        <FormErrors form={form} error={send.error} />
        <p className="muted">{t('claim.correctSays')}</p>
        <RefundItem most={suggested.refundable} />
        <Form.Item name="points" label={t('claim.grantPoints')}>
          <InputNumber min={0} max={10_000_000} precision={0} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item name="sendGift" valuePropName="checked" extra={t('claim.sendGiftSays')}>
          <Checkbox>{t('claim.sendGift')}</Checkbox>
        </Form.Item>
        <Form.Item name="note" label={t('claim.noteForApprover')}>
          <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
