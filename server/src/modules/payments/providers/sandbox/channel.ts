import { z } from 'zod';
import { AMOUNT_MAX } from '#kernel/money.ts';
import type { Channel, Verified } from '../channel.ts';
import { sandboxBill } from './bill.ts';
import { closeAtPeer, openAtPeer, queryPeer, queryRefundAtPeer, refundAtPeer } from './peer.ts';
import { HEADERS, isSigned, sandboxKeys } from './signature.ts';

export const CALLBACK_WINDOW_MS = 5 * 60_000;

const Body = z.object({
  paymentNo: z.string().max(40),
  amount: z.int().min(1).max(AMOUNT_MAX),
  currency: z.string().regex(/^[A-Z]{3}$/),
  outcome: z.enum(['success', 'failure']),
  channelRef: z.string().min(1).max(100),
  timestamp: z.int(),
  nonce: z.string().min(8).max(100),
});

/** A channel that moves no money: what the product is tried and tested with. It answers from its own books. */
export const sandboxChannel: Channel = {
  code: 'sandbox',
  needsAccount: false,
  payUrl: (paymentId) => `/sandbox/pay/${paymentId}`,
  open: async (env, payment) => {
    await openAtPeer(env, payment);
    return {};
  },
  query: queryPeer,
  close: closeAtPeer,
  refund: refundAtPeer,
  queryRefund: queryRefundAtPeer,
  verify: async (env, { body, headers, now }) => judge(await sandboxKeys(env.db), body, headers, now),
  fetchBill: async (env, { orgId, billDate }) => sandboxBill(env, orgId, billDate),
  bills: ['trade'],
  repeats: 'refused',
  acknowledgement: { type: 'application/json; charset=utf-8', body: JSON.stringify({ code: 'SUCCESS' }) },
};

function judge(
  keys: Awaited<ReturnType<typeof sandboxKeys>>,
  body: Buffer,
  headers: Readonly<Record<string, unknown>>,
  now: Date,
): Verified {
  const [timestamp, nonce, signature] = [HEADERS.timestamp, HEADERS.nonce, HEADERS.signature].map((name) =>
    String(headers[name] ?? ''),
  );
  const parsed = parse(body);
  // of an unproven body only these two are kept, cut short: it may say anything
  const claimed = typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  const paymentNo = typeof claimed['paymentNo'] === 'string' ? claimed['paymentNo'].slice(0, 40) : undefined;
  const where = {
    ...(paymentNo === undefined ? {} : { paymentNo }),
    payload: { paymentNo: paymentNo ?? null, bytes: body.length },
  };
  const said = Body.safeParse(parsed);
  const proven = isSigned(keys, body, timestamp ?? '', nonce ?? '', signature ?? '');
  if (!proven || !said.success || said.data.nonce !== nonce || String(said.data.timestamp) !== timestamp) {
    return { ok: false, verdict: 'bad_signature', ...where };
  }
  if (Math.abs(now.getTime() - said.data.timestamp * 1000) > CALLBACK_WINDOW_MS)
    return { ok: false, verdict: 'stale', ...where };
  const { channelRef, ...rest } = said.data;
  return { ok: true, notice: { about: 'payment', ...rest, ref: channelRef }, payload: said.data };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined; // not JSON: refused like any other body the sandbox did not sign
  }
}
