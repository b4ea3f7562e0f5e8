import type { Severity } from './words.ts';

export type Category = {
  code: string;
  name: { 'zh-CN': string; en: string };
  enabled: boolean;
  builtIn: boolean;
  /** Customers choose among these when they open a ticket. */
  offered: boolean;
};

const SEPARATOR = '/';
/** The six kinds of things customers come with; every category lies below one of them. */
export const ROOTS = ['inquiry', 'order', 'logistics', 'aftersales', 'complaint', 'suggestion'] as const;
export type Root = (typeof ROOTS)[number];

/** What people of the desk find out; nobody comes saying so. */
const KEPT_BACK: readonly string[] = ['order/shortage', 'complaint/media'];

const made = (code: string, zh: string, en: string): Category => ({
  code,
  name: { 'zh-CN': zh, en },
  enabled: true,
  builtIn: true,
  offered: !KEPT_BACK.includes(code),
});

/** What every organisation has. It adds its own below a root. */
export const BUILT_IN_CATEGORIES: readonly Category[] = [
  made('inquiry', '咨询', 'Inquiry'),
  made('inquiry/product', '商品咨询', 'About a product'),
  made('inquiry/promotion', '活动与优惠', 'Offers and coupons'),
  made('inquiry/invoice', '发票咨询', 'Invoices'),
  made('inquiry/account', '账户与会员', 'Account and membership'),
  made('order', '订单', 'Order'),
  made('order/change', '修改订单', 'Change an order'),
  made('order/cancel', '取消订单', 'Cancel an order'),
  made('order/payment', '支付问题', 'Payment'),
  made('order/shortage', '缺货', 'Out of stock'),
  made('logistics', '物流', 'Logistics'),
  made('logistics/delay', '催件', 'Late parcel'),
  made('logistics/lost', '丢件', 'Lost parcel'),
  made('logistics/damaged', '破损', 'Damaged parcel'),
  made('logistics/address', '改地址与拦截', 'Address and interception'),
  made('aftersales', '售后', 'After-sales'),
  made('aftersales/return', '退货退款', 'Return and refund'),
  made('aftersales/exchange', '换货', 'Exchange'),
  made('aftersales/repair', '维修', 'Repair'),
  made('aftersales/quality', '质量问题', 'Quality'),
  made('complaint', '投诉', 'Complaint'),
  made('complaint/service', '服务投诉', 'Service'),
  made('complaint/logistics', '物流投诉', 'Logistics'),
  made('complaint/product', '商品投诉', 'Product'),
  made('complaint/counterfeit', '假货', 'Counterfeit'),
  made('complaint/attitude', '服务态度', 'Attitude'),
  made('complaint/safety', '安全', 'Safety'),
  made('complaint/media', '媒体曝光', 'Media'),
  made('suggestion', '建议', 'Suggestion'),
  made('suggestion/product', '商品建议', 'Product'),
  made('suggestion/service', '服务建议', 'Service'),
];

/** Complaints that are major whoever writes them down. */
const MAJOR: readonly string[] = ['complaint/counterfeit', 'complaint/attitude', 'complaint/safety', 'complaint/media'];

/** Whether a category is another one or lies below it. */
export const isBelow = (code: string, above: string): boolean => code === above || code.startsWith(above + SEPARATOR);
export const rootOf = (code: string): string => code.split(SEPARATOR)[0] ?? code;
export const isComplaint = (code: string): boolean => rootOf(code) === 'complaint';

/** How grave a ticket of the category is when nobody says otherwise. */
export const usualSeverity = (code: string): Severity =>
  MAJOR.some((major) => isBelow(code, major)) ? 'major' : 'normal';

/** Reported on three times a day until the customer has signed. */
export const isMajorComplaint = (t: { category: string; severity: Severity }): boolean =>
  t.severity === 'major' && isComplaint(t.category);
