import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { noFaults } from '../testing/peer-server.ts';
import { type Rig, startWorld, type World } from '../testing/real-channels.ts';

let w: World;
before(async () => {
  w = await startWorld();
});
after(() => w.close());
afterEach(async () => {
  w.calm();
  assert.deepEqual(await w.h.faults(), [], 'every invariant holds after every test');
});

const PAY_URLS = {
  wechat: /^weixin:\/\/wxpay/,
  alipay: /^https:\/\/qr\.alipay\.com/,
  unionpay: /^https:\/\/qr\.95516\.com/,
} as const;

/** Each of these is what every real channel must get right. */
function forEachChannel(name: string, run: (rig: Rig) => Promise<void>): void {
  for (const code of ['wechat', 'alipay', 'unionpay'] as const) {
    test(`PAY-2 ${code}: ${name}`, async () => run(w.rigs.find((r) => r.code === code) as Rig));
  }
}

const verdicts = (id: string): Promise<string[]> => w.client.verdicts(id);
const statusOf = async (id: string): Promise<string> => (await w.client.payment(id)).status;
const kinds = async (id: string): Promise<unknown[]> =>
  (await w.client.refunds(id)).map((r: any) => [r.kind, r.amount, r.status]);

forEachChannel(
  'a payment is opened at once, paid, told and accepted, and the answer is the channel’s word',
  async (rig) => {
    const made = await w.open(rig.code, 1_999);
    assert.match(made.payUrl ?? '', PAY_URLS[rig.code]);
    rig.pay(made.paymentNo);
    assert.deepEqual(await rig.tell(made.paymentNo), [200]);
    const row = await w.client.payment(made.id);
    assert.deepEqual([row.status, row.accepted, row.received], ['succeeded', true, { amount: 1_999, currency: 'CNY' }]);
    assert.equal((await w.h.readSubject(made.subjectId)).paid, 1_999);
  },
);

test('PAY-2 Alipay reads exactly success, in plain text; WeChat Pay a JSON', async () => {
  const made = await w.open('alipay', 100);
  w.alipay.pay(made.paymentNo);
  assert.deepEqual(await w.alipay.tellAll(made.paymentNo), [
    { status: 200, text: 'success', type: 'text/plain; charset=utf-8' },
  ]);
  assert.deepEqual(
    await w.alipay.tell(made.paymentNo, { signType: true }),
    [200],
    'signed with sign_type among the rest',
  );
});

forEachChannel('no answer to the creation is not a failure: the job goes on, and the screen sees it', async (rig) => {
  rig.faults.dropReplies = 1;
  const lost = await w.open(rig.code, 2_001);
  assert.deepEqual([lost.status, lost.payUrl], ['pending', undefined]);
  assert.ok(rig.known(lost.paymentNo), 'it is known at the channel all the same');
  await w.client.dueNow();
  rig.faults.errors = 0;
  await w.h.env.db.systemTx((tx) =>
    tx.query(`delete from graphile_worker._private_jobs where key like '%close_payment%'`),
  );
  await w.h.settleDown();
  assert.ok((await w.client.payment(lost.id)).payUrl);
});

forEachChannel('a payment that is told before our own creation was answered counts', async (rig) => {
  rig.faults.dropReplies = 1;
  const made = await w.open(rig.code, 2_002);
  rig.pay(made.paymentNo);
  assert.deepEqual(await rig.tell(made.paymentNo), [200]);
  assert.equal(await statusOf(made.id), 'succeeded');
  await w.soon();
  assert.equal(await statusOf(made.id), 'succeeded');
});

forEachChannel('a callback repeated fifty times at once has one effect, and each is acknowledged', async (rig) => {
  const made = await w.open(rig.code, 2_003);
  rig.pay(made.paymentNo);
  const first = await rig.tell(made.paymentNo, { times: 50 });
  assert.deepEqual(new Set(first), new Set([200]));
  assert.deepEqual(await rig.tell(made.paymentNo, { again: true }), [200]);
  const said = await verdicts(made.id);
  assert.equal(said.filter((v) => v === 'accepted').length, 1);
  assert.equal(said.filter((v) => v === 'duplicate').length, 50);
  assert.equal((await w.h.readSubject(made.subjectId)).paid, 2_003);
});

forEachChannel('a callback without the account in its address is recognised by key or application', async (rig) => {
  const made = await w.open(rig.code, 2_004);
  rig.pay(made.paymentNo);
  assert.deepEqual(await rig.tell(made.paymentNo, { plain: true }), [200]);
  assert.equal(await statusOf(made.id), 'succeeded');
});

forEachChannel(
  'forged, stale and foreign callbacks are refused, recorded and told, and change nothing',
  async (rig) => {
    const made = await w.open(rig.code, 2_005);
    rig.pay(made.paymentNo);
    assert.deepEqual(await rig.tell(made.paymentNo, { forged: true }), [401]);
    assert.deepEqual(await rig.tell(made.paymentNo, { oldMs: rig.staleMs }), [401]);
    assert.deepEqual(await rig.tellOther(made.paymentNo), [422]);
    assert.equal(await statusOf(made.id), 'pending');
    const recorded = await w.h.db.read(w.h, (tx) =>
      tx.query<{ verdict: string }>(
        'select verdict from payments.callbacks where org_id = $1 order by received_at desc limit 3',
        [w.h.orgId],
      ),
    );
    assert.deepEqual(recorded.map((r) => r.verdict).toSorted(), ['bad_signature', 'stale', 'wrong_merchant']);
    const told = await w.h.db.read(w.h, (tx) =>
      tx.query<{ v: string }>(
        `select data ->> 'verdict' as v from kernel.outbox where type = 'payments.callback_refused.v1' and key = $1`,
        [made.subjectId],
      ),
    );
    assert.ok(
      told.some((t) => t.v === 'wrong_merchant'),
      'on the timeline of what is paid for',
    );
    assert.deepEqual(await rig.tell(made.paymentNo), [200]);
  },
);

test('PAY-2 wechat: probes that begin with WECHATPAY/SIGNTEST fail', async () => {
  const made = await w.open('wechat', 2_006);
  w.wechat.pay(made.paymentNo);
  assert.deepEqual(await w.wechat.tell(made.paymentNo, { probe: true }), [401]);
  assert.equal(await statusOf(made.id), 'pending');
});

forEachChannel('a wrong amount and a wrong currency are recorded and sent back at once', async (rig) => {
  const less = await w.open(rig.code, 2_007);
  rig.pay(less.paymentNo, { amount: 2_000 });
  assert.deepEqual(await rig.tell(less.paymentNo), [200]);
  assert.deepEqual(
    [await verdicts(less.id), await kinds(less.id)],
    [['wrong_amount'], [['auto_wrong_amount', 2_000, 'requested']]],
  );
  await w.h.settleDown();
  assert.equal(rig.refunded(less.paymentNo), 2_000);
  assert.equal((await w.h.readSubject(less.subjectId)).paid, 0);
  const foreign = await w.open(rig.code, 2_008);
  rig.pay(foreign.paymentNo);
  assert.deepEqual(await rig.tellCurrency(foreign.paymentNo, 'USD'), [200]);
  assert.deepEqual(await verdicts(foreign.id), ['wrong_currency']);
  assert.equal((await w.client.payment(foreign.id)).accepted, false);
});

forEachChannel('paid twice: the second goes back, and the order is paid once', async (rig) => {
  const subjectId = await w.h.subject(2_009);
  const [a, b] = [await w.h.payBy(rig.code, subjectId), await w.h.payBy(rig.code, subjectId)];
  for (const made of [a, b]) rig.pay(made.paymentNo);
  await rig.tell(a.paymentNo);
  await rig.tell(b.paymentNo);
  await w.h.settleDown();
  assert.deepEqual([(await kinds(a.id)).length, await kinds(b.id)], [0, [['auto_duplicate', 2_009, 'succeeded']]]);
  assert.equal((await w.h.readSubject(subjectId)).paid, 2_009);
  assert.equal(rig.refunded(b.paymentNo), 2_009);
});

forEachChannel('money for a cancelled order, and money after the close, goes back', async (rig) => {
  const cancelled = await w.open(rig.code, 2_010);
  await w.h.cancelSubject(cancelled.subjectId);
  rig.pay(cancelled.paymentNo);
  await rig.tell(cancelled.paymentNo);
  const closed = await w.open(rig.code, 2_011);
  if (!rig.closes) await w.overdue(closed.id);
  await w.soon(1);
  assert.equal(await statusOf(closed.id), 'closed');
  assert.equal(rig.state(closed.paymentNo).includes('CLOSED'), rig.closes);
  rig.pay(closed.paymentNo); // the race that closing cannot win
  assert.deepEqual(await rig.tell(closed.paymentNo), [200]);
  await w.h.settleDown();
  for (const made of [cancelled, closed]) {
    assert.deepEqual(await kinds(made.id), [['auto_late', made.amount, 'succeeded']]);
    assert.equal(rig.refunded(made.paymentNo), made.amount);
  }
});

forEachChannel('whose callback never came: the channel is asked at the expiry, and its answer decides', async (rig) => {
  const [paid, open] = [await w.open(rig.code, 2_012), await w.open(rig.code, 2_013)];
  rig.pay(paid.paymentNo);
  if (!rig.closes) for (const made of [paid, open]) await w.overdue(made.id);
  rig.faults.errors = 2; // whoever is asked first gets no answer: nothing is decided by that
  await w.client.dueNow();
  await w.h.settleDown();
  await w.soon();
  assert.deepEqual([await statusOf(paid.id), await statusOf(open.id)], ['succeeded', 'closed']);
  assert.equal((await w.h.readSubject(paid.subjectId)).paid, 2_012);
});

test('PAY-2 wechat: while the payer is typing the password nothing is closed', async () => {
  const rig = w.rigs[0] as Rig;
  const made = await w.open('wechat', 2_014);
  rig.setPaying(made.paymentNo);
  await w.soon(2);
  assert.equal(await statusOf(made.id), 'pending');
  rig.pay(made.paymentNo);
  await w.soon(2);
  assert.equal(await statusOf(made.id), 'succeeded');
});

forEachChannel(
  'answers with a wrong signature or no answers decide nothing, and each call is on record',
  async (rig) => {
    const made = await w.open(rig.code, 2_015);
    rig.pay(made.paymentNo);
    const ask = () => w.h.post(`/api/v1/payments/${made.id}/query`, {});
    for (const fault of ['badSignatures', 'errors', 'dropReplies'] as const) {
      Object.assign(rig.faults, { ...noFaults(), [fault]: 1 });
      await ask();
      assert.equal(await statusOf(made.id), 'pending', fault);
    }
    await ask();
    assert.equal(await statusOf(made.id), 'succeeded');
    const calls = await w.h.db.read(w.h, (tx) =>
      tx.query<{ outcome: string; text: string; status: number }>(
        'select outcome, http_status as status, c::text as text from payments.channel_calls c where payment_id = $1 order by id',
        [made.id],
      ),
    );
    assert.deepEqual(
      calls.map((c) => c.outcome),
      ['ok', 'untrusted', 'unreachable', 'unreachable', 'ok'],
    );
    for (const { text } of calls)
      for (const secret of ['oPayer0000', '2088101117955611', '159****5620', 'signature="', 'BEGIN'])
        assert.ok(!text.includes(secret), `${secret} in ${text}`);
  },
);

test('PAY-1 each method gives the payer what it needs; what a channel wants to know is asked for and kept sealed', async () => {
  const by = async (channel: string, method: any, payer = {}) =>
    w.h.payBy(channel, await w.h.subject(500), { method, payer });
  const jsapi = await by('wechat', 'jsapi', { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' });
  assert.deepEqual(Object.keys(jsapi.payParams ?? {}).toSorted(), [
    'appId',
    'nonceStr',
    'package',
    'paySign',
    'signType',
    'timeStamp',
  ]);
  assert.match((await by('wechat', 'h5', { clientIp: '203.0.113.9' })).payUrl ?? '', /^https:\/\/wx\.tenpay\.com/);
  await assert.rejects(by('wechat', 'jsapi'), { code: 'payer_required' });
  await assert.rejects(by('wechat', 'page'), { code: 'payment_method_not_offered' });
  const page = await by('alipay', 'page');
  assert.match(await (await fetch(page.payUrl ?? '')).text(), /"code":"10000"/, 'Alipay takes our signature');
  w.alipay.pay(page.paymentNo);
  assert.deepEqual(await w.alipay.tell(page.paymentNo), [200]);
  const stored = await w.h.db.read(w.h, (tx) =>
    tx.query('select p::text from payments.payments p union all select c::text from payments.channel_calls c'),
  );
  assert.ok(!JSON.stringify(stored).includes('oUpF8uMuAJO'));
});

test('PAY-1 unionpay: its page for cards is opened by a form of ours, signed, which the browser may send there and nowhere else', async () => {
  const made = await w.h.payBy('unionpay', await w.h.subject(2_500), { method: 'page' });
  assert.match(made.payUrl ?? '', /\/pay\/unionpay\//);
  const page = await fetch(made.payUrl ?? '');
  assert.match(page.headers.get('content-security-policy') ?? '', new RegExp(`form-action ${w.unionpay.url}`));
  const html = await page.text();
  const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
  const unescaped = (text: string): string =>
    text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
  const fields = Object.fromEntries(
    [...html.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1] ?? '', unescaped(m[2] ?? '')]),
  );
  assert.deepEqual([fields['txnAmt'], fields['currencyCode'], fields['orderId']], ['2500', '156', made.paymentNo]);
  const taken = await fetch(action, { method: 'POST', body: new URLSearchParams(fields) });
  assert.match(await taken.text(), /respCode=00/, 'UnionPay takes our signature');
  w.unionpay.pay(made.paymentNo);
  assert.deepEqual(await w.unionpay.tellAll(made.paymentNo), [
    { status: 200, text: 'ok', type: 'text/plain; charset=utf-8' },
  ]);
  assert.equal(await statusOf(made.id), 'succeeded');
  const after = await fetch(`${made.payUrl}/back`, { method: 'POST', body: new URLSearchParams({ respCode: '00' }) });
  assert.ok(!(await after.text()).includes('<form'), 'what is paid is not paid again');
});

test('PAY-2 unionpay: a certificate of the chain that is somebody else’s, or over, proves nothing; a new one of UnionPay’s does', async () => {
  const made = await w.open('unionpay', 2_501);
  w.unionpay.pay(made.paymentNo);
  w.unionpay.signAs({ name: '041@8310000000083040@一家别的公司@00016494' });
  assert.deepEqual(await w.unionpay.tell(made.paymentNo), [401]);
  w.unionpay.signAs({ name: '041@Z2017-11-1@00040000:SIGN@00000001' });
  assert.deepEqual(await w.unionpay.tell(made.paymentNo), [401], 'that of the integration environment, in production');
  w.unionpay.signAs({ until: new Date(Date.now() - 60_000) });
  assert.deepEqual(await w.unionpay.tell(made.paymentNo), [401]);
  w.unionpay.rotate();
  assert.deepEqual(await w.unionpay.tell(made.paymentNo), [200]);
  assert.equal(await statusOf(made.id), 'succeeded');
});

test('PAY-2 unionpay: until its time is over nothing is closed, for another card may follow one that was refused', async () => {
  const made = await w.open('unionpay', 2_502);
  w.unionpay.order(made.paymentNo).state = 'failed';
  await w.soon(2);
  assert.equal(await statusOf(made.id), 'pending');
  w.unionpay.pay(made.paymentNo);
  await w.soon(2);
  assert.equal(await statusOf(made.id), 'succeeded');
  const [refused] = [await w.open('unionpay', 2_503)];
  w.unionpay.order(refused.paymentNo).state = 'failed';
  await w.overdue(refused.id);
  await w.soon(2);
  assert.equal(await statusOf(refused.id), 'failed');
});

test('PAY-1 a payment the channel will not take has failed, and says why', async () => {
  const odd = await w.h.db.inTx(w.h, (tx) =>
    tx.query(
      `update payments.channel_accounts set config = jsonb_set(config, '{appid}', '"wx0000000000000000"'), version = version + 1 where channel = 'wechat' returning 1`,
    ),
  );
  assert.equal(odd.length, 1);
  const made = await w.open('wechat', 600);
  assert.deepEqual([made.status, made.failure], ['failed', 'PARAM_ERROR 参数错误']);
  await w.h.db.inTx(w.h, (tx) =>
    tx.query(
      `update payments.channel_accounts set config = jsonb_set(config, '{appid}', to_jsonb($1::text)), version = version + 1 where channel = 'wechat'`,
      [w.wechat.merchant.appid],
    ),
  );
});
