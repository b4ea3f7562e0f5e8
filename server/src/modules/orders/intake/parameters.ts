import { MINUTE_MS } from '#kernel/time.ts';
import { type Ranking, rankingData } from '#modules/inventory/index.ts';
import type { Waiting } from './answers.ts';
import { newIdAt } from './batches.ts';
import { Columns, LINE_COLUMNS, ORDER_COLUMNS } from './columns.ts';
import type { Row } from './lay-out.ts';
import { Watching } from './reviews.ts';

// a parameter per column: within an array literal their quotes would be escaped here and read character by character there
export const INTAKE = `orders.intake($1::uuid, $2::jsonb, ${columns(3, ORDER_COLUMNS)}, ${columns(3 + ORDER_COLUMNS.length, LINE_COLUMNS)})`;

function columns(first: number, names: readonly string[]): string {
  return `array[${names.map((_, i) => `$${first + i}`).join(', ')}]::text[]`;
}

/** A batch as `orders.intake` reads it. Its orders are laid out, and of one actor. */
export function parametersOf(batch: readonly Waiting[], lock: boolean): string[] {
  const { ctx } = batch[0] as Waiting;
  const orders = new Columns(ORDER_COLUMNS);
  const lines = new Columns(LINE_COLUMNS);
  const priced = new Map<string, { id: string; version: number }>();
  const uses: object[] = []; // of orders that use something there is an end of
  const plain: object[] = [];
  const watch = new Watching();
  const ways = new Map<Ranking, number>(); // many orders have the same
  const reasons: object[] = [];
  for (const [i, w] of batch.entries()) {
    const row = w.row as Row;
    const stored =
      w.key === undefined
        ? {}
        : { ik: w.key, ih: w.hash?.toString('hex'), rt: '/api/v1/orders', resp: JSON.stringify(row.answer) };
    orders.add({
      i,
      ...row.order,
      ...stored,
      rq: w.ctx.requestId,
      snap: row.snapshot,
      wr: numberOf(ways, row.ranking),
    });
    for (const line of row.lines) lines.add({ o: i, ...line });
    (row.uses.some(isLimited) ? uses : plain).push(...row.uses.map((use) => ({ i, ...use })));
    for (const reason of row.reasons) reasons.push({ i, ...reason });
    watch.add(i, row.watches);
    for (const sku of row.priced) priced.set(`${sku.id}/${sku.version}`, sku);
  }
  const head = {
    orders: batch.length,
    now: ctx.now,
    since: newIdAt(ctx.now.getTime() - 10 * MINUTE_MS),
    actor: ctx.actor.id,
    actorKind: ctx.actor.kind,
    lock,
    skus: [...priced.values()].map((s) => s.id),
    versions: [...priced.values()].map((s) => s.version),
    // rows laid out on arrival may be of several revisions: the oldest must still be in force
    offers: Math.min(...batch.map((w) => (w.row as Row).revisions.offers)),
    rules: Math.min(...batch.map((w) => (w.row as Row).revisions.rules)),
    service: Math.min(...batch.map((w) => (w.row as Row).service)),
    ...(ways.size === 0 ? {} : { ways: [...ways.keys()].map(rankingData) }),
    ...(watch.all.length === 0 ? {} : { watch: watch.all }),
    ...(reasons.length === 0 ? {} : { reasons }),
    ...(uses.length === 0 ? {} : { uses }),
    ...(plain.length === 0 ? {} : { plain }),
    ...(batch[0]?.group ? { whole: true } : {}),
  };
  return [JSON.stringify(head), ...orders.values(), ...lines.values()];
}

/** The place of a ranking among those of the batch; a new one goes to the end. */
function numberOf(ways: Map<Ranking, number>, ranking: Ranking | undefined): number | undefined {
  if (ranking === undefined) return undefined;
  const known = ways.get(ranking) ?? ways.size;
  ways.set(ranking, known);
  return known;
}

const isLimited = (use: Row['uses'][number]): boolean =>
  use.limit !== null || use.quota !== null || use.coupon !== null;
