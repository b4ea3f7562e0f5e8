import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import type { SessionView } from '../schema.ts';

/** Only people have sessions; a key or a customer's pass has none. @throws Forbidden */
export function mustBePerson(ctx: Ctx): void {
  if (ctx.actor.kind !== 'user') throw new Forbidden();
}

/** Where the caller is signed in, last used first; `token` is that of the session the request came with. */
export async function viewSessions(tx: Tx, ctx: Ctx, token: string): Promise<z.input<typeof SessionView>[]> {
  mustBePerson(ctx);
  const rows = await tx.query<{
    id: string;
    created_at: Date;
    seen_at: Date;
    ip: string | null;
    agent: string | null;
    current: boolean;
  }>('select * from identity.sessions_of($1, $2, $3)', [ctx.actor.id, token, ctx.now]);
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.seen_at.toISOString(),
    ip: row.ip,
    agent: row.agent,
    current: row.current,
  }));
}
