import type {
  AftersalesType,
  Evidence,
  Freight,
  PolicyRule,
  PolicyVersion,
  Reason,
  Review,
  WindowStart,
} from './vocabulary.ts';

/**
 * The policy shipped for the Chinese market; it decides until an organisation publishes one of its own. Like every published
 * version it is never changed: another default would be another constant with a day of its own.
 *
 * 消费者权益保护法 art. 25: goods bought at a distance may be returned within seven days of receipt without a reason, the
 * buyer paying the way back; not so goods made to the customer's order, fresh and perishable ones, digital ones downloaded
 * or unsealed, newspapers and periodicals. Art. 24: faulty goods may be returned within seven days of receipt, the seller
 * paying; longer is the shop's choice, and the default's. 网络购买商品七日无理由退货暂行办法 (2017) fixes the counting from the
 * day after the goods were signed for. 食品安全法 art. 148 and 消费者权益保护法 art. 55 are why goods past their day and
 * counterfeits have the longest windows. The hours for fresh goods are custom, not law.
 */

type Window = [count: number, unit: 'hour' | 'day', from: WindowStart];
type Terms = { window: Window; freight: Freight; evidence?: Evidence; review?: Review };
type Clause = { code: string; zh: string; en: string };

const rule = (
  category: string,
  type: AftersalesType,
  reason: Reason | '*',
  { code, zh, en }: Clause,
  terms: Terms | null,
): PolicyRule => ({
  category,
  type,
  reason,
  allowed: terms !== null,
  window: terms && { count: terms.window[0], unit: terms.window[1], from: terms.window[2] },
  freight: terms?.freight ?? 'buyer',
  evidence: terms?.evidence ?? 'none',
  review: terms?.review ?? 'reviewed',
  clause: code,
  text: { 'zh-CN': zh, en },
});

const NO_REASON: Clause = {
  code: 'general.no_reason',
  zh: '七天无理由：签收次日起 7 天内，商品完好可退换，退回运费由买家承担。',
  en: 'Seven days without a reason: within 7 days from the day after receipt, goods as they came may be returned or exchanged; the buyer pays the way back.',
};
const UNSENT: Clause = {
  code: 'general.unsent',
  zh: '发货前可随时申请退款；发货后请申请退货退款。',
  en: 'Until the goods are sent they may be refunded at any time; afterwards ask for a return.',
};
const QUALITY: Clause = {
  code: 'general.quality',
  zh: '质量问题：签收次日起 15 天内凭照片可退、可换、可补发，运费由商家承担。',
  en: 'Faults: within 15 days from the day after receipt, with a photo, goods may be returned, exchanged or sent again; the seller pays the way.',
};
const DAMAGED: Clause = {
  code: 'general.damaged',
  zh: '运输破损：签收次日起 7 天内凭照片可退、可换、可补发，运费由商家承担。',
  en: 'Damage on the way: within 7 days from the day after receipt, with a photo, goods may be returned, exchanged or sent again; the seller pays the way.',
};
const OUR_FAULT: Clause = {
  code: 'general.not_as_ordered',
  zh: '发错、少发、与描述不符或过期：签收次日起 15 天内凭照片处理，运费由商家承担。',
  en: 'Wrong, missing, not as described or past its day: within 15 days from the day after receipt, with a photo; the seller pays the way.',
};
const COUNTERFEIT: Clause = {
  code: 'general.counterfeit',
  zh: '假冒商品：签收次日起 365 天内凭照片处理，运费由商家承担。',
  en: 'Counterfeits: within 365 days from the day after receipt, with a photo; the seller pays the way.',
};
const NOT_RECEIVED: Clause = {
  code: 'general.not_received',
  zh: '未收到货：发货次日起 30 天内核实后退款或补发。',
  en: 'Not received: within 30 days from the day after dispatch, refunded or sent again once it was looked into.',
};
const LATE: Clause = {
  code: 'general.late',
  zh: '发货或配送延误：付款次日起 30 天内可申请，运费由商家承担。',
  en: 'Late: may be asked for within 30 days from the day after payment; the seller pays the way.',
};
const REPAIR: Clause = {
  code: 'general.repair',
  zh: '保修：签收次日起 365 天内凭照片免费维修，往返运费由商家承担。',
  en: 'Warranty: within 365 days from the day after receipt, with a photo, repaired free of charge; the seller pays both ways.',
};
const REPAIR_PAID: Clause = {
  code: 'general.repair_other',
  zh: '保修范围外的维修：签收次日起 365 天内可申请，费用先报价，运费由买家承担。',
  en: 'Repairs outside the warranty: may be asked for within 365 days from the day after receipt; quoted first, the buyer pays the way.',
};
const OTHER: Clause = {
  code: 'general.other',
  zh: '其他原因：签收次日起 7 天内凭照片申请，由客服审核，退回运费由买家承担。',
  en: 'Other reasons: may be asked for within 7 days from the day after receipt, with a photo; reviewed by an agent, the buyer pays the way back.',
};
const PRICE: Clause = {
  code: 'general.price_protection',
  zh: '价保：付款次日起 15 天内降价，差价原路退回；秒杀商品和赠品除外。',
  en: 'Price protection: when the price falls within 15 days from the day after payment, the difference goes back to the original account; not for flash sales and gifts.',
};
const COMPENSATION: Clause = {
  code: 'general.compensation',
  zh: '赔付：付款次日起 90 天内，由客服在权限内审核。',
  en: 'Compensation: within 90 days from the day after payment, reviewed by an agent within their authority.',
};

const SEVEN: Window = [7, 'day', 'receipt'];
const FIFTEEN: Window = [15, 'day', 'receipt'];
const YEAR: Window = [365, 'day', 'receipt'];
const shown = (window: Window, freight: Freight = 'seller'): Terms => ({ window, freight, evidence: 'photo' });
const plain = (window: Window, freight: Freight, review: Review = 'reviewed'): Terms => ({ window, freight, review });

/** The same clause for several kinds of request; a refund alone moves no goods. */
const each = (
  category: string,
  types: readonly AftersalesType[],
  reasons: readonly (Reason | '*')[],
  clause: Clause,
  terms: Terms | null,
): PolicyRule[] =>
  types.flatMap((type) =>
    reasons.map((reason) =>
      rule(category, type, reason, clause, terms && (type === 'refund' ? { ...terms, freight: 'none' } : terms)),
    ),
  );

const GENERAL: PolicyRule[] = [
  rule('', 'refund', 'no_reason', UNSENT, plain([0, 'hour', 'dispatch'], 'none', 'instant')),
  ...each('', ['return', 'exchange'], ['no_reason'], NO_REASON, plain(SEVEN, 'buyer', 'instant')),
  ...each('', ['refund', 'return', 'exchange', 'reship'], ['quality'], QUALITY, shown(FIFTEEN)),
  ...each('', ['return', 'exchange'], ['malfunction'], QUALITY, shown(FIFTEEN)),
  ...each('', ['refund', 'return', 'exchange', 'reship'], ['damaged'], DAMAGED, shown(SEVEN)),
  ...each('', ['refund', 'return', 'exchange', 'reship'], ['wrong_item', 'expired'], OUR_FAULT, shown(FIFTEEN)),
  ...each('', ['refund', 'return', 'exchange'], ['not_as_described'], OUR_FAULT, shown(FIFTEEN)),
  ...each('', ['refund', 'reship'], ['missing'], OUR_FAULT, shown(FIFTEEN)),
  ...each('', ['refund', 'return'], ['counterfeit'], COUNTERFEIT, shown(YEAR)),
  ...each('', ['refund', 'reship'], ['not_received'], NOT_RECEIVED, plain([30, 'day', 'dispatch'], 'seller')),
  ...each('', ['refund', 'return'], ['late'], LATE, plain([30, 'day', 'payment'], 'seller')),
  ...each('', ['repair'], ['quality', 'malfunction', 'damaged'], REPAIR, shown(YEAR)),
  ...each('', ['repair'], ['other'], REPAIR_PAID, shown(YEAR, 'buyer')),
  ...each('', ['refund', 'return', 'exchange', 'reship'], ['other'], OTHER, shown(SEVEN, 'buyer')),
  rule('', 'price_protection', 'price_drop', PRICE, plain([15, 'day', 'payment'], 'none', 'instant')),
  rule('', 'compensation', '*', COMPENSATION, plain([90, 'day', 'payment'], 'none')),
];

const FRESH_NO_REASON: Clause = {
  code: 'fresh.no_reason',
  zh: '鲜活易腐商品不适用七天无理由退换（消费者权益保护法第二十五条）。',
  en: 'Fresh and perishable goods cannot be returned without a reason (consumer protection law, art. 25).',
};
const FRESH_QUALITY: Clause = {
  code: 'fresh.quality',
  zh: '生鲜质量问题：签收后 48 小时内凭照片退款或补发，无需寄回。',
  en: 'Faults of fresh goods: within 48 hours of receipt, with a photo, refunded or sent again; nothing has to be sent back.',
};
const FRESH_DAMAGED: Clause = {
  code: 'fresh.damaged',
  zh: '生鲜运输破损或变质：签收后 24 小时内凭照片退款或补发，无需寄回。',
  en: 'Fresh goods damaged on the way: within 24 hours of receipt, with a photo, refunded or sent again; nothing has to be sent back.',
};
const fresh = (category: string): PolicyRule[] => [
  ...each(category, ['return', 'exchange'], ['no_reason', 'other'], FRESH_NO_REASON, null),
  ...each(
    category,
    ['refund', 'return', 'exchange', 'reship'],
    ['quality', 'expired'],
    FRESH_QUALITY,
    shown([48, 'hour', 'receipt']),
  ),
  ...each(
    category,
    ['refund', 'return', 'exchange'],
    ['not_as_described'],
    FRESH_QUALITY,
    shown([48, 'hour', 'receipt']),
  ),
  ...each(
    category,
    ['refund', 'return', 'exchange', 'reship'],
    ['damaged'],
    FRESH_DAMAGED,
    shown([24, 'hour', 'receipt']),
  ),
];

const CUSTOM: Clause = {
  code: 'custom.no_reason',
  zh: '消费者定作的商品不适用七天无理由退换（消费者权益保护法第二十五条）。',
  en: 'Goods made to order cannot be returned without a reason (consumer protection law, art. 25).',
};
const DIGITAL: Clause = {
  code: 'digital.no_reason',
  zh: '数字化商品不适用七天无理由退换（消费者权益保护法第二十五条）。',
  en: 'Digital goods cannot be returned without a reason (consumer protection law, art. 25).',
};
const PRESS: Clause = {
  code: 'press.no_reason',
  zh: '交付的报纸、期刊不适用七天无理由退换（消费者权益保护法第二十五条）。',
  en: 'Newspapers and periodicals cannot be returned without a reason (consumer protection law, art. 25).',
};
const excepted = (names: readonly string[], clause: Clause): PolicyRule[] =>
  names.flatMap((name) => each(`*/${name}`, ['return', 'exchange'], ['no_reason'], clause, null));

export const BUILT_IN: PolicyVersion = {
  no: 0,
  effectiveFrom: new Date(0),
  rules: [
    ...GENERAL,
    ...['生鲜', '鲜活易腐', 'Fresh'].flatMap((name) => fresh(`*/${name}`)),
    ...excepted(['定制', 'Made to order'], CUSTOM),
    ...excepted(['数字商品', 'Digital'], DIGITAL),
    ...excepted(['报刊', 'Newspapers'], PRESS),
  ],
};
