import { Checkbox, Tag } from 'antd';
import { useState } from 'react';
import type { Order } from '../../../api/types.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { formatMoney } from '../../../ui/format/money.ts';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import './order-presale.css';

type Presale = NonNullable<Order['presale']>;

const TONES: Record<Presale['state'], string> = {
  deposit_due: 'warning',
  deposit_paid: 'processing',
  balance_due: 'warning',
  complete: 'success',
  forfeited: 'error',
  cancelled: 'default',
};

/** How far a presale has come, in its colour. */
export function PresaleState({ state }: { state: Presale['state'] }) {
  const word = useWord();
  return (
    <Tag color={TONES[state]} variant="filled" style={{ marginInlineEnd: 0 }}>
      {word('status.presale', state)}
    </Tag>
  );
}

function Deposit({ order, presale }: { order: Order; presale: Presale }) {
  const t = useT();
  return (
    <div className="zg-presale-part" data-done={presale.depositPaid}>
      <span className="muted">{t('presale.deposit')}</span>
      <MoneyText value={presale.deposit} strong />
      {presale.depositPaidAt && (
        <span>
          {t('presale.paidAt')} <TimeText at={presale.depositPaidAt} />
        </span>
      )}
      {presale.state === 'deposit_due' && order.payBefore && (
        <span>
          {t('presale.payBefore')} <TimeText at={order.payBefore} relative />
        </span>
      )}
    </div>
  );
}

function Balance({ presale }: { presale: Presale }) {
  const t = useT();
  const { state } = presale;
  return (
    <div className="zg-presale-part" data-done={state === 'complete'}>
      <span className="muted">{t('presale.balance')}</span>
      <MoneyText value={presale.balance} strong />
      <span>
        {t('presale.window')} <TimeText at={presale.balanceFrom} /> – <TimeText at={presale.balanceTo} />
      </span>
      {state === 'deposit_paid' && (
        <span>
          {t('presale.opens')} <TimeText at={presale.balanceFrom} relative />
        </span>
      )}
      {state === 'balance_due' && (
        <strong className="zg-presale-now">
          {t('presale.closes')} <TimeText at={presale.balanceTo} relative />
        </strong>
      )}
    </div>
  );
}

/** The two parts a presale is paid in, when each is due, and what became of the deposit. */
export function OrderPresale({ order }: { order: Order }) {
  const t = useT();
  const locale = useLocale();
  const { presale } = order;
  if (!presale) return null;
  const { forfeited, forfeits, state } = presale;
  const waits = state === 'deposit_due' || state === 'deposit_paid' || state === 'balance_due';
  return (
    <Panel title={t('presale.one')} extra={<PresaleState state={presale.state} />}>
      <div className="zg-presale">
        <Deposit order={order} presale={presale} />
        <Balance presale={presale} />
      </div>
      {forfeited.amount > 0 && (
        <p className="zg-presale-says">{t('presale.forfeitedSays', { amount: formatMoney(forfeited, locale) })}</p>
      )}
      {waits && forfeits && <p className="zg-presale-says muted">{t('presale.atStakeSays')}</p>}
    </Panel>
  );
}

type CancelProps = {
  order: Order;
  cancel: (asked: { reason: string; refundDeposit: boolean }) => Promise<unknown>;
};

/** Cancels the order; of a presale that waits for its balance it is asked whether the deposit goes back. */
export function CancelButton({ order, cancel }: CancelProps) {
  const t = useT();
  const locale = useLocale();
  const [refundDeposit, setRefund] = useState(true);
  const { presale } = order;
  const asks = presale?.state === 'deposit_paid' || presale?.state === 'balance_due';
  const says = asks ? (
    <>
      {t('presale.cancelSays')}
      <br />
      <Checkbox checked={refundDeposit} onChange={(event) => setRefund(event.target.checked)}>
        {t('presale.refundDeposit', { amount: formatMoney(presale.deposit, locale) })}
      </Checkbox>
    </>
  ) : (
    t('order.cancelSays')
  );
  return (
    <ConfirmButton
      danger
      title={t('order.cancel')}
      says={says}
      reason="required"
      act={(reason) => cancel({ reason, refundDeposit })}
    >
      {t('order.cancel')}
    </ConfirmButton>
  );
}
