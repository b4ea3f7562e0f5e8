import { zoned } from '#kernel/time.ts';
import type { RedReason } from '../../domain/invoice-flow.ts';
import type { Buyer } from '../../domain/title.ts';
import { INVOICE_ZONE } from '../../zone.ts';
import type { DocumentOrder } from '../provider.ts';

/** Nuonuo's redReason is not the bureau's code: 1 销货退回 2 开票有误 3 服务中止 4 销售折让. */
export const NUONUO_RED_REASON: Readonly<Record<RedReason, string>> = { '01': '2', '02': '1', '03': '3', '04': '4' };

/** 票种: digital general, digital special, and the same on paper. */
const LINE = { general: { digital: 'pc', paper: 'ec' }, special: { digital: 'bs', paper: 'es' } } as const;
export const invoiceLineOf = (o: Pick<DocumentOrder, 'type' | 'medium'>): string => LINE[o.type][o.medium];

const yuan = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const PRICE_SCALE = 100_000_000n;

/** Price with tax of one unit in yuan, to 8 digits: more than its product can be told from the amount. */
export function unitPrice(amount: number, quantity: number): string {
  const scaled = (BigInt(amount) * PRICE_SCALE) / 100n / BigInt(quantity);
  const text = scaled.toString().padStart(9, '0');
  return `${text.slice(0, -8)}.${text.slice(-8)}`.replace(/\.?0+$/, '') || '0';
}

function timeOf(at: Date): string {
  const p = zoned(at, INVOICE_ZONE);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${p.year}-${two(p.month)}-${two(p.day)} ${two(p.hour)}:${two(p.minute)}:${two(p.second)}`;
}

type Line = DocumentOrder['lines'][number];
/** 1 出口 is not ours; 1 免税, 2 不征税, 3 普通零税率, empty for a line that is taxed. */
const zeroRateFlag = (l: Line): string => {
  if (l.rateBp > 0) return '';
  return l.policy === '03' ? '1' : l.policy === '04' ? '2' : '3';
};

/** One detail. Both amounts go along, so nothing is computed on the other side that could come out otherwise. */
const detail = (l: Line, sign: 1 | -1, withUnits: boolean): Record<string, string> => ({
  goodsName: l.title.slice(0, 90),
  goodsCode: l.code,
  withTaxFlag: '1',
  taxRate: String(l.rateBp / 10_000),
  taxIncludedAmount: yuan(sign * l.amount),
  taxExcludedAmount: yuan(sign * (l.amount - l.tax)),
  tax: yuan(sign * l.tax),
  unit: l.unit,
  invoiceLineProperty: '0',
  favouredPolicyFlag: l.policy ?? '0',
  zeroRateFlag: zeroRateFlag(l),
  ...(withUnits ? { num: String(sign * l.quantity), price: unitPrice(l.amount, l.quantity) } : {}),
});

const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' ');
const seller = ({ seller: s }: DocumentOrder) => ({
  salerTaxNum: s.sellerTaxId,
  salerTel: s.sellerPhone,
  salerAddress: s.sellerAddress,
  salerAccount: joined(s.sellerBank, s.sellerAccount),
});
const buyer = (b: Buyer) => ({
  buyerName: b.name,
  buyerTaxNum: b.taxId ?? '',
  buyerAddress: b.address ?? '',
  buyerTel: b.phone ?? '',
  buyerAccount: joined(b.bank, b.account),
  naturalPersonFlag: b.kind === 'personal' ? '1' : '0',
});

/** requestBillingNew. Nuonuo pushes nothing itself: we write to the buyer. */
export const blueRequest = (o: DocumentOrder) => ({
  order: {
    orderNo: o.serial,
    invoiceDate: timeOf(o.requestedAt),
    invoiceType: '1',
    invoiceLine: invoiceLineOf(o),
    clerk: o.seller.drawer,
    pushMode: '-1',
    remark: o.remark.slice(0, 200),
    callBackUrl: o.callbackUrl,
    ...seller(o),
    ...buyer(o.buyer),
    invoiceDetail: o.lines.map((l) => detail(l, 1, true)),
  },
});

/**
 * fastInvoiceRed, the quick red letter of digital invoices: whole, or over the named details when `invoiceDetail` is there.
 * `billNo` is the confirmation's number where the buyer had to agree.
 */
export const redRequest = (o: DocumentOrder) => ({
  orderNo: o.serial,
  orderTime: timeOf(o.requestedAt),
  taxNum: o.seller.sellerTaxId,
  elecInvoiceNumber: o.original?.number ?? '',
  invoiceId: o.original?.ref ?? '',
  invoiceLine: invoiceLineOf(o),
  redReason: NUONUO_RED_REASON[o.reason ?? '02'],
  clerk: o.seller.drawer,
  callBackUrl: o.callbackUrl,
  ...(o.confirmationNo ? { billNo: o.confirmationNo } : {}),
  ...(o.original?.whole
    ? {}
    : { invoiceDetail: o.lines.map((l) => ({ ...detail(l, -1, false), blueDetailIndex: String(l.lineNo) })) }),
});

const PERSONAL = ['buyerName', 'buyerTel', 'buyerAddress', 'buyerAccount', 'buyerTaxNum', 'callBackUrl'];

/** As it may be kept in the open: who the buyer is stays out, and so does the address that lets others call us. */
export function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  const hidden = (k: string, v: unknown): unknown => (PERSONAL.includes(k) && v !== '' ? '***' : redacted(v));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, hidden(k, v)]));
}
