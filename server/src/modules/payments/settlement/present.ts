import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { payoutFlow } from './domain/payout-flow.ts';
import { isOpenState, statementFlow } from './domain/statement-flow.ts';
import { maskedAccount, openAccount } from './payee.ts';
import type * as schema from './schema.ts';
import { type AccountRow, accountsByIds, accountsOf, activeAccounts } from './store/accounts.ts';
import { type ItemRow, sumsByKind } from './store/items.ts';
import { agreementAt, agreementsOf, type PartySummaryRow } from './store/parties.ts';
import { type BatchRow, type PayoutRow, payoutsOfBatch, payoutsOfStatement } from './store/payouts.ts';
import { movesOfStatement, type StatementRow } from './store/statements.ts';

export const READ = 'payments.settlement.read';
export const WRITE = 'payments.settlement.write';
export const APPROVE = 'payments.settlement.approve';
export const PAY = 'payments.settlement.pay';

const masked = (ctx: Ctx, row: AccountRow): string => maskedAccount(openAccount(ctx.orgId, row.sealed));

/** Whether the actor may be the second person about what another asked for. */
const maySecond = (ctx: Ctx, askedBy: string | null): boolean =>
  can(ctx, APPROVE) && ctx.actor.kind === 'user' && askedBy !== ctx.actor.id;

function mayOf(ctx: Ctx, row: StatementRow): string[] {
  const events = allowedEvents(statementFlow, row.state);
  const may: string[] = [];
  if (can(ctx, WRITE)) {
    if (events.includes('submit') && row.dispute === null) may.push('submit');
    if (isOpenState(row.state) && row.carried_out === 0) may.push('adjust');
    if (row.state !== 'paid' && row.state !== 'closed') may.push(row.dispute === null ? 'dispute' : 'agree');
  }
  if (events.includes('approve') && maySecond(ctx, row.submitted_by)) may.push('approve', 'reject');
  if (events.includes('approve') && row.submitted_by === ctx.actor.id) may.push('withdraw');
  if (events.includes('pay') && row.dispute === null && can(ctx, PAY)) may.push('pay');
  return may;
}

export const presentStatement = (ctx: Ctx, row: StatementRow): z.input<typeof schema.StatementSummary> => ({
  id: row.id,
  no: row.no,
  partyId: row.party_id,
  party: row.party,
  kind: row.kind,
  own: row.own,
  state: row.state,
  from: row.period_from,
  to: row.period_to,
  dueOn: row.due_on,
  currency: row.currency,
  items: row.items,
  sales: row.sales,
  refunds: row.refunds,
  commission: row.commission,
  fees: row.fees,
  compensation: row.compensation,
  adjustments: row.adjustments,
  held: row.held,
  released: row.released,
  carriedIn: row.carried_in,
  carriedOut: row.carried_out,
  payable: row.payable,
  dispute: row.dispute,
  createdAt: row.created_at.toISOString(),
  version: row.version,
  may: mayOf(ctx, row),
});

/** The organisation's keys must be loaded. */
export async function viewStatement(
  tx: Tx,
  ctx: Ctx,
  row: StatementRow,
): Promise<z.input<typeof schema.StatementView>> {
  const [moves, payouts] = [await movesOfStatement(tx, row.id), await payoutsOfStatement(tx, row.id)];
  const [account] = await activeAccounts(tx, [row.party_id]);
  const people = [...moves.map((m) => m.by), row.submitted_by, row.approved_by].filter((id) => id !== null);
  const names = await actorNames(tx, people);
  const name = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  return {
    ...presentStatement(ctx, row),
    agreement: row.agreement,
    approvalId: row.state === 'submitted' ? row.approval_id : null,
    hash: row.content_hash?.toString('hex') ?? null,
    submittedBy: name(row.submitted_by),
    approvedBy: name(row.approved_by),
    account: account ? masked(ctx, account) : null,
    byKind: await sumsByKind(tx, row.id),
    payouts: payouts.map((p) => ({
      id: p.id,
      no: p.no,
      batchId: p.batch_id,
      amount: p.amount,
      state: p.state,
      reference: p.reference,
      reason: p.reason,
    })),
    moves: moves.map((m) => ({
      event: m.event,
      state: m.state,
      note: m.note,
      by: names.get(m.by) ?? m.by,
      at: m.at.toISOString(),
    })),
  };
}

export async function viewParties(
  tx: Tx,
  ctx: Ctx,
  rows: readonly PartySummaryRow[],
): Promise<z.input<typeof schema.PartySummary>[]> {
  const accounts = await activeAccounts(
    tx,
    rows.map((r) => r.id),
  );
  const views: z.input<typeof schema.PartySummary>[] = [];
  for (const row of rows) {
    const account = accounts.find((a) => a.party_id === row.id);
    views.push({
      id: row.id,
      kind: row.kind,
      reference: row.reference,
      name: row.name,
      own: row.own,
      currency: row.currency,
      settledThrough: row.settled_through,
      open: { items: row.open_items, amount: row.open_amount },
      balance: row.balance,
      account: account ? masked(ctx, account) : null,
      cycle: (await agreementAt(tx, row.id, ctx.now)).terms.cycle,
      version: row.version,
      may: can(ctx, WRITE) ? ['agree', 'adjust', 'build', ...(row.own ? [] : ['account'])] : [],
    });
  }
  return views;
}

export async function viewParty(tx: Tx, ctx: Ctx, row: PartySummaryRow): Promise<z.input<typeof schema.PartyView>> {
  const [summary] = await viewParties(tx, ctx, [row]);
  const [agreements, accounts] = [await agreementsOf(tx, row.id), await accountsOf(tx, [row.id])];
  const inForce = await agreementAt(tx, row.id, ctx.now);
  const people = [...agreements.map((a) => a.created_by), ...accounts.flatMap((a) => [a.proposed_by, a.decided_by])];
  const names = await actorNames(
    tx,
    people.filter((id) => id !== null),
  );
  return {
    ...(summary as z.input<typeof schema.PartySummary>),
    agreements: agreements.map((a) => ({
      id: a.id,
      no: a.no,
      effectiveFrom: a.effective_from.toISOString(),
      inForce: a.id === inForce.id,
      terms: a.terms,
      note: a.note,
      createdAt: a.created_at.toISOString(),
      createdBy: names.get(a.created_by) ?? a.created_by,
    })),
    accounts: accounts.map((a) => ({
      id: a.id,
      masked: masked(ctx, a),
      state: a.state,
      approvalId: a.state === 'pending' ? a.approval_id : null,
      proposedAt: a.proposed_at.toISOString(),
      proposedBy: names.get(a.proposed_by) ?? a.proposed_by,
      decidedBy: a.decided_by === null ? null : (names.get(a.decided_by) ?? a.decided_by),
      may: a.state === 'pending' && maySecond(ctx, a.proposed_by) ? ['approve', 'reject'] : [],
    })),
  };
}

export const presentItem = (row: ItemRow): z.input<typeof schema.ItemView> => ({
  id: row.id,
  partyId: row.party_id,
  party: row.party,
  kind: row.kind,
  subjectNo: row.subject_no,
  subject: row.subject,
  about: row.about,
  amount: row.amount,
  currency: row.currency,
  at: row.at.toISOString(),
  day: row.day,
  agreement: row.agreement,
  note: row.note,
  statementId: row.statement_id,
});

export async function viewBatches(
  tx: Tx,
  ctx: Ctx,
  rows: readonly BatchRow[],
): Promise<z.input<typeof schema.BatchSummary>[]> {
  const names = await actorNames(
    tx,
    rows.map((r) => r.created_by),
  );
  return rows.map((row) => ({
    id: row.id,
    no: row.no,
    currency: row.currency,
    payouts: row.payouts,
    amount: row.amount,
    paying: row.paying,
    paid: row.paid,
    failed: row.failed,
    createdAt: row.created_at.toISOString(),
    createdBy: names.get(row.created_by) ?? row.created_by,
    may: can(ctx, PAY) && row.paying > 0 ? ['file', 'results'] : [],
  }));
}

/** The organisation's keys must be loaded. */
export async function viewPayouts(
  tx: Tx,
  ctx: Ctx,
  rows: readonly PayoutRow[],
): Promise<z.input<typeof schema.PayoutView>[]> {
  const accounts = new Map(
    (
      await accountsByIds(
        tx,
        rows.map((r) => r.account_id),
      )
    ).map((a) => [a.id, masked(ctx, a)]),
  );
  return rows.map((row) => ({
    id: row.id,
    no: row.no,
    batchId: row.batch_id,
    statementId: row.statement_id,
    statementNo: row.statement_no,
    partyId: row.party_id,
    party: row.party,
    account: accounts.get(row.account_id) ?? '',
    amount: row.amount,
    currency: row.currency,
    state: row.state,
    reference: row.reference,
    reason: row.reason,
    settledAt: row.settled_at?.toISOString() ?? null,
    version: row.version,
    may: can(ctx, PAY) ? allowedEvents(payoutFlow, row.state) : [],
  }));
}

export async function viewBatch(tx: Tx, ctx: Ctx, row: BatchRow): Promise<z.input<typeof schema.BatchView>> {
  const [summary] = await viewBatches(tx, ctx, [row]);
  return {
    ...(summary as z.input<typeof schema.BatchSummary>),
    lines: await viewPayouts(tx, ctx, await payoutsOfBatch(tx, row.id)),
  };
}
