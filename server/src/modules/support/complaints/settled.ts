import type { Tx } from '#kernel/db/index.ts';
import { isMajorComplaint } from '../tickets/domain/categories.ts';
import { AgreementMissing } from '../tickets/errors.ts';
import type { TicketRow } from '../tickets/store/tickets.ts';

/** A major complaint ends with the customer's signature. @throws AgreementMissing */
export async function mustBeSettled(tx: Tx, row: TicketRow): Promise<void> {
  if (!isMajorComplaint(row)) return;
  const signed = await tx.prepared(
    `select 1 from support.agreements where org_id = $1 and ticket_id = $2 and state = 'signed'`,
    [tx.orgId, row.id],
  );
  if (signed.length === 0) throw new AgreementMissing({ no: row.no });
}
