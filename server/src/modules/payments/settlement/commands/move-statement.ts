import type { z } from 'zod';
import { defineApproval } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { defineLimit } from '#kernel/limits.ts';
import { DAY_MS } from '#kernel/time.ts';
import { AdjustmentUnfit, StatementDisputed } from '../../errors.ts';
import { StatementMoved } from '../../events.ts';
import { paymentSettings } from '../../settings.ts';
import { bookSettleable } from '../book-settleable.ts';
import { isOpenState, type StatementEvent, statementFlow } from '../domain/statement-flow.ts';
import type { AdjustInput, DisputeInput } from '../schema.ts';
import { putInto } from '../store/items.ts';
import { agreementAt, lockParty } from '../store/parties.ts';
import {
  countStatement,
  lockStatement,
  moveStatement,
  noteStatement,
  saveDispute,
  type StatementRow,
} from '../store/statements.ts';

const APPROVE = 'payments.settlement.approve';

/** Up to which amount somebody may agree that it is paid. */
export const settlementLimit = defineLimit({
  name: 'payments.settlement',
  unit: 'money',
  permission: APPROVE,
  organisation: async (tx) => (await paymentSettings.get(tx)).settlementLimit,
});

/** What one person submits another approves, whose limit must reach it. */
const statementApproval = defineApproval({
  kind: 'payments.settlement',
  permission: APPROVE,
  fourEyes: true,
  expiresAfterMs: 14 * DAY_MS,
  onApproved: async (tx, ctx, { subject }) => {
    const row = await lockStatement(tx, subject);
    await settlementLimit.mustReach(tx, ctx, row.payable);
    // nothing is paid to a shop of our own, and nothing where nothing is left to pay
    const event = row.payable === 0 || row.own ? 'close' : 'approve';
    await move(tx, ctx, row, event, { approved: true });
  },
  onRejected: async (tx, ctx, { subject }) => {
    await move(tx, ctx, await lockStatement(tx, subject), 'reject', { submitted: null });
  },
});

/** Moves a statement whose row is locked, and tells. @throws TransitionRefused */
export async function move(
  tx: Tx,
  ctx: Ctx,
  row: StatementRow,
  event: StatementEvent,
  with_: { note?: string; submitted?: string | null; approved?: boolean } = {},
): Promise<StatementRow> {
  const state = step(statementFlow, row.state, event);
  const saved = await moveStatement(tx, ctx, row, { event, state, ...with_ });
  await StatementMoved.emit(tx, ctx, row.id, {
    statementNo: row.no,
    partyId: row.party_id,
    state,
    amount: { amount: row.payable, currency: row.currency },
  });
  return saved;
}

/** Hands a draft to a second person. @throws StatementDisputed */
export async function submitStatement(
  tx: Tx,
  ctx: Ctx,
  input: { statementId: string; note: string },
): Promise<StatementRow> {
  const row = await lockStatement(tx, input.statementId);
  step(statementFlow, row.state, 'submit');
  if (row.dispute !== null) throw new StatementDisputed({ no: row.no });
  const facts = { no: row.no, party: row.party, amount: row.payable, currency: row.currency };
  const submitted = await statementApproval.request(tx, ctx, { subject: row.id, facts });
  return move(tx, ctx, row, 'submit', { note: input.note, submitted });
}

/** The request was taken back, or nobody decided in time: it is a draft again. */
export async function recallStatement(tx: Tx, ctx: Ctx, statementId: string): Promise<void> {
  const row = await lockStatement(tx, statementId);
  if (row.state === 'submitted') await move(tx, ctx, row, 'withdraw', { submitted: null });
}

/** Notes that the party does not agree, or (null) that it does again. Nothing is submitted or paid meanwhile. */
export async function disputeStatement(tx: Tx, ctx: Ctx, input: z.output<typeof DisputeInput>): Promise<StatementRow> {
  const row = await lockStatement(tx, input.statementId);
  await saveDispute(tx, row, input.dispute);
  const event = input.dispute === null ? 'agreed' : 'dispute';
  await noteStatement(tx, ctx, row.id, { event, state: row.state, note: input.dispute ?? '' });
  return lockStatement(tx, row.id);
}

/** Whether a statement can take an amount in: it is a draft that pays, and still pays no less than nothing. */
const fits = (row: StatementRow, amount: number): boolean =>
  isOpenState(row.state) && row.carried_out === 0 && row.payable + amount >= 0;

/** What two people agree to settle otherwise, with a reason. */
const adjustmentApproval = defineApproval({
  kind: 'payments.settlement_adjustment',
  permission: APPROVE,
  fourEyes: true,
  expiresAfterMs: 14 * DAY_MS,
  onApproved: async (tx, ctx, { id, subject, facts }) => {
    const party = await lockParty(tx, String(facts['partyId']));
    const amount = Number(facts['amount']);
    await settlementLimit.mustReach(tx, ctx, Math.abs(amount));
    const statement = typeof facts['statementId'] === 'string' ? await lockStatement(tx, facts['statementId']) : null;
    if (statement && !fits(statement, amount)) throw new AdjustmentUnfit({ no: statement.no });
    await bookSettleable(tx, ctx, party, {
      kind: 'adjustment',
      subject,
      subjectNo: statement?.no ?? `A-${id.slice(-8)}`,
      amount,
      at: ctx.now,
      agreementId: (await agreementAt(tx, party.id, ctx.now)).id,
      note: String(facts['reason']),
    });
    if (!statement) return;
    await putInto(tx, statement.id, { partyId: party.id, kind: 'adjustment', subject });
    await countStatement(tx, statement.id);
    await noteStatement(tx, ctx, statement.id, {
      event: 'adjusted',
      state: statement.state,
      note: String(facts['reason']),
    });
  },
});

/** Asks for an adjustment; answers with the request another person decides. @throws AdjustmentUnfit */
export async function adjust(tx: Tx, ctx: Ctx, input: z.output<typeof AdjustInput>): Promise<{ approvalId: string }> {
  const party = await lockParty(tx, input.partyId);
  const statement = input.statementId === undefined ? undefined : await lockStatement(tx, input.statementId);
  if (statement && (statement.party_id !== party.id || !fits(statement, input.amount)))
    throw new AdjustmentUnfit({ no: statement.no });
  const approvalId = await adjustmentApproval.request(tx, ctx, {
    subject: newId(),
    facts: {
      party: party.name,
      partyId: party.id,
      amount: input.amount,
      currency: party.currency,
      reason: input.reason,
      ...(statement ? { statementId: statement.id, no: statement.no } : {}),
    },
  });
  return { approvalId };
}
