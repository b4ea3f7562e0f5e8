import type { Offer } from '../../../api/types.ts';
import { formatMoney } from '../../../ui/format/money.ts';
import type { Translate } from '../../../ui/i18n.ts';

type Terms = Pick<
  Offer,
  | 'kind'
  | 'percentOff'
  | 'price'
  | 'tiers'
  | 'repeat'
  | 'spend'
  | 'off'
  | 'nth'
  | 'giftSku'
  | 'quantity'
  | 'limitPerCustomer'
  | 'quota'
  | 'deposit'
  | 'expandsTo'
  | 'every'
>;

/** What an offer gives, in one line: "满 ¥200 减 ¥30". */
export function termsText(offer: Terms, t: Translate, locale: string): string {
  const money = (amount: number | null | undefined) => formatMoney({ amount: amount ?? 0, currency: 'CNY' }, locale);
  const { percentOff } = offer;
  // in Chinese one says what is left of the price, in tenths; in English what is taken off
  const discount = { value: locale === 'zh-CN' ? (100 - (percentOff ?? 0)) / 10 : (percentOff ?? 0) };
  switch (offer.kind) {
    case 'limited_time_discount':
      return offer.price == null
        ? t('offer.terms.percent', discount)
        : t('offer.terms.price', { price: money(offer.price) });
    case 'threshold_reduction': {
      const key = offer.repeat ? 'offer.terms.every' : 'offer.terms.tier';
      return (offer.tiers ?? []).map((tier) => t(key, { spend: money(tier.spend), off: money(tier.off) })).join(' · ');
    }
    case 'cross_shop_threshold':
      return t('offer.terms.every', { spend: money(offer.every), off: money(offer.off) });
    case 'coupon':
      return offer.spend
        ? t('offer.terms.tier', { spend: money(offer.spend), off: money(offer.off) })
        : t('offer.terms.off', { off: money(offer.off) });
    case 'nth_item':
      return t('offer.terms.nth', { nth: offer.nth ?? 0, ...discount });
    case 'gift':
      return t('offer.terms.gift', {
        spend: money(offer.spend),
        sku: offer.giftSku ?? '',
        quantity: offer.quantity ?? 0,
      });
    case 'flash_sale':
      return [
        t('offer.terms.price', { price: money(offer.price) }),
        ...(offer.limitPerCustomer ? [t('offer.terms.limit', { limit: offer.limitPerCustomer })] : []),
        ...(offer.quota ? [t('offer.terms.quota', { quota: offer.quota })] : []),
      ].join(' · ');
    case 'presale':
      return t('offer.terms.presale', { deposit: money(offer.deposit), expandsTo: money(offer.expandsTo) });
  }
}

/** Where and for what an offer is, in one line. */
export function scopeText(offer: Pick<Offer, 'shops' | 'scope'>, t: Translate): string {
  const { skus = [], categories = [] } = offer.scope ?? {};
  const goods = [
    ...(categories.length > 0 ? [categories.join(', ')] : []),
    ...(skus.length > 0 ? [t('offer.scope.skus', { skus: skus.length })] : []),
  ];
  return [
    offer.shops ? offer.shops.join(', ') : t('offer.scope.allShops'),
    goods.length > 0 ? goods.join(' + ') : t('offer.scope.all'),
  ].join(' · ');
}
