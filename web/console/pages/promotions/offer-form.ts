import type { Dayjs } from 'dayjs';
import dayjs from 'dayjs';
import type { FieldName } from '../../../api/field-errors.ts';
import type { Body } from '../../../api/paths.ts';
import type { Offer, OfferKind } from '../../../api/types.ts';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { fromWall, toWall } from '../../../ui/format/time.ts';

/** What the editor holds: amounts as typed, in whole units; times as the clock on the wall shows them. */
export type OfferForm = {
  kind: OfferKind;
  code: string;
  title: string;
  period: [Dayjs, Dayjs];
  shops: string[];
  skus: string[];
  categories: string[];
  /** How a limited-time discount says what it takes off. */
  by: 'percent' | 'price';
  percentOff: number;
  price: string;
  tiers: { spend: string; off: string }[];
  repeat: boolean;
  spend: string;
  off: string;
  nth: number;
  giftSku: string | undefined;
  quantity: number;
  limitPerCustomer: number | null;
  quota: number | null;
  deposit: string;
  expandsTo: string;
  balance: [Dayjs, Dayjs];
  every: string;
};
export type OfferDraft = Body<'/offers/preview', 'post'>['offer'];

const CURRENCY = 'CNY';
const WALL = 'YYYY-MM-DDTHH:mm:ss';
const wall = (at: string): Dayjs => dayjs(toWall(at));
const moment = (at: Dayjs): string => fromWall(at.format(WALL));
const typed = (amount: number | null | undefined): string =>
  amount == null ? '' : toDecimal({ amount, currency: CURRENCY });

/** The fields of an offer; for a new one a week from the next full hour on. */
export function toForm(offer: Offer | undefined, now = new Date()): OfferForm {
  const start = dayjs(toWall(now.toISOString())).startOf('hour').add(1, 'hour');
  return {
    kind: offer?.kind ?? 'threshold_reduction',
    code: offer?.code ?? '',
    title: offer?.title ?? '',
    period: offer ? [wall(offer.startsAt), wall(offer.endsAt)] : [start, start.add(7, 'day')],
    shops: offer?.shops ?? [],
    skus: offer?.scope?.skus ?? [],
    categories: offer?.scope?.categories ?? [],
    by: offer?.kind === 'limited_time_discount' && offer.price != null ? 'price' : 'percent',
    percentOff: offer?.percentOff ?? 10,
    price: typed(offer?.price),
    tiers: offer?.tiers?.map((t) => ({ spend: typed(t.spend), off: typed(t.off) })) ?? [{ spend: '', off: '' }],
    repeat: offer?.repeat ?? false,
    spend: typed(offer?.spend),
    off: typed(offer?.off),
    nth: offer?.nth ?? 2,
    giftSku: offer?.giftSku,
    quantity: offer?.quantity ?? 1,
    limitPerCustomer: offer?.limitPerCustomer ?? null,
    quota: offer?.quota ?? null,
    deposit: typed(offer?.deposit),
    expandsTo: typed(offer?.expandsTo),
    balance:
      offer?.balanceFrom && offer.balanceTo
        ? [wall(offer.balanceFrom), wall(offer.balanceTo)]
        : [start.add(7, 'day'), start.add(10, 'day')],
    every: typed(offer?.every),
  };
}

/** The terms by kind as the API takes them; undefined while an amount is missing or is none. */
function termsOf(form: OfferForm): Record<string, unknown> | undefined {
  const amount = (text: string): number | undefined => parseMoney(text ?? '', CURRENCY);
  const all = <T extends Record<string, unknown>>(fields: T): T | undefined =>
    Object.values(fields).includes(undefined) ? undefined : fields;
  switch (form.kind) {
    case 'limited_time_discount':
      return form.by === 'price'
        ? all({ price: amount(form.price) })
        : all({ percentOff: form.percentOff ?? undefined });
    case 'threshold_reduction': {
      const tiers = form.tiers.map((t) => all({ spend: amount(t?.spend ?? ''), off: amount(t?.off ?? '') }));
      return tiers.includes(undefined) ? undefined : { tiers, repeat: form.repeat };
    }
    case 'coupon':
      return all({ spend: amount(form.spend), off: amount(form.off) });
    case 'nth_item':
      return all({ nth: form.nth ?? undefined, percentOff: form.percentOff ?? undefined });
    case 'gift':
      return all({ spend: amount(form.spend), giftSku: form.giftSku, quantity: form.quantity ?? undefined });
    case 'flash_sale':
      return all({ price: amount(form.price), limitPerCustomer: form.limitPerCustomer, quota: form.quota });
    case 'presale':
      return all({
        deposit: amount(form.deposit),
        expandsTo: amount(form.expandsTo),
        balanceFrom: form.balance?.[0] && moment(form.balance[0]),
        balanceTo: form.balance?.[1] && moment(form.balance[1]),
        quota: form.quota,
      });
    case 'cross_shop_threshold':
      return all({ every: amount(form.every), off: amount(form.off) });
  }
}

/** The offer as it stands in the editor; undefined while it cannot be read as one. */
export function toDraft(form: OfferForm): OfferDraft | undefined {
  const terms = termsOf(form);
  const [from, to] = form.period ?? [];
  if (!terms || !form.title?.trim() || !from || !to) return undefined;
  const scope = {
    ...(form.skus?.length ? { skus: form.skus } : {}),
    ...(form.categories?.length ? { categories: form.categories } : {}),
  };
  return {
    kind: form.kind,
    code: form.code?.trim() || '-', // a code is not needed to see what the offer does
    title: form.title.trim(),
    startsAt: moment(from),
    endsAt: moment(to),
    shops: form.shops?.length ? form.shops : null,
    scope: Object.keys(scope).length > 0 ? scope : null,
    ...terms,
  } as OfferDraft;
}

/** What a change sends: all but what an offer is made with. */
export function toChange(draft: OfferDraft): Body<'/offers/{offerId}', 'patch'> {
  const { kind: _kind, code: _code, ...rest } = draft;
  return rest as Body<'/offers/{offerId}', 'patch'>;
}

/** Where a refusal of the request belongs in the form. */
export function renameField(name: FieldName): FieldName {
  const [first, second, ...rest] = name;
  if (first === 'offer') return renameField(name.slice(1));
  if (first === 'scope' && second !== undefined) return [second];
  if (first === 'startsAt' || first === 'endsAt') return ['period'];
  if (first === 'balanceFrom' || first === 'balanceTo') return ['balance'];
  if (first === 'shops') return ['shops'];
  return second === undefined ? [first as string] : [first as string, second, ...rest];
}
