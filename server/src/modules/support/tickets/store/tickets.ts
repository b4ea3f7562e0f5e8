import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';
import type { TicketState } from '../domain/flow.ts';
import type { Priority, Severity } from '../domain/words.ts';
import { TicketNotFound } from '../errors.ts';

export type TicketRow = {
  id: string;
  no: string;
  category: string;
  severity: Severity;
  priority: Priority;
  state: TicketState;
  channel: string;
  subject: Buffer;
  cc: Buffer | null;
  customer_id: string | null;
  order_id: string | null;
  order_no: string | null;
  shop_id: string | null;
  assignee_id: string | null;
  team_id: string | null;
  tags: string[];
  escalation: number;
  opened_at: Date;
  opened_by_kind: string;
  opened_by: string;
  created_at: Date;
  last_customer_at: Date | null;
  last_answer_at: Date | null;
  resolved_at: Date | null;
  closed_at: Date | null;
  merged_into: string | null;
  follows_id: string | null;
  terms_id: string;
  next_due_at: Date | null;
  missed: boolean;
  moves: number;
  version: number;
};

export const TICKET_COLUMNS = `id, no, category, severity, priority, state, channel, subject, cc, customer_id, order_id, order_no, shop_id, assignee_id, team_id, tags, escalation,
  opened_at, opened_by_kind, opened_by, created_at, last_customer_at, last_answer_at, resolved_at, closed_at, merged_into, follows_id, terms_id, next_due_at, missed, moves, version`;
const SELECT = `select ${TICKET_COLUMNS} from support.tickets where org_id = $1`;

const SUBJECT = 'support.subject';
const CC = 'support.cc';
/** What stands in a subject is the customer's own words, so it is sealed. The organisation's keys must be loaded. */
export const sealSubject = (orgId: string, text: string): Buffer => fieldCrypto.seal(orgId, text, SUBJECT);
export const openSubject = (orgId: string, row: Pick<TicketRow, 'subject'>): string =>
  fieldCrypto.open(orgId, row.subject, SUBJECT);
export const sealCc = (orgId: string, addresses: readonly string[]): Buffer | null =>
  addresses.length === 0 ? null : fieldCrypto.seal(orgId, JSON.stringify(addresses), CC);
export const openCc = (orgId: string, row: Pick<TicketRow, 'cc'>): string[] =>
  row.cc ? (JSON.parse(fieldCrypto.open(orgId, row.cc, CC)) as string[]) : [];

type Fresh = Omit<
  TicketRow,
  | 'escalation'
  | 'last_customer_at'
  | 'last_answer_at'
  | 'resolved_at'
  | 'closed_at'
  | 'merged_into'
  | 'next_due_at'
  | 'missed'
  | 'moves'
  | 'version'
>;
const FRESH = [
  'id',
  'no',
  'category',
  'severity',
  'priority',
  'state',
  'channel',
  'subject',
  'cc',
  'customer_id',
  'order_id',
  'order_no',
  'shop_id',
  'assignee_id',
  'team_id',
  'tags',
  'opened_at',
  'opened_by_kind',
  'opened_by',
  'created_at',
  'follows_id',
  'terms_id',
] as const satisfies readonly (keyof Fresh)[];

export async function insertTicket(tx: Tx, ticket: Fresh): Promise<TicketRow> {
  return one(
    await tx.prepared<TicketRow>(
      `insert into support.tickets (org_id, ${FRESH.join(', ')}) values ($1, ${FRESH.map((_, i) => `$${i + 2}`).join(', ')}) returning ${TICKET_COLUMNS}`,
      [tx.orgId, ...FRESH.map((column) => ticket[column])],
    ),
  );
}

/** By id or by number. */
export async function findTicket(tx: Tx, ref: string): Promise<TicketRow | undefined> {
  return maybeOne(
    await tx.prepared<TicketRow>(`${SELECT} and ${isUuid(ref) ? 'id = $2::uuid' : 'no = $2'}`, [
      tx.orgId,
      isUuid(ref) ? ref : ref.replaceAll(/[\s-]/g, '').toUpperCase(),
    ]),
  );
}

/** @throws TicketNotFound. */
export async function getTicket(tx: Tx, ref: string): Promise<TicketRow> {
  const row = await findTicket(tx, ref);
  if (!row) throw new TicketNotFound({ ticket: ref });
  return row;
}

/** @throws TicketNotFound. */
export async function lockTicket(tx: Tx, id: string): Promise<TicketRow> {
  const row = maybeOne(await tx.prepared<TicketRow>(`${SELECT} and id = $2 for update`, [tx.orgId, id]));
  if (!row) throw new TicketNotFound({ ticket: id });
  return row;
}

/** Several, each locked, in the order of their ids. @throws TicketNotFound when one is missing */
export async function lockTickets(tx: Tx, ids: readonly string[]): Promise<TicketRow[]> {
  const wanted = [...new Set(ids)];
  const rows = await tx.prepared<TicketRow>(`${SELECT} and id = any ($2) order by id for update`, [tx.orgId, wanted]);
  if (rows.length !== wanted.length)
    throw new TicketNotFound({ ticket: wanted.find((id) => !rows.some((r) => r.id === id)) });
  return rows;
}

export const ticketsByIds = (tx: Tx, ids: readonly string[]): Promise<TicketRow[]> =>
  tx.prepared<TicketRow>(`${SELECT} and id = any ($2)`, [tx.orgId, ids]);

/** The ticket in which a merged one goes on, at the end of the chain; itself when it is not merged. */
export async function lockLiving(tx: Tx, ref: string): Promise<TicketRow> {
  let row = await getTicket(tx, ref);
  for (;;) {
    while (row.merged_into !== null) row = await getTicket(tx, row.merged_into);
    const locked = await lockTicket(tx, row.id);
    if (locked.merged_into === null) return locked;
    row = locked; // it was merged while we waited
  }
}

/** The ticket and all that are merged into it, near or far. */
export async function familyOf(tx: Tx, id: string): Promise<{ id: string; no: string; opened_at: Date }[]> {
  return tx.prepared(
    `with recursive family as (
       select id, no, opened_at from support.tickets where org_id = $1 and id = $2
       union select t.id, t.no, t.opened_at from support.tickets t join family f on t.merged_into = f.id where t.org_id = $1)
     select id, no, opened_at from family`,
    [tx.orgId, id],
  );
}

type Patch = Partial<Omit<TicketRow, 'id' | 'no' | 'version'>>;

/** Writes what changed of a locked ticket. */
export async function saveTicket(tx: Tx, row: TicketRow, patch: Patch): Promise<TicketRow> {
  const columns = Object.keys(patch) as (keyof Patch)[];
  if (columns.length === 0) return row;
  return one(
    await tx.prepared<TicketRow>(
      `update support.tickets set ${columns.map((c, i) => `${c} = $${i + 3}`).join(', ')}, version = version + 1
        where org_id = $1 and id = $2 returning ${TICKET_COLUMNS}`,
      [tx.orgId, row.id, ...columns.map((c) => patch[c])],
    ),
  );
}

/** The tickets about an order, newest first. */
export const ticketsOfOrder = (tx: Tx, orderId: string): Promise<TicketRow[]> =>
  tx.prepared<TicketRow>(`${SELECT} and order_id = $2 order by id desc limit 100`, [tx.orgId, orderId]);

/** The newest that are not done. */
export const activeTickets = (tx: Tx, limit: number): Promise<TicketRow[]> =>
  tx.query<TicketRow>(
    `${SELECT} and state in ('open', 'in_progress', 'waiting_customer', 'waiting_third_party') order by id desc limit $2`,
    [tx.orgId, limit],
  );
