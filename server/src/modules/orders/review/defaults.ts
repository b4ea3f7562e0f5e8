import { hash } from 'node:crypto';
import type { Rule } from '../domain/review-rules.ts';

type Draft = Omit<Rule, 'id' | 'version' | 'title' | 'priority'> & { title: { 'zh-CN': string; en: string } };

const window = (by: 'phone' | 'address' | 'device') => ({ by, minutes: 10, count: 5 });
const scalper = (by: 'phone' | 'address' | 'device', zh: string, en: string): Draft => ({
  code: `scalper_${by}`,
  title: { 'zh-CN': `黄牛：10 分钟内同一${zh}下 5 单`, en: `Scalper: 5 orders in 10 minutes by one ${en}` },
  state: 'draft',
  conditions: [],
  window: window(by),
  action: { do: 'hold', hold: 'scalper' },
});

/**
 * The rules an organisation starts with. What would hold ordinary orders of some shops is a draft: to be tried against past
 * orders and switched on by those who want it.
 */
const DEFAULTS: readonly Draft[] = [
  {
    code: 'blacklist',
    title: { 'zh-CN': '命中黑名单', en: 'On the blacklist' },
    state: 'on',
    conditions: [{ field: 'blacklisted', operator: 'any_of', value: ['phone', 'address', 'device'] }],
    window: null,
    action: { do: 'hold', hold: 'blacklist' },
  },
  {
    code: 'high_value',
    title: { 'zh-CN': '高额订单', en: 'High value' },
    state: 'on',
    conditions: [{ field: 'total', operator: 'at_least', value: { amount: 2_000_000, currency: 'CNY' } }],
    window: null,
    action: { do: 'hold', hold: 'high_value' },
  },
  {
    code: 'quantity_over_norm',
    title: { 'zh-CN': '数量远超常规', en: 'Quantity far over the norm' },
    state: 'on',
    conditions: [{ field: 'quantityOfNorm', operator: 'at_least', value: 50 }],
    window: null,
    action: { do: 'hold', hold: 'quantity' },
  },
  {
    code: 'remark_words',
    title: { 'zh-CN': '备注要求改单、开票', en: 'The remark asks for a change or an invoice' },
    state: 'draft',
    conditions: [
      {
        field: 'remark',
        operator: 'contains_any',
        value: [
          '改地址',
          '换地址',
          '地址改',
          '改成',
          '换成',
          '发票',
          '开票',
          '不要发',
          '先别发',
          '暂不发',
          '取消',
          '联系我',
          'invoice',
          'change',
        ],
      },
    ],
    window: null,
    action: { do: 'hold', hold: 'remark' },
  },
  scalper('phone', '手机号', 'phone'),
  scalper('address', '地址', 'address'),
  scalper('device', '设备', 'device'),
  {
    code: 'new_customer_high_value',
    title: { 'zh-CN': '新客户大额订单须核实身份', en: 'A new customer’s large order: verify identity' },
    state: 'draft',
    conditions: [
      { field: 'newCustomer', operator: 'is', value: true },
      { field: 'total', operator: 'at_least', value: { amount: 500_000, currency: 'CNY' } },
    ],
    window: null,
    action: { do: 'require_id' },
  },
  {
    code: 'cod_high_value',
    title: { 'zh-CN': '大额货到付款', en: 'Large cash on delivery' },
    state: 'draft',
    conditions: [
      { field: 'payment', operator: 'any_of', value: ['cod'] },
      { field: 'total', operator: 'at_least', value: { amount: 100_000, currency: 'CNY' } },
    ],
    window: null,
    action: { do: 'hold', hold: 'cod' },
  },
];

const STEP = 10;

/** The default rules of an organisation that has changed none, in its language; version 0 = as delivered. */
export const defaultRules = (orgId: string, locale: 'zh-CN' | 'en'): Rule[] =>
  DEFAULTS.map((rule, i) => ({
    ...rule,
    id: idOf(orgId, rule.code),
    version: 0,
    title: rule.title[locale],
    priority: (i + 1) * STEP,
  }));

/** The same id each time, and another in every organisation. */
function idOf(orgId: string, code: string): string {
  const hex = hash('sha256', `${orgId}/review-rule/${code}`, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
