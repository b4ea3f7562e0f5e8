import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Select } from 'antd';
import { useDeferredValue, useEffect, useState } from 'react';
import { shopsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { OfferPreview } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { negated } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';
import type { OfferDraft } from './offer-form.ts';
import { QuoteLines, Rejected } from './quote-view.tsx';
import { SampleCart, type Line } from './sample-cart.tsx';

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
      return client.repeatable('/offers/preview', { body: JSON.parse(body) as never, signal });
    },
    enabled: draft !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  });
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
          <SampleCart lines={lines} onChange={setLines} empty={t('offer.previewEmpty')} />
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
