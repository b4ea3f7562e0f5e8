import type { Order } from '../../api/types.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { formatMoney } from '../../ui/format/money.ts';
import { useLocale, useT } from '../../ui/i18n.ts';

type Presale = NonNullable<Order['presale']>;

/** What to do now, in one sentence as large as it matters. */
function Now({ order, presale }: { order: Order; presale: Presale }) {
  const t = useT();
  const locale = useLocale();
  switch (presale.state) {
    case 'deposit_due':
      return (
        <p className="zp-presale-now">
          {t('portal.presale.depositDue')} <TimeText at={order.payBefore} />
        </p>
      );
    case 'deposit_paid':
      return (
        <p className="zp-presale-now">
          {t('portal.presale.balanceFrom')} <TimeText at={presale.balanceFrom} />
        </p>
      );
    case 'balance_due':
      return (
        <p className="zp-presale-now" data-urgent>
          {t('portal.presale.balanceDue')} <TimeText at={presale.balanceTo} />
        </p>
      );
    case 'forfeited':
      return (
        <p className="zp-presale-now">
          {t('portal.presale.forfeited', { amount: formatMoney(presale.forfeited, locale) })}
        </p>
      );
    default:
      return null;
  }
}

/** A presale in its two payments: what is paid, what comes, and when. */
export function PresaleCard({ order }: { order: Order }) {
  const t = useT();
  const { presale } = order;
  if (!presale) return null;
  const { state } = presale;
  const waits = state === 'deposit_due' || state === 'deposit_paid' || state === 'balance_due';
  return (
    <section className="zp-card">
      <h2>{t('portal.presale')}</h2>
      <Now order={order} presale={presale} />
      <dl className="zp-presale">
        <div data-done={presale.depositPaid}>
          <dt>{t('portal.presale.deposit')}</dt>
          <dd>
            <MoneyText value={presale.deposit} strong />
            {presale.depositPaid && <div className="muted">{t('portal.presale.paid')}</div>}
          </dd>
        </div>
        <div data-done={state === 'complete'}>
          <dt>{t('portal.presale.balance')}</dt>
          <dd>
            <MoneyText value={presale.balance} strong />
            {state === 'complete' ? (
              <div className="muted">{t('portal.presale.paid')}</div>
            ) : (
              <div className="muted">
                <TimeText at={presale.balanceFrom} /> – <TimeText at={presale.balanceTo} />
              </div>
            )}
          </dd>
        </div>
      </dl>
      {waits && presale.forfeits && <p className="muted">{t('portal.presale.rule')}</p>}
    </section>
  );
}
