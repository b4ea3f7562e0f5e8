import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { t } from '#kernel/i18n/index.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import { findOrder, type OrderRow } from '#modules/orders/index.ts';
import { decisionOf } from './decision.ts';
import { dueOf, waitsForFee } from '../commands/fee.ts';
import type { BreakdownItem } from '../domain/allocate.ts';
import { CaseNotFound } from '../errors.ts';
import { previewerOf } from '../executors.ts';
import { actionsFor, type CaseFacts, seesCase } from '../policy.ts';
import type { BreakdownItemView, CaseView } from '../schema.ts';
import { type CaseRow, findCase, movesOf } from '../store/cases.ts';
import { evidenceOf, type OfferRow, offersOf } from '../store/extras.ts';
import { findFee } from '../store/fees.ts';
import { caseLines, type CaseLineRow, type InspectionRow, inspectionsOf } from '../store/lines.ts';
import { debtsOfCase, legsOf } from '../store/money.ts';
import { presentAll } from './list.ts';
import { pickupOf } from './pickup.ts';
import { quoteCase } from './quote.ts';

export type View = z.input<typeof CaseView>;

/** A case within the caller's data scope. @throws CaseNotFound for any other. */
export async function visibleCase(tx: Tx, ctx: Ctx, id: string): Promise<CaseRow> {
  const row = await findCase(tx, id);
  if (!row || !seesCase(ctx, row)) throw new CaseNotFound({ caseId: id });
  return row;
}

/** What decisions need besides the row. */
export async function factsFor(tx: Tx, row: CaseRow): Promise<CaseFacts> {
  const lines = await caseLines(tx, [row.id]);
  const sum = (of: (l: CaseLineRow) => number): number => lines.reduce((n, l) => n + of(l), 0);
  const fee = await findFee(tx, row.id);
  const here = row.state === 'rejected' ? sum((l) => l.received - l.accepted) : sum((l) => l.inspected - l.accepted);
  return {
    offerOpen: (await offersOf(tx, row.id)).some((o) => o.state === 'open'),
    unseen: sum((l) => l.received - l.inspected),
    refusedHere: here,
    received: sum((l) => l.received),
    expected: sum((l) => l.quantity - l.unsent - l.received),
    feeDue: fee ? await dueOf(tx, fee) : 0,
    feePaid: fee ? fee.paid - fee.refunded : 0,
  };
}

export function presentBreakdown(
  ctx: Ctx,
  items: readonly BreakdownItem[],
  currency: CaseRow['currency'],
  titles: ReadonlyMap<string, string>,
): z.input<typeof BreakdownItemView>[] {
  return items.map((i) => ({
    code: i.code,
    lineId: i.lineId,
    units: i.units,
    amount: { amount: i.amount, currency },
    text: t(ctx.locale, `aftersales.breakdown.${i.code}`, {
      goods: (i.lineId === null ? undefined : titles.get(i.lineId)) ?? '',
      units: i.units ?? 0,
    }),
  }));
}

/** One case, as whoever decides about it, or the customer, sees it. */
export async function viewCase(tx: Tx, ctx: Ctx, id: string): Promise<View> {
  const row = await visibleCase(tx, ctx, id);
  const summary = present((await presentAll(tx, ctx, [row])).get(row.id), 'what was read is presented');
  const order = await findOrder(tx, row.order_id); // of one in the archive the case is still here
  const lines = await caseLines(tx, [row.id]);
  const inspections = await inspectionsOf(tx, row.id);
  const customer = ctx.actor.kind === 'customer';
  return {
    ...summary,
    version: row.version,
    description: row.description,
    said: row.said,
    policy: policyView(ctx, row),
    goodwill: row.goodwill,
    diagnosis: row.diagnosis,
    note: row.note,
    lines: lines.map((l) => lineView(row, l, inspections)),
    refund: await refundView(tx, ctx, { order, row, lines }),
    steps: stepsOf(row),
    timers: customer ? [] : await timersOf(tx, row),
    returning: await returningView(tx, row),
    replacement: await replacementView(tx, row),
    repair:
      row.kind === 'repair'
        ? {
            amount: moneyOr(row, row.quote_amount),
            note: row.quote_note,
            paidBy: row.fee_reference,
            fee: await feeView(tx, row),
          }
        : null,
    offers: (await offersOf(tx, row.id)).map((o) => offerView(row, o)),
    evidence: await evidenceView(tx, row.id),
    verdict: row.verdict,
    debts: (await debtsOfCase(tx, row.id)).map((d) => ({
      id: d.id,
      amount: { amount: d.amount, currency: row.currency },
      why: d.why,
      state: d.state,
    })),
    followUp:
      row.followed_up_at === null || customer
        ? null
        : { at: row.followed_up_at.toISOString(), satisfied: row.satisfied, note: row.follow_up ?? '' },
    history: await historyOf(tx, ctx, row),
    may: actionsFor(ctx, row, await factsFor(tx, row)),
  };
}

const moneyOr = (row: CaseRow, amount: number | null) => (amount === null ? null : { amount, currency: row.currency });

/** What is owed for a repair, and what a step of it waits for. */
async function feeView(tx: Tx, row: CaseRow): Promise<NonNullable<View['repair']>['fee']> {
  const fee = await findFee(tx, row.id);
  if (!fee) return null;
  const money = (amount: number) => ({ amount, currency: fee.currency });
  const next = row.state === 'repairing' ? 'finish' : row.state === 'repaired' ? 'send_back' : undefined;
  return {
    status: fee.state,
    amount: money(fee.amount),
    paid: money(fee.paid),
    refunded: money(fee.refunded),
    due: money(await dueOf(tx, fee)),
    waits: next !== undefined && (await waitsForFee(tx, fee, next)),
  };
}

/** The clause in the reader's language; older cases know it in that of who opened them. */
export const textOf = (ctx: Ctx, policy: CaseRow['policy']): string => policy.texts?.[ctx.locale] ?? policy.text;

const policyView = (ctx: Ctx, row: CaseRow): View['policy'] => ({
  clause: row.policy.clause,
  decision: decisionOf(row),
  text: textOf(ctx, row.policy),
  version: row.policy.version,
  freight: row.policy.freight,
  evidence: row.policy.evidence,
  windowEndsAt: row.policy.windowEndsAt,
  refusedBecause: row.policy.refusedBecause,
});

function lineView(row: CaseRow, l: CaseLineRow, inspections: readonly InspectionRow[]): View['lines'][number] {
  return {
    lineId: l.line_id,
    sku: l.sku,
    title: l.title,
    quantity: l.quantity,
    unsent: l.unsent,
    received: l.received,
    inspected: l.inspected,
    accepted: l.accepted,
    wanted: row.wanted.find((w) => w.lineId === l.line_id)?.sku ?? null,
    inspections: inspections
      .filter((i) => i.line_id === l.line_id)
      .map((i) => ({
        quantity: i.quantity,
        grade: i.grade,
        disposition: i.disposition,
        accepted: i.accepted,
        deduction: { amount: i.deduction, currency: row.currency },
        bin: i.bin,
        note: i.note,
        at: i.at.toISOString(),
      })),
  };
}

/** What was granted; or, as long as nothing was, what it comes to now. */
async function refundView(
  tx: Tx,
  ctx: Ctx,
  { order, row, lines }: { order: OrderRow | undefined; row: CaseRow; lines: readonly CaseLineRow[] },
): Promise<View['refund']> {
  const titles = new Map(lines.map((l) => [l.line_id, l.title]));
  const legs = await legsOf(tx, row.id);
  const { amount, breakdown } = row.refund_amount === null ? await previewOf(tx, ctx, order, row) : granted(row);
  const money = (n: number) => ({ amount: n, currency: row.currency });
  return {
    amount: money(amount),
    granted: row.refund_amount !== null,
    breakdown: presentBreakdown(ctx, breakdown, row.currency, titles),
    ahead: money(row.instant_amount),
    pointsFollow: amount > 0,
    legs: legs.map((l) => ({
      refundId: l.refund_id,
      amount: money(l.amount),
      external: l.external,
      state: l.state,
      at: l.at.toISOString(),
    })),
  };
}

const granted = (row: CaseRow) => ({ amount: row.refund_amount ?? 0, breakdown: row.breakdown });

async function previewOf(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow | undefined,
  row: CaseRow,
): Promise<{ amount: number; breakdown: readonly BreakdownItem[] }> {
  const none = { amount: 0, breakdown: [] };
  if (!order || (row.ended && row.state !== 'done')) return none;
  const preview = previewerOf(row.kind);
  if (preview) return preview(tx, ctx, { order, row });
  return row.kind === 'refund' || row.kind === 'return' ? quoteCase(tx, order, row) : none;
}

/** The five steps of AFT-4, each with when it was reached. */
const stepsOf = (row: CaseRow): View['steps'] =>
  (
    [
      ['accepted', row.accepted_at],
      ['diagnosed', row.diagnosed_at],
      ['agreed', row.agreed_at],
      ['executed', row.executed_at],
      ['followed_up', row.followed_up_at],
    ] as const
  ).map(([step, at]) => ({ step, at: at?.toISOString() ?? null }));

async function timersOf(tx: Tx, row: CaseRow): Promise<View['timers']> {
  const rows = await tx.query<{ kind: string; due_at: Date; state: string }>(
    `select kind, due_at, state from kernel.deadlines where org_id = $1 and subject = any ($2) and kind like 'aftersales.%' order by due_at, kind`,
    [tx.orgId, [row.id, `${row.id}/send`, `${row.id}/sent`]],
  );
  return rows.map((r) => ({ kind: r.kind, dueAt: r.due_at.toISOString(), state: r.state }));
}

async function returningView(tx: Tx, row: CaseRow): Promise<View['returning']> {
  const warehouse = (await allWarehouses(tx)).find((w) => w.id === row.warehouse_id);
  return {
    carrier: row.carrier,
    waybillNo: row.waybill_no,
    shippedAt: row.shipped_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
    warehouse: warehouse ? { code: warehouse.code, name: warehouse.name, address: addressOf(warehouse.address) } : null,
    pickup: await pickupOf(tx, row),
    sentBack:
      row.sent_back_waybill === null
        ? null
        : { carrier: row.sent_back_carrier ?? '', waybillNo: row.sent_back_waybill },
  };
}

/** The parts of an address as people write it, largest first. */
function addressOf(address: unknown): string {
  if (typeof address === 'string') return address;
  if (typeof address !== 'object' || address === null) return '';
  const parts = address as Record<string, unknown>;
  return ['province', 'city', 'district', 'address', 'name', 'phone']
    .map((p) => parts[p])
    .filter((p) => typeof p === 'string' && p !== '')
    .join(' ');
}

async function replacementView(tx: Tx, row: CaseRow): Promise<View['replacement']> {
  if (row.replacement_id === null) return null;
  const order = await findOrder(tx, row.replacement_id);
  if (!order) return null; // it is in the archive
  return {
    orderId: order.id,
    orderNo: order.order_no,
    status: order.status,
    due: { amount: Math.max(order.total_amount - order.paid_amount, 0), currency: order.currency },
    holds: order.holds,
  };
}

const offerView = (row: CaseRow, o: OfferRow): View['offers'][number] => ({
  id: o.id,
  kind: o.kind,
  amount: moneyOr(row, o.amount),
  note: o.note,
  state: o.state,
  madeAt: o.made_at.toISOString(),
  expiresAt: o.expires_at.toISOString(),
});

async function evidenceView(tx: Tx, caseId: string): Promise<View['evidence']> {
  const rows = await evidenceOf(tx, caseId);
  const files = await tx.query<{ id: string; name: string; media_type: string }>(
    'select id, name, media_type from kernel.files where org_id = $1 and id = any ($2)',
    [tx.orgId, rows.map((r) => r.file_id)],
  );
  const byId = new Map(files.map((f) => [f.id, f]));
  return rows.flatMap((r) => {
    const file = byId.get(r.file_id);
    if (!file) return [];
    return [
      {
        fileId: r.file_id,
        name: file.name,
        mediaType: file.media_type,
        purpose: r.purpose,
        by: r.by_kind,
        at: r.at.toISOString(),
      },
    ];
  });
}

const NAMELESS = new Set(['customer', 'system', 'public']);

async function historyOf(tx: Tx, ctx: Ctx, row: CaseRow): Promise<View['history']> {
  const moves = await movesOf(tx, row.id);
  const customer = ctx.actor.kind === 'customer';
  const names = await actorNames(
    tx,
    moves.map((m) => m.actor_id),
  );
  return moves.map((m) => ({
    n: m.n,
    event: m.event,
    from: m.was,
    to: m.state,
    note: customer && m.event === 'diagnose' ? '' : m.note,
    actor: customer || NAMELESS.has(m.actor_kind) ? m.actor_kind : (names.get(m.actor_id) ?? m.actor_kind),
    at: m.at.toISOString(),
  }));
}

/** The bytes of a picture shown for a case, for whoever sees the case. @throws CaseNotFound */
export async function evidenceOfCase(tx: Tx, ctx: Ctx, caseId: string, fileId: string): Promise<void> {
  await visibleCase(tx, ctx, caseId);
  const found = maybeOne(
    await tx.query('select 1 from aftersales.evidence where org_id = $1 and case_id = $2 and file_id = $3 limit 1', [
      tx.orgId,
      caseId,
      fileId,
    ]),
  );
  if (!found) throw new CaseNotFound({ caseId });
}
