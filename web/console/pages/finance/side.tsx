import { MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';

type Balance = { balance: number; side: 'debit' | 'credit'; currency: string };

/** On which side an account stands, as books say it; coloured where that is not the side it should be on. */
export function Side({ of }: { of: Balance }) {
  const t = useT();
  if (of.balance === 0) return <span className="muted">{t('ledgerSide.even')}</span>;
  if (of.balance > 0) return <>{t(`ledgerSide.${of.side}`)}</>;
  return (
    <span style={{ color: 'var(--warn)' }} title={t('ledger.otherSide')}>
      {t(of.side === 'debit' ? 'ledgerSide.credit' : 'ledgerSide.debit')}
    </span>
  );
}

/** A balance without its sign: that is what the side says. */
export const BalanceText = ({ of }: { of: Balance }) => (
  <MoneyText value={{ amount: Math.abs(of.balance), currency: of.currency }} strong />
);

/** One side of a posting; nothing where the other side has it. */
export const SideAmount = ({ amount, currency }: { amount: number; currency: string }) =>
  amount === 0 ? <span className="muted">–</span> : <MoneyText value={{ amount, currency }} />;
