import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Currency, Money } from '#kernel/money.ts';
import type { RefundKind } from './domain/verdict.ts';
import type { Channel } from './providers/channel.ts';

/** What a payment pays for, seen from here. The module above implements it; payments knows no orders. */
export type PaymentSubject = {
  /**
   * Locks the subject: always before any payment's row. `due` is what is still owed, `payable` whether money is wanted at all, `kind`
   * what sort of thing it is, for those who read the payment later.
   */
  lock(tx: Tx, ctx: Ctx, subjectId: string): Promise<{ no: string; due: Money; payable: boolean; kind?: string }>;
  /** Money has arrived in full. `unwanted` = nothing was waiting for it: payments gives it back. Called under `lock`, once per payment. */
  paid(
    tx: Tx,
    ctx: Ctx,
    subjectId: string,
    payment: { paymentId: string; amount: Money; channel: string; at: Date },
  ): Promise<'accepted' | 'unwanted'>;
  /** Money that had been accepted has gone back. Called under `lock`, once per refund; never for unwanted money. */
  refunded(
    tx: Tx,
    ctx: Ctx,
    subjectId: string,
    refund: {
      refundId: string;
      paymentId: string;
      amount: Money;
      reason: string;
      /** The subject whose money went back, when it is not the one that was paid for. */ onBehalfOf: string | null;
    },
  ): Promise<void>;
  /** A refund was given up: its money stays. Called under `lock`; never for unwanted money. */
  givenUp?(
    tx: Tx,
    ctx: Ctx,
    subjectId: string,
    refund: { refundId: string; amount: number; kind: RefundKind; onBehalfOf: string | null },
  ): Promise<void>;
  /** The shop a subject is of: channels may be switched on for some shops alone. Absent = subjects are of none. */
  shopOf?(tx: Tx, ctx: Ctx, subjectId: string): Promise<string | null>;
  /** Whether the actor's data scope includes the subject. Absent = everything in the organisation is seen. */
  visible?(tx: Tx, ctx: Ctx, subjectId: string): Promise<boolean>;
};

/** What settlement asks about shops: payments keeps none. */
export type ShopOf = (tx: Tx, shopId: string) => Promise<{ name: string; currency: Currency } | undefined>;

export type PaymentsSetup = {
  subject: PaymentSubject;
  /** Absent = no shop is settled with. */
  shopOf?: ShopOf;
  /** Where this server can be reached by the sandbox channel, without a slash at the end: http://127.0.0.1:8080 */
  baseUrl: () => string;
  /** Where real channels are reached; their own addresses unless told. */
  channelUrls?: { wechat?: string | undefined; alipay?: string | undefined; unionpay?: string | undefined };
  /** Channels besides the built-in ones. */
  channels?: readonly Channel[];
};

let setup: (PaymentsSetup & { byCode: ReadonlyMap<string, Channel> }) | undefined;

/** Called once by the composition root (and by tests), before the first payment. */
export function setPayments(next: PaymentsSetup, builtIn: readonly Channel[]): void {
  setup = { ...next, byCode: new Map([...builtIn, ...(next.channels ?? [])].map((c) => [c.code, c])) };
}

function inUse(): PaymentsSetup & { byCode: ReadonlyMap<string, Channel> } {
  if (!setup) throw new Error('usePayments has not been called');
  return setup;
}

export const subject = (): PaymentSubject => inUse().subject;
export const shopOf: ShopOf = async (tx, shopId) => inUse().shopOf?.(tx, shopId);
export const baseUrl = (): string => inUse().baseUrl();
const OFFICIAL = { wechat: 'https://api.mch.weixin.qq.com', alipay: 'https://openapi.alipay.com/gateway.do' };
/** Where the channels are reached, without a slash at the end. UnionPay: only where told; its own hosts depend on the account. */
export const channelUrls = (): {
  readonly wechat: string;
  readonly alipay: string;
  readonly unionpay: string | undefined;
} => {
  const { wechat = OFFICIAL.wechat, alipay = OFFICIAL.alipay, unionpay } = inUse().channelUrls ?? {};
  return { wechat, alipay, unionpay };
};
export const findChannel = (code: string): Channel | undefined => inUse().byCode.get(code);
/** Every channel there is, for what is done for each of them at night. */
export const channels = (): readonly Channel[] => [...inUse().byCode.values()];
