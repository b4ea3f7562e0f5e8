import { type Currency, minorDigits, parseMinor } from '#kernel/money.ts';
import type { Reject, TableRow } from '#kernel/transfers/index.ts';
import type { ShipTo } from '../domain/check-address.ts';
import type { OrderRows } from './group.ts';
import type { OrderMapping } from './mapping.ts';
import type { Reader } from './reader.ts';

export type Buyer = { externalId: string | undefined; name: string; phone: string };
export type DraftLine = { row: number; sku: string; title: string; quantity: number; unitPrice: number | undefined };
type Common = {
  row: number;
  rows: number;
  externalNo: string;
  shop: string;
  at: Date;
  buyer: Buyer;
  rejects: Reject[];
};
export type OrderDraft = Common & {
  kind: 'order';
  channel: string;
  payment: string;
  shipTo: ShipTo;
  remark: string;
  lines: DraftLine[];
  freight: number;
  discount: number;
  /** Rows whose amount stands on the order itself. */ extras: number[];
};
export type RefundDraft = Common & {
  kind: 'refund';
  lines: { row: number; n: number; sku: string; quantity: number; amount: number }[];
};
export type Refused = { kind: 'none'; rows: number; rejects: Reject[] };
export type Draft = OrderDraft | RefundDraft | Refused;

export type Reading = {
  mapping: OrderMapping;
  reader: Reader;
  dateOf: (text: string) => Date | undefined;
  currencyOf: (shop: string) => Currency | undefined;
  now: Date;
};

const QUANTITY = /^(-?\d{1,9})(?:\.0+)?$/;
const AMOUNT_MAX = 1_000_000_000_000;

/** A decimal text as minor units; undefined when it is no number, or has more places than the currency and may not be rounded. */
export function minorOf(text: string, currency: Currency, rounding: OrderMapping['rounding']): number | undefined {
  const exact = parseMinor(text, currency);
  if (exact !== undefined || rounding === 'reject') return exact;
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d+)\.(\d+)$/.exec(text) ?? [];
  if (whole === '') return undefined;
  const digits = minorDigits(currency);
  const value =
    Number(whole + fraction.slice(0, digits).padEnd(digits, '0')) + (Number(fraction[digits] ?? '0') >= 5 ? 1 : 0);
  return Number.isSafeInteger(value) ? (sign === '-' && value !== 0 ? -value : value) : undefined;
}

/** What the rows of one number are: an order, a cancellation, or nothing that can be taken. Every row not in it is in its rejects. */
export function classify(group: OrderRows, how: Reading): Draft {
  const first = group.rows[0] as TableRow;
  const { field } = how.reader;
  const refuse = (
    rows: readonly TableRow[],
    path: string,
    code: string,
    facts: Record<string, unknown> = {},
  ): Reject[] => rows.map((r) => ({ line: r.line, path, code, facts }));
  const none = (path: string, code: string, facts: Record<string, unknown> = {}): Refused => ({
    kind: 'none',
    rows: group.rows.length,
    rejects: refuse(group.rows, path, code, facts),
  });
  if (group.key === '' || group.key.length > 120)
    return none('externalNo', group.key === '' ? 'required' : 'too_big', { maximum: 120 });
  const shop = field.shop(first.cells);
  const currency = how.currencyOf(shop);
  if (currency === undefined) return none('shop', 'unknown_shop', { shop });
  const dateText = field.placedAt(first.cells);
  const at = dateText === '' && !how.mapping.historical ? how.now : how.dateOf(dateText);
  if (!at) return none('placedAt', 'invalid_format', { value: dateText });
  if (at > how.now) return none('placedAt', 'in_the_future');
  const common: Common = {
    row: first.line,
    rows: group.rows.length,
    externalNo: group.key,
    shop,
    at,
    buyer: buyerOf(first.cells, group.key, how),
    rejects: [],
  };
  const { cancellations } = how.mapping;
  if (cancellations && group.key.startsWith(cancellations.prefix)) return readRefund(group.rows, common, currency, how);
  return readOrder(group.rows, common, currency, how);
}

function buyerOf(cells: readonly string[], number: string, { reader: { field }, mapping }: Reading): Buyer {
  const id = field.customerId(cells);
  const phone = field.customerPhone(cells) || field.phone(cells);
  const name = field.customerName(cells) || field.name(cells);
  // With a column for customers an empty one is an anonymous buyer; without, the telephone number tells who it is.
  const known = id !== '' || (phone !== '' && mapping.fields?.customerId === undefined);
  const externalId =
    id !== ''
      ? id.slice(0, 120)
      : known
        ? undefined
        : mapping.anonymous === 'per_shop'
          ? 'anonymous'
          : `anonymous:${number}`.slice(0, 120);
  return { externalId, name: name.slice(0, 100), phone: phone.slice(0, 40) };
}

type Amounts = { quantity: number; price: number | undefined } | { problem: Omit<Reject, 'line'> };

function amounts(cells: readonly string[], currency: Currency, how: Reading): Amounts {
  const { field } = how.reader;
  const quantityText = field.quantity(cells);
  const quantity = QUANTITY.exec(quantityText)?.[1];
  if (quantity === undefined)
    return { problem: { path: 'quantity', code: 'not_a_number', facts: { value: quantityText.slice(0, 60) } } };
  const priceText = field.unitPrice(cells);
  if (priceText === '' && !how.mapping.historical) return { quantity: Number(quantity), price: undefined };
  const price = minorOf(priceText, currency, how.mapping.rounding);
  if (price === undefined)
    return {
      problem: { path: 'unitPrice', code: 'not_an_amount', facts: { value: priceText.slice(0, 60), currency } },
    };
  return Math.abs(Number(quantity) * price) > AMOUNT_MAX
    ? { problem: { path: 'unitPrice', code: 'total_too_large' } }
    : { quantity: Number(quantity), price };
}

function readOrder(rows: readonly TableRow[], common: Common, currency: Currency, how: Reading): OrderDraft | Refused {
  const { field, meaning } = how.reader;
  const { cells } = rows[0] as TableRow;
  const text = (name: keyof typeof field, max: number): string => field[name](cells).slice(0, max);
  const draft: OrderDraft = {
    ...common,
    kind: 'order',
    channel: text('channel', 40) || 'import',
    payment: text('payment', 20) || 'prepaid',
    remark: text('remark', 500),
    lines: [],
    freight: 0,
    discount: 0,
    extras: [],
    shipTo: {
      name: text('name', 100),
      phone: text('phone', 40),
      province: text('province', 60),
      city: text('city', 60),
      district: text('district', 60),
      address: text('address', 300),
      country: text('country', 60) || undefined,
    },
  };
  for (const { line, cells: own } of rows) {
    const { as, reason } = meaning(own);
    const read = amounts(own, currency, how);
    if (as === 'ignore') draft.rejects.push({ line, path: '', code: 'left_out_by_rule', facts: { reason } });
    else if ('problem' in read) draft.rejects.push({ line, ...read.problem });
    else if (as === 'discount') {
      draft.discount += Math.abs((read.price ?? 0) * read.quantity);
      draft.extras.push(line);
    } else if ((read.price ?? 0) < 0) draft.rejects.push({ line, path: 'unitPrice', code: 'negative_price' });
    else if (read.quantity <= 0)
      draft.rejects.push({ line, path: 'quantity', code: 'not_a_sale', facts: { quantity: read.quantity } });
    else if (as === 'freight') {
      draft.freight += (read.price ?? 0) * read.quantity;
      draft.extras.push(line);
    } else {
      const sku = field.sku(own).slice(0, 80);
      if (sku === '') draft.rejects.push({ line, path: 'sku', code: 'required' });
      else
        draft.lines.push({
          row: line,
          sku,
          title: field.title(own).slice(0, 300),
          quantity: read.quantity,
          unitPrice: read.price,
        });
    }
  }
  return complete(draft);
}

/** The order, if what is left of it can be one: at least one line of goods, and a total that adds up. */
export function complete(draft: OrderDraft): OrderDraft | Refused {
  const goods = draft.lines.reduce((sum, l) => sum + (l.unitPrice ?? 0) * l.quantity, 0);
  const all = (code: string, facts: Record<string, unknown> = {}): Refused => ({
    kind: 'none',
    rows: draft.rows,
    rejects: [
      ...draft.rejects,
      ...[...draft.extras, ...draft.lines.map((l) => l.row)].map((line) => ({ line, path: '', code, facts })),
    ],
  });
  if (draft.lines.length === 0)
    return draft.extras.length === 0 ? { kind: 'none', rows: draft.rows, rejects: draft.rejects } : all('no_goods');
  if (draft.discount > goods) return all('discount_exceeds_goods', { discount: draft.discount, goods });
  if (goods + draft.freight > AMOUNT_MAX) return all('total_too_large');
  return draft;
}

/** A line's place among the rows of its cancellation names it for good: a refund is booked once per place. */
function readRefund(
  rows: readonly TableRow[],
  common: Common,
  currency: Currency,
  how: Reading,
): RefundDraft | Refused {
  const draft: RefundDraft = { ...common, kind: 'refund', lines: [] };
  rows.forEach(({ line, cells }, i) => {
    const { as, reason } = how.reader.meaning(cells);
    const read = amounts(cells, currency, how);
    if (as === 'ignore') draft.rejects.push({ line, path: '', code: 'left_out_by_rule', facts: { reason } });
    else if ('problem' in read) draft.rejects.push({ line, ...read.problem });
    else if (as !== 'goods') draft.rejects.push({ line, path: 'sku', code: 'refund_without_goods' });
    else if (read.quantity >= 0 || (read.price ?? 0) < 0)
      draft.rejects.push({ line, path: 'quantity', code: 'not_a_cancellation', facts: { quantity: read.quantity } });
    else if (draft.buyer.externalId?.startsWith('anonymous'))
      draft.rejects.push({ line, path: 'customerId', code: 'cancellation_without_customer' });
    else
      draft.lines.push({
        row: line,
        n: i + 1,
        sku: how.reader.field.sku(cells).slice(0, 80),
        quantity: -read.quantity,
        amount: -read.quantity * (read.price ?? 0),
      });
  });
  return draft.lines.length === 0 ? { kind: 'none', rows: draft.rows, rejects: draft.rejects } : draft;
}
