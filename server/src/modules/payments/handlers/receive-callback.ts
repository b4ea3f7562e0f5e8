import type { Ctx } from '#kernel/context.ts';
import { SYSTEM_ACTOR, systemCtx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import type { Log } from '#kernel/log.ts';
import { applyRefundNotice } from '../commands/apply-refund-notice.ts';
import { settle, type Told } from '../commands/settle.ts';
import type { Verdict } from '../domain/verdict.ts';
import { CallbackRefused, CallbackReplayed, CallbackStale, CallbackWrongMerchant, PaymentNotFound } from '../errors.ts';
import { CallbackRefusedEvent } from '../events.ts';
import { subject } from '../port.ts';
import type { Channel, PaymentNotice, Verified } from '../providers/channel.ts';
import { insertRecord, isNonceUsed, type Located, locateNo, NOBODY } from '../store/callbacks.ts';
import { getPayment, lockPayment, type PaymentRow } from '../store/payments.ts';

export type CallbackEnv = { db: Db; log: Log; now: Date; requestId: string };

/** A callback as it came in; `accountId` where its address names one. */
export type Incoming = {
  body: Buffer;
  headers: Readonly<Record<string, unknown>>;
  accountId: string | undefined;
};

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

const REFUSED = {
  bad_signature: CallbackRefused,
  stale: CallbackStale,
  wrong_merchant: CallbackWrongMerchant,
} as const;

/**
 * Takes a channel's callback: answers only after the commit, and the same however often it comes. The organisation is
 * that of the payment, which must be that of the account it was proven with.
 * @throws CallbackRefused, CallbackStale, CallbackWrongMerchant, CallbackReplayed, PaymentNotFound, each already recorded.
 */
export async function receiveCallback(env: CallbackEnv, channel: Channel, incoming: Incoming): Promise<Verdict> {
  const verified = await channel.verify(env, { ...incoming, now: env.now });
  const no = verified.ok ? verified.notice.paymentNo : verified.paymentNo;
  const place = await placeOf(env, channel, verified, no);
  if (!verified.ok) {
    await recordRefusal(env, channel, verified, place, verified.verdict);
    throw new REFUSED[verified.verdict]();
  }
  if (!place) {
    await recordRefusal(env, channel, verified, undefined, 'unknown_payment');
    throw new PaymentNotFound({ paymentNo: no });
  }
  const verdict = await apply(env, channel, place, verified);
  if (verdict === 'replayed_nonce') throw new CallbackReplayed();
  return verdict;
}

/** The payment a callback is about, where it is of the organisation whose account proved it. */
async function placeOf(
  env: CallbackEnv,
  channel: Channel,
  verified: Verified,
  no: string | undefined,
): Promise<Located | undefined> {
  const found = no === undefined ? undefined : await locateNo(env.db, channel.code, no);
  return verified.place && found?.orgId !== verified.place.orgId ? undefined : found;
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
  const accountId = verified.place?.accountId;
  return env.db.inTx(ctx, async (tx) => {
    if (notice.about === 'refund') {
      const where = { paymentId: place.paymentId, accountId, channel: channel.code };
      return applyRefundNotice(tx, ctx, where, notice, payload);
    }
    const { subject_id } = await getPayment(tx, place.paymentId);
    await subject().lock(tx, ctx, subject_id);
    const row = await lockPayment(tx, place.paymentId);
    if (await isNonceUsed(tx, channel.code, notice.nonce))
      return recordAgain(tx, ctx, channel, row, payload, accountId);
    const from = { source: 'callback', nonce: notice.nonce, payload, accountId } as const;
    const told = toldBy(notice);
    if (told) return settle(tx, ctx, row, told, from);
    await insertRecord(tx, ctx, {
      ...from,
      channel: channel.code,
      paymentId: row.id,
      verdict: 'no_change',
      settles: false,
    });
    return 'no_change';
  });
}

/** Had before, to the byte: a channel that got no answer repeats itself, anybody else replays what they overheard. */
async function recordAgain(
  tx: Tx,
  ctx: Ctx,
  channel: Channel,
  row: PaymentRow,
  payload: Record<string, unknown>,
  accountId: string | undefined,
): Promise<Verdict> {
  const verdict = channel.repeats === 'acknowledged' ? 'duplicate' : 'replayed_nonce';
  await insertRecord(tx, ctx, {
    source: 'callback',
    channel: channel.code,
    paymentId: row.id,
    verdict,
    nonce: null,
    settles: false,
    payload,
    accountId,
  });
  if (verdict === 'replayed_nonce') await tellRefused(tx, ctx, row, verdict);
  return verdict;
}

const tellRefused = (tx: Tx, ctx: Ctx, row: PaymentRow, verdict: Verdict): Promise<void> =>
  CallbackRefusedEvent.emit(tx, ctx, row.subject_id, {
    paymentId: row.id,
    paymentNo: row.no,
    channel: row.channel,
    verdict,
  });

function toldBy(notice: PaymentNotice): Told | undefined {
  if (notice.outcome === 'nothing') return undefined;
  return notice.outcome === 'success'
    ? { outcome: 'success', received: { amount: notice.amount, currency: notice.currency }, ref: notice.ref }
    : { outcome: 'failure' };
}

async function recordRefusal(
  env: CallbackEnv,
  channel: Channel,
  verified: Verified,
  place: Located | undefined,
  verdict: Verdict,
): Promise<void> {
  env.log.warn({ channel: channel.code, verdict, requestId: env.requestId }, 'payment callback refused');
  if (!mayRecordRefusal(env.now)) return;
  const orgId = place?.orgId ?? verified.place?.orgId ?? NOBODY;
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
      payload: verified.payload,
      accountId: verified.place?.accountId,
    });
    if (paymentId) await tellRefused(tx, ctx, await getPayment(tx, paymentId), verdict);
  });
}
