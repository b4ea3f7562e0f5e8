import { Tag } from 'antd';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import type { Compensation } from './words.ts';

/** What was given, by its kind. */
export function Given({ row }: { row: Compensation }) {
  const t = useT();
  const word = useWord();
  return (
    <>
      <span className="row tight">
        <Tag>{word('compensationKind', row.kind)}</Tag>
        {row.points !== null && <span>{t('goodwill.pointsOf', { points: row.points })}</span>}
        <MoneyText value={row.value} />
      </span>
      {row.coupon?.code && (
        <div>
          <span className="mono">{row.coupon.code}</span> <TimeText at={row.coupon.expiresAt} />
        </div>
      )}
      {row.lines?.map((l) => (
        <div key={l.lineId} className="wrap">
          <span className="mono">{l.sku}</span> × {l.quantity}
        </div>
      ))}
      {row.cash && row.cash.payout.amount > 0 && (
        <div className="row tight">
          {t('goodwill.toPay')} <MoneyText value={row.cash.payout} strong />
        </div>
      )}
    </>
  );
}
