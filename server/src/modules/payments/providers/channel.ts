import type { Readable } from 'node:stream';
import type { Db } from '#kernel/db/index.ts';
import type { Log } from '#kernel/log.ts';
import type { PayMethod } from '../accounts/domain/config.ts';

export type ChannelEnv = { readonly db: Db; readonly log: Log };

/** Who pays, as far as a channel wants to know before it lets them. Personal data. */
export type Payer = { readonly openid?: string | undefined; readonly clientIp?: string | undefined };

export type ChannelPayment = {
  readonly orgId: string;
  readonly paymentId: string;
  readonly no: string;
  readonly amount: number;
  readonly currency: string;
  readonly expiresAt: Date;
  /** The number of what is paid for: payers read it at the channel. */
  readonly subjectNo: string;
  readonly method: PayMethod | null;
};

export type ChannelRefund = ChannelPayment & {
  /** The same on every attempt: the channel pays it once. */
  readonly refundNo: string;
  readonly refundId: string;
  readonly refundAmount: number;
  readonly reason: string;
};

/** What the payer needs: an address to open or to show as a code, or what the channel's own page is called with. */
export type Opened =
  | { readonly payUrl?: string; readonly payParams?: Readonly<Record<string, string>> }
  /** The channel will not take it, for good, and says why. */
  | { readonly refused: string };

/** What the channel knows of a payment. */
export type PaymentAnswer =
  | { readonly state: 'open' | 'failed' | 'closed' | 'not_found' }
  | { readonly state: 'paid'; readonly amount: number; readonly currency: string; readonly ref: string };

export type RefundAnswer = {
  readonly state: 'processing' | 'succeeded' | 'refused' | 'not_found';
  readonly ref?: string;
  readonly why?: string;
};

export type PaymentNotice = {
  readonly about: 'payment';
  readonly paymentNo: string;
  /** `nothing`: it is still open. */
  readonly outcome: 'success' | 'failure' | 'nothing';
  readonly amount: number;
  readonly currency: string;
  readonly ref: string;
  readonly nonce: string;
};
export type RefundNotice = {
  readonly about: 'refund';
  readonly paymentNo: string;
  readonly refundNo: string;
  /** `refused`: the channel could not pay it, and a person has to. */
  readonly outcome: 'success' | 'refused';
  readonly amount: number;
  readonly ref: string;
  readonly why: string;
  readonly nonce: string;
};

/** What a callback says, once its signature, its time and the merchant it is for are in order. */
export type Notice = PaymentNotice | RefundNotice;

/** The account a callback was proven with. */
export type Place = { readonly orgId: string; readonly accountId: string };

export type Verified =
  | {
      readonly ok: true;
      readonly notice: Notice;
      readonly payload: Record<string, unknown>;
      readonly place?: Place | undefined;
    }
  /** `paymentNo` is only claimed: it says where to record the attempt, nothing else. */
  | {
      readonly ok: false;
      readonly verdict: 'bad_signature' | 'stale' | 'wrong_merchant';
      readonly paymentNo?: string | undefined;
      readonly payload: Record<string, unknown>;
      readonly place?: Place | undefined;
    };

/** A callback as it came. `accountId` is what its address says. */
export type Received = {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly accountId: string | undefined;
  readonly now: Date;
};

/** No answer, or one that makes no sense: what happened at the channel is unknown, and it must be asked before a retry. */
export class ChannelUnreachable extends Error {}

/** One thing that was tried with an account. `what` quotes the channel, where it said something. */
export type Finding = { readonly code: string; readonly ok: boolean; readonly what?: string };

export type BillFamily = 'trade' | 'fund';

/** A payment channel. Every method may go over the network, so none is called inside a transaction. */
export type Channel = {
  readonly code: string;
  /** Whether payments need an account of the organisation's there. */
  readonly needsAccount: boolean;
  /** What a payer must be known by for a method. */
  readonly asksFor?: (method: PayMethod) => keyof Payer | undefined;
  /** The page to send the payer to, where it can be told without asking the channel. */
  payUrl?(paymentId: string): string;
  /** Makes the payment known to the channel. Doing it twice changes nothing. */
  open(env: ChannelEnv, payment: ChannelPayment, payer?: Payer): Promise<Opened>;
  query(env: ChannelEnv, payment: ChannelPayment): Promise<PaymentAnswer>;
  /** After `closed` the channel takes no more money for it; `paid` = too late. */
  close(env: ChannelEnv, payment: ChannelPayment): Promise<'closed' | 'paid'>;
  refund(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer>;
  queryRefund(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer>;
  verify(env: ChannelEnv, received: Received): Promise<Verified>;
  /** The bill of one day of China (YYYY-MM-DD); undefined while there is none. A channel without it has its bills uploaded. */
  fetchBill?(
    env: ChannelEnv,
    of: { orgId: string; billDate: string; family: BillFamily },
  ): Promise<{ name: string; content: Readable } | undefined>;
  readonly bills?: readonly BillFamily[];
  /**
   * What becomes of a callback that was had before: a channel that repeats what it got no answer to has it recorded as a
   * duplicate and acknowledged; one that never does is refused.
   */
  readonly repeats: 'acknowledged' | 'refused';
  /** What the channel wants to read once we have it. */
  readonly acknowledgement: { readonly type: string; readonly body: string };
};
