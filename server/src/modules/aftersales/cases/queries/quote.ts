import type { Tx } from '#kernel/db/index.ts';
import {
  getOrder,
  lineLeft,
  linesOf,
  type LineRow,
  moneyLeft,
  type OrderRow,
  priceOfKept,
  restLeft,
} from '#modules/orders/index.ts';
import type { Freight } from '../../policies/index.ts';
import { type Allocation, allocateRefund, type Part, type RefundLine, type Taken } from '../domain/allocate.ts';
import { type CaseSettings, caseSettings } from '../settings.ts';
import type { CaseRow } from '../store/cases.ts';
import { replacedUnits, type ReplacementLineRow, replacementLines } from '../store/extras.ts';
import { caseLines } from '../store/lines.ts';
import { givenBy } from '../store/money.ts';
import { unitsOf, type UnitsRow } from '../store/units.ts';
import { takenBy } from './taken.ts';

/** What a refund is reckoned by, besides the order. */
export type QuoteTerms = {
  freight: Freight;
  /** Fetched by a carrier of ours. */ fetched: boolean;
  agreed: number | null;
  /** What the case itself has given back already: reckoned as if it had not. */ given: readonly Part[];
  /** Units of each line the case holds; those other cases hold are not the customer's to keep. */
  own: ReadonlyMap<string, number>;
  /** Units that leave the order take their price along, whatever of it was paid and is still there. */ unlimited?: boolean;
};

const givenOf = (given: readonly Part[], orderId: string, lineId?: string | null): number =>
  given.reduce(
    (n, p) => (p.orderId === orderId && (lineId === undefined || p.lineId === lineId) ? n + p.amount : n),
    0,
  );

/** A line as the reckoning sees it, with whose payment covers it where it replaced others. */
async function refundLine(
  tx: Tx,
  order: OrderRow,
  line: LineRow,
  around: {
    units: UnitsRow | undefined;
    replaces: ReplacementLineRow | undefined;
    replaced: number;
    terms: QuoteTerms;
  },
): Promise<RefundLine> {
  const { units, replaces, terms } = around;
  const given = givenOf(terms.given, order.id, line.id);
  // gifts that are on their way back in another case are not kept
  const elsewhere = line.kind === 'gift' ? Math.max((units?.open ?? 0) - (terms.own.get(line.id) ?? 0), 0) : 0;
  return {
    lineId: line.id,
    gift: line.kind === 'gift',
    quantity: line.quantity,
    gone: line.cancelled + line.came_back,
    settled: (units?.settled ?? 0) + elsewhere,
    payable: line.payable,
    listPrice: line.list_price,
    left: lineLeft(order, line) + given,
    refunded: line.refunded_amount - given,
    paidBack: Math.max((units?.paid_back ?? 0) - given, 0),
    replaced: around.replaced,
    withheld: units?.withheld ?? 0,
    credit: replaces ? await creditOf(tx, replaces, terms) : null,
  };
}

async function creditOf(tx: Tx, r: ReplacementLineRow, terms: QuoteTerms): Promise<RefundLine['credit']> {
  const origin = await getOrder(tx, r.origin_order_id);
  const line = (await linesOf(tx, origin.id)).find((l) => l.id === r.origin_line_id);
  return {
    orderId: origin.id,
    lineId: r.origin_line_id,
    amount: r.credit,
    left: line ? Math.min(lineLeft(origin, line) + givenOf(terms.given, origin.id, line.id), r.credit) : 0,
  };
}

/** What is kept with the units out of the way, priced by the offers of then; its gifts by the lines that are them. */
async function keptWithout(
  tx: Tx,
  order: OrderRow,
  lines: readonly RefundLine[],
  rows: readonly LineRow[],
  taken: readonly Taken[],
): Promise<{ price: number; gifts: ReadonlyMap<string, number> } | null> {
  const units = new Map(taken.map((t) => [t.lineId, t.units]));
  const keep = new Map(
    lines.map((l) => [l.lineId, l.quantity - l.gone - l.settled + l.replaced - (units.get(l.lineId) ?? 0)] as const),
  );
  const priced = await priceOfKept(tx, order, keep);
  if (priced === null) return null;
  const gifts = new Map<string, number>();
  const left = new Map(priced.gifts);
  for (const row of rows.filter((l) => l.kind === 'gift')) {
    const here = Math.min(left.get(row.sku) ?? 0, keep.get(row.id) ?? 0);
    left.set(row.sku, (left.get(row.sku) ?? 0) - here);
    gifts.set(row.id, here);
  }
  return { price: [...priced.lines.values()].reduce((n, p) => n + p, 0), gifts };
}

/** What belongs to no line and can go back. What the case itself has given of it counts as freight, which goes last. */
async function restOf(
  tx: Tx,
  order: OrderRow,
  terms: QuoteTerms,
): Promise<{ freightLeft: number; withheldLeft: number }> {
  const { freight, withheld } = await restLeft(tx, order);
  const given = givenOf(terms.given, order.id, null);
  const freightGiven = Math.min(given, order.freight_amount - freight);
  return { freightLeft: freight + freightGiven, withheldLeft: withheld + given - freightGiven };
}

const freightComesBack = (settings: CaseSettings, freight: Freight): boolean =>
  settings.freightBack === 'whole' || (settings.freightBack === 'seller_fault' && freight === 'seller');

/**
 * What goes back for units of an order as things are now: the preview and what is carried out are this one reckoning. Decided by under
 * the locks of the order and of those whose payment covers it.
 */
export async function reckon(tx: Tx, order: OrderRow, taken: readonly Taken[], terms: QuoteTerms): Promise<Allocation> {
  const settings = await caseSettings.get(tx);
  const rows = await linesOf(tx, order.id);
  const units = await unitsOf(tx, order.id);
  const replaced = await replacedUnits(tx, order.id);
  const replaces = new Map((await replacementLines(tx, order.id)).map((r) => [r.line_id, r]));
  const lines: RefundLine[] = [];
  for (const row of rows)
    lines.push(
      await refundLine(tx, order, row, {
        units: units.get(row.id),
        replaces: replaces.get(row.id),
        replaced: replaced.get(row.id) ?? 0,
        terms,
      }),
    );
  const buyerBears = terms.freight !== 'seller' && settings.keepBackThresholds;
  const left = new Map([[order.id, (await moneyLeft(tx, order)) + givenOf(terms.given, order.id)]]);
  for (const { credit } of lines)
    if (credit !== null && !left.has(credit.orderId)) {
      const origin = await getOrder(tx, credit.orderId);
      left.set(origin.id, (await moneyLeft(tx, origin)) + givenOf(terms.given, origin.id));
    }
  return allocateRefund(lines, taken, {
    orderId: order.id,
    currency: order.currency,
    buyerBears,
    ...(await restOf(tx, order, terms)),
    freightBack: freightComesBack(settings, terms.freight),
    returnFreight: terms.fetched && terms.freight === 'buyer' ? settings.pickupFee : 0,
    agreed: terms.agreed,
    moneyLeft: terms.unlimited ? new Map([...left.keys()].map((id) => [id, Number.MAX_SAFE_INTEGER])) : left,
    kept: await keptWithout(tx, order, lines, rows, taken),
  });
}

/** What a case's terms are: its own policy's, and what was agreed with the customer. */
export async function termsOf(tx: Tx, row: CaseRow): Promise<QuoteTerms> {
  const lines = row.holds_units ? await caseLines(tx, [row.id]) : [];
  return {
    freight: row.policy.freight,
    fetched: row.pickup_id !== null,
    agreed: row.agreed_amount,
    given: await givenBy(tx, row.id),
    own: new Map(lines.map((l) => [l.line_id, l.quantity])),
  };
}

/** What a case comes to as things are now. */
export const quoteCase = async (
  tx: Tx,
  order: OrderRow,
  row: CaseRow,
  more: Pick<QuoteTerms, 'unlimited'> = {},
): Promise<Allocation> => reckon(tx, order, await takenBy(tx, row), { ...(await termsOf(tx, row)), ...more });
