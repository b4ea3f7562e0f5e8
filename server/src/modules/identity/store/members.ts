import type { Db, Tx } from '#kernel/db/index.ts';
import { maybeOne } from '#kernel/db/index.ts';
import { UserNotFound } from '../refusals.ts';

export type MemberStatus = 'active' | 'disabled';
export type MemberRow = {
  org_id: string;
  user_id: string;
  name: string;
  email: string;
  roles: string[];
  shops: string[] | null;
  warehouses: string[] | null;
  status: MemberStatus;
  version: number;
  created_at: Date;
  last_sign_in_at: Date | null;
};
export type LogInState = { user_id: string; two_factor: boolean; locked_until: Date | null };

const COLUMNS = 'org_id, user_id, name, email, roles, shops, warehouses, status, version, created_at, last_sign_in_at';

/** The organisation a person works for; a person belongs to one. For log-in, which knows no organisation yet. */
export async function findMembership(db: Db, userId: string): Promise<MemberRow | undefined> {
  return db.systemTx(async (tx) =>
    maybeOne(await tx.query<MemberRow>(`select ${COLUMNS} from identity.members where user_id = $1`, [userId])),
  );
}

export async function findMembershipByEmail(db: Db, email: string): Promise<MemberRow | undefined> {
  return db.systemTx(async (tx) =>
    maybeOne(await tx.query<MemberRow>(`select ${COLUMNS} from identity.members where email = $1`, [email])),
  );
}

export async function findMember(tx: Tx, userId: string): Promise<MemberRow | undefined> {
  return maybeOne(
    await tx.query<MemberRow>(`select ${COLUMNS} from identity.members where org_id = $1 and user_id = $2`, [
      tx.orgId,
      userId,
    ]),
  );
}

/** Takes the row lock. @throws UserNotFound */
export async function lockMember(tx: Tx, userId: string): Promise<MemberRow> {
  const rows = await tx.query<MemberRow>(
    `select ${COLUMNS} from identity.members where org_id = $1 and user_id = $2 for update`,
    [tx.orgId, userId],
  );
  const row = maybeOne(rows);
  if (!row) throw new UserNotFound({ userId });
  return row;
}

export async function insertMember(tx: Tx, row: Omit<MemberRow, 'version' | 'last_sign_in_at'>): Promise<void> {
  await tx.query(
    `insert into identity.members (org_id, user_id, name, email, roles, shops, warehouses, status, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [row.org_id, row.user_id, row.name, row.email, row.roles, row.shops, row.warehouses, row.status, row.created_at],
  );
}

export async function updateMember(tx: Tx, row: MemberRow, at: Date): Promise<void> {
  await tx.query(
    `update identity.members set name = $3, roles = $4, shops = $5, warehouses = $6, status = $7, version = $8, updated_at = $9
      where org_id = $1 and user_id = $2`,
    [row.org_id, row.user_id, row.name, row.roles, row.shops, row.warehouses, row.status, row.version, at],
  );
}

/** Members after a position, by e-mail; one more than asked for tells whether there are more. */
export async function listMembers(tx: Tx, after: string, limit: number): Promise<MemberRow[]> {
  return tx.query<MemberRow>(
    `select ${COLUMNS} from identity.members where org_id = $1 and email > $2 order by email limit $3`,
    [tx.orgId, after, limit],
  );
}

export async function logInStates(tx: Tx, userIds: readonly string[]): Promise<Map<string, LogInState>> {
  const rows = await tx.query<LogInState>('select user_id, two_factor, locked_until from identity.log_in_state($1)', [
    userIds,
  ]);
  return new Map(rows.map((r) => [r.user_id, r]));
}

/** One change of who is an administrator at a time: two removing each other at once would leave nobody. */
export async function lockAdmins(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`identity/admins/${tx.orgId}`]);
}

export async function countAdmins(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `select count(*) as n from identity.members where org_id = $1 and status = 'active' and 'admin' = any (roles)`,
    [tx.orgId],
  );
  return row?.n ?? 0;
}
