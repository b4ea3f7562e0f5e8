import assert from 'node:assert/strict';
import type { PaymentView } from '../schema.ts';
import { AlipayPeer } from './alipay-peer.ts';
import { clientOf } from './client.ts';
import { type Harness, startHarness } from './harness.ts';
import { noFaults, type PeerFaults } from './peer-server.ts';
import { UnionpayPeer } from './unionpay-peer.ts';
import { WechatPeer } from './wechat-peer.ts';

/** What an account of a test is made of; the peer of its channel knows all of it. */
export const wechatAccountInput = (peer: WechatPeer) => ({
  channel: 'wechat',
  name: '微信支付',
  enabled: true,
  config: { ...peer.merchant, certificate: peer.certificate.pem, publicKeys: [publicKeyOf(peer)] },
  secrets: { privateKey: peer.certificate.privateKey, apiV3Key: peer.keys.apiV3Key },
});
export const publicKeyOf = ({ keys }: WechatPeer) => ({ id: keys.publicKey.serial, pem: keys.publicKey.pem });
export const alipayAccountInput = (peer: AlipayPeer) => ({
  channel: 'alipay',
  name: '支付宝',
  enabled: true,
  config: { ...peer.merchant, alipayPublicKey: peer.publicKey },
  secrets: { privateKey: peer.privateKey },
});

export const unionpayAccountInput = (peer: UnionpayPeer) => ({
  channel: 'unionpay',
  name: '银联',
  enabled: true,
  config: {
    ...peer.merchant,
    methods: ['qr', 'page', 'wap'],
    certificate: peer.certificate.pem,
    trusted: peer.trusted,
  },
  secrets: { privateKey: peer.certificate.privateKey },
});

/** How the cases every channel must pass differ in its words. */
export type Rig = {
  code: 'wechat' | 'alipay' | 'unionpay';
  faults: PeerFaults;
  pay(no: string, how?: { amount?: number; currency?: string }): void;
  tell(
    no: string,
    how?: { times?: number; again?: boolean; forged?: boolean; oldMs?: number; plain?: boolean },
  ): Promise<number[]>;
  /** A sound callback about somebody else. */
  tellOther(no: string): Promise<number[]>;
  /** A callback that names another currency. */
  tellCurrency(no: string, currency: string): Promise<number[]>;
  /** How old a callback is that nobody repeats any more. */
  staleMs: number;
  /** Whether it can be told to take no more money before the time of a payment is over. */
  closes: boolean;
  state(no: string): string;
  setPaying(no: string): void;
  /** What the channel has paid back of a payment. */
  refunded(no: string): number;
  known(no: string): boolean;
};

export type World = Awaited<ReturnType<typeof startWorld>>;

/** Payments with an account at each real channel, whose peers are played by servers of their own. */
export async function startWorld() {
  const [wechat, alipay, unionpay] = [await WechatPeer.start(), await AlipayPeer.start(), await UnionpayPeer.start()];
  const h: Harness = await startHarness({ wechat: wechat.url, alipay: alipay.url, unionpay: unionpay.url });
  const client = clientOf(h);
  const made: Record<string, string> = {};
  for (const input of [wechatAccountInput(wechat), alipayAccountInput(alipay), unionpayAccountInput(unionpay)]) {
    const answer = await h.post('/api/v1/payment-channels', input);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    made[input.channel] = answer.body.id;
  }
  const rigs: Rig[] = [wechatRig(wechat), alipayRig(alipay), unionpayRig(unionpay)];
  return {
    h,
    client,
    wechat,
    alipay,
    unionpay,
    rigs,
    accounts: made as { wechat: string; alipay: string; unionpay: string },
    /** A payment of `total`, open at the channel. */
    open: async (channel: string, total: number): Promise<PaymentView & { subjectId: string }> => {
      const subjectId = await h.subject(total);
      return { ...(await h.payBy(channel, subjectId)), subjectId };
    },
    /** A payment that was paid and told. */
    paid: async (rig: Rig, total: number, subjectId?: string): Promise<PaymentView> => {
      const made = await h.payBy(
        rig.code,
        subjectId ?? (await h.subject(total)),
        subjectId ? { amount: { amount: total, currency: 'CNY' } } : {},
      );
      rig.pay(made.paymentNo);
      assert.deepEqual(await rig.tell(made.paymentNo), [200]);
      return made;
    },
    /** The time a payment was given is over: by the clock of the channel, which ours cannot move. */
    overdue: async (paymentId: string): Promise<void> => {
      await h.db.systemTx((tx) =>
        tx.query(`update payments.payments set expires_at = now() - interval '2 minutes' where id = $1`, [paymentId]),
      );
    },
    calm: (): void => {
      for (const rig of rigs) Object.assign(rig.faults, noFaults());
    },
    /** Runs what is due and what waits for a later time, several times. */
    soon: async (rounds = 3): Promise<void> => {
      for (let i = 0; i < rounds; i += 1) {
        await client.dueNow();
        await h.settleDown();
      }
    },
    close: async (): Promise<void> => {
      await h.close();
      await Promise.all([wechat.close(), alipay.close(), unionpay.close()]);
    },
  };
}

const wechatRig = (peer: WechatPeer): Rig => ({
  code: 'wechat',
  faults: peer.faults,
  pay: (no, how) => peer.pay(no, how),
  tell: (no, how = {}) => peer.tell(no, how),
  tellOther: (no) => peer.tell(no, { mchid: '1900000999' }),
  tellCurrency: (no, currency) => peer.tell(no, { currency }),
  staleMs: 6 * 60_000,
  closes: true,
  state: (no) => peer.order(no).state,
  setPaying: (no) => void (peer.order(no).state = 'USERPAYING'),
  refunded: (no) => peer.books.refunded(no),
  known: (no) => peer.books.orders.has(no),
});

const alipayRig = (peer: AlipayPeer): Rig => ({
  code: 'alipay',
  faults: peer.faults,
  pay: (no, how) => peer.pay(no, how),
  tell: (no, how = {}) => peer.tell(no, how),
  tellOther: (no) => peer.tell(no, { seller_id: '2088000000000000' }),
  tellCurrency: (no, currency) => peer.tell(no, { trans_currency: currency }),
  staleMs: 27 * 3_600_000,
  closes: true,
  state: (no) => peer.order(no).state,
  setPaying: () => undefined, // a code that was scanned waits like one that was not
  refunded: (no) => peer.books.refunded(no),
  known: (no) => peer.books.trades.has(no),
});

const unionpayRig = (peer: UnionpayPeer): Rig => ({
  code: 'unionpay',
  faults: peer.faults,
  pay: (no, how) => peer.pay(no, how),
  tell: (no, how = {}) => peer.tell(no, how),
  tellOther: (no) => peer.tell(no, { merId: '777290058110999' }),
  tellCurrency: (no, currency) => peer.tell(no, { currencyCode: currency === 'USD' ? '840' : '344' }),
  staleMs: 27 * 3_600_000,
  closes: false,
  state: (no) => peer.order(no).state,
  setPaying: (no) => void (peer.order(no).state = 'failed'), // a card that was refused: another may follow
  refunded: (no) => peer.books.refunded(no),
  known: (no) => peer.books.orders.has(no),
});
