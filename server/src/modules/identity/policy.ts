import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { LIMITS, limitOf } from '#kernel/limits.ts';
import { expand } from './permissions.ts';
import { LimitNotHeld, PermissionNotHeld, ScopeNotHeld } from './refusals.ts';

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

/** How much one decides alone, by name of the limit. */
export type Limits = Readonly<Record<string, number>>;

/**
 * The limits of a person: their own where they have one, else the highest of their roles'. Roles without a limit do not count, so
 * that a role that has nothing to do with it does not lift one that was set.
 */
export function heldLimits(ofRoles: readonly Limits[], own: Limits): Limits {
  const held: Record<string, number> = {};
  for (const limits of ofRoles)
    for (const [name, amount] of Object.entries(limits)) held[name] = Math.max(held[name] ?? 0, amount);
  return { ...held, ...own };
}

/**
 * Nobody gives, or takes hold of an account with, more than they decide alone themselves; whoever writes settings sets the
 * organisation's limits, and may. Limits that the permissions make no use of do not count. @throws LimitNotHeld
 */
export async function mustHoldLimits(tx: Tx, ctx: Ctx, patterns: readonly string[], limits: Limits): Promise<void> {
  if (can(ctx, 'settings.write')) return;
  const granted = expand(patterns);
  for (const spec of LIMITS.values()) {
    if (!granted.has(spec.permission)) continue;
    const given = limits[spec.name] ?? (await spec.organisation(tx));
    if (given > (await limitOf(tx, ctx, spec))) throw new LimitNotHeld({ limit: spec.name });
  }
}
