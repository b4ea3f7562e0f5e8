import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { type AccountCode, readCode } from './chart.ts';

type Moved = { debit: number; credit?: never } | { credit: number; debit?: never };
export type EntryLine = { account: AccountCode; currency: string; shopId?: string } & Moved;

export type NewEntry = {
  /** What happened: `payment_succeeded`. One entry of a kind for each subject. */
  kind: string;
  /** Id of what it happened to: the payment, the refund, the statement. */
  subject: string;
  /** Whose money it is: the order's id, where there is one. */
  about?: string;
  at: Date;
  lines: readonly EntryLine[];
  /** Id of the entry this one takes back, line by line. */
  reverses?: string;
};

/** Whether both sides are the same in every currency, and every line moves something. */
export function isBalanced(lines: readonly EntryLine[]): boolean {
  const sums = new Map<string, number>();
  for (const { currency, debit, credit } of lines) {
    const amount = debit ?? -credit;
    if (!Number.isSafeInteger(amount) || (debit ?? credit) <= 0) return false;
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return lines.length >= 2 && [...sums.values()].every((sum) => sum === 0);
}

/**
 * Books a movement of money in the transaction of the change that is its cause; returns the entry's id. Booked before, the
 * entry that is there is returned when its lines are the same; others are refused by the database, as is whatever does not balance.
 */
export async function postEntry(tx: Tx, ctx: Ctx, entry: NewEntry): Promise<string> {
  assert(isBalanced(entry.lines), `entry ${entry.kind} balances`);
  for (const { account } of entry.lines) assert(readCode(account) !== undefined, `${account} is in the chart`);
  const { id } = one(
    await tx.prepared<{ id: string }>('select ledger.post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as id', [
      tx.orgId,
      newId(),
      entry.kind,
      entry.subject,
      entry.about ?? null,
      entry.at,
      JSON.stringify(entry.lines),
      entry.reverses ?? null,
      ctx.actor.id,
      ctx.requestId,
    ]),
  );
  return id;
}

type BookedRow = { id: string; about: string | null; lines: EntryLine[] };

/** Books that an earlier entry is undone, with its lines and their sides changed. That entry has to be there. */
export async function reverseEntry(
  tx: Tx,
  ctx: Ctx,
  input: { kind: string; subject: string; of: string; at: Date },
): Promise<string> {
  const was = maybeOne(
    await tx.query<BookedRow>(
      'select id, about, lines from ledger.entries where org_id = $1 and kind = $2 and subject = $3',
      [tx.orgId, input.of, input.subject],
    ),
  );
  assert(was !== undefined, `${input.of} of ${input.subject} is booked`);
  return postEntry(tx, ctx, {
    kind: input.kind,
    subject: input.subject,
    ...(was.about === null ? {} : { about: was.about }),
    at: input.at,
    lines: was.lines.map(mirrored),
    reverses: was.id,
  });
}

function mirrored({ debit, credit, ...line }: EntryLine): EntryLine {
  return debit === undefined ? { ...line, debit: credit } : { ...line, credit: debit };
}
