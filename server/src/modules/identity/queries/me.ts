import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import type { MeView } from '../schema.ts';
import { securitySettings } from '../settings.ts';
import { findMember, logInStates } from '../store/members.ts';

type Org = { id: string; code: string; name: string; timeZone: string; currency: string };

/** Who asks, where, and what they may do: the first thing a screen loads. */
export async function viewMe(tx: Tx, ctx: Ctx): Promise<z.input<typeof MeView>> {
  const org = one(
    await tx.query<Org>('select id, code, name, time_zone as "timeZone", currency from kernel.orgs where id = $1', [
      tx.orgId,
    ]),
  );
  const { actor } = ctx;
  const member = actor.kind === 'user' ? await findMember(tx, actor.id) : undefined;
  const twoFactorEnabled =
    member !== undefined && ((await logInStates(tx, [actor.id])).get(actor.id)?.two_factor ?? false);
  const { requireTwoFactor } = await securitySettings.get(tx);
  return {
    user: member ? { id: actor.id, name: member.name, email: member.email, twoFactorEnabled } : null,
    key: actor.kind === 'key' ? { id: actor.id, name: actor.name } : null,
    org,
    roles: member?.roles ?? [],
    permissions: [...actor.can].toSorted(),
    shops: actor.shops === null ? null : [...actor.shops],
    warehouses: actor.warehouses === null ? null : [...actor.warehouses],
    locale: ctx.locale,
    mustEnrolTwoFactor:
      member !== undefined && !twoFactorEnabled && member.roles.some((role) => requireTwoFactor.includes(role)),
  };
}
