import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { FollowUpEvent, FollowUpState, Outcome, Reason } from '../domain/words.ts';
import { FollowUpNotFound } from '../errors.ts';

export type FollowUpRow = {
  id: string;
  no: string;
  reason: Reason;
  state: FollowUpState;
  request_id: string | null;
  ticket_id: string | null;
  customer_id: string | null;
  shop_id: string | null;
  owner_id: string | null;
  note: Buffer | null;
  due_at: Date;
  missed_at: Date | null;
  calls: number;
  outcome: Outcome | null;
  created_at: Date;
  created_by: string;
  closed_at: Date | null;
  closed_by: string | null;
  version: number;
};
const INSERTED = [
  'id',
  'no',
  'reason',
  'request_id',
  'ticket_id',
  'customer_id',
  'shop_id',
  'owner_id',
  'note',
  'due_at',
  'created_at',
  'created_by',
] as const;
const COLUMNS = `${INSERTED.join(', ')}, state, missed_at, calls, outcome, closed_at, closed_by, version`;
const SELECT = `select ${COLUMNS} from support.follow_ups where org_id = $1`;
const NOTE = 'support.follow_up_note';
export const sealNote = (orgId: string, text: string | undefined): Buffer | null =>
  text ? fieldCrypto.seal(orgId, text, NOTE) : null;
export const openNote = (orgId: string, sealed: Buffer | null): string =>
  sealed ? fieldCrypto.open(orgId, sealed, NOTE) : '';

/** Undefined when the score has its call already. */
export async function insertFollowUp(
  tx: Tx,
  row: Pick<FollowUpRow, (typeof INSERTED)[number]>,
): Promise<FollowUpRow | undefined> {
  return maybeOne(
    await tx.query<FollowUpRow>(
      `insert into support.follow_ups (org_id, state, ${INSERTED.join(', ')}) values ($1, 'open', ${INSERTED.map((_, i) => `$${i + 2}`).join(', ')})
       on conflict (org_id, request_id) where request_id is not null do nothing returning ${COLUMNS}`,
      [tx.orgId, ...INSERTED.map((c) => row[c])],
    ),
  );
}

/** @throws FollowUpNotFound. */
export async function getFollowUp(tx: Tx, id: string, lock = false): Promise<FollowUpRow> {
  const row = maybeOne(
    await tx.query<FollowUpRow>(`${SELECT} and id = $2${lock ? ' for update' : ''}`, [tx.orgId, id]),
  );
  if (!row) throw new FollowUpNotFound({ followUpId: id });
  return row;
}

export async function saveFollowUp(
  tx: Tx,
  row: FollowUpRow,
  patch: Partial<
    Pick<FollowUpRow, 'state' | 'owner_id' | 'missed_at' | 'calls' | 'outcome' | 'closed_at' | 'closed_by'>
  >,
): Promise<FollowUpRow> {
  const columns = Object.keys(patch) as (keyof typeof patch)[];
  return one(
    await tx.query<FollowUpRow>(
      `update support.follow_ups set ${columns.map((c, i) => `${c} = $${i + 3}`).join(', ')}, version = version + 1
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, ...columns.map((c) => patch[c])],
    ),
  );
}

export type CallRow = { seq: number; event: FollowUpEvent; note: Buffer | null; by: string; at: Date };
export async function addCall(
  tx: Tx,
  ctx: Ctx,
  id: string,
  event: FollowUpEvent,
  note: string | undefined,
): Promise<void> {
  await tx.query(
    `insert into support.follow_up_calls (org_id, follow_up_id, seq, event, note, by, at)
     select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6 from support.follow_up_calls where org_id = $1 and follow_up_id = $2`,
    [tx.orgId, id, event, sealNote(tx.orgId, note), ctx.actor.id, ctx.now],
  );
}
export const callsOf = (tx: Tx, id: string): Promise<CallRow[]> =>
  tx.query<CallRow>(
    'select seq, event, note, by, at from support.follow_up_calls where org_id = $1 and follow_up_id = $2 order by seq desc limit 200',
    [tx.orgId, id],
  );

/** What is open by when it is due, else the newest first. */
export async function listFollowUps(
  tx: Tx,
  by: {
    state: FollowUpState | undefined;
    ownerId: string | undefined;
    shops: readonly string[] | null;
    after: (string | number)[] | undefined;
    limit: number;
  },
): Promise<FollowUpRow[]> {
  const isOpen = by.state === 'open';
  const cursor = isOpen ? '(due_at, id) > ($5::timestamptz, $6::uuid)' : 'id < $6::uuid';
  const [first = null, second = null] = by.after ?? [];
  return tx.query<FollowUpRow>(
    `${SELECT} and ($2::text is null or state = $2) and ($3::uuid is null or owner_id = $3)
        and ($4::uuid[] is null or shop_id is null or shop_id = any ($4)) and ($6::uuid is null or ${cursor}) and ($5::text is null or true)
      order by ${isOpen ? 'due_at, id' : 'id desc'} limit $7`,
    [
      tx.orgId,
      by.state ?? null,
      by.ownerId ?? null,
      by.shops,
      isOpen ? first : null,
      isOpen ? second : first,
      by.limit,
    ],
  );
}
