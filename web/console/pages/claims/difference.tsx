import { formatMoney, type Money } from '../../../ui/format/money.ts';
import { useLocale } from '../../../ui/i18n.ts';

/** Charged too much: with a plus, marked; nothing: a dash. */
export function Difference({ value }: { value: Money }) {
  const locale = useLocale();
  if (value.amount === 0) return <span className="muted">–</span>;
  return (
    <strong className={`nowrap ${value.amount > 0 ? 'zg-claim-over' : 'zg-claim-under'}`}>
      {value.amount > 0 ? '+' : ''}
      {formatMoney(value, locale)}
    </strong>
  );
}
