import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { moved } from '../ledger/book.ts';
import { type AccountCode, clearingOf } from '../ledger/chart.ts';
import { postEntry, reverseEntry } from '../ledger/entry.ts';
import type { DifferenceRow } from './store/differences.ts';

/** What a decision about a difference is booked as. An entry's subject is the decision, it is about the difference. */
export const DIFFERENCE_ENTRIES = ['difference_parked', 'difference_booked', 'difference_written_off'] as const;
export type DifferenceEntry = (typeof DIFFERENCE_ENTRIES)[number];

type Booked = { kind: DifferenceEntry; subject: string };

/** What of it stands in the books and was not taken back. */
async function standing(tx: Tx, differenceIds: readonly string[]): Promise<Booked[]> {
  if (differenceIds.length === 0) return [];
  return tx.query<Booked>(
    `select e.kind, e.subject from ledger.entries e where e.org_id = $1 and e.about = any ($2) and e.kind = any ($3)
        and not exists (select from ledger.entries r where r.org_id = e.org_id and r.reverses = e.id) order by e.booked_at, e.id`,
    [tx.orgId, differenceIds, DIFFERENCE_ENTRIES],
  );
}

/** Whether what is missing stands on the account of differences, where a decision to wait has put it. */
export const isParked = async (tx: Tx, row: DifferenceRow): Promise<boolean> =>
  (await standing(tx, [row.id])).some((entry) => entry.kind === 'difference_parked');

/** Takes back what decisions about these differences have booked: they were reopened, or the missing side has come by itself. */
export async function takeBack(tx: Tx, ctx: Ctx, differenceIds: readonly string[]): Promise<void> {
  for (const { kind, subject } of await standing(tx, differenceIds))
    await reverseEntry(tx, ctx, { kind: `${kind}_undone`, subject, of: kind, at: ctx.now });
}

/** The account a difference is on: what the channel owes us, or for a fee what channels have cost. */
const accountOf = (row: DifferenceRow): AccountCode => (row.kind === 'fee' ? 'channel_fees' : clearingOf(row.channel));

/**
 * Books how much more the channel has than we (`gap`, negative when it has less) between the difference's account and `other`.
 * `from` is the account it stands on now. Nothing is booked of nothing.
 */
async function post(
  tx: Tx,
  ctx: Ctx,
  row: DifferenceRow,
  kind: DifferenceEntry,
  gap: number,
  between: { from: AccountCode; other: AccountCode },
): Promise<void> {
  if (gap === 0) return;
  const [debit, credit] = gap > 0 ? [between.from, between.other] : [between.other, between.from];
  const lines = moved(debit, credit, { amount: Math.abs(gap), currency: row.currency });
  await postEntry(tx, ctx, { kind, subject: newId(), about: row.id, at: ctx.now, lines });
}

/** The difference waits on an account of its own, and the channel's agrees with the channel. */
export async function bookParked(tx: Tx, ctx: Ctx, row: DifferenceRow, gap: number): Promise<void> {
  if (await isParked(tx, row)) return;
  await post(tx, ctx, row, 'difference_parked', gap, { from: accountOf(row), other: 'differences' });
}

/**
 * Money of somebody we do not know has come, or has gone to them. Of a fee nothing is left to book: what the channel really
 * took was booked with its bill.
 */
export async function bookMissing(tx: Tx, ctx: Ctx, row: DifferenceRow, gap: number): Promise<void> {
  if (row.kind === 'fee') return takeBack(tx, ctx, [row.id]);
  const from = (await isParked(tx, row)) ? 'differences' : accountOf(row);
  await post(tx, ctx, row, 'difference_booked', gap, { from, other: 'suspense' });
}

/** Nobody will make it good: a gain or a loss. */
export async function bookWrittenOff(tx: Tx, ctx: Ctx, row: DifferenceRow, gap: number): Promise<void> {
  if (row.kind === 'fee') return takeBack(tx, ctx, [row.id]);
  const from = (await isParked(tx, row)) ? 'differences' : accountOf(row);
  await post(tx, ctx, row, 'difference_written_off', gap, {
    from,
    other: gap > 0 ? 'difference_gains' : 'difference_losses',
  });
}

/** What a channel has kept for its services, as its bill says; less than nothing where it gave fees back. */
export async function bookFees(
  tx: Tx,
  ctx: Ctx,
  bill: { id: string; channel: string; fee: number; currency: string; at: Date },
): Promise<void> {
  if (bill.fee === 0) return;
  const [debit, credit]: [AccountCode, AccountCode] =
    bill.fee > 0 ? ['channel_fees', clearingOf(bill.channel)] : [clearingOf(bill.channel), 'channel_fees'];
  const lines = moved(debit, credit, { amount: Math.abs(bill.fee), currency: bill.currency });
  await postEntry(tx, ctx, { kind: 'bill_fees', subject: bill.id, at: bill.at, lines });
}
