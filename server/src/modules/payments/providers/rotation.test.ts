import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCertificate } from '../testing/certificate.ts';
import { makePair, pemOf } from '../testing/peer-server.ts';
import {
  alipayAccountInput,
  publicKeyOf,
  startWorld,
  wechatAccountInput,
  type World,
} from '../testing/real-channels.ts';

let w: World;
before(async () => {
  w = await startWorld();
});
after(() => w.close());

const PATH = '/api/v1/payment-channels';
const statusOf = async (id: string): Promise<string> => (await w.client.payment(id)).status;

test('PAY-1 wechat: two public keys hold at once, so callbacks of the old and the new one are taken while it changes over', async () => {
  const [old, fresh] = [await w.open('wechat', 100), await w.open('wechat', 101)];
  w.wechat.pay(old.paymentNo);
  w.wechat.pay(fresh.paymentNo);
  assert.deepEqual(await w.wechat.tell(old.paymentNo), [200]);
  const next = w.wechat.keys.rotate('public_key');
  assert.deepEqual(await w.wechat.tell(fresh.paymentNo), [401], 'a key nobody has told us of');
  const base = wechatAccountInput(w.wechat);
  const both = { ...base, config: { ...base.config, publicKeys: [publicKeyOf(w.wechat), next] }, secrets: {} };
  assert.equal((await w.h.put(`${PATH}/${w.accounts.wechat}`, both)).status, 200);
  assert.deepEqual(await w.wechat.tell(fresh.paymentNo), [200]);
  assert.equal(await statusOf(fresh.id), 'succeeded');
});

test('PAY-1 wechat: the next merchant certificate takes the place of the current one at a press', async () => {
  const next = w.wechat.keys.enrol(w.wechat.merchant.mchid);
  const before = (await w.h.get(`${PATH}/${w.accounts.wechat}`)).body;
  const waiting = {
    ...before,
    config: { ...before.config, nextCertificate: next.pem },
    secrets: { nextPrivateKey: next.privateKey },
  };
  const { name, enabled, config, secrets } = waiting;
  const saved = await w.h.put(`${PATH}/${w.accounts.wechat}`, { name, enabled, config, secrets });
  assert.deepEqual([saved.status, saved.body.may], [200, ['edit', 'test', 'promote']]);
  assert.equal((await w.open('wechat', 102)).status, 'pending', 'the current one still signs');
  const promoted = await w.h.post(`${PATH}/${w.accounts.wechat}/promote`, {});
  assert.equal(promoted.body.certificates[0].serial, next.serial);
  w.wechat.keys.revoke(w.wechat.certificate.serial);
  assert.match((await w.open('wechat', 103)).payUrl ?? '', /^weixin:/);
  assert.equal((await w.h.post(`${PATH}/${w.accounts.wechat}/promote`, {})).body.code, 'nothing_to_promote');
});

test('PAY-1 wechat: in certificate mode the certificates are fetched, opened and kept, and new ones are found by themselves', async () => {
  const path = `${PATH}/${w.accounts.wechat}`;
  const { name, enabled, config } = (await w.h.get(path)).body;
  await w.h.put(path, { name, enabled, config: { ...config, mode: 'certificate', publicKeys: [] } });
  w.wechat.keys.signWithCertificate();
  await w.h.settleDown(); // the job that fetches them
  const first = (await w.h.get(path)).body.certificates.filter((c: any) => c.of === 'channel');
  assert.deepEqual(
    first.map((c: any) => c.serial),
    [w.wechat.keys.certificates[0]?.serial],
  );
  const made = await w.open('wechat', 104);
  w.wechat.pay(made.paymentNo);
  assert.deepEqual(
    await w.wechat.tell(made.paymentNo, { plain: true }),
    [200],
    'found by the certificate it is signed with',
  );
  w.wechat.keys.rotate('certificate');
  const next = await w.open('wechat', 107); // its answer is signed with one not known yet, so it is asked for
  assert.match(next.payUrl ?? '', /^weixin:/);
  assert.equal((await w.h.get(path)).body.certificates.filter((c: any) => c.of === 'channel').length, 2);
  w.wechat.keys.rotate('certificate');
  w.wechat.pay(next.paymentNo);
  assert.deepEqual(await w.wechat.tell(next.paymentNo), [401], 'a minute has not passed: nobody has us ask at will');
  await w.client.dueNow();
  await w.h.settleDown(); // the job asks all the same
  assert.equal((await w.h.get(path)).body.certificates.filter((c: any) => c.of === 'channel').length, 3);
  assert.ok((await w.wechat.tell(next.paymentNo)).every((status) => status === 200));
});

test('PAY-1 unionpay: the next merchant certificate takes the place of the current one at a press', async () => {
  const path = `${PATH}/${w.accounts.unionpay}`;
  const pair = makePair();
  const next = makeCertificate(pair);
  const { name, enabled, config } = (await w.h.get(path)).body;
  const secrets = { nextPrivateKey: pemOf(pair.privateKey) };
  await w.h.put(path, { name, enabled, config: { ...config, nextCertificate: next.pem }, secrets });
  const promoted = await w.h.post(`${path}/promote`, {});
  assert.equal(promoted.status, 200, JSON.stringify(promoted.body));
  assert.deepEqual(
    promoted.body.certificates.map((c: any) => [c.of, c.serial]),
    [['merchant', next.serial]],
  );
});

test('PAY-1 alipay: the current and the next key of Alipay both prove what it says', async () => {
  const [old, fresh] = [await w.open('alipay', 105), await w.open('alipay', 106)];
  for (const made of [old, fresh]) w.alipay.pay(made.paymentNo);
  const base = alipayAccountInput(w.alipay);
  assert.deepEqual(await w.alipay.tell(old.paymentNo), [200]);
  const nextAlipayPublicKey = w.alipay.rotate();
  assert.deepEqual(await w.alipay.tell(fresh.paymentNo), [401]);
  const both = { ...base, config: { ...base.config, nextAlipayPublicKey }, secrets: {} };
  assert.equal((await w.h.put(`${PATH}/${w.accounts.alipay}`, both)).status, 200);
  assert.deepEqual(await w.alipay.tell(fresh.paymentNo), [200]);
});
