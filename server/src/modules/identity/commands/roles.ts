import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { builtInRole } from '../built-in-roles.ts';
import { forgetCredentials } from '../credential-cache.ts';
import { RoleSaved } from '../events.ts';
import { isKnownPattern } from '../permissions.ts';
import { mustHold } from '../policy.ts';
import { PermissionUnknown, RoleBuiltIn, RoleNotFound, RoleTaken } from '../refusals.ts';
import type { ChangeRole, NewRole } from '../schema.ts';
import { insertRole, lockRole, type RoleRow, updateRole } from '../store/roles.ts';

function mustKnow(permissions: readonly string[]): void {
  const unknown = permissions.filter((permission) => !isKnownPattern(permission));
  if (unknown.length > 0) throw new PermissionUnknown({ permissions: unknown });
}

/** Makes a role of the organisation's own. */
export async function createRole(tx: Tx, ctx: Ctx, input: NewRole): Promise<RoleRow> {
  mustKnow(input.permissions);
  mustHold(ctx, input.permissions);
  const role: RoleRow = { ...input, version: 1, builtIn: false };
  if (builtInRole(input.code) || !(await insertRole(tx, role, ctx.now))) throw new RoleTaken({ code: input.code });
  await RoleSaved.emit(tx, ctx, role.code, { code: role.code, permissions: role.permissions });
  return role;
}

/** Changes one of the organisation's own roles, for everybody who has it. */
export async function changeRole(tx: Tx, ctx: Ctx, input: ChangeRole & { code: string }): Promise<RoleRow> {
  if (builtInRole(input.code)) throw new RoleBuiltIn({ code: input.code });
  const was = await lockRole(tx, input.code);
  if (!was) throw new RoleNotFound({ code: input.code });
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== was.version) throw new PreconditionFailed({ version: was.version });
  const role: RoleRow = {
    ...was,
    name: input.name ?? was.name,
    permissions: input.permissions ?? was.permissions,
    version: was.version + 1,
  };
  mustKnow(role.permissions);
  mustHold(ctx, [...was.permissions, ...role.permissions]);
  await updateRole(tx, role, ctx.now);
  await RoleSaved.emit(tx, ctx, role.code, { code: role.code, permissions: role.permissions });
  tx.afterCommit(forgetCredentials);
  return role;
}
