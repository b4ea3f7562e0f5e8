import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { IncomingKind } from '../domain/words.ts';
import { IncomingNotFound } from '../errors.ts';
import type { Person } from '../parse.ts';

/** What is kept sealed of a mail, beside its text in the ticket. */
export type Details = {
  from: Person | null;
  to: string[];
  cc: string[];
  subject: string;
  quoted: string;
  signature: string;
  /** Attachments that were not taken, with the code of the refusal. */
  refused: { name: string; code: string }[];
  isCut: boolean;
  dmarc: 'pass' | 'fail' | null;
  /** Of what is held: there is no message that has it. */
  text?: string;
};

export type IncomingRow = {
  id: string;
  account_id: string;
  uid_validity: number;
  uid: number;
  fingerprint: Buffer;
  rfc_message_id: string | null;
  what: IncomingKind;
  why: string | null;
  ticket_id: string | null;
  message_id: string | null;
  first_id: string | null;
  sender_index: Buffer | null;
  details: Buffer | null;
  stranger: boolean;
  raw_file: string | null;
  size: number;
  sent_at: Date | null;
  came_at: Date;
  marked_at: Date | null;
  settled_at: Date | null;
  settled_by: string | null;
};
const INSERTED = [
  'id',
  'account_id',
  'uid_validity',
  'uid',
  'fingerprint',
  'rfc_message_id',
  'what',
  'why',
  'ticket_id',
  'message_id',
  'first_id',
  'sender_index',
  'details',
  'stranger',
  'raw_file',
  'size',
  'sent_at',
  'came_at',
] as const;
const COLUMNS = `${INSERTED.join(', ')}, marked_at, settled_at, settled_by`;
const SELECT = `select ${COLUMNS} from support.mail_incoming where org_id = $1`;
const DETAILS = 'support.mail_details';

export const sealDetails = (orgId: string, details: Details): Buffer =>
  fieldCrypto.seal(orgId, JSON.stringify(details), DETAILS);
/** The organisation's keys must be loaded. */
export const openDetails = (orgId: string, row: Pick<IncomingRow, 'details'>): Details | undefined =>
  row.details === null ? undefined : (JSON.parse(fieldCrypto.open(orgId, row.details, DETAILS)) as Details);

/** Mails of one content are taken one after the other, so that the second sees the first. */
export async function lockFingerprint(tx: Tx, fingerprint: Buffer): Promise<void> {
  const key = `support.mail/${tx.orgId}/${fingerprint.toString('base64')}`;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
}

export async function findByUid(
  tx: Tx,
  where: { accountId: string; uidValidity: number; uid: number },
): Promise<IncomingRow | undefined> {
  return maybeOne(
    await tx.prepared<IncomingRow>(`${SELECT} and account_id = $2 and uid_validity = $3 and uid = $4`, [
      tx.orgId,
      where.accountId,
      where.uidValidity,
      where.uid,
    ]),
  );
}

export async function findByFingerprint(tx: Tx, fingerprint: Buffer): Promise<IncomingRow | undefined> {
  return maybeOne(
    await tx.prepared<IncomingRow>(`${SELECT} and fingerprint = $2 and what <> 'duplicate'`, [tx.orgId, fingerprint]),
  );
}

export async function insertIncoming(
  tx: Tx,
  row: Omit<IncomingRow, 'marked_at' | 'settled_at' | 'settled_by'>,
): Promise<IncomingRow> {
  return one(
    await tx.query<IncomingRow>(
      `insert into support.mail_incoming (org_id, ${INSERTED.join(', ')}) values ($1, ${INSERTED.map((_, i) => `$${i + 2}`).join(', ')})
       returning ${COLUMNS}`,
      [tx.orgId, ...INSERTED.map((c) => row[c])],
    ),
  );
}

/** @throws IncomingNotFound. */
export async function lockIncoming(tx: Tx, id: string): Promise<IncomingRow> {
  const row = maybeOne(await tx.query<IncomingRow>(`${SELECT} and id = $2 for update`, [tx.orgId, id]));
  if (!row) throw new IncomingNotFound({ incomingId: id });
  return row;
}

/** @throws IncomingNotFound. */
export async function getIncoming(tx: Tx, id: string): Promise<IncomingRow> {
  const row = maybeOne(await tx.query<IncomingRow>(`${SELECT} and id = $2`, [tx.orgId, id]));
  if (!row) throw new IncomingNotFound({ incomingId: id });
  return row;
}

export async function saveIncoming(
  tx: Tx,
  id: string,
  patch: Partial<
    Pick<
      IncomingRow,
      'what' | 'why' | 'ticket_id' | 'message_id' | 'settled_at' | 'settled_by' | 'raw_file' | 'details'
    >
  >,
): Promise<IncomingRow> {
  const columns = Object.keys(patch) as (keyof typeof patch)[];
  return one(
    await tx.query<IncomingRow>(
      `update support.mail_incoming set ${columns.map((c, i) => `${c} = $${i + 3}`).join(', ')} where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, id, ...columns.map((c) => patch[c])],
    ),
  );
}

/** What is recorded and not yet marked or moved in the mailbox. */
export async function unmarked(tx: Tx, accountId: string, uidValidity: number): Promise<number[]> {
  const rows = await tx.prepared<{ uid: number }>(
    `select uid from support.mail_incoming where org_id = $1 and account_id = $2 and uid_validity = $3 and marked_at is null
      order by uid limit 1000`,
    [tx.orgId, accountId, uidValidity],
  );
  return rows.map((r) => r.uid);
}

export async function markMarked(
  tx: Tx,
  where: { accountId: string; uidValidity: number; uids: readonly number[] },
  now: Date,
): Promise<void> {
  await tx.prepared(
    `update support.mail_incoming set marked_at = $5
      where org_id = $1 and account_id = $2 and uid_validity = $3 and uid = any ($4::bigint[]) and marked_at is null`,
    [tx.orgId, where.accountId, where.uidValidity, where.uids, now],
  );
}

/** Which of these numbers are recorded already. */
export async function knownUids(
  tx: Tx,
  accountId: string,
  uidValidity: number,
  uids: readonly number[],
): Promise<Set<number>> {
  const rows = await tx.prepared<{ uid: number }>(
    'select uid from support.mail_incoming where org_id = $1 and account_id = $2 and uid_validity = $3 and uid = any ($4::bigint[])',
    [tx.orgId, accountId, uidValidity, uids],
  );
  return new Set(rows.map((r) => r.uid));
}

/** How many mails of a sender, and to a ticket, came since; counted up to `max`. */
export async function countSince(
  tx: Tx,
  by: { senderIndex: Buffer | null; ticketId: string | null },
  since: Date,
  max: number,
): Promise<number> {
  const { n } = one(
    await tx.prepared<{ n: number }>(
      `select greatest(
         (select count(*) from (select from support.mail_incoming where org_id = $1 and sender_index = $2 and came_at > $4 limit $5) a),
         (select count(*) from (select from support.mail_incoming where org_id = $1 and ticket_id = $3 and came_at > $4 limit $5) b))::int as n`,
      [tx.orgId, by.senderIndex, by.ticketId, since, max],
    ),
  );
  return n;
}

/** How many tickets a sender opened since, counted up to `max`. */
export async function openedSince(tx: Tx, senderIndex: Buffer, since: Date, max: number): Promise<number> {
  const { n } = one(
    await tx.prepared<{ n: number }>(
      `select count(*)::int as n from (select from support.mail_incoming
        where org_id = $1 and sender_index = $2 and came_at > $3 and what = 'ticket' limit $4) as opened`,
      [tx.orgId, senderIndex, since, max],
    ),
  );
  return n;
}

/** The ticket a mail that came in belongs to, by its Message-ID. */
export async function ticketOfMessageId(tx: Tx, messageIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.prepared<{ rfc_message_id: string; ticket_id: string }>(
    `select rfc_message_id, ticket_id from support.mail_incoming
      where org_id = $1 and rfc_message_id = any ($2) and ticket_id is not null and what in ('ticket', 'reply') order by id`,
    [tx.orgId, messageIds],
  );
  return new Map(rows.map((r) => [r.rfc_message_id, r.ticket_id]));
}

/** The latest mail of these tickets, newest first. */
export const incomingOfTickets = (tx: Tx, ticketIds: readonly string[]): Promise<IncomingRow[]> =>
  tx.prepared<IncomingRow>(
    `${SELECT} and ticket_id = any ($2::uuid[]) and what <> 'duplicate' order by came_at desc, id desc limit 200`,
    [tx.orgId, ticketIds],
  );

export async function listIncoming(
  tx: Tx,
  by: {
    accountId: string | undefined;
    what: IncomingKind | undefined;
    open: boolean;
    before: string | undefined;
    limit: number;
  },
): Promise<IncomingRow[]> {
  return tx.query<IncomingRow>(
    `${SELECT} and ($2::uuid is null or account_id = $2) and ($3::text is null or what = $3)
        and (not $4::boolean or (what = 'held' and settled_at is null)) and ($5::uuid is null or id < $5)
      order by id desc limit $6`,
    [tx.orgId, by.accountId ?? null, by.what ?? null, by.open, by.before ?? null, by.limit],
  );
}
