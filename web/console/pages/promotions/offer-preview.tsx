import { DeleteOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, InputNumber, Select, Tag } from 'antd';
import { useDeferredValue, useEffect, useState } from 'react';
import { shopsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { OfferPreview, Quote, SkuHit } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { negated } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';
import { SkuPicker } from '../products/sku-picker.tsx';
import type { OfferDraft } from './offer-form.ts';

type Line = { sku: string; quantity: number; title: string };
type Cart = { shop: string; lines: Line[] };

/** Asks what the draft would do, again whenever draft or cart have changed. */
function usePreview(draft: OfferDraft | undefined, offerId: string | undefined, cart: Cart) {
  const body = useDeferredValue(
    JSON.stringify({
      offer: draft,
      ...(offerId ? { offerId } : {}),
      ...(cart.shop && cart.lines.length > 0
        ? { cart: { shop: cart.shop, lines: cart.lines.map(({ sku, quantity }) => ({ sku, quantity })) } }
        : {}),
    }),
  );
  return useQuery({
    queryKey: ['/offers/preview', body] as const,
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 250)); // while somebody types, only the last is asked about
      signal.throwIfAborted();
      return client.post('/offers/preview', { body: JSON.parse(body) as never, signal });
    },
    enabled: draft !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  });
}

function CartLine({ line, onChange }: { line: Line; onChange: (line: Line | undefined) => void }) {
  const t = useT();
  return (
    <div className="zg-sample-line">
      <div style={{ minWidth: 0 }}>
        <div className="ellipsis" title={line.title}>
          {line.title}
        </div>
        <div className="mono muted">{line.sku}</div>
      </div>
      <InputNumber
        min={1}
        max={9999}
        precision={0}
        mode="spinner"
        style={{ width: 120 }}
        value={line.quantity}
        aria-label={t('line.quantity')}
        onChange={(quantity) => onChange({ ...line, quantity: quantity ?? 1 })}
      />
      <Button
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('order.removeLine')}
        onClick={() => onChange(undefined)}
      />
    </div>
  );
}

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

function Totals({ preview }: { preview: OfferPreview }) {
  const t = useT();
  if (!preview.with || !preview.without) return null;
  const saved = preview.without.total.amount - preview.with.total.amount;
  const { currency } = preview.with.total;
  return (
    <dl className="zg-quote-totals">
      <dt>{t('offer.without')}</dt>
      <dd>
        <MoneyText value={preview.without.total} />
      </dd>
      <dt>{t('offer.with')}</dt>
      <dd className="zg-quote-total">
        <MoneyText value={preview.with.total} strong />
      </dd>
      <dt>{t('offer.difference')}</dt>
      <dd>
        <MoneyText value={negated({ amount: saved, currency })} />
      </dd>
      {preview.with.presale && (
        <>
          <dt>{t('offer.depositDue')}</dt>
          <dd>
            <MoneyText value={preview.with.presale.deposit} />
          </dd>
          <dt>{t('offer.balanceDue')}</dt>
          <dd>
            <MoneyText value={preview.with.presale.balance} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** Offers that stay out, each with the sentence a customer would be sent. */
function Rejected({ quote }: { quote: Quote }) {
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

function Says({ type, items }: { type: 'error' | 'warning'; items: readonly { message: string }[] }) {
  const t = useT();
  if (items.length === 0) return null;
  return (
    <Alert
      type={type}
      showIcon
      title={type === 'error' ? t('offer.problems') : t('offer.warnings')}
      description={
        <ul className="zg-offer-warnings">
          {items.map((item) => (
            <li key={item.message}>{item.message}</li>
          ))}
        </ul>
      }
    />
  );
}

type Props = { draft: OfferDraft | undefined; offerId: string | undefined; onAnswer: (preview: OfferPreview) => void };

/** A sample cart, priced with and without the draft while it is being written. */
export function PreviewPanel({ draft, offerId, onAnswer }: Props) {
  const t = useT();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const [chosen, setChosen] = useState<string>();
  const [lines, setLines] = useState<Line[]>([]);
  const shop = chosen ?? draft?.shops?.[0] ?? shops[0]?.code ?? '';
  const query = usePreview(draft, offerId, { shop, lines });
  const answer = query.data;
  useEffect(() => {
    if (answer) onAnswer(answer);
  }, [answer, onAnswer]);
  const pick = ({ sku, title }: SkuHit) =>
    setLines((now) =>
      now.some((l) => l.sku === sku)
        ? now.map((l) => (l.sku === sku ? { ...l, quantity: l.quantity + 1 } : l))
        : [...now, { sku, title, quantity: 1 }],
    );
  const change = (at: number, line: Line | undefined) =>
    setLines((now) => now.flatMap((l, i) => (i === at ? (line ?? []) : l)));
  return (
    <div className="zg-offer-preview">
      <Panel title={t('offer.preview')}>
        <div className="stack" aria-live="polite" aria-busy={query.isFetching}>
          <Select
            value={shop || null}
            aria-label={t('order.shop')}
            options={shops.map((s) => ({ value: s.code, label: s.name }))}
            onChange={(code: string | null) => setChosen(code ?? undefined)}
          />
          <SkuPicker onPick={pick} />
          {lines.length === 0 && <EmptyState title={t('offer.previewEmpty')} />}
          {lines.map((line, at) => (
            <CartLine key={line.sku} line={line} onChange={(next) => change(at, next)} />
          ))}
          {draft === undefined && <span className="muted">{t('offer.previewWaits')}</span>}
          {query.isError && <ErrorState error={query.error} />}
          {draft && answer && !query.isError && (
            <>
              <Says type="error" items={answer.problems} />
              {lines.length > 0 && answer.with && (
                <>
                  <QuoteLines quote={answer.with} mark={draft.code} />
                  <Totals preview={answer} />
                </>
              )}
              <Says type="warning" items={answer.warnings} />
              {lines.length > 0 && answer.with && <Rejected quote={answer.with} />}
            </>
          )}
        </div>
      </Panel>
    </div>
  );
}
