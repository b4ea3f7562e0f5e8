import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { presentUser } from '../present.ts';
import { UserNotFound } from '../refusals.ts';
import type { UserView } from '../schema.ts';
import { limitsOfMembers } from '../store/limits.ts';
import { findMember, listMembers, logInStates } from '../store/members.ts';

type View = z.input<typeof UserView>;

export async function viewUser(tx: Tx, ctx: Ctx, userId: string): Promise<View> {
  const row = await findMember(tx, userId);
  if (!row) throw new UserNotFound({ userId });
  const limits = (await limitsOfMembers(tx, [userId])).get(userId) ?? {};
  return presentUser(row, limits, (await logInStates(tx, [userId])).get(userId), ctx.now);
}

/** People by e-mail address. */
export async function viewUsers(
  tx: Tx,
  ctx: Ctx,
  input: { limit: number; cursor?: string | undefined },
): Promise<Page<View>> {
  const after = input.cursor === undefined ? '' : String(decodeCursor('email', input.cursor, 1)[0]);
  const rows = await listMembers(tx, after, input.limit + 1);
  const ids = rows.map((r) => r.user_id);
  const [states, limits] = [await logInStates(tx, ids), await limitsOfMembers(tx, ids)];
  return pageOf(
    rows,
    input.limit,
    'email',
    (r) => [r.email],
    (r) => presentUser(r, limits.get(r.user_id) ?? {}, states.get(r.user_id), ctx.now),
  );
}
