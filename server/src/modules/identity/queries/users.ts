import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { presentUser } from '../present.ts';
import { UserNotFound } from '../refusals.ts';
import type { UserView } from '../schema.ts';
import { findMember, listMembers, logInStates } from '../store/members.ts';

type View = z.input<typeof UserView>;

export async function viewUser(tx: Tx, ctx: Ctx, userId: string): Promise<View> {
  const row = await findMember(tx, userId);
  if (!row) throw new UserNotFound({ userId });
  return presentUser(row, (await logInStates(tx, [userId])).get(userId), ctx.now);
}

/** People by e-mail address. */
export async function viewUsers(
  tx: Tx,
  ctx: Ctx,
  input: { limit: number; cursor?: string | undefined },
): Promise<Page<View>> {
  const after = input.cursor === undefined ? '' : String(decodeCursor('email', input.cursor, 1)[0]);
  const rows = await listMembers(tx, after, input.limit + 1);
  const states = await logInStates(
    tx,
    rows.map((r) => r.user_id),
  );
  return pageOf(
    rows,
    input.limit,
    'email',
    (r) => [r.email],
    (r) => presentUser(r, states.get(r.user_id), ctx.now),
  );
}
