import { Forbidden } from './errors.ts';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Who acts. `can` holds permissions (`*` = all); `shops`/`warehouses` limit the rows seen, null = no limit. */
export type Actor = {
  readonly kind: 'user' | 'key' | 'system' | 'customer' | 'public';
  readonly id: string;
  readonly name: string;
  readonly can: ReadonlySet<string>;
  readonly shops: ReadonlySet<string> | null;
  readonly warehouses: ReadonlySet<string> | null;
  /** Stands for a part of somebody, such as one order of a customer: nothing that is the person's own is shown to it. */
  readonly partial?: true;
  /** How much they decide alone, by name of the limit (`kernel/limits.ts`); the organisation's holds for what is not in it. */
  readonly limits?: ReadonlyMap<string, number>;
  /** Codes of a person's roles: whose budgets they spend. What they may is in `can`. */
  readonly roles?: readonly string[];
};

/** Everything a command may know besides its input. The clock is here: commands never read the system's. */
export type Ctx = {
  readonly orgId: string;
  readonly actor: Actor;
  readonly now: Date;
  readonly requestId: string;
  readonly locale: Locale;
  /** The version named by If-Match, when the caller sent one. */
  readonly ifMatch?: number;
  /** The address the request came from. Personal data: neither logged nor kept in the clear. Absent: nobody asked over the network. */
  readonly from?: string;
};

export const SYSTEM_ACTOR: Actor = {
  kind: 'system',
  id: 'system',
  name: 'system',
  can: new Set(['*']),
  shops: null,
  warehouses: null,
};

/** The context of work nobody asked for: timers, subscribers, jobs. */
export function systemCtx(orgId: string, now: Date = new Date(), requestId = 'system'): Ctx {
  return { orgId, actor: SYSTEM_ACTOR, now, requestId, locale: 'zh-CN' };
}

/** Whether the actor holds a permission such as `orders.order.cancel`. */
export const can = (ctx: Ctx, permission: string): boolean => ctx.actor.can.has(permission) || ctx.actor.can.has('*');

/** @throws Forbidden naming the missing permission. */
export function permit(ctx: Ctx, permission: string): void {
  if (!can(ctx, permission)) throw new Forbidden({ permission });
}

/** Whether the actor's data scope includes the shop. */
export const seesShop = (ctx: Ctx, shopId: string): boolean => ctx.actor.shops?.has(shopId) ?? true;

/** Whether the actor's data scope includes the warehouse. */
export const seesWarehouse = (ctx: Ctx, warehouseId: string): boolean => ctx.actor.warehouses?.has(warehouseId) ?? true;
