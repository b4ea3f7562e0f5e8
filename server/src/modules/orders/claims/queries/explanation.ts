import type { z } from 'zod';
import { type Ctx, type Locale, LOCALES } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { t } from '#kernel/i18n/index.ts';
import { visibleOrder } from '../../queries/order.ts';
import type { ReportOffer } from '../domain/report.ts';
import type { ExplanationView } from '../schema.ts';
import { proofOf, type Proof } from '../store/snapshots.ts';
import { moneyIn, rejectionIn, termsIn, timeIn, titleIn, type Wording } from '../words.ts';
import { zoneOf } from '../zone.ts';
import { type Circumstances, circumstancesOf } from './circumstances.ts';
import { type Recomputation, recompute } from './recompute.ts';
import { spokenOf, wordingOf } from './wording.ts';

type View = z.input<typeof ExplanationView>;

const NEAREST_MAX = 10;

/**
 * Which offers applied to a placed order, which did not and why: told from what was agreed and the rules of that moment, in
 * both languages (PRO-4). @throws OrderNotFound, SnapshotNotKept.
 */
export async function explainOrder(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; locale?: Locale | undefined },
): Promise<View> {
  const proof = await proofOf(tx, await visibleOrder(tx, ctx, input.orderId));
  const c = await circumstancesOf(tx, proof);
  const found = recompute(proof, c, overBefore(proof, c));
  const offers = await wordingOf(tx, proof, c, spokenOf(found.comparison.offers));
  const base = { currency: proof.snapshot.currency, zone: await zoneOf(tx), offers };
  const rows = Object.fromEntries(
    LOCALES.map((locale) => [locale, rowsOf(proof, found, { ...base, locale })]),
  ) as Record<Locale, Rows>;
  const text = (locale: Locale): string => textOf(proof, rows[locale], { ...base, locale });
  const locale = input.locale ?? ctx.locale;
  const { snapshot: s, order } = proof;
  const money = (amount: number) => ({ amount, currency: s.currency });
  return {
    order: { id: order.id, orderNo: order.order_no },
    at: s.at,
    locale,
    ...rows[locale],
    goods: money(s.goods),
    discount: money(s.discount),
    freight: money(s.freight),
    total: money(s.total),
    agrees: found.comparison.difference === 0,
    text: { 'zh-CN': text('zh-CN'), en: text('en') },
  };
}

/** Offers for these goods that were over, or not on yet, at that moment: what customers ask about. The nearest few. */
function overBefore({ snapshot }: Proof, c: Circumstances): Set<string> {
  const now = c.at.getTime();
  const places = new Set(snapshot.lines.flatMap((l) => [...c.offers.inScope(l.sku, l.category)]));
  const away = [...places]
    .flatMap((i) => c.offers.offers[i] ?? [])
    .filter((o) => (o.startsAt > now || o.endsAt <= now) && (o.shops === null || o.shops.has(snapshot.shop)))
    .toSorted((a, b) => Math.max(a.startsAt - now, now - a.endsAt) - Math.max(b.startsAt - now, now - b.endsAt));
  return new Set(away.slice(0, NEAREST_MAX).map((o) => o.id));
}

type Rows = Pick<View, 'applied' | 'rejected'>;

function rowsOf({ snapshot: s }: Proof, { comparison }: Recomputation, w: Wording): Rows {
  const money = (amount: number) => ({ amount, currency: s.currency });
  const applied = comparison.offers.flatMap((o) =>
    o.charged === null
      ? []
      : [
          {
            offer: o.offer,
            title: titleIn(w, o.offer),
            terms: termsIn(w, o.offer),
            amount: money(o.charged),
            coupon: o.coupon,
            gifts: s.lines
              .filter((l) => l.kind === 'gift' && l.discounts.some((d) => d.offer === o.offer))
              .map(({ sku, title, quantity }) => ({ sku, title, quantity })),
          },
        ],
  );
  const rejected = comparison.offers.flatMap((o) => {
    if (o.charged !== null) return [];
    return [
      {
        offer: o.offer,
        title: titleIn(w, o.offer),
        terms: termsIn(w, o.offer),
        code: codeOf(o),
        reason: whyNot(w, o),
        coupon: typeof o.rejected?.facts['coupon'] === 'string' ? o.rejected.facts['coupon'] : null,
      },
    ];
  });
  return { applied, rejected };
}

/** A gift that is due and not on the order was gone when it was placed: an order does not wait for it. */
const codeOf = (o: ReportOffer): string => o.rejected?.code ?? (o.rules === 0 ? 'gift_unavailable' : 'unexplained');

function whyNot(w: Wording, o: ReportOffer): string {
  const code = codeOf(o);
  if (code === 'unexplained') return t(w.locale, 'claims.explain.unexplained', { title: titleIn(w, o.offer) });
  return rejectionIn(w, o.offer, { code, facts: o.rejected?.facts ?? {} });
}

/** One block of text, ready to paste. */
function textOf({ snapshot: s, order }: Proof, { applied, rejected }: Rows, w: Wording): string {
  const say = (key: string, facts: Record<string, unknown> = {}): string => t(w.locale, `claims.explain.${key}`, facts);
  const lines = [say('head', { orderNo: order.order_no, at: timeIn(w, s.at) })];
  if (applied.length > 0) {
    lines.push('', say('applied'));
    applied.forEach((a, i) => {
      const gifts = a.gifts
        .map((g) => say('gift', { title: g.title, quantity: g.quantity }))
        .join(w.locale === 'zh-CN' ? '、' : ', ');
      const gives = a.amount.amount > 0 || gifts === '' ? `-${moneyIn(w, a.amount.amount)}` : gifts;
      lines.push(say('applied_row', { n: i + 1, title: a.title, terms: a.terms, gives }));
    });
  } else lines.push('', say(rejected.length > 0 ? 'none_applied' : 'no_offers'));
  if (rejected.length > 0) {
    lines.push('', say('rejected'));
    rejected.forEach((r, i) => lines.push(`${i + 1}. ${r.reason}`));
  }
  lines.push(
    '',
    say(s.freight > 0 ? 'sum_with_freight' : 'sum', {
      goods: moneyIn(w, s.goods),
      discount: moneyIn(w, s.discount),
      freight: moneyIn(w, s.freight),
      total: moneyIn(w, s.total),
    }),
  );
  return lines.join('\n');
}
