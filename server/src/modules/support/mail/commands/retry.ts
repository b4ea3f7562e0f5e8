import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { step } from '#kernel/flow.ts';
import { outgoingFlow } from '../domain/outgoing-flow.ts';
import { sendAnswer } from '../jobs/send.ts';
import { mayOutgoing } from '../policy.ts';
import { lockOutgoing, type OutgoingRow, saveOutgoing } from '../store/outgoing.ts';

/** Sends again what did not arrive, under the same Message-ID. @throws OutgoingNotFound, TransitionRefused */
export async function retryOutgoing(tx: Tx, ctx: Ctx, input: { outgoingId: string }): Promise<OutgoingRow> {
  await fieldCrypto.load(ctx.orgId);
  const row = await lockOutgoing(tx, input.outgoingId);
  const state = step(outgoingFlow, row.state, 'retry');
  if (!mayOutgoing.retry(ctx, row)) throw new Forbidden();
  const saved = await saveOutgoing(tx, row, {
    state,
    attempts: 0,
    problem: null,
    bounced_at: null,
    leased_until: null,
  });
  await sendAnswer.enqueue(tx, ctx, { outgoingId: row.id }, { key: row.id });
  return saved;
}
