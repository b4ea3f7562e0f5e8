import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, pageOf } from '#kernel/http/list.ts';
import { linesOf, type LineRow, ordersByIds, visibleOrder } from '#modules/orders/index.ts';
import { CREATE, PAY, REVOKE } from '../permissions.ts';
import type { CompensationView, ListCompensations } from '../schema.ts';
import { type CompensationRow, getCompensation, listCompensations } from '../store/compensations.ts';
import { type PayoutRow, payoutsOf } from '../store/payouts.ts';

type View = z.input<typeof CompensationView>;

/** One within the caller's data scope. @throws CompensationNotFound, OrderNotFound */
export async function viewCompensation(tx: Tx, ctx: Ctx, ref: string): Promise<View> {
  const row = await getCompensation(tx, ref);
  await visibleOrder(tx, ctx, row.order_id);
  return (await presenter(tx, ctx, [row]))(row);
}

export async function listAll(tx: Tx, ctx: Ctx, input: z.output<typeof ListCompensations>) {
  const order = 'compensations';
  const rows = await listCompensations(tx, {
    orderId: input.orderId ?? null,
    state: input.state ?? null,
    kind: input.kind ?? null,
    toPay: input.toPay ?? false,
    shops: ctx.actor.shops === null ? null : [...ctx.actor.shops],
    before: input.cursor === undefined ? null : String(decodeCursor(order, input.cursor, 1)[0]),
    limit: input.limit + 1,
  });
  return pageOf(rows, input.limit, order, (r) => [r.id], await presenter(tx, ctx, rows));
}

/** What of a row the caller may do now. */
function mayDo(ctx: Ctx, row: CompensationRow, payouts: readonly PayoutRow[]): string[] {
  const proposed = payouts.some((p) => p.state === 'proposed');
  const pays = row.payout_open > 0 && !proposed;
  const revokes = row.kind === 'points' && row.state === 'done';
  return [
    ...(pays && can(ctx, PAY) ? ['pay_out'] : []),
    ...(pays && can(ctx, CREATE) ? ['set_payee'] : []),
    ...(revokes && can(ctx, REVOKE) ? ['revoke'] : []),
  ];
}

type Around = {
  orders: ReadonlyMap<string, string>;
  payouts: ReadonlyMap<string, PayoutRow[]>;
  names: ReadonlyMap<string, string>;
  lines: ReadonlyMap<string, LineRow>;
};

/** Presents rows with what is known of their orders, lines and people. */
async function presenter(tx: Tx, ctx: Ctx, rows: readonly CompensationRow[]): Promise<(r: CompensationRow) => View> {
  const ids = rows.flatMap((r) => [r.order_id, ...(r.replacement_order_id ? [r.replacement_order_id] : [])]);
  const orders = new Map((await ordersByIds(tx, [...new Set(ids)])).map((o) => [o.id, o.order_no]));
  const paid = await payoutsOf(
    tx,
    rows.map((r) => r.id),
  );
  const payouts = Map.groupBy(paid, (p) => p.compensation_id);
  const people = [
    ...rows.flatMap((r) => [r.requested_by, r.decided_by ?? '', r.revoked_by ?? '']),
    ...paid.map((p) => p.proposed_by),
  ];
  const names = await actorNames(tx, [...new Set(people)]);
  const lines = new Map<string, LineRow>();
  for (const id of new Set(rows.flatMap((r) => (r.lines === null ? [] : [r.order_id]))))
    for (const line of await linesOf(tx, id)) lines.set(line.id, line);
  return (r) => present(ctx, r, { orders, payouts, names, lines });
}

function present(ctx: Ctx, r: CompensationRow, around: Around): View {
  const money = (amount: number) => ({ amount, currency: r.currency });
  const named = (id: string): string => around.names.get(id) ?? id;
  const own = around.payouts.get(r.id) ?? [];
  return {
    id: r.id,
    no: r.no,
    orderId: r.order_id,
    orderNo: around.orders.get(r.order_id) ?? '',
    caseId: r.case_id,
    kind: r.kind,
    reason: r.reason as View['reason'],
    severity: r.severity,
    note: r.note,
    value: money(r.value),
    points: r.points,
    coupon:
      r.offer_code === null
        ? null
        : { offer: r.offer_code, code: r.coupon_code, expiresAt: r.coupon_expires_at?.toISOString() ?? null },
    lines:
      r.lines?.map((l) => ({
        ...l,
        sku: around.lines.get(l.lineId)?.sku ?? '',
        title: around.lines.get(l.lineId)?.title ?? '',
      })) ?? null,
    replacement:
      r.replacement_order_id === null
        ? null
        : { id: r.replacement_order_id, orderNo: around.orders.get(r.replacement_order_id) ?? '' },
    status: r.state,
    beyondLimit: r.beyond_limit,
    beyondBudget: r.beyond_budget,
    cash:
      r.kind === 'cash' ? { paid: money(r.paid), channel: money(r.channel_open), payout: money(r.payout_open) } : null,
    payee: r.payee_shown,
    revoked:
      r.revoked_at === null
        ? null
        : { by: named(r.revoked_by ?? ''), at: r.revoked_at.toISOString(), note: r.revoke_note ?? '' },
    payouts: own.map((p) => ({
      id: p.id,
      amount: money(p.amount),
      payee: p.payee_shown,
      reference: p.reference,
      note: p.note,
      state: p.state,
      by: named(p.proposed_by),
      at: p.proposed_at.toISOString(),
    })),
    clause: r.clause,
    policyVersion: r.policy_version,
    requestedBy: named(r.requested_by),
    requestedAt: r.requested_at.toISOString(),
    approvalId: r.approval_id,
    decidedBy: r.decided_by && named(r.decided_by),
    decidedAt: r.decided_at?.toISOString() ?? null,
    doneAt: r.done_at?.toISOString() ?? null,
    may: mayDo(ctx, r, own),
    version: r.version,
  };
}
