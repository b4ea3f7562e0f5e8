import { z } from 'zod';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openSharedFile, openSharedThumb } from '#kernel/files/index.ts';
import { sendFile, sendThumb } from '#kernel/files/routes.ts';
import { decodeCursor, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { linesOf, visibleOrder } from '#modules/orders/index.ts';
import { decide } from '../policies/index.ts';
import { caseDeskRoutes } from './bulk.ts';
import { settleDebt } from './commands/desk.ts';
import { openCase, reasonOf } from './commands/open-case.ts';
import * as may from './permissions.ts';
import { seesCase } from './policy.ts';
import { caseableLines } from './queries/goods.ts';
import { listCases, presentAll } from './queries/list.ts';
import { reckon } from './queries/quote.ts';
import { evidenceOfCase, presentBreakdown, viewCase, type View, visibleCase } from './queries/view.ts';
import * as schema from './schema.ts';
import { casesOfOrder, getCase } from './store/cases.ts';
import { type DebtRow, getDebt, listDebts } from './store/money.ts';

const tags = ['after-sales'];

async function open(tx: Tx, ctx: Ctx, input: z.output<typeof schema.OpenCase>): Promise<View> {
  await visibleOrder(tx, ctx, input.orderId);
  return viewCase(tx, ctx, (await openCase(tx, ctx, input)).id);
}

/** The cases of an order, and what may still be asked for. */
export async function ofOrder(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string },
): Promise<z.input<typeof schema.OrderCases>> {
  const order = await visibleOrder(tx, ctx, input.orderId);
  const rows = (await casesOfOrder(tx, order.id)).filter((r) => seesCase(ctx, r));
  const shown = await presentAll(tx, ctx, rows);
  const lines = await caseableLines(tx, order);
  const over = order.superseded !== null || order.status === 'cancelled' || order.status === 'pending_payment';
  const applies = !over && (can(ctx, may.CREATE) || ctx.actor.kind === 'customer') && lines.some((l) => l.free > 0);
  return {
    items: rows.flatMap((r) => shown.get(r.id) ?? []),
    lines: lines.map((l) => ({
      lineId: l.line.id,
      sku: l.line.sku,
      title: l.line.title,
      gift: l.line.kind === 'gift',
      free: l.free,
      out: l.out,
      unsent: Math.min(l.unsent, l.free),
    })),
    may: applies ? ['apply'] : [],
  };
}

/** What would go back, before anything is asked for: the computation that is carried out later. */
export async function preview(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.PreviewRefund>,
): Promise<z.input<typeof schema.RefundPreview>> {
  const order = await visibleOrder(tx, ctx, input.orderId);
  const { reason } = reasonOf(input.reason, input.type);
  const lines = input.lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const policy = await decide(tx, ctx, { orderId: order.id, lines, type: input.type, reason });
  const { amount, breakdown } = await reckon(
    tx,
    order,
    lines.map((l) => ({ lineId: l.lineId, units: l.quantity, deduction: 0 })),
    { freight: policy.freight, fetched: false, agreed: null, given: [], own: new Map() },
  );
  const titles = new Map((await linesOf(tx, order.id)).map((l) => [l.id, l.title]));
  return {
    amount: { amount, currency: order.currency },
    breakdown: presentBreakdown(ctx, breakdown, order.currency, titles),
    policy: { allowed: policy.allowed, clause: policy.clause, text: policy.text },
  };
}

const debtView = (ctx: Ctx, d: DebtRow & { no: string; order_no: string }): z.input<typeof schema.DebtView> => ({
  id: d.id,
  caseId: d.case_id,
  no: d.no,
  orderId: d.order_id,
  orderNo: d.order_no,
  customerId: d.customer_id,
  amount: { amount: d.amount, currency: d.currency },
  why: d.why,
  status: d.state,
  openedAt: d.opened_at.toISOString(),
  endedAt: d.ended_at?.toISOString() ?? null,
  note: d.note,
  may: d.state === 'open' && can(ctx, may.DEBT) ? ['settle', 'waive'] : [],
});

async function debts(tx: Tx, ctx: Ctx, input: z.output<typeof schema.ListDebts>) {
  const order = 'after_sales_debts';
  const rows = await listDebts(tx, {
    state: input.status,
    customerId: input.customerId,
    shops: ctx.actor.shops === null ? null : [...ctx.actor.shops],
    before: input.cursor === undefined ? undefined : String(decodeCursor(order, input.cursor, 1)[0]),
    limit: input.limit + 1,
  });
  return pageOf(
    rows,
    input.limit,
    order,
    (r) => [r.id],
    (r) => debtView(ctx, r),
  );
}

async function endDebt(tx: Tx, ctx: Ctx, input: z.output<typeof schema.SettleDebt>) {
  const { case_id: caseId } = await getDebt(tx, input.debtId);
  await visibleCase(tx, ctx, caseId);
  const row = await settleDebt(tx, ctx, input);
  const { no, order_no } = await getCase(tx, caseId);
  return debtView(ctx, { ...row, no, order_no });
}

export const caseRoutes: Route[] = [
  ...caseDeskRoutes,
  defineRoute({
    method: 'POST',
    path: '/after-sales',
    permission: may.CREATE,
    tags,
    summary: 'Open a case about units of an order',
    input: schema.OpenCase,
    output: schema.CaseView,
    status: 201,
    run: open,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales',
    permission: may.READ,
    tags,
    summary: 'After-sales cases: what waits, VIPs first, or the newest',
    input: schema.ListCases,
    output: listOf(schema.CaseSummary),
    run: listCases,
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/preview',
    permission: may.READ,
    tags,
    summary: 'What would go back, before it is asked for',
    mode: 'read',
    input: schema.PreviewRefund,
    output: schema.RefundPreview,
    run: preview,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/{caseId}',
    permission: may.READ,
    tags,
    summary: 'One case: goods, policy, refund with its breakdown, history',
    input: schema.CaseRef,
    output: schema.CaseView,
    run: (tx, ctx, { caseId }) => viewCase(tx, ctx, caseId),
  }),
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/after-sales',
    permission: may.READ,
    tags,
    summary: 'The cases of an order, and what may still be asked for',
    input: z.object({ orderId: z.string().min(1).max(60) }),
    output: schema.OrderCases,
    run: ofOrder,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/{caseId}/evidence/{fileId}',
    permission: may.READ,
    tags,
    summary: 'The bytes of what was shown for a case',
    mode: 'raw',
    input: z.object({ caseId: z.uuid(), fileId: z.uuid() }),
    output: z.unknown(),
    run: async (env, ctx, { caseId, fileId }, request, reply) => {
      const opened = await env.db.read(ctx, async (tx) => {
        await evidenceOfCase(tx, ctx, caseId, fileId);
        return openSharedFile(tx, ctx, fileId);
      });
      return sendFile(request, reply, opened);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/{caseId}/evidence/{fileId}/thumbnail',
    permission: may.READ,
    tags,
    summary: 'A small picture of what was shown for a case',
    mode: 'raw',
    input: z.object({ caseId: z.uuid(), fileId: z.uuid() }),
    output: z.unknown(),
    run: async (env, ctx, { caseId, fileId }, _request, reply) => {
      const small = await env.db.read(ctx, async (tx) => {
        await evidenceOfCase(tx, ctx, caseId, fileId);
        return openSharedThumb(tx, ctx, fileId);
      });
      return sendThumb(reply, small);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales-debts',
    permission: may.READ,
    tags,
    summary: 'What customers owe from instant refunds, newest first',
    input: schema.ListDebts,
    output: listOf(schema.DebtView),
    run: debts,
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales-debts/{debtId}/settle',
    permission: may.DEBT,
    tags,
    summary: 'A debt was paid back, or is let go',
    input: schema.SettleDebt,
    output: schema.DebtView,
    run: endDebt,
  }),
];
