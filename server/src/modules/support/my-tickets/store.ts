import { one, type Tx } from '#kernel/db/index.ts';
import { TICKET_COLUMNS, type TicketRow } from '../tickets/store/tickets.ts';

const OWN = (t: string): string =>
  `(${t}.customer_id = any ($2::uuid[]) or (${t}.opened_by_kind = 'customer' and ${t}.opened_by = any ($2::text[])))`;

// One index for whose it is and one for who opened it; what both find is the same ticket once. A merged one is read where it goes on.
const PAGE = `
  select ${TICKET_COLUMNS} from (
    select ${TICKET_COLUMNS} from support.tickets t where t.org_id = $1 and t.customer_id = any ($2::uuid[])
    union
    select ${TICKET_COLUMNS} from support.tickets t
     where t.org_id = $1 and t.opened_by_kind = 'customer' and t.opened_by = any ($2::text[])) t
   where ($3::uuid is null or t.order_id = $3) and ($4::uuid is null or t.id < $4)
     and (t.merged_into is null or not exists (
       select 1 from support.tickets x where x.org_id = $1 and x.id = t.merged_into and ${OWN('x')}))
   order by t.id desc limit $5`;

/** Tickets of these customers, the newest first. */
export const ticketsOfCustomers = (
  tx: Tx,
  by: { customerIds: readonly string[]; orderId: string | null; before: string | null; limit: number },
): Promise<TicketRow[]> => tx.query<TicketRow>(PAGE, [tx.orgId, by.customerIds, by.orderId, by.before, by.limit]);

/** One at a time opens and writes for a customer: what is counted holds until the end of the transaction. */
export async function alone(tx: Tx, customerId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 9))', [`support.mine/${tx.orgId}/${customerId}`]);
}

export async function openedSince(tx: Tx, customerId: string, since: Date): Promise<number> {
  const sql = `select count(*)::int as n from support.tickets
     where org_id = $1 and opened_by_kind = 'customer' and opened_by = $2 and created_at > $3`;
  return one(await tx.query<{ n: number }>(sql, [tx.orgId, customerId, since])).n;
}

export async function writtenSince(
  tx: Tx,
  ticketIds: readonly string[],
  customerId: string,
  since: Date,
): Promise<number> {
  const sql = `select count(*)::int as n from support.messages
     where org_id = $1 and ticket_id = any ($2::uuid[]) and author_kind = 'customer' and author_id = $3 and at > $4`;
  return one(await tx.query<{ n: number }>(sql, [tx.orgId, ticketIds, customerId, since])).n;
}

/** How many agreements of each ticket wait for a signature. */
export async function awaitingSignature(tx: Tx, ticketIds: readonly string[], now: Date): Promise<Map<string, number>> {
  const rows = await tx.query<{ ticket_id: string; n: number }>(
    `select ticket_id, count(*)::int as n from support.agreements
      where org_id = $1 and ticket_id = any ($2::uuid[]) and state = 'sent' and (expires_at is null or expires_at > $3) group by ticket_id`,
    [tx.orgId, ticketIds, now],
  );
  return new Map(rows.map((r) => [r.ticket_id, r.n]));
}

/** When somebody first wrote to the customer, and when a solution was first proposed and signed. */
export async function milestones(
  tx: Tx,
  ticketIds: readonly string[],
): Promise<{ answered: Date | null; solution: Date | null; signed: Date | null }> {
  return one(
    await tx.query<{ answered: Date | null; solution: Date | null; signed: Date | null }>(
      `select min(m.at) as answered, min(m.at) filter (where m.solution) as solution,
              (select min(a.signed_at) from support.agreements a where a.org_id = $1 and a.ticket_id = any ($2::uuid[])) as signed
         from support.messages m where m.org_id = $1 and m.ticket_id = any ($2::uuid[]) and m.kind = 'outbound' and not m.auto`,
      [tx.orgId, ticketIds],
    ),
  );
}
