import type { Locale } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { OutgoingState } from '../domain/words.ts';
import { OutgoingNotFound } from '../errors.ts';

export type Recipients = { to: { address: string; name: string }; cc: string[] };
export type OutgoingRow = {
  id: string;
  kind: 'reply' | 'acknowledgement';
  account_id: string;
  ticket_id: string;
  message_id: string | null;
  rfc_message_id: string;
  in_reply_to: string | null;
  refs: string[];
  auto: boolean;
  recipients: Buffer;
  locale: Locale;
  state: OutgoingState;
  attempts: number;
  leased_until: Date | null;
  problem: string | null;
  created_at: Date;
  sent_at: Date | null;
  bounced_at: Date | null;
  version: number;
};
const INSERTED = [
  'id',
  'kind',
  'account_id',
  'ticket_id',
  'message_id',
  'rfc_message_id',
  'in_reply_to',
  'refs',
  'auto',
  'recipients',
  'locale',
  'created_at',
] as const;
const COLUMNS = `${INSERTED.join(', ')}, state, attempts, leased_until, problem, sent_at, bounced_at, version`;
const SELECT = `select ${COLUMNS} from support.mail_outgoing where org_id = $1`;
const RECIPIENTS = 'support.mail_recipients';

export const sealRecipients = (orgId: string, recipients: Recipients): Buffer =>
  fieldCrypto.seal(orgId, JSON.stringify(recipients), RECIPIENTS);
/** The organisation's keys must be loaded. */
export const openRecipients = (orgId: string, row: Pick<OutgoingRow, 'recipients'>): Recipients =>
  JSON.parse(fieldCrypto.open(orgId, row.recipients, RECIPIENTS)) as Recipients;

/** Undefined when the message is on its way already. */
export async function insertOutgoing(
  tx: Tx,
  row: Pick<OutgoingRow, (typeof INSERTED)[number]>,
): Promise<OutgoingRow | undefined> {
  return maybeOne(
    await tx.query<OutgoingRow>(
      `insert into support.mail_outgoing (org_id, state, ${INSERTED.join(', ')}) values ($1, 'queued', ${INSERTED.map((_, i) => `$${i + 2}`).join(', ')})
       on conflict (org_id, message_id) where message_id is not null do nothing returning ${COLUMNS}`,
      [tx.orgId, ...INSERTED.map((c) => row[c])],
    ),
  );
}

/** @throws OutgoingNotFound. */
export async function lockOutgoing(tx: Tx, id: string): Promise<OutgoingRow> {
  const row = maybeOne(await tx.query<OutgoingRow>(`${SELECT} and id = $2 for update`, [tx.orgId, id]));
  if (!row) throw new OutgoingNotFound({ outgoingId: id });
  return row;
}

export async function saveOutgoing(
  tx: Tx,
  row: OutgoingRow,
  patch: Partial<Pick<OutgoingRow, 'state' | 'attempts' | 'leased_until' | 'problem' | 'sent_at' | 'bounced_at'>>,
): Promise<OutgoingRow> {
  const columns = Object.keys(patch) as (keyof typeof patch)[];
  return one(
    await tx.query<OutgoingRow>(
      `update support.mail_outgoing set ${columns.map((c, i) => `${c} = $${i + 3}`).join(', ')}, version = version + 1
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, ...columns.map((c) => patch[c])],
    ),
  );
}

/** The mail of ours one of these Message-IDs names, the first of them that does. */
export async function outgoingByMessageIds(tx: Tx, ids: readonly string[]): Promise<OutgoingRow | undefined> {
  if (ids.length === 0) return undefined;
  const rows = await tx.prepared<OutgoingRow>(`${SELECT} and rfc_message_id = any ($2)`, [tx.orgId, ids]);
  for (const id of ids) {
    const found = rows.find((r) => r.rfc_message_id === id);
    if (found) return found;
  }
  return undefined;
}

export const outgoingOfTickets = (tx: Tx, ticketIds: readonly string[]): Promise<OutgoingRow[]> =>
  tx.prepared<OutgoingRow>(`${SELECT} and ticket_id = any ($2::uuid[]) order by id desc limit 200`, [
    tx.orgId,
    ticketIds,
  ]);
