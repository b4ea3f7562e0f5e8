import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, pageOf } from '#kernel/http/list.ts';
import { t } from '#kernel/i18n/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { fallsOf, skusByCode, skusByIds, skusFallen } from '#modules/catalog/index.ts';
import { linesOf, type OrderRow, ordersByIds } from '#modules/orders/index.ts';
import { decide } from '../../policies/index.ts';
import { isSteep, type WhyNot } from '../domain/assess.ts';
import { CREATE, JUDGE } from '../permissions.ts';
import type {
  ListFalls,
  ListProtections,
  PriceFallView,
  ProtectionPreview,
  ProtectionSummary,
  ProtectionView,
} from '../schema.ts';
import { protectionSettings } from '../settings.ts';
import { judgementsOf } from '../store/judgements.ts';
import {
  givenOfOrder,
  lastRuns,
  listProtections,
  type ProtectionRow,
  rewarded,
  sumSince,
} from '../store/protections.ts';
import { type Assessed, assessOrder, takesPart } from './assess-order.ts';

/** Falls are shown for so long. */
const FALLS_DAYS = 30;
const SKUS_SHOWN_MAX = 500;

type Preview = z.input<typeof ProtectionPreview>;

/** Line by line, in the caller's language, with what went back before and until when the policy holds. */
export async function viewLines(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  assessed: readonly Assessed[],
): Promise<Pick<Preview, 'lines' | 'given'>> {
  const money = (amount: number) => ({ amount, currency: row.currency });
  const given = await givenOfOrder(tx, row.id);
  const windows = await windowsOf(tx, ctx, row, assessed);
  const sums = [...given.values()];
  return {
    given: {
      amount: money(sums.reduce((sum, g) => sum + g.amount, 0)),
      points: sums.reduce((sum, g) => sum + g.points, 0),
    },
    lines: assessed.map((a) => {
      const window = windows.get(a.line.id);
      const why = a.why === 'no_fall' ? whyNoFall(a, window?.isOver ?? false) : a.why;
      return {
        lineId: a.line.id,
        sku: a.line.sku,
        title: a.line.title,
        kept: a.kept,
        priceFrom: money(a.priceFrom),
        lowest: a.lowest && money(a.lowest.price),
        fellAt: a.lowest?.fromAt.toISOString() ?? null,
        amount: money(a.amount),
        given: money(given.get(a.line.id)?.amount ?? 0),
        windowEndsAt: window?.endsAt ?? null,
        why,
        whyText: why && t(ctx.locale, `aftersales.price_protection.why.${why}`),
      };
    }),
  };
}

const whyNoFall = (a: Assessed, isOver: boolean): WhyNot =>
  a.last ? 'already_given' : isOver ? 'window_over' : 'no_fall';

/** Until when the policy protects the price of each line, and whether that is over now. */
async function windowsOf(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  assessed: readonly Assessed[],
): Promise<Map<string, { endsAt: string | null; isOver: boolean }>> {
  const lines = assessed.map((a) => ({ lineId: a.line.id, quantity: Math.max(a.kept, 1) }));
  if (lines.length === 0) return new Map();
  const says = await decide(tx, ctx, { orderId: row.id, lines, type: 'price_protection', reason: 'price_drop' });
  return new Map(
    says.lines.map((l) => [l.lineId, { endsAt: l.windowEndsAt, isOver: l.refusedBecause === 'window_closed' }]),
  );
}

/** What asking now would bring. */
export async function previewProtection(tx: Tx, ctx: Ctx, row: OrderRow): Promise<Preview> {
  const part = takesPart(row);
  const assessed = part ? await assessOrder(tx, ctx, row, await linesOf(tx, row.id)) : [];
  const total = assessed.reduce((sum, a) => sum + a.amount, 0);
  const mayAsk = part && (can(ctx, CREATE) || ctx.actor.kind === 'customer');
  return {
    orderNo: row.order_no,
    takesPart: part,
    total: { amount: total, currency: row.currency },
    points: await pointsFor(tx, row, assessed),
    ...(await viewLines(tx, ctx, row, assessed)),
    may: mayAsk && total > 0 ? ['protect'] : [],
  };
}

/** Points for a fall nobody was given any for yet. */
async function pointsFor(tx: Tx, row: OrderRow, assessed: readonly Assessed[]): Promise<number> {
  const due = assessed.filter((a) => a.amount > 0);
  if (due.length === 0) return 0;
  const before = await rewarded(tx, row.id);
  const isFirst = due.some((a) => a.lowest && !before.has(`${a.line.sku_id}/${a.lowest.fromAt.getTime()}`));
  return isFirst ? (await protectionSettings.get(tx)).foundPoints : 0;
}

const scopeOf = (ctx: Ctx): string[] | null => (ctx.actor.shops === null ? null : [...ctx.actor.shops]);

export async function listAll(tx: Tx, ctx: Ctx, input: z.output<typeof ListProtections>) {
  const order = 'price_protections';
  const rows = await listProtections(tx, {
    orderId: input.orderId ?? null,
    how: input.how ?? null,
    givenUp: input.givenUp ?? false,
    shops: scopeOf(ctx),
    before: input.cursor === undefined ? null : String(decodeCursor(order, input.cursor, 1)[0]),
    limit: input.limit + 1,
  });
  const show = await presenter(tx, ctx, rows);
  return pageOf(rows, input.limit, order, (r) => [r.id], show);
}

/** Presents rows with what is known of their orders and goods. */
export async function presenter(
  tx: Tx,
  ctx: Ctx,
  rows: readonly ProtectionRow[],
): Promise<(r: ProtectionRow) => z.input<typeof ProtectionView>> {
  const orders = new Map((await ordersByIds(tx, [...new Set(rows.map((r) => r.order_id))])).map((o) => [o.id, o]));
  const skus = new Map((await skusByIds(tx, [...new Set(rows.map((r) => r.sku_id))])).map((s) => [s.id, s]));
  const names = await actorNames(tx, [...new Set(rows.map((r) => r.actor_id))]);
  return (r) => {
    const money = (amount: number) => ({ amount, currency: r.currency });
    return {
      id: r.id,
      orderId: r.order_id,
      orderNo: orders.get(r.order_id)?.order_no ?? '',
      lineId: r.line_id,
      sku: skus.get(r.sku_id)?.sku ?? '',
      title: skus.get(r.sku_id)?.title ?? '',
      units: r.units,
      priceFrom: money(r.price_from),
      priceTo: money(r.price_to),
      amount: money(r.amount),
      givenUp: money(r.given_up),
      fellAt: r.fell_at.toISOString(),
      how: r.how,
      points: r.points,
      clause: r.clause,
      policyVersion: r.policy_version,
      at: r.at.toISOString(),
      by: names.get(r.actor_id) ?? r.actor_id,
      may: r.given_up > 0 && can(ctx, CREATE) ? ['refund_again'] : [],
    };
  };
}

/** The head of the page: what it came to, what waits for a word, and the last nights. */
export async function summarise(tx: Tx, ctx: Ctx): Promise<z.input<typeof ProtectionSummary>> {
  const { items } = await listFalls(tx, ctx, {});
  const sums = await sumSince(tx, new Date(ctx.now.getTime() - 30 * DAY_MS), scopeOf(ctx));
  return {
    last30Days: sums.map((s) => ({ amount: { amount: s.amount, currency: s.currency }, lines: s.lines })),
    held: items.filter((f) => f.state === 'held').length,
    runs: (await lastRuns(tx, 7)).map((r) => ({
      since: r.since.toISOString(),
      until: r.until.toISOString(),
      skus: r.skus,
      orders: r.orders,
      lines: r.lines,
      failed: r.failed,
      refunded: Object.entries(r.refunded).map(([currency, amount]) => ({
        amount,
        currency: currency as 'CNY',
      })),
      startedAt: r.started_at.toISOString(),
      endedAt: r.ended_at?.toISOString() ?? null,
    })),
  };
}

/** Falls of the last 30 days, of one SKU or of all that fell, the steepest first; at most 500 SKUs. */
export async function listFalls(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListFalls>,
): Promise<{ items: z.input<typeof PriceFallView>[] }> {
  const since = new Date(ctx.now.getTime() - FALLS_DAYS * DAY_MS);
  const ids =
    input.sku === undefined
      ? (await skusFallen(tx, since, ctx.now)).slice(0, SKUS_SHOWN_MAX)
      : (await skusByCode(tx, [input.sku])).map((s) => s.id);
  const skus = new Map((await skusByIds(tx, ids)).map((s) => [s.id, s]));
  const said = new Map((await judgementsOf(tx, ids)).map((j) => [`${j.sku_id}/${j.from_at.getTime()}`, j]));
  const names = await actorNames(tx, [...new Set([...said.values()].map((j) => j.judged_by))]);
  const { steepPercent } = await protectionSettings.get(tx);
  const items = (await fallsOf(tx, ids, since, ctx.now)).map((f): z.input<typeof PriceFallView> => {
    const sku = skus.get(f.sku_id);
    const currency = sku?.currency ?? 'CNY';
    const word = said.get(`${f.sku_id}/${f.from_at.getTime()}`);
    const steep = isSteep({ fromAt: f.from_at, was: f.was, price: f.price }, steepPercent);
    return {
      sku: sku?.sku ?? '',
      title: sku?.title ?? '',
      fromAt: f.from_at.toISOString(),
      was: { amount: f.was, currency },
      price: { amount: f.price, currency },
      percent: Math.floor(((f.was - f.price) * 100) / f.was),
      state: word?.verdict ?? (steep ? 'held' : 'counts'),
      reason: word?.reason ?? null,
      judgedBy: word ? (names.get(word.judged_by) ?? word.judged_by) : null,
      judgedAt: word?.judged_at.toISOString() ?? null,
      may: can(ctx, JUDGE) ? ['judge'] : [],
    };
  });
  return { items: items.toSorted((a, b) => b.percent - a.percent || (a.fromAt < b.fromAt ? 1 : -1)) };
}
