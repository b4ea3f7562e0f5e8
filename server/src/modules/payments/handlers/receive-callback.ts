import type { Ctx } from '#kernel/context.ts';
import { SYSTEM_ACTOR, systemCtx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import type { Log } from '#kernel/log.ts';
import { settle, type Told } from '../commands/settle.ts';
import type { Verdict } from '../domain/verdict.ts';
import { CallbackRefused, CallbackReplayed, CallbackStale, PaymentNotFound } from '../errors.ts';
import { CallbackRefusedEvent } from '../events.ts';
import { subject } from '../port.ts';
import type { Channel, Notice, Verified } from '../providers/channel.ts';
import { insertRecord, isNonceUsed, type Located, locateNo, NOBODY } from '../store/callbacks.ts';
import { getPayment, lockPayment } from '../store/payments.ts';

export type CallbackEnv = { db: Db; log: Log; now: Date; requestId: string };

const REFUSED_PER_MINUTE_MAX = 120;
let minute = 0;
let refusedThisMinute = 0;

/** Forgeries are recorded, but nobody may fill the table with them: so many a minute and process, the rest are only logged. */
function mayRecordRefusal(now: Date): boolean {
  const current = Math.floor(now.getTime() / 60_000);
  if (current !== minute) [minute, refusedThisMinute] = [current, 0];
  refusedThisMinute += 1;
  return refusedThisMinute <= REFUSED_PER_MINUTE_MAX;
}

/**
 * Takes a channel's callback: answers only after the commit, and the same however often it comes. The organisation is
 * that of the payment. @throws CallbackRefused, CallbackStale, CallbackReplayed, PaymentNotFound, each already recorded.
 */
export async function receiveCallback(
  env: CallbackEnv,
  channel: Channel,
  body: Buffer,
  headers: Readonly<Record<string, unknown>>,
): Promise<Verdict> {
  const verified = await channel.verify(env, body, headers, env.now);
  const no = verified.ok ? verified.notice.paymentNo : verified.paymentNo;
  const place = no === undefined ? undefined : await locateNo(env.db, channel.code, no);
  if (!verified.ok) {
    await recordRefusal(env, channel, place, verified.verdict, verified.payload);
    throw verified.verdict === 'stale' ? new CallbackStale() : new CallbackRefused();
  }
  if (!place) {
    await recordRefusal(env, channel, undefined, 'unknown_payment', verified.payload);
    throw new PaymentNotFound({ paymentNo: no });
  }
  const verdict = await apply(env, channel, place, verified);
  if (verdict === 'replayed_nonce') throw new CallbackReplayed();
  return verdict;
}

function ctxOf(env: CallbackEnv, channel: Channel, orgId: string): Ctx {
  const actor = { ...SYSTEM_ACTOR, id: `channel:${channel.code}`, name: channel.code };
  return { ...systemCtx(orgId, env.now, env.requestId), actor };
}

async function apply(
  env: CallbackEnv,
  channel: Channel,
  place: Located,
  verified: Verified & { ok: true },
): Promise<Verdict> {
  const ctx = ctxOf(env, channel, place.orgId);
  const { notice, payload } = verified;
  return env.db.inTx(ctx, async (tx) => {
    const { subject_id } = await getPayment(tx, place.paymentId);
    await subject().lock(tx, ctx, subject_id);
    const row = await lockPayment(tx, place.paymentId);
    if (!(await isNonceUsed(tx, channel.code, notice.nonce))) {
      return settle(tx, ctx, row, toldBy(notice), { source: 'callback', nonce: notice.nonce, payload });
    }
    const record = {
      source: 'callback',
      channel: channel.code,
      paymentId: row.id,
      nonce: null,
      settles: false,
      payload,
    } as const;
    await insertRecord(tx, ctx, { ...record, verdict: 'replayed_nonce' });
    await CallbackRefusedEvent.emit(tx, ctx, subject_id, {
      paymentId: row.id,
      paymentNo: row.no,
      channel: row.channel,
      verdict: 'replayed_nonce',
    });
    return 'replayed_nonce';
  });
}

const toldBy = (notice: Notice): Told =>
  notice.outcome === 'success'
    ? { outcome: 'success', received: { amount: notice.amount, currency: notice.currency }, ref: notice.ref }
    : { outcome: 'failure' };

async function recordRefusal(
  env: CallbackEnv,
  channel: Channel,
  place: Located | undefined,
  verdict: Verdict,
  payload: Record<string, unknown>,
): Promise<void> {
  env.log.warn({ channel: channel.code, verdict, requestId: env.requestId }, 'payment callback refused');
  if (!mayRecordRefusal(env.now)) return;
  const orgId = place?.orgId ?? NOBODY;
  const ctx = ctxOf(env, channel, orgId);
  const paymentId = place?.paymentId ?? null;
  await env.db.inTx(ctx, async (tx) => {
    await insertRecord(tx, ctx, {
      source: 'callback',
      channel: channel.code,
      paymentId,
      verdict,
      nonce: null,
      settles: false,
      payload,
    });
    if (!paymentId) return;
    const row = await getPayment(tx, paymentId);
    await CallbackRefusedEvent.emit(tx, ctx, row.subject_id, {
      paymentId,
      paymentNo: row.no,
      channel: row.channel,
      verdict,
    });
  });
}
