import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { AlipayPeer } from '../testing/alipay-peer.ts';
import { type Harness, startHarness } from '../testing/harness.ts';
import { pemOf } from '../testing/peer-server.ts';
import { alipayAccountInput, unionpayAccountInput, wechatAccountInput } from '../testing/real-channels.ts';
import { UnionpayPeer } from '../testing/unionpay-peer.ts';
import { WechatPeer } from '../testing/wechat-peer.ts';
import { feeOf } from './domain/fee.ts';

let h: Harness;
let wechat: WechatPeer;
let alipay: AlipayPeer;
let unionpay: UnionpayPeer;
before(async () => {
  [wechat, alipay, unionpay] = [await WechatPeer.start(), await AlipayPeer.start(), await UnionpayPeer.start()];
  h = await startHarness({ wechat: wechat.url, alipay: alipay.url, unionpay: unionpay.url });
});
after(async () => {
  await h.close();
  await Promise.all([wechat.close(), alipay.close(), unionpay.close()]);
});

const PATH = '/api/v1/payment-channels';
const codes = (body: any): string[] => body.errors.map((e: any) => `${e.path} ${e.code}`);

test('PAY-1 the fee of an amount is rounded half up, then fixed part, floor and cap; the database says the same', async () => {
  const plain = { rateMillionths: 6_000, fixedFen: 0, floorFen: 0, capFen: null };
  assert.deepEqual(
    [83, 84, 250, 10_000].map((n) => feeOf(n, plain)),
    [0, 1, 2, 60],
  );
  const rich = { rateMillionths: 6_000, fixedFen: 10, floorFen: 30, capFen: 500 };
  assert.deepEqual(
    [100, 10_000, 1_000_000].map((n) => feeOf(n, rich)),
    [30, 70, 500],
  );
  assert.deepEqual(
    [100, 1_000_000].map((n) => feeOf(n, rich, 'refund')),
    [1, 500],
  );
  const fen = fc.integer({ min: 0, max: 100_000_000_000 });
  const small = fc.integer({ min: 0, max: 2_000 });
  const formula = fc.record({
    rateMillionths: fc.integer({ min: 0, max: 1_000_000 }),
    fixedFen: small,
    floorFen: small,
    cap: fc.option(small),
  });
  await fc.assert(
    fc.asyncProperty(fen, formula, fc.constantFrom('payment' as const, 'refund' as const), async (amount, f, kind) => {
      const capFen = f.cap === null ? null : f.floorFen + f.cap;
      const [row] = await h.db.read(h, (tx) =>
        tx.query<{ fee: number }>('select payments.fee_of($1, $2, $3, $4, $5, $6) as fee', [
          amount,
          kind,
          f.rateMillionths,
          f.fixedFen,
          f.floorFen,
          capFen,
        ]),
      );
      assert.equal(row?.fee, feeOf(amount, { ...f, capFen }, kind));
    }),
    { numRuns: 150 },
  );
});

test('PAY-1 what is pasted wrongly is refused field by field, and says how', async () => {
  const good = wechatAccountInput(wechat);
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const withKey = (privateKey: string) => ({ ...good, secrets: { ...good.secrets, privateKey } });
  const cases: [object, string[]][] = [
    [withKey('hello'), ['secrets.privateKey key_not_pem']],
    [withKey(wechat.certificate.pem), ['secrets.privateKey key_is_certificate']],
    [withKey(wechat.keys.publicKey.pem), ['secrets.privateKey key_is_public']],
    [withKey(pemOf(short)), ['secrets.privateKey key_too_short']],
    [withKey(pemOf(curve)), ['secrets.privateKey key_not_rsa']],
    [withKey(pemOf(other)), ['secrets.privateKey key_not_pair']],
    [withKey(wechat.certificate.privateKey.replace('M', 'N')), ['secrets.privateKey key_unreadable']],
    [{ ...good, secrets: { ...good.secrets, apiV3Key: 'short' } }, ['secrets.apiV3Key key_not_32_bytes']],
    [
      { ...good, config: { ...good.config, certificate: wechat.keys.publicKey.pem } },
      ['config.certificate key_is_public'],
    ],
    [{ ...good, config: { ...good.config, publicKeys: [] } }, ['config.publicKeys too_small']],
    [
      { ...good, config: { ...good.config, appid: 'x', mchid: 'y' } },
      ['config.mchid invalid_format', 'config.appid invalid_format'],
    ],
    [{ ...good, secrets: {} }, ['secrets.privateKey required', 'secrets.apiV3Key required']],
    [{ ...good, secrets: { ...good.secrets, pin: '1' } }, ['secrets.pin unrecognized_key']],
    [{ ...good, limits: { minFen: 10, maxFen: 9 } }, ['limits.maxFen too_small']],
    [
      { ...alipayAccountInput(alipay), config: { ...alipay.merchant, alipayPublicKey: alipay.appPublicKey } },
      ['config.alipayPublicKey key_is_own'],
    ],
  ];
  for (const [body, expected] of cases) {
    const got = await h.post(PATH, body);
    assert.equal(got.status, 400, JSON.stringify(got.body));
    assert.deepEqual(codes(got.body), expected);
    assert.ok(
      got.body.errors.every((e: any) => !e.message.startsWith('fields.')),
      'each has a sentence',
    );
  }
});

test('PAY-1 secrets are sealed at rest, never answered, and changed only by name', async () => {
  const made = await h.post(PATH, wechatAccountInput(wechat));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const text = JSON.stringify([made.body, (await h.get(PATH)).body]);
  const stored = JSON.stringify(
    await h.db.read(h, (tx) => tx.query('select config, secrets from payments.channel_accounts')),
  );
  for (const secret of [wechat.keys.apiV3Key, wechat.certificate.privateKey.split('\n')[3] as string]) {
    assert.ok(!text.includes(secret) && !stored.includes(secret));
  }
  assert.deepEqual(
    made.body.secrets.map((s: any) => [s.name, s.needed, s.setAt !== null]),
    [
      ['privateKey', true, true],
      ['nextPrivateKey', false, false],
      ['apiV3Key', true, true],
    ],
  );
  assert.equal(made.body.certificates[0].serial, wechat.certificate.serial);
  assert.match(made.body.notifyUrl, /\/api\/v1\/callbacks\/payments\/wechat\/[0-9a-f-]{36}$/);
  assert.equal((await h.post(PATH, wechatAccountInput(wechat))).body.code, 'channel_account_exists');
  const path = `${PATH}/${made.body.id}`;
  const next = { ...wechatAccountInput(wechat), secrets: {}, name: '微信', fee: { rateMillionths: 6_000 } };
  const changed = await h.put(path, next);
  assert.deepEqual(
    [changed.status, changed.body.name, changed.body.secrets[2].setAt],
    [200, '微信', made.body.secrets[2].setAt],
  );
  const removed = await h.put(path, { ...next, enabled: false, secrets: { apiV3Key: null } });
  assert.deepEqual(
    [removed.status, removed.body.secrets[2].setAt, removed.body.missing],
    [200, null, ['secrets.apiV3Key']],
  );
  const events = await h.db.read(h, (tx) =>
    tx.query<{ data: any }>(
      `select data from kernel.outbox where type = 'payments.channel_account_changed.v1' order by xid, seq`,
    ),
  );
  assert.deepEqual(
    events.map((e) => e.data.changed),
    [
      ['name', 'fee'],
      ['enabled', 'secrets.apiV3Key'],
    ],
  );
  assert.equal((await h.put(path, { ...next, secrets: { apiV3Key: wechat.keys.apiV3Key } })).status, 200);
});

test('PAY-1 the test button makes a signed call and says in words what is wrong', async () => {
  const list = (await h.get(PATH)).body.items;
  const id = list.find((a: any) => a.channel === 'wechat').id;
  const probe = async (account = id) => (await h.post(`${PATH}/${account}/test`, {})).body;
  assert.deepEqual(
    (await probe()).findings.map((f: any) => f.code),
    ['answered'],
  );
  wechat.keys.revoke(wechat.certificate.serial);
  assert.deepEqual(
    (await probe()).findings.map((f: any) => f.code),
    ['wrong_serial'],
  );
  const next = wechat.keys.enrol(wechat.merchant.mchid);
  const base = wechatAccountInput(wechat);
  const input = {
    ...base,
    config: { ...base.config, certificate: next.pem },
    secrets: { privateKey: next.privateKey },
  };
  assert.equal((await h.put(`${PATH}/${id}`, input)).status, 200);
  assert.equal((await probe()).ok, true);
  wechat.faults.badSignatures = 1;
  assert.deepEqual(
    (await probe()).findings.map((f: any) => f.code),
    ['wrong_channel_key'],
  );
  wechat.faults.oldMs = 6 * 60_000;
  assert.deepEqual(
    (await probe()).findings.map((f: any) => f.code),
    ['clock_off'],
  );
  wechat.faults.oldMs = 0;
  wechat.faults.dropReplies = 1;
  assert.deepEqual(
    (await probe()).findings.map((f: any) => f.code),
    ['unreachable'],
  );
  wechat.keys.rotate('public_key');
  assert.deepEqual(
    (await probe()).findings.map((f: any) => f.code),
    ['unknown_serial'],
  );
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const ali = await h.post(PATH, { ...alipayAccountInput(alipay), secrets: { privateKey: pemOf(other) } });
  assert.deepEqual(
    (await probe(ali.body.id)).findings.map((f: any) => f.code),
    ['wrong_private_key'],
  );
  await h.put(`${PATH}/${ali.body.id}`, alipayAccountInput(alipay));
  assert.equal((await probe(ali.body.id)).ok, true);
  const wrongApp = {
    ...alipayAccountInput(alipay),
    config: { ...alipay.merchant, appId: '2021000000000000', alipayPublicKey: alipay.publicKey },
  };
  await h.put(`${PATH}/${ali.body.id}`, wrongApp);
  const said = await probe(ali.body.id);
  assert.deepEqual([said.ok, said.findings[0].code], [false, 'unknown_app']);
  assert.ok(!said.findings[0].message.includes('payments.probe'));
});

test('PAY-1 unionpay: keys are checked as they are pasted, and the test says what is wrong', async () => {
  const input = unionpayAccountInput(unionpay);
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const bad = await h.post(PATH, {
    ...input,
    config: { ...input.config, merId: '77729005811', trusted: 'nothing' },
    secrets: { privateKey: pemOf(other) },
  });
  assert.equal(bad.status, 400);
  assert.ok(codes(bad.body).some((code) => code.startsWith('config.merId')));
  const pasted = await h.post(PATH, {
    ...input,
    config: { ...input.config, trusted: 'nothing' },
    secrets: { privateKey: pemOf(other) },
  });
  assert.deepEqual(codes(pasted.body), ['secrets.privateKey key_not_pair', 'config.trusted key_not_pem']);
  const made = await h.post(PATH, input);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const probe = async () => (await h.post(`${PATH}/${made.body.id}/test`, {})).body.findings.map((f: any) => f.code);
  assert.deepEqual(await probe(), ['answered']);
  unionpay.faults.badSignatures = 1;
  assert.deepEqual(await probe(), ['wrong_channel_key']);
  unionpay.faults.dropReplies = 1;
  assert.deepEqual(await probe(), ['unreachable']);
  await h.put(`${PATH}/${made.body.id}`, { ...input, config: { ...input.config, merId: '777290058110999' } });
  assert.deepEqual(await probe(), ['refused']);
});

test('PAY-1 fifty concurrent payments never ask for more than the account may take in a day', async () => {
  const input = {
    channel: 'sandbox',
    name: '沙箱',
    enabled: true,
    limits: { minFen: 50, maxFen: 1_000, dayFen: 5_000 },
  };
  const made = await h.post(PATH, input);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const refusal = async (total: number): Promise<string> => {
    const subjectId = await h.subject(total);
    return h.payBy('sandbox', subjectId).then(
      () => 'taken',
      (error: { code: string }) => error.code,
    );
  };
  assert.deepEqual([await refusal(49), await refusal(1_001)], ['outside_channel_limits', 'outside_channel_limits']);
  const got = await Promise.all(Array.from({ length: 50 }, () => refusal(300)));
  const count = (what: string): number => got.filter((g) => g === what).length;
  assert.deepEqual([count('taken'), count('above_channel_day')], [16, 34]);
  h.clock.offsetMs = 86_400_000;
  assert.equal(await refusal(300), 'taken');
  h.clock.offsetMs = 0;
  const shop = '01900000-0000-7000-8000-000000000001';
  await h.put(`${PATH}/${made.body.id}`, { ...input, limits: {}, shops: [shop] });
  assert.equal(await refusal(300), 'unknown_payment_channel', 'the subject is of no shop that is served');
  await h.put(`${PATH}/${made.body.id}`, { ...input, limits: {}, enabled: false });
  assert.equal(await refusal(300), 'unknown_payment_channel');
  await h.put(`${PATH}/${made.body.id}`, { ...input, limits: {} });
  assert.equal(await refusal(300), 'taken');
});

test('PAY-1 rates agreed on before there were accounts become theirs, and the sandbox goes on', async () => {
  const file = new URL('../migrations/0040-channel-accounts.sql', import.meta.url);
  const text = readFileSync(file, 'utf8');
  const moves = text.slice(text.indexOf('insert into payments.channel_accounts'));
  const orgId = '01900000-0000-7000-8000-0000000000aa';
  const value = {
    expireMinutes: 45,
    feeRates: [
      { channel: 'wechat', rateMillionths: 6_000 },
      { channel: 'sandbox', rateMillionths: 5_000 },
      { channel: 'wechat', rateMillionths: 1 },
    ],
  };
  const found = await h.db.systemTx(async (tx) => {
    await tx.query(`insert into kernel.orgs (id, code, name) values ($1, 'old', 'Old')`, [orgId]);
    await tx.query(
      `insert into kernel.settings (org_id, section, value, updated_at, updated_by) values ($1, 'payments', $2, now(), 'x')`,
      [orgId, JSON.stringify(value)],
    );
    await tx.query(moves);
    return {
      accounts: await tx.query(
        'select channel, enabled, fee_rate from payments.channel_accounts where org_id = $1 order by channel',
        [orgId],
      ),
      settings: await tx.query('select value from kernel.settings where org_id = $1', [orgId]),
    };
  });
  assert.deepEqual(found.accounts, [
    { channel: 'sandbox', enabled: true, fee_rate: 5_000 },
    { channel: 'wechat', enabled: false, fee_rate: 6_000 },
  ]);
  assert.deepEqual(found.settings, [{ value: { expireMinutes: 45 } }]);
});
