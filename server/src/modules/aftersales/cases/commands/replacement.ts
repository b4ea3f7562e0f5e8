import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { skusByCode } from '#modules/catalog/index.ts';
import {
  cancelLocked,
  EXCHANGE_HOLD,
  liftHold,
  lockAnyOrder,
  type OrderRow,
  placeReplacement,
  type ReplacementLine,
} from '#modules/orders/index.ts';
import { ReplacementUnpaid } from '../errors.ts';
import { ReplacementPlaced } from '../events.ts';
import { reckon } from '../queries/quote.ts';
import { caseSettings } from '../settings.ts';
import { type CaseRow, saveCase } from '../store/cases.ts';
import { insertReplacementLines, replacementLines } from '../store/extras.ts';
import { caseLines } from '../store/lines.ts';
import { factsOf, tell } from '../tell.ts';

type Locked = { order: OrderRow; row: CaseRow };

/** What the units of each line are worth as they are exchanged: their share of what was paid, and nothing held against them. */
async function worths(tx: Tx, order: OrderRow, row: CaseRow): Promise<Map<string, number>> {
  const lines = await caseLines(tx, [row.id]);
  const { breakdown } = await reckon(
    tx,
    order,
    lines.map((l) => ({ lineId: l.line_id, units: l.quantity, deduction: 0 })),
    {
      freight: 'seller',
      fetched: false,
      agreed: null,
      given: [],
      own: new Map(lines.map((l) => [l.line_id, l.quantity])),
    },
  );
  return new Map(breakdown.flatMap((b) => (b.code === 'goods' && b.lineId !== null ? [[b.lineId, b.amount]] : [])));
}

/** The numbers replacements go by: that of the order, and a running one. */
async function numberFor(tx: Tx, order: OrderRow): Promise<string> {
  const made = await tx.query(
    'select distinct r.order_id from aftersales.replacement_lines r join aftersales.cases c on c.org_id = r.org_id and c.id = r.case_id where r.org_id = $1 and c.order_id = $2',
    [tx.orgId, order.id],
  );
  return `${order.order_no}-R${made.length + 1}`;
}

/**
 * Places the order that sends goods in place of a case's, its stock reserved in this transaction (AFT-6). Of the same goods nothing is
 * to be paid; of others the difference is, before they go. An exchange waits for the goods it replaces; what was missing does not.
 * Order and case are locked. @throws InsufficientStock naming the lines.
 */
export async function fetchReplacement(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<CaseRow> {
  const worth = await worths(tx, order, row);
  const skus = new Map(
    (
      await skusByCode(
        tx,
        row.wanted.map((w) => w.sku),
      )
    ).map((s) => [s.sku, s]),
  );
  const lines = new Map((await caseLines(tx, [row.id])).map((l) => [l.line_id, l]));
  const made = row.wanted.map((w): ReplacementLine & { origin: string; value: number } => {
    const sku = present(skus.get(w.sku), 'the goods were there when it was asked for');
    const value = worth.get(w.lineId) ?? 0;
    // the same goods cost the same, whatever their price is now; what was missing costs nothing
    const same = row.kind === 'reship' || lines.get(w.lineId)?.sku === w.sku;
    const unitPrice = same ? Math.max(sku.price_amount, Math.ceil(value / w.quantity)) : sku.price_amount;
    const price = unitPrice * w.quantity;
    return {
      id: newId(ctx.now.getTime()),
      sku,
      quantity: w.quantity,
      unitPrice,
      credit: same ? price : Math.min(value, price),
      origin: w.lineId,
      value,
    };
  });
  const { advanceExchange, exchangePayHours } = await caseSettings.get(tx);
  const replacement = await placeReplacement(tx, ctx, order, {
    orderNo: await numberFor(tx, order),
    lines: made,
    offer: row.kind === 'reship' ? 'reship' : 'exchange',
    hold: row.kind === 'exchange' && !advanceExchange ? EXCHANGE_HOLD : null,
    payWithinHours: exchangePayHours,
  });
  await linkLines(tx, order, row, replacement, made);
  await ReplacementPlaced.emit(tx, ctx, order.id, {
    ...factsOf(row),
    replacementNo: replacement.order_no,
    replacementId: replacement.id,
    amount: replacement.total_amount,
    currency: replacement.currency,
  });
  if (replacement.total_amount > 0)
    await tell(tx, ctx, { order, row }, 'difference_due', {
      data: {
        replacementNo: replacement.order_no,
        difference: { amount: replacement.total_amount, currency: replacement.currency },
      },
      key: replacement.id,
    });
  return saveCase(tx, ctx, row, {
    replacement_id: replacement.id,
    wanted: row.wanted.map((w, i) => {
      const { value = 0, credit = 0 } = made[i] ?? {};
      return { ...w, value, credit: Math.min(credit, value) };
    }),
  });
}

/** Writes down whose payment covers the lines: of goods that replaced others, the first one's. */
async function linkLines(
  tx: Tx,
  order: OrderRow,
  row: CaseRow,
  replacement: OrderRow,
  made: readonly (ReplacementLine & { origin: string; value: number })[],
): Promise<void> {
  const earlier = new Map((await replacementLines(tx, order.id)).map((r) => [r.line_id, r]));
  await insertReplacementLines(
    tx,
    made.map((m) => {
      const before = earlier.get(m.origin);
      return {
        order_id: replacement.id,
        line_id: m.id,
        case_id: row.id,
        origin_order_id: before?.origin_order_id ?? order.id,
        origin_line_id: before?.origin_line_id ?? m.origin,
        quantity: m.quantity,
        credit: Math.min(m.credit, m.value),
      };
    }),
  );
}

/** What the units given up were worth more than what is sent for them, by line. */
export const surplusOf = (row: CaseRow): Map<string, number> =>
  new Map(
    row.wanted.flatMap((w): [string, number][] => {
      const surplus = (w.value ?? 0) - (w.credit ?? 0);
      return surplus > 0 ? [[w.lineId, surplus]] : [];
    }),
  );

/** The goods may go: nothing they waited for is missing. @throws ReplacementUnpaid while a difference is open. */
export async function sendReplacement(tx: Tx, ctx: Ctx, row: CaseRow): Promise<void> {
  if (row.replacement_id === null) return;
  const order = await lockAnyOrder(tx, row.replacement_id);
  if (order.status === 'pending_payment') throw new ReplacementUnpaid({ orderNo: order.order_no });
  await liftHold(tx, ctx, order, { code: EXCHANGE_HOLD, note: row.no });
}

/**
 * What of the goods sent ahead of an exchange the old ones were to pay, in minor units, while nothing of those is accepted yet; 0 where
 * nothing has gone. Whoever keeps both owes it.
 */
export async function sentAhead(tx: Tx, row: CaseRow): Promise<number> {
  if (row.kind !== 'exchange' || row.replacement_id === null || row.executed_at !== null) return 0;
  const { status } = await lockAnyOrder(tx, row.replacement_id);
  const isHere = status === 'pending_payment' || status === 'paid' || status === 'cancelled';
  return isHere ? 0 : row.wanted.reduce((n, w) => n + (w.credit ?? 0), 0);
}

/** The goods are not to be sent: their stock is free again, and a difference that was paid goes back. What has gone stays gone. */
export async function releaseReplacement(tx: Tx, ctx: Ctx, row: CaseRow, reason: string): Promise<void> {
  if (row.replacement_id === null) return;
  const order = await lockAnyOrder(tx, row.replacement_id);
  if (order.status === 'pending_payment' || order.status === 'paid') await cancelLocked(tx, ctx, order, reason);
}
