import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { localDate } from '#kernel/time.ts';
import { alipayAccountInput, wechatAccountInput } from '#modules/payments/testing/real-channels.ts';
import { AlipayPeer } from '#modules/payments/testing/alipay-peer.ts';
import { WechatPeer } from '#modules/payments/testing/wechat-peer.ts';
import { stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, orderOf, phoneOf, place, SHIP_TO } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
let wechat: WechatPeer;
let alipay: AlipayPeer;
let accountId: string;
before(async () => {
  [wechat, alipay] = [await WechatPeer.start(), await AlipayPeer.start()];
  app = await testApp({ clock: stoppedClock(), channelUrls: { wechat: wechat.url, alipay: alipay.url } });
  org = await app.org();
  await openShop(org, [{ sku: 'A', price: 1_990, stock: { W1: 100 } }]);
  accountId = expectStatus(await org.post('/payment-channels', wechatAccountInput(wechat)), 201).id;
  expectStatus(await org.post('/payment-channels', alipayAccountInput(alipay)), 201);
});
after(async () => {
  await app.close();
  await Promise.all([wechat.close(), alipay.close()]);
});

test('PAY-1 the answer that makes a payment has what the payer scans, and so has the same request again', async () => {
  const order = await place(org);
  const path = `/orders/${order.id}/payments`;
  const made = expectStatus(await org.post(path, { channel: 'wechat' }, { 'idempotency-key': 'once' }), 201);
  assert.match(made.payUrl, /^weixin:\/\/wxpay/);
  assert.deepEqual([made.status, made.method, made.amount], ['pending', 'native', order.total.amount]);
  const again = expectStatus(await org.post(path, { channel: 'wechat' }, { 'idempotency-key': 'once' }), 201);
  assert.deepEqual([again.id, again.payUrl], [made.id, made.payUrl]);
  wechat.faults.errors = 1;
  const lost = expectStatus(await org.post(path, { channel: 'wechat' }, { 'idempotency-key': 'twice' }), 201);
  assert.equal(lost.payUrl, undefined);
  const later = expectStatus(await org.post(path, { channel: 'wechat' }, { 'idempotency-key': 'twice' }), 201);
  assert.match(later.payUrl, /^weixin:/, 'asked again under the same key it is opened after all');
  wechat.pay(made.paymentNo);
  assert.deepEqual(await wechat.tell(made.paymentNo, { times: 3 }), [200, 200, 200]);
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).status, 'paid');
  assert.equal(wechat.order(lost.paymentNo).state, 'CLOSED', 'the other attempt takes no more money');
});

test('PAY-1 a channel is offered to the shops it is switched on for, and taken from no other', async () => {
  const order = await place(org);
  const options = async (): Promise<string[]> =>
    (await org.get(`/payments/options?subject=${order.id}`)).body.items.map((o: { channel: string }) => o.channel);
  assert.deepEqual(await options(), ['wechat', 'alipay', 'sandbox']);
  const other = expectStatus(await org.post('/shops', { code: 'S9', name: '九号店' }), 201);
  const { name, enabled, config } = expectStatus(await org.get(`/payment-channels/${accountId}`), 200);
  const put = (shops: string[] | null) =>
    org.api('PUT', `/payment-channels/${accountId}`, { name, enabled, config, shops });
  expectStatus(await put([other.id]), 200);
  assert.deepEqual(await options(), ['alipay', 'sandbox']);
  const refused = await org.post(`/orders/${order.id}/payments`, { channel: 'wechat' });
  assert.deepEqual([refused.status, refused.body.code], [422, 'unknown_payment_channel']);
  expectStatus(await put(null), 200);
  expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'wechat' }), 201);
  const without = await org.post(`/orders/${order.id}/payments`, { channel: 'wechat', method: 'jsapi' });
  assert.deepEqual([without.status, without.body.errors[0].path], [422, 'openid']);
});

test('PAY-1 a customer on a phone pays on WeChat’s page: it is told the address they ask from, which is kept nowhere', async () => {
  const phone = phoneOf(66_001);
  const order = await place(org, { shipTo: { ...SHIP_TO, phone } });
  const { token } = expectStatus(await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone }), 201);
  const pay = { channel: 'wechat', method: 'h5' };
  const made = expectStatus(await app.bearing(token).post(`/portal/orders/${order.id}/payments`, pay), 201);
  assert.match(made.payUrl, /^https:\/\/wx\.tenpay\.com/);
  const refused = await org.post(`/orders/${order.id}/payments`, pay);
  assert.deepEqual(
    [refused.status, refused.body.errors[0].path],
    [422, 'clientIp'],
    'a key says where its customer is',
  );
  const kept = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query(
      'select p::text from payments.payments p where id = $1 union all select c::text from payments.channel_calls c where payment_id = $1',
      [made.id],
    ),
  );
  const text = JSON.stringify(kept);
  assert.match(text, /payer_client_ip\W+\*\*\*/, 'the call is on record without it');
  assert.doesNotMatch(text, /(?:client_?ip|payer)\W+127\.0\.0\.1/i);
});

test('PAY-2 the account of another organisation proves nothing about a payment of this one', async () => {
  const stranger = await app.org('stranger');
  const own = wechat.keys.enrol(wechat.merchant.mchid);
  const input = wechatAccountInput(wechat);
  const theirs = expectStatus(
    await stranger.post('/payment-channels', {
      ...input,
      config: { ...input.config, certificate: own.pem },
      secrets: { ...input.secrets, privateKey: own.privateKey },
    }),
    201,
  );
  const order = await place(org);
  const made = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'wechat' }), 201);
  wechat.pay(made.paymentNo);
  const known = wechat.order(made.paymentNo);
  const right = known.notifyUrl;
  known.notifyUrl = right.replace(accountId, theirs.id);
  assert.deepEqual(await wechat.tell(made.paymentNo), [404], 'as sound as can be, and about nothing of theirs');
  assert.equal((await org.get(`/payments/${made.id}`)).body.status, 'pending');
  known.notifyUrl = right;
  assert.deepEqual(await wechat.tell(made.paymentNo), [200]);
});

test('PAY-1 every night the bills of all channels with an account are fetched and reconcile without a difference', async () => {
  await app.settleDown();
  const tomorrow = localDate(new Date(app.clock.now().getTime() + 86_400_000), 'Asia/Shanghai');
  app.clock.at(new Date(`${tomorrow}T12:00:00+08:00`)); // the bills of a day are there at half past ten
  await app.settleDown();
  const bills = expectStatus(await org.get('/reconciliations'), 200).items;
  const real = bills.filter((b: { channel: string }) => b.channel !== 'sandbox');
  assert.deepEqual(
    real
      .map((b: { channel: string; billType: string; differenceCount: number }) => [
        b.channel,
        b.billType,
        b.differenceCount,
      ])
      .toSorted(),
    [
      ['wechat', 'ALL', 0],
      ['wechat', 'FUND', 0],
    ],
  );
  assert.deepEqual(await app.faults(), []);
});
