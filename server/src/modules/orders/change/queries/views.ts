import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { t } from '#kernel/i18n/index.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import type { Part } from '../../domain/split-order.ts';
import { viewOrder, visibleOrder } from '../../queries/order.ts';
import { linesOf, type OrderRow } from '../../store/orders.ts';
import { VERSION_SECRET } from '../apply-amendment.ts';
import { type MergePlan, planMerge } from '../commands/merge-orders.ts';
import type { MergeView, PartView, SiblingsView, VersionsView } from '../schema.ts';
import { candidatesFor } from '../store/candidates.ts';
import { type Diff, type VersionRow, versionsOf } from '../store/versions.ts';

const VERSIONS_MAX = 200;
const CANDIDATES_MAX = 19; // with the order itself as many as a merge takes

/** What each part of a split holds and comes to. */
export async function presentParts(tx: Tx, row: OrderRow, parts: readonly Part[]): Promise<z.input<typeof PartView>[]> {
  const lines = new Map((await linesOf(tx, row.id)).map((l) => [l.id, l]));
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  const money = (amount: number) => ({ amount, currency: row.currency });
  return parts.map((p) => ({
    lines: p.lines.map((l) => ({
      lineId: l.origin,
      sku: lines.get(l.origin)?.sku ?? '',
      title: lines.get(l.origin)?.title ?? '',
      quantity: l.quantity - l.cancelled,
      short: l.short,
      warehouses: l.held.map((h) => ({ warehouse: codes.get(h.warehouseId) ?? '', quantity: h.quantity })),
    })),
    goods: money(p.goods),
    discount: money(p.discount),
    freight: money(p.freight),
    total: money(p.total),
    paid: money(p.paid),
  }));
}

/** What orders would become, or have become, and every reason against it in the caller's language. */
export async function presentMerge(
  tx: Tx,
  ctx: Ctx,
  plan: MergePlan,
  made: OrderRow | null,
): Promise<z.input<typeof MergeView>> {
  const currency = plan.sources[0]?.row.currency ?? 'CNY';
  const money = (amount: number) => ({ amount, currency });
  return {
    allowed: plan.problems.length === 0,
    problems: plan.problems.map((p) => ({
      path: p.path,
      orderNo: String(p.facts?.['orderNo'] ?? ''),
      code: p.code,
      message: t(ctx.locale, `fields.${p.code}`, p.facts),
    })),
    before: { total: money(plan.total.before), freight: money(plan.freight.before) },
    after: { total: money(plan.total.after), freight: money(plan.freight.after) },
    freightSaved: money(plan.freight.before - plan.freight.after),
    order: made ? await viewOrder(tx, ctx, made) : null,
    id: made?.id ?? null,
    orderNo: made?.order_no ?? null,
  };
}

/** The remark is shown on the order in the clear, so it is in what changed. */
function clearRemark(orgId: string, row: VersionRow): Diff[] {
  if (!row.sealed || !row.diff.some((d) => d.path === 'remark')) return row.diff;
  const secret = JSON.parse(fieldCrypto.open(orgId, row.sealed, VERSION_SECRET)) as Diff[];
  const remark = secret.find((d) => d.path === 'remark');
  return row.diff.map((d) => (d.path === 'remark' && remark ? remark : d));
}

/** Every change of an order, newest first. */
export async function viewVersions(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string },
): Promise<z.input<typeof VersionsView>> {
  const row = await visibleOrder(tx, ctx, input.orderId);
  await fieldCrypto.load(ctx.orgId);
  const versions = await versionsOf(tx, row.id, VERSIONS_MAX);
  const names = await actorNames(
    tx,
    versions.map((v) => v.actor_id),
  );
  const money = (amount: number) => ({ amount, currency: row.currency });
  return {
    items: versions.map((v) => ({
      revision: v.revision,
      at: v.at.toISOString(),
      actor: { kind: v.actor_kind, id: v.actor_id, name: names.get(v.actor_id) ?? v.actor_id },
      reason: v.reason,
      diff: clearRemark(tx.orgId, v),
      total: { before: money(v.total_from), after: money(v.total_to) },
      refunded: money(v.refunded),
    })),
  };
}

/** Other open orders of the same buyer, and which of them could go with this one. */
export async function viewCandidates(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string },
): Promise<z.input<typeof SiblingsView>> {
  const row = await visibleOrder(tx, ctx, input.orderId);
  const others = await candidatesFor(tx, row, CANDIDATES_MAX);
  const items: z.input<typeof SiblingsView>['items'] = [];
  for (const other of others) {
    const { problems } = await planMerge(tx, ctx, [row.id, other.id], false);
    items.push({
      id: other.id,
      orderNo: other.order_no,
      status: other.status,
      total: { amount: other.total_amount, currency: other.currency },
      units: other.unit_count,
      mergeable: problems.length === 0,
    });
  }
  return { items };
}
