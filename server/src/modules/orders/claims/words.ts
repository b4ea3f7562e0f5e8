import type { Locale } from '#kernel/context.ts';
import { formatMoney, formatTime, t } from '#kernel/i18n/index.ts';
import type { Currency } from '#kernel/money.ts';
import { reasonOf, type Terms } from '#modules/promotions/index.ts';
import type { Finding, OfferThen, Report, ReportOffer } from './domain/report.ts';

/** What words are chosen by: the language, the order's currency, the organisation's zone, and the offers spoken of. */
export type Wording = { locale: Locale; currency: Currency; zone: string; offers: Record<string, OfferThen> };

export const moneyIn = (w: Pick<Wording, 'locale' | 'currency'>, amount: number): string =>
  formatMoney(w.locale, { amount, currency: w.currency });
export const timeIn = (w: Pick<Wording, 'locale' | 'zone'>, at: string | Date | number): string =>
  formatTime(w.locale, new Date(at), w.zone);
export const titleIn = (w: Pick<Wording, 'offers'>, code: string): string => w.offers[code]?.title ?? code;

/** What an offer gives, in a line that can be read to a customer. */
export function termsIn(w: Wording, offer: string): string {
  const then = w.offers[offer];
  if (!then) return '';
  const terms = then.terms as Terms;
  const say = (key: string, facts: Record<string, unknown> = {}): string => t(w.locale, `claims.terms.${key}`, facts);
  const money = (amount: number): string => moneyIn(w, amount);
  // a discount is told by what is paid in Chinese (9 折), by what is given in English (10% off)
  const share = (key: string, percentOff: number, facts: Record<string, unknown> = {}): string =>
    say(percentOff === 100 ? `${key}_free` : key, {
      ...facts,
      n: w.locale === 'zh-CN' ? (100 - percentOff) / 10 : percentOff,
    });
  switch (terms.kind) {
    case 'limited_time_discount':
      return 'price' in terms ? say('price', { price: money(terms.price) }) : share('percent', terms.percentOff);
    case 'threshold_reduction': {
      const tiers = terms.tiers.map((x) => say('tier', { spend: money(x.spend), off: money(x.off) }));
      return tiers.join(w.locale === 'en' ? '; ' : '，') + (terms.repeat ? say('repeat') : '');
    }
    case 'coupon':
      return terms.spend === 0
        ? say('coupon_any', { off: money(terms.off) })
        : say('coupon', { spend: money(terms.spend), off: money(terms.off) });
    case 'nth_item':
      return share('nth', terms.percentOff, { nth: terms.nth });
    case 'gift':
      return say('gift', { spend: money(terms.spend), sku: terms.giftSku, quantity: terms.quantity });
    case 'flash_sale':
      return (
        say('flash', { price: money(terms.price) }) +
        (terms.limitPerCustomer === null ? '' : say('limit', { limit: terms.limitPerCustomer }))
      );
    case 'presale':
      return say('presale', { deposit: money(terms.deposit), expandsTo: money(terms.expandsTo) });
    case 'cross_shop_threshold':
      return say('cross_shop', { every: money(terms.every), off: money(terms.off) });
  }
}

/** From when until when the offer ran, in the organisation's zone. */
export const periodIn = (w: Wording, offer: string): string => {
  const then = w.offers[offer];
  return then ? `${timeIn(w, then.startsAt)} – ${timeIn(w, then.endsAt)}` : '';
};

/** Why the rules do not give an offer. */
export const rejectionIn = (w: Wording, offer: string, rejected: NonNullable<ReportOffer['rejected']>): string =>
  reasonOf(
    w,
    { offer, code: rejected.code as Parameters<typeof reasonOf>[1]['code'], facts: rejected.facts },
    w.currency,
    (code) => titleIn(w, code),
  );

const MONEY = new Set(['amount', 'price', 'list', 'total', 'difference']);
const TIMES = new Set(['since', 'until', 'usedAt', 'expiresAt', 'startsAt', 'endsAt']);

/** In which state an offer was, when it did not apply because of that. */
export const notInForceIn = (w: Wording, past: { state: string; since: string | null; until: string | null }): string =>
  t(w.locale, 'claims.not_in_force', {
    state: t(w.locale, `claims.offer_state.${past.state}`),
    since: past.since === null ? t(w.locale, 'claims.no_time') : timeIn(w, past.since),
    until: past.until === null ? t(w.locale, 'claims.no_time') : timeIn(w, past.until),
  });

/** What was found, in a sentence. */
export function findingIn(w: Wording, { code, facts }: Finding): string {
  const { offer, code: reason, facts: inner } = facts;
  if ((code === 'offer_rejected' || code === 'coupon_rejected') && typeof offer === 'string')
    return t(w.locale, `claims.finding.${code}`, {
      coupon: facts['coupon'],
      title: titleIn(w, offer),
      why: rejectionIn(w, offer, { code: String(reason), facts: inner as Record<string, string | number> }),
    });
  const said: Record<string, unknown> = typeof offer === 'string' ? { title: titleIn(w, offer) } : {};
  for (const [name, value] of Object.entries(facts)) {
    if (MONEY.has(name) && typeof value === 'number') said[name] = moneyIn(w, value);
    else if (TIMES.has(name)) said[name] = typeof value === 'string' ? timeIn(w, value) : t(w.locale, 'claims.no_time');
    else if (name === 'state') said[name] = t(w.locale, `claims.offer_state.${String(value)}`);
    else said[name] = value; // a gift has a title of its own
  }
  return t(w.locale, `claims.finding.${code}`, said);
}

/** The verdict in a sentence, and each thing found below it. */
export const verdictIn = (w: Wording, report: Report): { says: string; findings: string[] } => ({
  says: t(w.locale, `claims.verdict.${report.verdict}`),
  findings: report.findings.map((f) => findingIn(w, f)),
});
