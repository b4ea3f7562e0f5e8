import { type DomainError, type FieldProblem, IdempotencyKeyReused } from '#kernel/errors.ts';
import type { Place } from '#kernel/tracing/index.ts';
import { InsufficientStock } from '#modules/inventory/index.ts';
import { CheckoutRefused, OrderRefused } from '../errors.ts';
import type { PlacedOrder } from '../schema.ts';
import type { Group, Placing } from './batches.ts';
import type { Row } from './lay-out.ts';

/** What a sender gets: the order, whether it is the stored answer of an earlier request, or why it was refused. */
export type Taken = { order: PlacedOrder; replayed: boolean } | { existing: string } | { refused: DomainError };

/** An order in the queue. `giftless`: a gift was gone, so it is priced once more without. */
export type Waiting = Placing & {
  group: Group | undefined;
  trace: Place | undefined;
  row?: Row | undefined;
  giftless?: boolean;
  /** Lines, by number, there was not enough of, and which may wait for their stock. */
  without?: ReadonlySet<number>;
  done(taken: Taken): void;
  failed(error: unknown): void;
};

type Short = { n: number; available: number };
/** Refused by an offer or a coupon (`code`), or by a review rule (`rule`). */
type Refusal = {
  offer?: string;
  code?: string;
  left?: number;
  coupon?: string | null;
  rule?: string;
  message?: string;
};
/** What `orders.intake` says of one order. */
export type Says = {
  i: number;
  holds?: string[];
  replay?: PlacedOrder;
  reused?: true;
  existing?: string;
  short?: Short[];
  refused?: Refusal[];
};

/** How an order that is short may still be taken: without gifts, or with lines that wait for their stock. */
export function otherwise(said: Says, w: Waiting): Pick<Waiting, 'giftless' | 'without'> | undefined {
  const { short } = said;
  if (short === undefined) return undefined;
  if (w.giftless !== true && short.some(({ n }) => w.row?.answer.lines[n - 1]?.kind === 'gift'))
    return { giftless: true };
  if (!short.every(({ n }) => w.row?.mayWait.has(n) && !w.without?.has(n))) return undefined;
  return { without: new Set([...(w.without ?? []), ...short.map(({ n }) => n)]) };
}

/** Tells each sender what became of its order. */
export function answerAll(batch: readonly Waiting[], says: readonly Says[]): void {
  for (const said of says) {
    const w = batch[said.i] as Waiting;
    const row = w.row as Row;
    if (said.replay) w.done({ order: said.replay, replayed: true });
    else if (said.reused) w.done({ refused: new IdempotencyKeyReused() });
    else if (said.existing !== undefined) w.done({ existing: said.existing });
    else if (said.short) w.done({ refused: new InsufficientStock({}, shortages(row, said.short)) });
    else if (said.refused) w.done({ refused: refusal(w, row, said.refused) });
    else w.done({ order: { ...row.answer, holds: said.holds ?? row.answer.holds }, replayed: false });
  }
}

const shortages = (row: Row, short: readonly Short[]): FieldProblem[] =>
  short
    .filter(({ n }) => !row.mayWait.has(n)) // these alone would have been taken
    .map(({ n, available }) => ({
      path: `lines[${n - 1}].quantity`,
      code: 'insufficient_stock',
      // whoever wants it can be told when it is there
      facts: { sku: row.answer.lines[n - 1]?.sku ?? '', available, notice: true },
    }));

/** Why an offer, a coupon or a rule refuses an order, at the fields it is about. */
function refusal(w: Waiting, row: Row, refusals: readonly Refusal[]): DomainError {
  if (refusals.length === 0) return new CheckoutRefused();
  const problems = refusals.flatMap((r): FieldProblem[] => {
    if (r.code === undefined) return [{ path: '', code: 'refused_by_rule', facts: { message: r.message ?? '' } }];
    if (r.coupon) {
      const at = (w.order.couponCodes ?? []).findIndex((c) => sameCode(c, r.coupon as string));
      return [{ path: `couponCodes[${Math.max(at, 0)}]`, code: r.code, facts: { code: r.coupon } }];
    }
    const offer = row.offerCodes.get(r.offer ?? '') ?? '';
    return row.answer.lines.flatMap((l, i) =>
      l.kind === 'goods' && l.discounts.some((d) => d.offer === offer)
        ? [{ path: `lines[${i}].quantity`, code: r.code as string, facts: { offer, left: r.left ?? 0 } }]
        : [],
    );
  });
  return new OrderRefused({}, problems);
}

const bare = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase();
const sameCode = (typed: string, stored: string): boolean => bare(typed) === bare(stored);

/** What the orders of a checkout are told when not all of them can be taken: each its own reason, the others that. */
export function refusedTogether(batch: readonly Waiting[], detail: string): Says[] {
  const says = JSON.parse(detail) as Says[];
  const own = new Map(says.filter((s) => s.short ?? s.refused).map((s) => [s.i, s]));
  return batch.map((_w, i) => own.get(i) ?? { i, refused: [] });
}
