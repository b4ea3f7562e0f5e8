import { useQuery } from '@tanstack/react-query';
import { Button, Modal, QRCode, Radio } from 'antd';
import { useState } from 'react';
import { oneQuery, payOptionsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Payment, PayOption } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

const POLL_MS = 2_000;
/** Ways that need what only a page inside the channel's own app knows of the payer. */
const NOT_HERE: ReadonlySet<string> = new Set(['jsapi', 'h5']);
const CODES: ReadonlySet<string> = new Set(['native', 'qr']);

type Choice = { channel: string; method?: string };
const keyOf = ({ channel, method }: Choice): string => `${channel} ${method ?? ''}`;

/** Every way to pay by, one line each. */
const choicesOf = (items: readonly PayOption[]): Choice[] =>
  items.flatMap(({ channel, methods }) => {
    const here = methods.filter((method) => !NOT_HERE.has(method));
    return methods.length === 0 ? [{ channel }] : here.map((method) => ({ channel, method }));
  });

/** What the payer needs, for as long as the payment is open; then what became of it. */
function Waiting({ payment }: { payment: Payment }) {
  const t = useT();
  const word = useWord();
  const query = useQuery({
    ...oneQuery('/payments/{paymentId}', { path: { paymentId: payment.id } }),
    initialData: payment,
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? POLL_MS : false),
  });
  const now = query.data;
  const { payUrl } = now;
  const isCode = now.method !== null && CODES.has(now.method);
  return (
    <div className="stack" style={{ alignItems: 'center', textAlign: 'center' }} aria-live="polite">
      <MoneyText value={{ amount: now.amount, currency: now.currency }} strong />
      {now.status !== 'pending' && <StatusTag kind="payment" value={now.status} />}
      {now.failure && <span className="wrap muted">{now.failure}</span>}
      {now.status === 'pending' && payUrl === undefined && <Loading heightPx={120} />}
      {now.status === 'pending' && payUrl !== undefined && isCode && (
        <>
          <QRCode value={payUrl} size={220} color="#000" bgColor="#fff" />
          <span>{t('pay.scan', { channel: word('payChannel', now.channel) })}</span>
        </>
      )}
      {now.status === 'pending' && payUrl !== undefined && !isCode && (
        <Button type="primary" href={payUrl} target="_blank" rel="noreferrer">
          {t('order.payPage')}
        </Button>
      )}
      {now.status === 'pending' && (
        <span className="muted">
          {t('pay.until')} <TimeText at={now.expiresAt} relative /> · <span className="mono">{now.paymentNo}</span>
        </span>
      )}
    </div>
  );
}

/** What is paid for: an order, or the fee of a repair, by the id of its case. */
export type PaidFor = { kind: 'order' | 'repair_fee'; id: string };

/** Opens a payment of what is owed. */
function openPayment({ kind, id }: PaidFor, choice: Choice, idempotencyKey: string): Promise<Payment> {
  if (kind === 'order')
    return client.post('/orders/{orderId}/payments', {
      path: { orderId: id },
      body: choice as Body<'/orders/{orderId}/payments', 'post'>,
      idempotencyKey,
    });
  return client.post('/after-sales/{caseId}/fee/payments', {
    path: { caseId: id },
    body: choice as Body<'/after-sales/{caseId}/fee/payments', 'post'>,
    idempotencyKey,
  });
}

/** Chooses how something is paid, and shows the payer what they need. With `pending` it shows one that is open already. */
export function PayDialog({
  of,
  pending,
  onClose,
}: {
  of: PaidFor;
  pending?: Payment | undefined;
  onClose: () => void;
}) {
  const t = useT();
  const word = useWord();
  const query = useQuery({ ...payOptionsQuery(of.id), enabled: !pending });
  const [chosen, setChosen] = useState<string>();
  const open = useSubmit((body: Choice, idempotencyKey) => openPayment(of, body, idempotencyKey));
  const payment = pending ?? open.data;
  const choices = choicesOf(query.data?.items ?? []);
  const choice = choices.find((c) => keyOf(c) === chosen) ?? choices[0];
  return (
    <Modal
      open
      title={t('order.openPayment')}
      okText={t(payment ? 'ui.done' : 'order.openPayment')}
      confirmLoading={open.isPending}
      okButtonProps={{ disabled: !payment && !choice, autoFocus: true }}
      {...(payment ? { cancelButtonProps: { style: { display: 'none' } } } : {})}
      onOk={() => (payment ? onClose() : choice && open.mutate(choice))}
      onCancel={onClose}
    >
      {payment && <Waiting payment={payment} />}
      {!payment && query.isLoading && <Loading heightPx={80} />}
      {!payment && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!payment && query.data && choices.length === 0 && <EmptyState title={t('pay.none')} />}
      {!payment && choice && <p className="muted wrap">{t('order.openPaymentSays')}</p>}
      {!payment && choice && (
        <Radio.Group
          vertical
          value={keyOf(choice)}
          onChange={({ target }) => setChosen(String(target.value))}
          options={choices.map((c) => ({
            value: keyOf(c),
            label: [word('payChannel', c.channel), c.method && word('payMethod', c.method)].filter(Boolean).join(' · '),
          }))}
        />
      )}
      {open.isError && <ErrorState error={open.error} />}
    </Modal>
  );
}
