import { formatMoney, type Money } from '../format/money.ts';
import { fullTime, relativeTime, shortTime } from '../format/time.ts';
import { useLocale } from '../i18n.ts';

/** Money with its currency, digits in columns; a dash when there is none. */
export function MoneyText({ value, strong }: { value: Money | null | undefined; strong?: boolean }) {
  const locale = useLocale();
  if (!value) return <span className="muted">–</span>;
  const text = formatMoney(value, locale);
  return strong ? <strong className="nowrap">{text}</strong> : <span className="nowrap">{text}</span>;
}

/** A moment in the reader's zone; the tooltip has the weekday, the seconds and the zone. */
export function TimeText({ at, relative }: { at: string | null | undefined; relative?: boolean }) {
  const locale = useLocale();
  if (!at) return <span className="muted">–</span>;
  return (
    <time dateTime={at} title={fullTime(at, locale)} className="nowrap">
      {relative ? relativeTime(at, locale) : shortTime(at)}
    </time>
  );
}

/** A whole number with grouping. */
export function CountText({ value }: { value: number | null | undefined }) {
  const locale = useLocale();
  return <span className="nowrap">{value == null ? '–' : value.toLocaleString(locale)}</span>;
}
