import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { oneQuery } from '../../../../api/console.ts';
import { client } from '../../../../api/instance.ts';
import type { Body } from '../../../../api/paths.ts';
import type { BankLine } from '../../../../api/types.ts';
import { useSubmit } from '../../../../api/use-submit.ts';
import { FormErrors } from '../../../../ui/components/form-errors.tsx';
import { parseMoney } from '../../../../ui/format/money.ts';
import { useT, useWord } from '../../../../ui/i18n.ts';
import { CHANNELS } from '../words.ts';

type Match = Body<'/bank-lines/{lineId}/matches', 'post'>['match'];
type Values = {
  kind: 'payment' | 'settlement' | 'other';
  payment?: string;
  channel?: string;
  billIds?: string[];
  orderNos?: string;
  fee?: string;
  account?: string;
  amount?: string;
  note?: string;
};
const OTHER = ['suspense', 'channel_fees', 'difference_gains', 'difference_losses'] as const;
const PAYERS = [...CHANNELS, 'cod'] as const;

function matchOf(values: Values, currency: string): Match {
  const amountOf = (text: string | undefined) => (text ? parseMoney(text, currency) : undefined);
  const { kind, payment, channel = '', billIds, orderNos, fee, account, amount, note } = values;
  const said = note ? { note } : {};
  const part = amountOf(amount);
  const some = part === undefined ? {} : { amount: part };
  if (kind === 'payment') return { kind, payment: payment?.trim() ?? '', ...some, ...said };
  if (kind === 'other') return { kind, account, ...some, note: note ?? '' } as Match;
  const numbers = (orderNos ?? '').split(/[\s,，;；]+/).filter((no) => no !== '');
  return {
    kind,
    channel,
    ...said,
    fee: amountOf(fee) ?? 0,
    ...(channel !== 'cod' && billIds?.length ? { billIds } : {}),
    ...(channel === 'cod' && numbers.length > 0 ? { orderNos: numbers } : {}),
  };
}

/** Days of a channel it has not paid out. */
function BillsField({ channel }: { channel: string }) {
  const t = useT();
  const { data } = useQuery(oneQuery('/bank-lines/outstanding', { query: { channel, limit: 200 } }));
  return (
    <Form.Item name="billIds" label={t('bank.bills')} extra={t('bank.billsSay')}>
      <Select
        mode="multiple"
        options={(data?.items ?? []).map((b) => ({ value: b.id, label: `${b.on} · ${(b.amount / 100).toFixed(2)}` }))}
      />
    </Form.Item>
  );
}

function SettlementFields() {
  const t = useT();
  const word = useWord();
  const channel = Form.useWatch<string | undefined>('channel');
  return (
    <>
      <Form.Item name="channel" label={t('recon.channel')} rules={[{ required: true, message: t('ui.required') }]}>
        <Select options={PAYERS.map((value) => ({ value, label: word('billChannel', value) }))} />
      </Form.Item>
      {channel && channel !== 'cod' && <BillsField channel={channel} />}
      {channel === 'cod' && (
        <Form.Item name="orderNos" label={t('bank.orders')} extra={t('bank.ordersSay')}>
          <Input.TextArea className="mono" autoSize={{ minRows: 3, maxRows: 10 }} />
        </Form.Item>
      )}
      <Form.Item name="fee" label={t('bank.fee')} extra={t('bank.feeSays')}>
        <Input inputMode="decimal" placeholder="0.00" />
      </Form.Item>
    </>
  );
}

/** Says what a movement is when nothing suggested fits. */
export function MatchDialog({ line, onClose }: { line: BankLine; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form);
  const send = useSubmit(
    (values: Values, idempotencyKey) =>
      client.post('/bank-lines/{lineId}/matches', {
        path: { lineId: line.id },
        body: { match: matchOf(values, line.currency) },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('bank.match')}
      okText={t('ui.confirm')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: line.amount > 0 ? 'payment' : 'other', channel: 'wechat', account: 'suspense' }}
        onFinish={(values) => send.mutate(values)}
      >
        <FormErrors form={form} error={send.error} />
        <Form.Item name="kind" label={t('bank.kind')} rules={required}>
          <Select
            autoFocus
            options={(line.amount > 0 ? ['payment', 'settlement', 'other'] : ['settlement', 'other']).map((value) => ({
              value,
              label: word('bankMatch', value),
            }))}
          />
        </Form.Item>
        {kind === 'payment' && (
          <Form.Item name="payment" label={t('bank.payment')} rules={required} extra={t('bank.paymentSays')}>
            <Input className="mono" maxLength={60} />
          </Form.Item>
        )}
        {kind === 'settlement' && <SettlementFields />}
        {kind === 'other' && (
          <Form.Item name="account" label={t('bank.toAccount')} rules={required}>
            <Select options={OTHER.map((value) => ({ value, label: word('bankOther', value) }))} />
          </Form.Item>
        )}
        {kind !== 'settlement' && (
          <Form.Item name="amount" label={t('bank.amount')} extra={t('bank.partSays')}>
            <Input inputMode="decimal" />
          </Form.Item>
        )}
        <Form.Item name="note" label={t('bank.note')} rules={kind === 'other' ? required : []}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
