import { can, type Ctx } from '#kernel/context.ts';
import { expand } from './permissions.ts';
import { PermissionNotHeld, ScopeNotHeld } from './refusals.ts';

const NAMED_MAX = 20;
type Scope = { shops: readonly string[] | null; warehouses: readonly string[] | null };

/** Nobody grants, or takes hold of an account with, permissions they do not have. @throws PermissionNotHeld */
export function mustHold(ctx: Ctx, patterns: readonly string[]): void {
  const missing = [...expand(patterns)].filter((permission) => !can(ctx, permission));
  if (missing.length > 0) throw new PermissionNotHeld({ permissions: missing.slice(0, NAMED_MAX) });
}

/** Nobody gives sight of shops or warehouses they do not see. @throws ScopeNotHeld */
export function mustSee(ctx: Ctx, scope: Scope): void {
  const within = (own: ReadonlySet<string> | null, given: readonly string[] | null): boolean =>
    own === null || (given !== null && given.every((id) => own.has(id)));
  if (!within(ctx.actor.shops, scope.shops)) throw new ScopeNotHeld({ of: 'shops' });
  if (!within(ctx.actor.warehouses, scope.warehouses)) throw new ScopeNotHeld({ of: 'warehouses' });
}
