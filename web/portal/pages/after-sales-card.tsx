import { useQuery } from '@tanstack/react-query';
import { casesOfOrderQuery } from '../../api/portal-cases.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { Link } from '../link.tsx';
import { useMine } from '../mine.tsx';

/** What was asked for after the sale, and the way to ask, for each line. */
export function AfterSalesCard() {
  const t = useT();
  const word = useWord();
  const { orderId } = useMine();
  const found = useQuery(casesOfOrderQuery(orderId)).data;
  if (!found) return null;
  const mayApply = found.may.includes('apply');
  const left = found.lines.filter((line) => line.free > 0 && !line.gift);
  if (found.items.length === 0 && !mayApply) return null;
  return (
    <section className="zp-card" aria-labelledby="after-sales">
      <h2 id="after-sales">{t('portal.afterSales')}</h2>
      {found.items.length > 0 && (
        <ul className="zp-list">
          {found.items.map((c) => (
            <li key={c.id}>
              <Link to={`/portal/cases/${c.id}`} className="zp-row">
                <span style={{ minWidth: 0 }}>
                  <strong>{word('portal.caseType', c.type)}</strong> {word('portal.caseStatus', c.status)}
                  <span className="clamp2 muted">{c.goods}</span>
                  <span className="muted">
                    <TimeText at={c.openedAt} />
                  </span>
                </span>
                <span className="nowrap">
                  {c.refund.amount.amount > 0 && <MoneyText value={c.refund.amount} />} <span aria-hidden>›</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {mayApply && (
        <ul className="zp-list">
          {left.map((line) => (
            <li key={line.lineId} className="zp-row">
              <span className="clamp2">{line.title}</span>
              <Link
                to={`/portal/orders/${orderId}/apply?line=${line.lineId}`}
                className="zp-small"
                label={t('portal.applyFor', { title: line.title })}
              >
                {t('portal.apply')}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
