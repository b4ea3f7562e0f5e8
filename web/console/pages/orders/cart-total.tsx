import { Alert, Form } from 'antd';
import { useEffect } from 'react';
import type { NewOrder, SkuHit } from '../../../api/types.ts';
import { ErrorState } from '../../../ui/components/states.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { lineTotal } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';
import { QuoteLines, QuoteTotals, Rejected } from '../promotions/quote-view.tsx';
import { useQuote } from '../promotions/use-quote.ts';

type Line = { sku: string; quantity: number; hit: SkuHit };

const PHONE_DIGITS_MIN = 7; // fewer is a number still being typed

/**
 * What the order comes to with every offer and coupon, asked of the server as the cart changes. Until it has answered, the
 * sum at list price. `onQuoted` hears the total the agent sees: the order is refused when it would cost anything else.
 */
export function CartTotal({ onQuoted }: { onQuoted: (total: NewOrder['total'] | null) => void }) {
  const t = useT();
  const form = Form.useFormInstance();
  const lines = ((Form.useWatch('lines', { form, preserve: true }) ?? []) as Line[]).filter((line) => line?.hit);
  const shop = (Form.useWatch('shop', form) ?? '') as string;
  const coupons = (Form.useWatch('couponCodes', form) ?? []) as string[];
  const buyer = (Form.useWatch(['customer', 'phone'], form) ?? '') as string;
  const recipient = (Form.useWatch(['shipTo', 'phone'], form) ?? '') as string;
  const phone = (buyer.trim() || recipient.trim()).replaceAll(/\s/g, '');
  const counted = lines.filter((line) => line.quantity > 0);
  const query = useQuote({
    shop,
    lines: counted.map(({ sku, quantity }) => ({ sku, quantity })),
    phone: phone.length >= PHONE_DIGITS_MIN ? phone : '',
    coupons,
  });
  const quote = counted.length > 0 && shop !== '' ? query.data : undefined;
  const total = quote && !query.isPlaceholderData ? quote.total : null;
  useEffect(() => onQuoted(total), [onQuoted, total]);
  const amount = lineTotal(lines.map((line) => ({ quantity: line.quantity || 0, unitAmount: line.hit.price.amount })));
  const pieces = lines.reduce((sum, line) => sum + (line.quantity || 0), 0);
  return (
    <div className="stack" style={{ padding: '12px 0 16px' }} aria-live="polite">
      <span className="muted">{t('order.pieces', { pieces })}</span>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {quote ? (
        <>
          <QuoteLines quote={quote} />
          <QuoteTotals quote={quote} />
          {quote.problems.map((p) => (
            <Alert key={`${p.path} ${p.code}`} type="warning" showIcon title={p.message} />
          ))}
          <Rejected quote={quote} />
        </>
      ) : (
        <span style={{ fontSize: 22, textAlign: 'right' }}>
          <MoneyText value={{ amount, currency: lines[0]?.hit.price.currency ?? 'CNY' }} strong />
        </span>
      )}
    </div>
  );
}
