import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { baseUrl } from '../../port.ts';
import {
  type ChannelEnv,
  type ChannelPayment,
  type ChannelRefund,
  ChannelUnreachable,
  type PaymentAnswer,
  type RefundAnswer,
} from '../channel.ts';
import { sandboxKeys, signHeaders } from './signature.ts';

type Transaction = {
  payment_no: string;
  amount: number;
  currency: string;
  status: 'open' | 'paid' | 'failed' | 'closed';
  ref: string;
};

/** How the sandbox misbehaves, for tests: everything a real channel has been seen to do. */
export type Faults = {
  /** Milliseconds before each answer. */
  delayMs: number;
  /** The next so many calls are done, but their answer is lost. */
  dropReplies: number;
  /** The next so many calls answer an error and do nothing. */
  errors: number;
  /** Refunds are refused for good, with this reason. */
  refuseRefunds: string | undefined;
  /** Refunds are accepted and stay in processing until this is switched off. */
  slowRefunds: boolean;
};

export const faults: Faults = { delayMs: 0, dropReplies: 0, errors: 0, refuseRefunds: undefined, slowRefunds: false };

async function answer<T>(work: () => Promise<T>): Promise<T> {
  if (faults.delayMs > 0) await wait(faults.delayMs);
  if (faults.errors > 0) {
    faults.errors -= 1;
    throw new ChannelUnreachable('sandbox answered 500');
  }
  const value = await work();
  if (faults.dropReplies > 0) {
    faults.dropReplies -= 1;
    throw new ChannelUnreachable('sandbox did not answer in time');
  }
  return value;
}

const COLUMNS = 'payment_no, amount, currency, status, ref';

async function register(tx: Tx, payment: ChannelPayment): Promise<Transaction> {
  await tx.query(
    `insert into payments.sandbox_transactions (org_id, payment_no, amount, currency, status, ref, created_at)
     values ($1, $2, $3, $4, 'open', $5, now()) on conflict do nothing`,
    [tx.orgId, payment.no, payment.amount, payment.currency, `SBX${randomBytes(12).toString('hex').toUpperCase()}`],
  );
  return one(
    await tx.query<Transaction>(
      `select ${COLUMNS} from payments.sandbox_transactions where org_id = $1 and payment_no = $2 for update`,
      [tx.orgId, payment.no],
    ),
  );
}

async function setStatus(tx: Tx, no: string, status: Transaction['status']): Promise<void> {
  await tx.query(
    'update payments.sandbox_transactions set status = $3, paid_at = now() where org_id = $1 and payment_no = $2',
    [tx.orgId, no, status],
  );
}

export async function openAtPeer(env: ChannelEnv, payment: ChannelPayment): Promise<void> {
  await answer(() => env.db.inTx(payment, (tx) => register(tx, payment)));
}

export async function queryPeer(env: ChannelEnv, payment: ChannelPayment): Promise<PaymentAnswer> {
  return answer(async () => {
    const rows = await env.db.read(payment, (tx) =>
      tx.query<Transaction>(
        `select ${COLUMNS} from payments.sandbox_transactions where org_id = $1 and payment_no = $2`,
        [tx.orgId, payment.no],
      ),
    );
    const found = maybeOne(rows);
    if (!found) return { state: 'not_found' };
    if (found.status !== 'paid') return { state: found.status };
    return { state: 'paid', amount: found.amount, currency: found.currency, ref: found.ref };
  });
}

export async function closeAtPeer(env: ChannelEnv, payment: ChannelPayment): Promise<'closed' | 'paid'> {
  return answer(() =>
    env.db.inTx(payment, async (tx) => {
      const found = await register(tx, payment); // closing what it has not heard of: it stays closed when heard of
      if (found.status === 'paid') return 'paid';
      await setStatus(tx, payment.no, 'closed');
      return 'closed';
    }),
  );
}

type PeerRefund = { status: 'processing' | 'succeeded' | 'refused'; ref: string; amount: number };

export async function refundAtPeer(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer> {
  return answer(() =>
    env.db.inTx(refund, async (tx) => {
      const paid = await register(tx, refund);
      if (paid.status !== 'paid') return { state: 'refused', why: 'sandbox: not paid' };
      const why = faults.refuseRefunds ?? (await ceiling(tx, paid, refund));
      if (why !== undefined) return { state: 'refused', why };
      await tx.query(
        `insert into payments.sandbox_refunds (org_id, refund_no, payment_no, amount, status, ref, created_at)
         values ($1, $2, $3, $4, $5, $6, now()) on conflict do nothing`,
        [
          tx.orgId,
          refund.refundNo,
          refund.no,
          refund.refundAmount,
          faults.slowRefunds ? 'processing' : 'succeeded',
          `SBR${randomBytes(12).toString('hex').toUpperCase()}`,
        ],
      );
      return readRefund(tx, refund.refundNo);
    }),
  );
}

/** The sandbox keeps its own ceiling, as a real channel does. */
async function ceiling(tx: Tx, paid: Transaction, refund: ChannelRefund): Promise<string | undefined> {
  const { sum } = one(
    await tx.query<{ sum: number }>(
      'select coalesce(sum(amount), 0)::bigint as sum from payments.sandbox_refunds where org_id = $1 and payment_no = $2 and refund_no <> $3',
      [tx.orgId, refund.no, refund.refundNo],
    ),
  );
  return sum + refund.refundAmount > paid.amount ? 'sandbox: more than was paid' : undefined;
}

async function readRefund(tx: Tx, refundNo: string): Promise<RefundAnswer> {
  const found = maybeOne(
    await tx.query<PeerRefund>(
      'select status, ref, amount from payments.sandbox_refunds where org_id = $1 and refund_no = $2',
      [tx.orgId, refundNo],
    ),
  );
  return found ? { state: found.status, ref: found.ref } : { state: 'not_found' };
}

export async function queryRefundAtPeer(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer> {
  return answer(() =>
    env.db.inTx(refund, async (tx) => {
      if (!faults.slowRefunds) {
        await tx.query(
          `update payments.sandbox_refunds set status = 'succeeded' where org_id = $1 and refund_no = $2 and status = 'processing'`,
          [tx.orgId, refund.refundNo],
        );
      }
      return readRefund(tx, refund.refundNo);
    }),
  );
}

export type Settle = { outcome: 'success' | 'failure'; amount?: number | undefined; currency?: string | undefined };

/**
 * The payer pays, or fails to. A payment already paid stays so. Paying one that was just closed is possible: that race
 * is what late payments are about.
 */
export async function settleAtPeer(
  env: ChannelEnv,
  payment: ChannelPayment,
  how: Settle,
): Promise<Record<string, unknown>> {
  return env.db.inTx(payment, async (tx) => {
    const found = await register(tx, payment);
    if (how.outcome === 'success' && found.status !== 'paid') {
      found.amount = how.amount ?? found.amount;
      found.currency = how.currency ?? found.currency;
      await tx.query(
        `update payments.sandbox_transactions set status = 'paid', paid_at = now(), amount = $3, currency = $4 where org_id = $1 and payment_no = $2`,
        [tx.orgId, payment.no, found.amount, found.currency],
      );
    }
    if (how.outcome === 'failure' && found.status === 'open') await setStatus(tx, payment.no, 'failed');
    const { amount, currency, ref } = found;
    return { paymentNo: payment.no, amount, currency, outcome: how.outcome, channelRef: ref };
  });
}

const CALLBACK_TIMEOUT_MS = 15_000;

/** Sends one signed callback over HTTP, as a channel would; returns the status answered, 0 when there was no answer. */
export async function sendCallback(env: ChannelEnv, says: Record<string, unknown>, now: Date): Promise<number> {
  const nonce = randomBytes(16).toString('hex');
  const timestamp = Math.floor(now.getTime() / 1000);
  const body = Buffer.from(JSON.stringify({ ...says, timestamp, nonce }));
  const headers = signHeaders(await sandboxKeys(env.db), body, timestamp, nonce);
  try {
    const response = await fetch(`${baseUrl()}/api/v1/callbacks/payments/sandbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(CALLBACK_TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    env.log.warn({ err: error }, 'sandbox: the callback was not answered');
    return 0;
  }
}
