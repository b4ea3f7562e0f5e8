import { Tag } from 'antd';
import type { Quote } from '../../../api/types.ts';
import { MoneyText } from '../../../ui/components/text.tsx';
import { negated } from '../../../ui/format/money.ts';
import { shortTime } from '../../../ui/format/time.ts';
import { useT } from '../../../ui/i18n.ts';
import './promotions.css';

/** The lines of a pricing with every discount on them. */
export function QuoteLines({ quote, mark }: { quote: Quote; mark?: string | undefined }) {
  const t = useT();
  return (
    <div className="zg-quote">
      {quote.lines.map((line, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- the same goods may stand on two lines
        <div key={`${line.sku} ${i}`} className="zg-quote-line">
          <span className="wrap">
            {line.title} <span className="muted nowrap">× {line.quantity}</span>
          </span>
          <MoneyText value={line.payable} strong />
          {line.discounts.map((d) => (
            <span key={d.offer} className={d.offer === mark ? 'zg-quote-off zg-quote-mark' : 'zg-quote-off'}>
              <span className="wrap">{d.title}</span>
              <MoneyText value={negated({ amount: d.amount, currency: d.currency })} />
            </span>
          ))}
        </div>
      ))}
      {quote.gifts.map((gift) => (
        <div key={`${gift.offer} ${gift.sku}`} className="zg-quote-line">
          <span className="wrap">
            <Tag color="success">{t('offer.gift')}</Tag> {gift.title}{' '}
            <span className="muted nowrap">× {gift.quantity}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

/** Offers that stay out, each with the sentence a customer would be sent. */
export function Rejected({ quote }: { quote: Quote }) {
  const t = useT();
  if (quote.rejected.length === 0) return null;
  return (
    <div>
      <h3 className="zg-quote-head">{t('offer.rejected')}</h3>
      <ul className="zg-plain">
        {quote.rejected.map((r) => (
          <li key={`${r.offer} ${r.coupon ?? ''}`} className="wrap">
            <span className="mono muted">{r.offer}</span> {r.reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What the cart comes to, and of a presale what is due when. */
export function QuoteTotals({ quote }: { quote: Quote }) {
  const t = useT();
  return (
    <dl className="zg-quote-totals">
      <dt>{t('quote.goods')}</dt>
      <dd>
        <MoneyText value={quote.goods} />
      </dd>
      <dt>{t('quote.discount')}</dt>
      <dd>
        <MoneyText value={negated(quote.discount)} />
      </dd>
      <dt>{t('quote.freight')}</dt>
      <dd>
        <MoneyText value={quote.freight} />
      </dd>
      <dt>{t('quote.total')}</dt>
      <dd className="zg-quote-total" data-testid="total">
        <MoneyText value={quote.total} strong />
      </dd>
      {quote.presale && (
        <>
          <dt>{t('offer.depositDue')}</dt>
          <dd>
            <MoneyText value={quote.presale.deposit} />
          </dd>
          <dt>
            {t('offer.balanceDue')} {shortTime(quote.presale.balanceFrom)} – {shortTime(quote.presale.balanceTo)}
          </dt>
          <dd>
            <MoneyText value={quote.presale.balance} />
          </dd>
        </>
      )}
    </dl>
  );
}
