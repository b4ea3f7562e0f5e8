import { defineApproval } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { answerDue, expectAnswer, NOTHING_DUE } from '../clocks.ts';
import { caseFlows, comesBack, takesUnits } from '../domain/flow.ts';
import { CaseInvalid, GoodwillDecided, QuantityExceeded } from '../errors.ts';
import { CaseArbitrated, CaseEscalated, GoodwillAsked, GoodwillDecidedOn } from '../events.ts';
import { GOODWILL } from '../permissions.ts';
import { caseableLines, leftFor } from '../queries/goods.ts';
import { type CaseRow, saveCase } from '../store/cases.ts';
import { addEvidence } from '../store/extras.ts';
import { caseLines } from '../store/lines.ts';
import { debtsOfCase, endDebt } from '../store/money.ts';
import { takeUnits } from '../store/units.ts';
import { factsOf, tell } from '../tell.ts';
import { approveLocked } from './decide-case.ts';
import { withdrawOffer } from './end-case.ts';
import { type LockedCase, lockCase } from './lock-case.ts';
import { mustSeeFiles } from './must-see-files.ts';
import { stepCase } from './step-case.ts';

/**
 * Asks for arbitration (仲裁, AFT-8): goods nobody has a rule for, or a decision that is not accepted. What was refused holds its units
 * again, if nobody has taken them since. @throws QuantityExceeded, TransitionRefused
 */
export async function escalateCase(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; note: string; evidence?: readonly string[] | undefined },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  await mustSeeFiles(tx, ctx, input.evidence ?? [], 'evidence');
  const lines = await caseLines(tx, [row.id]);
  if (row.state === 'rejected' && lines.some((l) => l.received > 0))
    throw new CaseInvalid({ no: row.no }, [{ path: 'caseId', code: 'goods_sent_back', facts: {} }]);
  const holds = takesUnits(row.kind);
  if (row.state === 'rejected' && holds) await holdAgain(tx, { order, row });
  const dueAt = await answerDue(tx, ctx, row.vip);
  await withdrawOffer(tx, ctx, row);
  const saved = await stepCase(tx, ctx, row, 'escalate', {
    escalated_from: row.state,
    holds_units: holds,
    moveNote: input.note,
    due_at: dueAt,
    due_kind: 'answer',
  });
  await expectAnswer(tx, ctx, saved, dueAt);
  await addEvidence(tx, ctx, row.id, 'arbitration', input.evidence ?? []);
  await CaseEscalated.emit(tx, ctx, order.id, factsOf(saved));
  return saved;
}

async function holdAgain(tx: Tx, { order, row }: LockedCase): Promise<void> {
  const lines = await caseLines(tx, [row.id]);
  const all = new Map((await caseableLines(tx, order)).map((l) => [l.line.id, l]));
  const problems = lines.flatMap((l, i) => {
    const of = all.get(l.line_id);
    const left = of ? leftFor(row.kind, of) : 0;
    return l.quantity <= left
      ? []
      : [{ path: `lines[${i}].quantity`, code: 'too_big', facts: { maximum: left, sku: l.sku } }];
  });
  if (problems.length > 0) throw new QuantityExceeded({ orderNo: order.order_no }, problems);
  await takeUnits(
    tx,
    order.id,
    lines.map((l) => ({ lineId: l.line_id, quantity: l.quantity, limit: all.get(l.line_id)?.limit ?? 0 })),
  );
}

/**
 * The arbiter's verdict, with what it rests on kept with the case: the customer is right, and what they asked for is done; or not.
 */
export async function arbitrateCase(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; verdict: 'uphold' | 'overrule'; note: string; evidence?: readonly string[] | undefined },
): Promise<CaseRow> {
  const locked = await lockCase(tx, ctx, input.caseId);
  const { order, row } = locked;
  await mustSeeFiles(tx, ctx, input.evidence ?? [], 'evidence');
  await addEvidence(tx, ctx, row.id, 'arbitration', input.evidence ?? []);
  const verdict = { verdict: input.verdict, note: input.note, by: ctx.actor.id, at: ctx.now.toISOString() };
  const noted = await saveCase(tx, ctx, row, { verdict, diagnosed_at: row.diagnosed_at ?? ctx.now });
  const saved = await follow(tx, ctx, { order, row: noted }, input);
  await CaseArbitrated.emit(tx, ctx, order.id, { ...factsOf(row), verdict: input.verdict });
  await tell(tx, ctx, { order, row: saved }, 'verdict', { data: { note: input.note }, key: String(saved.version) });
  return saved;
}

/** What was owed because the goods were refused is not. */
async function forgive(tx: Tx, ctx: Ctx, row: CaseRow): Promise<void> {
  for (const debt of await debtsOfCase(tx, row.id))
    if (debt.state === 'open' && debt.why === 'counted_less')
      await endDebt(tx, ctx, debt.id, { state: 'waived', note: row.no });
}

async function follow(
  tx: Tx,
  ctx: Ctx,
  { order, row }: LockedCase,
  input: { verdict: 'uphold' | 'overrule'; note: string },
): Promise<CaseRow> {
  if (input.verdict === 'overrule')
    return stepCase(tx, ctx, row, 'overrule', { note: input.note, moveNote: input.note });
  await forgive(tx, ctx, row);
  const goodsAreHere = comesBack(row.kind) && row.escalated_from === 'inspected';
  if (!goodsAreHere || !('uphold_goods' in caseFlows[row.kind].escalated))
    return approveLocked(tx, ctx, { order, row }, { note: input.note, event: 'uphold' });
  return stepCase(tx, ctx, row, 'uphold_goods', { ...NOTHING_DUE, moveNote: input.note });
}

/** Goodwill beyond the policy, such as after its window has closed: another person decides (AFT-11). */
export const goodwillApproval = defineApproval({
  kind: 'aftersales.goodwill',
  permission: GOODWILL,
  fourEyes: true,
  expiresAfterMs: 3 * DAY_MS,
  onApproved: async (tx, ctx, request) => {
    const locked = await lockCase(tx, ctx, request.subject);
    const saved = await decided(tx, ctx, locked, 'granted');
    if (saved.state === 'submitted') await approveLocked(tx, ctx, { order: locked.order, row: saved }, { note: '' });
  },
  onRejected: async (tx, ctx, request) => {
    await decided(tx, ctx, await lockCase(tx, ctx, request.subject), 'refused');
  },
});

async function decided(tx: Tx, ctx: Ctx, { order, row }: LockedCase, outcome: 'granted' | 'refused'): Promise<CaseRow> {
  if (row.goodwill !== 'asked') return row;
  const saved = await saveCase(tx, ctx, row, { goodwill: outcome });
  await GoodwillDecidedOn.emit(tx, ctx, order.id, { ...factsOf(row), outcome });
  return saved;
}

/** Asks for goodwill beyond the policy. @throws GoodwillDecided when it was asked for, CaseInvalid where the policy allows it anyway */
export async function askGoodwill(tx: Tx, ctx: Ctx, input: { caseId: string; note: string }): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  if (row.policy.allowed || row.state !== 'submitted')
    throw new CaseInvalid({ no: row.no }, [{ path: 'caseId', code: 'nothing_to_ask', facts: {} }]);
  if (row.goodwill === 'granted' || row.goodwill === 'refused')
    throw new GoodwillDecided({ no: row.no, outcome: row.goodwill });
  const saved = await saveCase(tx, ctx, row, { goodwill: 'asked', note: input.note });
  await goodwillApproval.request(tx, ctx, {
    subject: row.id,
    facts: { orderNo: row.order_no, caseNo: row.no, kind: row.kind, clause: row.policy.clause, reason: row.reason },
  });
  await GoodwillAsked.emit(tx, ctx, order.id, factsOf(row));
  return saved;
}
