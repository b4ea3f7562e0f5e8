import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { MixedCurrencies, NoPayoutAccount, StatementDisputed } from '../../errors.ts';
import { PayoutSettled } from '../../events.ts';
import { postEntry } from '../../ledger/entry.ts';
import { owedLines } from '../book-settleable.ts';
import { payoutFlow } from '../domain/payout-flow.ts';
import { statementFlow } from '../domain/statement-flow.ts';
import { activeAccounts } from '../store/accounts.ts';
import { getPayout, insertBatch, insertPayout, lockPayout, type PayoutRow, savePayout } from '../store/payouts.ts';
import { lockStatement, lockStatements } from '../store/statements.ts';
import { move } from './move-statement.ts';

/**
 * Makes a batch of approved statements for the bank to pay, all or none: each to the account agreed on at this moment. Nothing is
 * booked before the bank has paid. @throws TransitionRefused, NoPayoutAccount, StatementDisputed, MixedCurrencies
 */
export async function createBatch(tx: Tx, ctx: Ctx, input: { statementIds: readonly string[] }): Promise<string> {
  const rows = await lockStatements(tx, [...new Set(input.statementIds)]);
  const accounts = new Map(
    (
      await activeAccounts(
        tx,
        rows.map((r) => r.party_id),
      )
    ).map((a) => [a.party_id, a.id]),
  );
  const currency = present(rows[0], 'a batch has statements').currency;
  for (const row of rows) {
    step(statementFlow, row.state, 'pay');
    if (row.dispute !== null) throw new StatementDisputed({ no: row.no });
    if (!accounts.has(row.party_id)) throw new NoPayoutAccount({ party: row.party });
    if (row.currency !== currency) throw new MixedCurrencies();
  }
  const id = newId();
  const day = await todayOf(tx, ctx);
  await insertBatch(tx, ctx, {
    id,
    no: `B${readableNo(day, await nextNumber(tx, 'payments.payout_batch'))}`,
    currency,
    payouts: rows.length,
    amount: rows.reduce((n, r) => n + r.payable, 0),
  });
  for (const row of rows) {
    await insertPayout(tx, {
      id: newId(),
      no: `P${readableNo(day, await nextNumber(tx, 'payments.payout'))}`,
      batch_id: id,
      statement_id: row.id,
      party_id: row.party_id,
      account_id: present(accounts.get(row.party_id), 'the account was there'),
      amount: row.payable,
      currency,
    });
    await move(tx, ctx, row, 'pay');
  }
  return id;
}

/** The bank has paid: the debt is gone, and so is the money. @throws TransitionRefused when that is known already */
export async function confirmPayout(
  tx: Tx,
  ctx: Ctx,
  input: { payoutId: string; reference: string },
): Promise<PayoutRow> {
  const { row, statement } = await lockBoth(tx, input.payoutId);
  const state = step(payoutFlow, row.state, 'confirm');
  await savePayout(tx, ctx, row, { state, reference: input.reference, reason: null });
  await move(tx, ctx, statement, 'confirm', { note: input.reference });
  await postEntry(tx, ctx, {
    kind: 'payout_paid',
    subject: row.id,
    at: ctx.now,
    lines: owedLines({ account: 'merchants_payable', shopId: row.party_id }, 'bank', {
      amount: 0 - row.amount,
      currency: row.currency,
    }),
  });
  return tell(tx, ctx, row, state);
}

/** The bank has not paid: the statement can be paid by another batch. @throws TransitionRefused when it has */
export async function failPayout(tx: Tx, ctx: Ctx, input: { payoutId: string; reason: string }): Promise<PayoutRow> {
  const { row, statement } = await lockBoth(tx, input.payoutId);
  const state = step(payoutFlow, row.state, 'fail');
  await savePayout(tx, ctx, row, { state, reference: null, reason: input.reason });
  await move(tx, ctx, statement, 'fail', { note: input.reason });
  return tell(tx, ctx, row, state);
}

async function lockBoth(tx: Tx, payoutId: string) {
  const { statement_id: statementId } = await getPayout(tx, { id: payoutId });
  const statement = await lockStatement(tx, statementId);
  return { statement, row: await lockPayout(tx, payoutId) };
}

async function tell(tx: Tx, ctx: Ctx, row: PayoutRow, outcome: string): Promise<PayoutRow> {
  await PayoutSettled.emit(tx, ctx, row.statement_id, {
    payoutNo: row.no,
    statementNo: row.statement_no,
    partyId: row.party_id,
    outcome,
    amount: { amount: row.amount, currency: row.currency },
  });
  return getPayout(tx, { id: row.id });
}
