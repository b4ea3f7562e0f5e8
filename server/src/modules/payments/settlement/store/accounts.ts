import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';

export type AccountRow = {
  id: string;
  party_id: string;
  sealed: Buffer;
  state: 'pending' | 'active' | 'rejected' | 'replaced';
  proposed_at: Date;
  proposed_by: string;
  approval_id: string | null;
  decided_by: string | null;
};
const COLUMNS = 'id, party_id, sealed, state, proposed_at, proposed_by, approval_id, decided_by';

export async function insertAccount(
  tx: Tx,
  ctx: Ctx,
  row: { id: string; partyId: string; sealed: Buffer },
): Promise<void> {
  await tx.query(
    `insert into payments.settlement_accounts (org_id, id, party_id, sealed, state, proposed_at, proposed_by) values ($1, $2, $3, $4, 'pending', $5, $6)`,
    [tx.orgId, row.id, row.partyId, row.sealed, ctx.now, ctx.actor.id],
  );
}

/** The account that was asked for, and nobody has decided about. */
export async function findPendingAccount(tx: Tx, partyId: string): Promise<AccountRow | undefined> {
  return maybeOne(
    await tx.query<AccountRow>(
      `select ${COLUMNS} from payments.settlement_accounts where org_id = $1 and party_id = $2 and state = 'pending'`,
      [tx.orgId, partyId],
    ),
  );
}

export async function saveAccountApproval(tx: Tx, id: string, approvalId: string): Promise<void> {
  await tx.query('update payments.settlement_accounts set approval_id = $3 where org_id = $1 and id = $2', [
    tx.orgId,
    id,
    approvalId,
  ]);
}

export async function lockAccount(tx: Tx, id: string): Promise<AccountRow> {
  return one(
    await tx.query<AccountRow>(
      `select ${COLUMNS} from payments.settlement_accounts where org_id = $1 and id = $2 for update`,
      [tx.orgId, id],
    ),
  );
}

/** What is agreed to takes the place of the one in use. */
export async function decideAccount(tx: Tx, ctx: Ctx, row: AccountRow, state: 'active' | 'rejected'): Promise<void> {
  if (state === 'active')
    await tx.query(
      `update payments.settlement_accounts set state = 'replaced' where org_id = $1 and party_id = $2 and state = 'active'`,
      [tx.orgId, row.party_id],
    );
  await tx.query(
    `update payments.settlement_accounts set state = $3, decided_at = $4, decided_by = $5 where org_id = $1 and id = $2 and state = 'pending'`,
    [tx.orgId, row.id, state, ctx.now, ctx.actor.id],
  );
}

/** Newest first. */
export const accountsOf = (tx: Tx, partyIds: readonly string[]): Promise<AccountRow[]> =>
  tx.query<AccountRow>(
    `select ${COLUMNS} from payments.settlement_accounts where org_id = $1 and party_id = any ($2) order by proposed_at desc, id desc`,
    [tx.orgId, partyIds],
  );

export const activeAccounts = (tx: Tx, partyIds: readonly string[]): Promise<AccountRow[]> =>
  tx.query<AccountRow>(
    `select ${COLUMNS} from payments.settlement_accounts where org_id = $1 and party_id = any ($2) and state = 'active'`,
    [tx.orgId, partyIds],
  );

export const accountsByIds = (tx: Tx, ids: readonly string[]): Promise<AccountRow[]> =>
  tx.query<AccountRow>(`select ${COLUMNS} from payments.settlement_accounts where org_id = $1 and id = any ($2)`, [
    tx.orgId,
    ids,
  ]);
