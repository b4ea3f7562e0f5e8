import type { Readable } from 'node:stream';
import type { Db } from '#kernel/db/index.ts';
import type { Log } from '#kernel/log.ts';

export type ChannelEnv = { readonly db: Db; readonly log: Log };

export type ChannelPayment = {
  readonly orgId: string;
  readonly paymentId: string;
  readonly no: string;
  readonly amount: number;
  readonly currency: string;
  readonly expiresAt: Date;
};

export type ChannelRefund = ChannelPayment & {
  /** The same on every attempt: the channel pays it once. */
  readonly refundNo: string;
  readonly refundAmount: number;
};

/** What the channel knows of a payment. */
export type PaymentAnswer =
  | { readonly state: 'open' | 'failed' | 'closed' | 'not_found' }
  | { readonly state: 'paid'; readonly amount: number; readonly currency: string; readonly ref: string };

export type RefundAnswer = {
  readonly state: 'processing' | 'succeeded' | 'refused' | 'not_found';
  readonly ref?: string;
  readonly why?: string;
};

/** What a callback says, once its signature and its time are in order. */
export type Notice = {
  readonly paymentNo: string;
  readonly outcome: 'success' | 'failure';
  readonly amount: number;
  readonly currency: string;
  readonly ref: string;
  readonly nonce: string;
};

export type Verified =
  | { readonly ok: true; readonly notice: Notice; readonly payload: Record<string, unknown> }
  /** `paymentNo` is only claimed: it says where to record the attempt, nothing else. */
  | {
      readonly ok: false;
      readonly verdict: 'bad_signature' | 'stale';
      readonly paymentNo?: string;
      readonly payload: Record<string, unknown>;
    };

/** No answer, or one that makes no sense: what happened at the channel is unknown, and it must be asked before a retry. */
export class ChannelUnreachable extends Error {}

/** A payment channel. Every method may go over the network, so none is called inside a transaction. */
export type Channel = {
  readonly code: string;
  /** The page to send the payer to, where it can be told without asking the channel. */
  payUrl?(paymentId: string): string;
  /** Makes the payment known to the channel. Doing it twice changes nothing. */
  open(env: ChannelEnv, payment: ChannelPayment): Promise<{ payUrl?: string }>;
  query(env: ChannelEnv, payment: ChannelPayment): Promise<PaymentAnswer>;
  /** After `closed` the channel takes no more money for it; `paid` = too late. */
  close(env: ChannelEnv, payment: ChannelPayment): Promise<'closed' | 'paid'>;
  refund(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer>;
  queryRefund(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer>;
  verify(env: ChannelEnv, body: Buffer, headers: Readonly<Record<string, unknown>>, now: Date): Promise<Verified>;
  /** The bill of one day of China (YYYY-MM-DD); undefined while there is none. A channel without it has its bills uploaded. */
  fetchBill?(
    env: ChannelEnv,
    of: { orgId: string; billDate: string },
  ): Promise<{ name: string; content: Readable } | undefined>;
  /** What the channel wants to read once we have it. */
  readonly acknowledgement: Readonly<Record<string, unknown>>;
};
