import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { BUILT_IN_ROLES, builtInRole, type RoleName } from '../built-in-roles.ts';

export type RoleRow = { code: string; name: RoleName; permissions: string[]; version: number; builtIn: boolean };

const COLUMNS = 'code, name, permissions, version, false as "builtIn"';

/** The organisation's own roles after the built-in ones. */
export async function listRoles(tx: Tx): Promise<RoleRow[]> {
  const own = await tx.query<RoleRow>(`select ${COLUMNS} from identity.roles where org_id = $1 order by code`, [
    tx.orgId,
  ]);
  return [...BUILT_IN_ROLES.map((r) => ({ ...r, permissions: [...r.permissions], version: 1, builtIn: true })), ...own];
}

/** Takes the row lock of one of the organisation's own roles. */
export async function lockRole(tx: Tx, code: string): Promise<RoleRow | undefined> {
  return maybeOne(
    await tx.query<RoleRow>(`select ${COLUMNS} from identity.roles where org_id = $1 and code = $2 for update`, [
      tx.orgId,
      code,
    ]),
  );
}

export async function insertRole(tx: Tx, role: RoleRow, at: Date): Promise<boolean> {
  const made = await tx.query(
    `insert into identity.roles (org_id, code, name, permissions, version, updated_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning 1`,
    [tx.orgId, role.code, JSON.stringify(role.name), role.permissions, role.version, at],
  );
  return made.length === 1;
}

export async function updateRole(tx: Tx, role: RoleRow, at: Date): Promise<void> {
  await tx.query(
    'update identity.roles set name = $3, permissions = $4, version = $5, updated_at = $6 where org_id = $1 and code = $2',
    [tx.orgId, role.code, JSON.stringify(role.name), role.permissions, role.version, at],
  );
}

/** What each of the named roles grants, as patterns; names nobody defined are absent. */
export async function patternsOf(tx: Tx, codes: readonly string[]): Promise<Map<string, readonly string[]>> {
  const own = await tx.query<{ code: string; permissions: string[] }>(
    'select code, permissions from identity.roles where org_id = $1 and code = any ($2)',
    [tx.orgId, codes],
  );
  const found = new Map<string, readonly string[]>(own.map((r) => [r.code, r.permissions]));
  for (const code of codes) {
    const builtIn = builtInRole(code);
    if (builtIn) found.set(code, builtIn.permissions);
  }
  return found;
}
