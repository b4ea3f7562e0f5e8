import { Form, Input, Radio } from 'antd';
import { client } from '../../../api/instance.ts';
import type { AfterSalesCase } from '../../../api/types.ts';
import { parseMoney } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';
import { FieldsButton } from './fields-button.tsx';

const required = (t: ReturnType<typeof useT>) => [{ required: true, message: t('ui.required') }];

/** What a customer says, told to staff. */
export const yesNo = (t: ReturnType<typeof useT>) => (
  <Form.Item name="answer" rules={required(t)}>
    <Radio.Group
      options={[
        { value: 'accept', label: t('case.answer.accept') },
        { value: 'decline', label: t('case.answer.decline') },
      ]}
    />
  </Form.Item>
);

/** How a fee was paid that no payment was opened for: asked for while one is owed, and needed where the step waits for it. */
export function FeeReference({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const fee = of.repair?.fee;
  if (!fee || fee.due.amount === 0) return null;
  return (
    <Form.Item
      name="feeReference"
      label={t('case.feeReference')}
      extra={t('case.feeReferenceSays')}
      {...(fee.waits ? { rules: required(t) } : {})}
    >
      <Input maxLength={120} />
    </Form.Item>
  );
}

/** What is done with goods that are to be mended. */
export function Repairs({ of, may }: { of: AfterSalesCase; may: (act: string) => boolean }) {
  const t = useT();
  const path = { caseId: of.id };
  const { currency } = of.refund.amount;
  return (
    <>
      {may('quote') && (
        <FieldsButton
          label={t('case.act.quote')}
          fields={() => (
            <>
              <Form.Item name="amount" label={t('case.fee')} rules={required(t)}>
                <Input inputMode="decimal" suffix={currency} autoFocus />
              </Form.Item>
              <Form.Item name="note" label={t('case.note')}>
                <Input maxLength={500} />
              </Form.Item>
            </>
          )}
          send={({ amount, note }, idempotencyKey) =>
            client.post('/after-sales/{caseId}/quote', {
              path,
              body: { amount: parseMoney(String(amount), currency) ?? -1, ...(note ? { note } : {}) },
              idempotencyKey,
            })
          }
        />
      )}
      {may('answer_quote') && (
        <FieldsButton
          label={t('case.act.answer_quote')}
          fields={() => yesNo(t)}
          send={({ answer }, idempotencyKey) =>
            client.post('/after-sales/{caseId}/answer-quote', { path, body: { answer }, idempotencyKey })
          }
        />
      )}
      {may('finish_repair') && (
        <FieldsButton
          label={t('case.act.finish_repair')}
          button={{ type: 'primary' }}
          fields={() => (
            <>
              <Form.Item name="note" label={t('case.note')}>
                <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} autoFocus />
              </Form.Item>
              <FeeReference of={of} />
            </>
          )}
          send={(body, idempotencyKey) =>
            client.post('/after-sales/{caseId}/finish-repair', { path, body, idempotencyKey })
          }
        />
      )}
    </>
  );
}
