import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { portalPass } from '../../api/portal.ts';
import type { Order, Payment, PayOption } from '../../api/types.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { QrPicture } from '../../ui/components/qr-picture.tsx';
import { MoneyText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { useMine } from '../mine.tsx';
import { ProblemNote } from '../problem-note.tsx';

/** Where the order stands: the one a pass opens, or one of many. */
const backTo = (orderId: string): string =>
  portalPass.get()?.orderId === orderId ? '/portal/order' : `/portal/orders/${orderId}`;
const PHONE_PX_MAX = 700;
const CODES: ReadonlySet<string> = new Set(['native', 'qr']);
const POLL_MS = 2_500;

/** Inside WeChat its page for phones is refused: there a code is held down to be read. */
const isInWechat = (): boolean => /MicroMessenger/i.test(navigator.userAgent);

/** Of the ways a channel offers, the one that fits the screen: a page to go to on a phone, a code to scan beside one. */
export function methodFor({ methods }: PayOption, isPhone: boolean, inWechat = isInWechat()): string | undefined {
  const onPhone = inWechat ? ['wap', 'native', 'qr', 'page'] : ['wap', 'h5', 'native', 'qr', 'page'];
  const wanted = isPhone ? onPhone : ['native', 'qr', 'page', 'wap'];
  return wanted.find((method) => (methods as readonly string[]).includes(method));
}

/** Where the customer goes to pay. WeChat's page for phones and the sandbox's lead back when told where to. */
function leaveFor({ payUrl, channel, method }: Payment, back: string): void {
  if (!payUrl) return;
  const home = encodeURIComponent(`${window.location.origin}${back}`);
  if (channel === 'sandbox') window.location.assign(`${payUrl}?back=${encodeURIComponent(back)}`);
  else window.location.assign(channel === 'wechat' && method === 'h5' ? `${payUrl}&redirect_url=${home}` : payUrl);
}

/** How an order is paid. */
export function PaySheet({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT();
  const mine = useMine();
  const options = useQuery(mine.payOptions);
  const [isOpen, setOpen] = useState(false);
  const now = useQuery({ ...mine.order, refetchInterval: isOpen ? POLL_MS : false }).data;
  return (
    <PayBy
      due={order.due}
      options={options.data?.items}
      error={options.error}
      open={mine.pay}
      isPaid={now?.may.includes('pay') === false}
      back={backTo(order.id)}
      onCode={() => setOpen(true)}
      close={t('portal.payClose')}
      onClose={onClose}
    />
  );
}

type Choice = { channel: string; method?: string };
type Paying = {
  due: Order['due'];
  options: readonly PayOption[] | undefined;
  error: Error | null;
  open: (choice: Choice, idempotencyKey: string) => Promise<Payment>;
  /** Whether it was paid while a code was on screen. */ isPaid: boolean;
  /** Where channels lead back to. */ back: string;
  onCode: () => void;
  close: string;
  onClose: () => void;
};

/** How something is paid: the channel is chosen, then its page is opened or its code is shown. */
export function PayBy({ due, options, error, open, isPaid, back, onCode, close, onClose }: Paying) {
  const t = useT();
  const word = useWord();
  const [payment, setPayment] = useState<Payment>();
  const pay = useSubmit(open, {
    onSuccess: (made) => {
      if (made.method === null || !CODES.has(made.method)) return leaveFor(made, back);
      setPayment(made);
      onCode();
    },
  });
  const isPhone = window.innerWidth < PHONE_PX_MAX;
  const items = options ?? [];
  const begin = (option: PayOption): void => {
    const method = methodFor(option, isPhone);
    pay.mutate({ channel: option.channel, ...(method ? { method } : {}) });
  };
  const [only] = items.length === 1 ? items : [];
  const begun = useRef(false);
  useEffect(() => {
    if (!only || begun.current) return;
    begun.current = true; // there is nothing to choose from
    begin(only);
  });
  if (payment) {
    return (
      <div className="zp-pay" aria-live="polite">
        {isPaid ? <strong>{t('portal.payDone')}</strong> : <Code payment={payment} />}
        <button type="button" className="zp-button zp-second" onClick={onClose}>
          {close}
        </button>
      </div>
    );
  }
  return (
    <div className="zp-pay">
      <ProblemNote error={error ?? pay.error} />
      <p>
        {t('portal.payHow')} <MoneyText value={due} strong />
      </p>
      {options && items.length === 0 && <p className="zp-warn">{t('portal.payNone')}</p>}
      {items.map((option) => {
        const method = methodFor(option, isPhone);
        return (
          <button
            key={option.channel}
            type="button"
            className="zp-button"
            disabled={pay.isPending || (option.methods.length > 0 && method === undefined)}
            onClick={() => begin(option)}
          >
            {word('payChannel', option.channel)}
          </button>
        );
      })}
      <button type="button" className="zp-button zp-second" onClick={onClose}>
        {t('portal.goBack')}
      </button>
    </div>
  );
}

function Code({ payment }: { payment: Payment }) {
  const t = useT();
  const word = useWord();
  if (payment.failure) return <p className="zp-warn">{payment.failure}</p>;
  if (!payment.payUrl) return <p>{t('portal.payWait')}</p>;
  return (
    <>
      <QrPicture text={payment.payUrl} label={t('portal.payCode')} />
      <p>{t('portal.payScan', { channel: word('payChannel', payment.channel) })}</p>
    </>
  );
}
