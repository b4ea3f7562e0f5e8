import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { applyBody, setTaxCodes } from './support/invoices.ts';
import { addGoods, expectStatus, openShop, orderOf, pay, place, problems, stockOf } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let boss: Sender & { id: string };
let agent: Sender & { id: string };
before(async () => {
  app = await testApp();
  org = await app.org();
  boss = await app.person(org.code);
  agent = await app.person(org.code, ['agent']);
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 10_000 } }]);
  await addGoods(org, { sku: 'B', price: 5_000 });
  await setTaxCodes(org);
});
after(() => app.close());

async function paid(quantity = 1, over: object = {}): Promise<Body> {
  const order = await place(org, { lines: [{ sku: 'A', quantity }], ...over });
  if (!('payment' in over)) await pay(org, order.id);
  await app.settleDown();
  return orderOf(org, order.id);
}
const grant = (order: Body, body: object, as: Sender = agent): Promise<Answer> =>
  as.post(`/orders/${order.id}/compensations`, { reason: 'quality', note: '客户不满', ...body });
const given = async (order: Body, body: object, as: Sender = agent): Promise<Body> =>
  expectStatus(await grant(order, body, as), 201);
const compensationOf = async (id: string): Promise<Body> =>
  expectStatus(await org.get(`/after-sales/compensations/${id}`), 200);
const approve = async (approvalId: string, as: Sender = boss): Promise<Answer> =>
  as.post(`/approvals/${approvalId}/approve`);
const clean = async (): Promise<void> => assert.deepEqual(await app.faults(), []);
const balance = async (account: string): Promise<number> => {
  const { accounts } = expectStatus(await org.get('/ledger/trial-balance'), 200);
  const found = accounts.find((a: Body) => a.account === account || a.code === account);
  return found ? found.debit - found.credit : 0;
};

test('AFT-10 points within their own authority are given at once, posted as an expense, and told to the customer', async () => {
  const order = await paid();
  const before = await balance('compensation_points');
  const made = await given(order, { kind: 'points', points: 2_000 });
  assert.deepEqual(
    [made.status, made.severity, made.value.amount, made.beyondLimit, made.clause],
    ['done', 'normal', 2_000, false, 'general.compensation'],
  );
  assert.equal((await org.get(`/customers/${order.customer.id}/points`)).body.balance, 2_000);
  assert.equal((await balance('compensation_points')) - before, 2_000);
  const timeline = expectStatus(await org.get(`/orders/${order.id}/timeline`), 200).items;
  assert.ok(timeline.some((i: Body) => i.type === 'aftersales.compensation_granted.v1'));
  await clean();
});

test('AFT-10 above the authority nothing is given until another person, whose own reaches it, agrees; parts do not get round it', async () => {
  const order = await paid();
  const first = await given(order, { kind: 'points', points: 2_000 });
  assert.equal(first.status, 'done');
  const second = await given(order, { kind: 'points', points: 1_001 }); // 3,001 in all, of 3,000
  assert.deepEqual([second.status, second.beyondLimit, second.beyondBudget], ['requested', true, false]);
  assert.equal((await org.get(`/customers/${order.customer.id}/points`)).body.balance, 2_000);
  const own = await approve(second.approvalId, agent);
  assert.equal(own.status, 403);
  expectStatus(await approve(second.approvalId), 200);
  assert.equal((await compensationOf(second.id)).status, 'done');
  assert.equal((await org.get(`/customers/${order.customer.id}/points`)).body.balance, 3_001);
  const third = await given(order, { kind: 'points', points: 1 });
  expectStatus(await boss.post(`/approvals/${third.approvalId}/reject`, { note: '不同意' }), 200);
  assert.equal((await compensationOf(third.id)).status, 'rejected');
  const fourth = await given(order, { kind: 'points', points: 1 });
  expectStatus(await agent.post(`/approvals/${fourth.approvalId}/withdraw`), 200);
  await app.settleDown();
  assert.equal((await compensationOf(fourth.id)).status, 'rejected');
  await clean();
});

test('AFT-10 the limit of a role goes before that of the organisation, and whoever approves must have one that reaches the value', async () => {
  const role = {
    code: 'junior',
    name: { 'zh-CN': '初级', en: 'Junior' },
    permissions: ['orders.*', 'aftersales.*', 'approvals.*'],
  };
  expectStatus(await boss.post('/roles', role), 201);
  const limits = { 'aftersales.compensation.points.normal': 100 };
  expectStatus(await boss.api('PUT', '/roles/junior/limits', { limits }), 200);
  const junior = await app.person(org.code, ['junior']);
  const order = await paid();
  assert.equal((await given(order, { kind: 'points', points: 100 }, junior)).status, 'done');
  const more = await given(order, { kind: 'points', points: 50 }, agent); // the agent's 3,000 holds
  assert.equal(more.status, 'done');
  const above = await given(await paid(), { kind: 'points', points: 4_000 });
  const low = await approve(above.approvalId, junior);
  assert.deepEqual([low.status, low.body.code], [403, 'above_own_limit']);
  expectStatus(await approve(above.approvalId), 200);
  const { mine } = expectStatus(await junior.get('/after-sales/compensation-authority'), 200);
  assert.deepEqual(
    mine.find((m: Body) => m.kind === 'points' && m.severity === 'normal'),
    { kind: 'points', severity: 'normal', limit: 100, organisation: 3_000 },
  );
});

test('AFT-10 cash goes back through the channel as a compensation: the order, its invoice and what can be refunded stay as they are', async () => {
  const order = await paid(2);
  const invoice = expectStatus(await org.post('/invoices', applyBody(order.id)), 201);
  await app.settleDown();
  const [expense, prepaid] = [await balance('compensation_cash'), await balance('prepayments')];
  const asked = await given(order, { kind: 'cash', amount: 2_000 });
  assert.deepEqual([asked.status, asked.cash.channel.amount], ['granted', 2_000]);
  await app.settleDown();
  const done = await compensationOf(asked.id);
  assert.deepEqual([done.status, done.cash.paid.amount, done.cash.payout.amount], ['done', 2_000, 0]);
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.status, now.refunded.amount, now.paid.amount], ['paid', 0, 20_000]);
  assert.deepEqual(
    [(await balance('compensation_cash')) - expense, (await balance('prepayments')) - prepaid],
    [2_000, 0],
  );
  const after = expectStatus(await org.get(`/invoices/${invoice.id}`), 200);
  assert.deepEqual([after.status, after.amount.amount], ['issued', 20_000]);
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: 'x' }), 200); // all of it goes back all the same
  await app.settleDown();
  const [payment] = (await org.get(`/payments?subject=${order.id}`)).body.items;
  const refunds = (await org.get(`/payments/${payment.id}/refunds`)).body.items;
  assert.deepEqual(refunds.map((r: Body) => [r.kind, r.status, r.amount]).toSorted(), [
    ['cancel', 'abnormal', 2_000], // the channel has not got it any more: somebody pays it
    ['cancel', 'succeeded', 18_000],
    ['compensation', 'succeeded', 2_000],
  ]);
  await clean();
});

test('AFT-10 cash no channel can pay is paid by somebody and confirmed by another; the transfer stands for one', async () => {
  const order = await paid(1, { payment: 'prepaid' });
  const made = await given(order, { kind: 'cash', amount: 1_500 });
  assert.deepEqual([made.status, made.cash.payout.amount, made.may], ['granted', 1_500, ['set_payee']]);
  const path = `/after-sales/compensations/${made.id}/pay-out`;
  const before = await balance('compensation_cash');
  const nobody = await boss.post(path, { reference: 'T-1' });
  assert.deepEqual([nobody.status, nobody.body.code], [409, 'compensation_payee_missing']);
  const payee = { name: '王小明', bank: '招商银行', account: '6225880212345678' };
  const known = expectStatus(await agent.post(`/after-sales/compensations/${made.id}/payee`, { payee }), 200);
  assert.equal(known.payee, '…5678');
  const asked = { kind: 'compensation_payee', id: made.id, reason: '核对收款账号后打款' };
  assert.equal((await agent.post('/personal-data/reveal', asked)).status, 403, 'who promised does not pay');
  assert.deepEqual(expectStatus(await boss.post('/personal-data/reveal', asked), 200).fields, payee);
  const [sealed] = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ row: string }>('select to_jsonb(c)::text as row from aftersales.compensations c where id = $1', [
      made.id,
    ]),
  );
  assert.ok(sealed && !sealed.row.includes(payee.account) && !sealed.row.includes(payee.name), 'it is kept sealed');
  const proposed = expectStatus(await boss.post(path, { reference: 'T-1' }), 200);
  assert.equal(proposed.payouts[0].payee, '…5678');
  const late = await agent.post(`/after-sales/compensations/${made.id}/payee`, { payee });
  assert.equal(late.body.code, 'compensation_payout_exists', 'not while a transfer waits to be confirmed');
  assert.deepEqual([proposed.payouts[0].state, proposed.status], ['proposed', 'granted']);
  assert.equal((await boss.post(path, { reference: 'T-2' })).body.code, 'compensation_payout_exists');
  const { items } = (await boss.get('/approvals?view=all&limit=200')).body;
  const approval = items.find((a: Body) => a.subject === made.id && a.state === 'pending');
  assert.equal((await approve(approval.id, boss)).status, 403); // four eyes
  const second = await app.person(org.code);
  expectStatus(await approve(approval.id, second), 200);
  const done = await compensationOf(made.id);
  assert.deepEqual([done.status, done.cash.paid.amount, done.payouts[0].state], ['done', 1_500, 'confirmed']);
  assert.equal((await balance('compensation_cash')) - before, 1_500);
  assert.equal((await boss.post(path, { reference: 'T-3' })).body.code, 'compensation_nothing_to_pay');
  await clean();
});

test('AFT-10 a coupon is for its buyer alone; goods sent again cost nothing and take their stock', async () => {
  const now = app.clock.now().getTime();
  const offer = expectStatus(
    await org.post('/offers', {
      code: 'SORRY',
      title: '致歉券',
      kind: 'coupon',
      spend: 10_000,
      off: 1_000,
      startsAt: new Date(now - HOUR_MS).toISOString(),
      endsAt: new Date(now + 90 * DAY_MS).toISOString(),
    }),
    201,
  );
  const order = await paid();
  const options = expectStatus(await agent.get(`/orders/${order.id}/compensation-options`), 200);
  assert.deepEqual(
    options.coupons.map((c: Body) => [c.code, c.off.amount]),
    [['SORRY', 1_000]],
  );
  assert.equal(options.channelLeft.amount, 10_000);
  const made = await given(order, { kind: 'coupon', offerId: offer.id });
  assert.deepEqual([made.status, made.value.amount, typeof made.coupon.code], ['done', 1_000, 'string']);
  const stranger = await org.post('/orders', {
    shop: 'S1',
    channel: 'web',
    customer: {},
    shipTo: {
      name: '别人',
      phone: '13700001111',
      province: '浙江省',
      city: '杭州市',
      district: '西湖区',
      address: '路 1 号',
    },
    lines: [{ sku: 'A', quantity: 1 }],
    couponCodes: [made.coupon.code],
  });
  assert.equal(stranger.status === 201 ? stranger.body.total.amount : 10_000, 10_000); // it is not theirs
  const before = await stockOf(org, 'A');
  const again = await given(order, { kind: 'reship', lines: [{ lineId: order.lines[0].id, quantity: 1 }] });
  assert.deepEqual([again.status, again.value.amount], ['done', 10_000]);
  const replacement = await orderOf(org, again.replacement.id);
  assert.deepEqual([replacement.status, replacement.total.amount], ['paid', 0]);
  assert.equal((await stockOf(org, 'A')).available, before.available - 1);
  const bad = await grant(order, { kind: 'reship', lines: [{ lineId: order.lines[0].id, quantity: 9 }] });
  assert.deepEqual([bad.status, problems(bad)], [422, ['lines[0].quantity: too_big']]);
  assert.deepEqual(problems(await grant(order, { kind: 'coupon', offerId: order.id })), [
    'offerId: not_a_coupon_to_give',
  ]);
  await clean();
});

test('AFT-10 nobody promises beyond the policy: what it does not allow is refused, whoever asks', async () => {
  const order = await paid();
  app.clock.pass(100 * DAY_MS);
  const late = await grant(order, { kind: 'points', points: 1 }, boss);
  assert.deepEqual(
    [late.status, late.body.code, late.body.because],
    [422, 'compensation_not_by_policy', 'window_closed'],
  );
  assert.equal((await grant(order, { kind: 'points', points: 1, reason: 'no_reason' })).status, 400);
  const options = expectStatus(await agent.get(`/orders/${order.id}/compensation-options`), 200);
  assert.equal(
    options.reasons.every((r: Body) => !r.allowed),
    true,
  );
});

test('AFT-10 a budget holds however many spend it at once; above it a second person decides, and what a month gives is not undercut', async () => {
  const orders = [];
  for (let i = 0; i < 10; i += 1) orders.push(await paid());
  const budget = expectStatus(
    await boss.api('PUT', '/after-sales/compensation-budgets', { scope: 'role', ref: 'agent', monthly: 1_000 }),
    200,
  );
  assert.deepEqual([budget.left.amount, budget.spent.amount], [1_000, 0]);
  const answers = await Promise.all(
    orders.flatMap((o) => Array.from({ length: 3 }, () => grant(o, { kind: 'points', points: 90 }))),
  );
  const states = answers.map((a) => expectStatus(a, 201).status);
  assert.equal(states.filter((s: string) => s === 'done').length, 11); // 990 of 1,000
  assert.equal(states.filter((s: string) => s === 'requested').length, 19);
  const [after] = expectStatus(await org.get('/after-sales/compensation-budgets'), 200).items;
  assert.deepEqual([after.spent.amount, after.left.amount, after.beyond.amount], [990, 10, 0]);
  await clean();
  const waiting = answers.map((a) => a.body).find((b: Body) => b.status === 'requested');
  assert.deepEqual([waiting.beyondLimit, waiting.beyondBudget], [false, true]);
  expectStatus(await approve(waiting.approvalId), 200);
  const [beyond] = expectStatus(await org.get('/after-sales/compensation-budgets'), 200).items;
  assert.deepEqual([beyond.spent.amount, beyond.beyond.amount], [990, 90]);
  const less = await boss.api('PUT', '/after-sales/compensation-budgets', {
    scope: 'role',
    ref: 'agent',
    monthly: 900,
  });
  assert.deepEqual([less.status, less.body.code], [409, 'compensation_budget_below_spent']);
  expectStatus(
    await boss.api('PUT', '/after-sales/compensation-budgets', { scope: 'role', ref: 'agent', monthly: 2_000 }),
    200,
  );
  assert.equal((await given(orders[0], { kind: 'points', points: 90 })).status, 'done');
  await assert.rejects(
    app.db.inTx({ orgId: org.id }, (tx) =>
      tx.query('update aftersales.compensation_months set spent = amount + 1 where org_id = $1', [org.id]),
    ),
    /never_above_budget/,
  );
  expectStatus(
    await boss.api('PUT', '/after-sales/compensation-budgets', {
      scope: 'role',
      ref: 'agent',
      monthly: 2_000,
      active: false,
    }),
    200,
  );
  await clean();
});

test('AFT-10 cut off in the middle nothing is given; the same key again gives it once', async () => {
  const order = await paid();
  const ctx = { orgId: org.id };
  const stop = new Error('the process dies here');
  await assert.rejects(
    app.db.inTx(ctx, async (tx) => {
      const { grantCompensation } = await import('#modules/aftersales/compensation/index.ts');
      const { systemCtx } = await import('#kernel/context.ts');
      await grantCompensation(tx, systemCtx(org.id, app.clock.now()), {
        orderId: order.id,
        kind: 'points',
        points: 10,
        reason: 'quality',
        note: 'x',
      });
      throw stop;
    }),
    stop,
  );
  assert.equal((await org.get(`/customers/${order.customer.id}/points`)).body.balance, 0);
  const body = { kind: 'cash', amount: 500, reason: 'quality', note: 'x' };
  const key = { 'idempotency-key': 'comp-once' };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => agent.post(`/orders/${order.id}/compensations`, body, key)),
  );
  const ids = new Set(answers.filter((a) => a.status === 201).map((a) => a.body.id));
  assert.equal(ids.size, 1);
  await app.settleDown();
  const { items } = expectStatus(await org.get(`/after-sales/compensations?orderId=${order.id}`), 200);
  assert.deepEqual(
    items.map((i: Body) => [i.status, i.cash.paid.amount]),
    [['done', 500]],
  );
  await clean();
});

const budgetOf = async (ref: string): Promise<Body> =>
  expectStatus(await org.get('/after-sales/compensation-budgets'), 200).items.find((b: Body) => b.ref === ref);
const setBudget = async (over: object): Promise<Body> =>
  expectStatus(
    await boss.api('PUT', '/after-sales/compensation-budgets', { scope: 'role', ref: 'agent', ...over }),
    200,
  );

test('AFT-10 points taken back are promised no longer: the books and the month have them again, once', async () => {
  await setBudget({ monthly: 5_000 });
  const order = await paid();
  const spent = (await budgetOf('agent')).spent.amount;
  const [expense, promised] = [await balance('compensation_points'), await balance('points_promised')];
  const made = await given(order, { kind: 'points', points: 400 });
  assert.equal((await budgetOf('agent')).spent.amount, spent + 400);
  const path = `/after-sales/compensations/${made.id}/revoke`;
  assert.equal((await agent.post(path, { note: '发错人' })).status, 403);
  const answers = await Promise.all(Array.from({ length: 5 }, () => boss.post(path, { note: '发错人' })));
  assert.deepEqual(answers.map((a) => a.status).toSorted(), [200, 409, 409, 409, 409]);
  const now = await compensationOf(made.id);
  assert.deepEqual([now.status, now.revoked.note, now.may], ['revoked', '发错人', []]);
  assert.equal((await org.get(`/customers/${order.customer.id}/points`)).body.balance, 0);
  assert.equal((await budgetOf('agent')).spent.amount, spent);
  assert.deepEqual([await balance('compensation_points'), await balance('points_promised')], [expense, promised]);
  const spentPoints = await given(await paid(), { kind: 'points', points: 100 });
  const owner = (await orderOf(org, spentPoints.orderId)).customer.id;
  expectStatus(await org.post(`/customers/${owner}/points/spend`, { points: 60, reason: '兑换' }), 201);
  const gone = await boss.post(`/after-sales/compensations/${spentPoints.id}/revoke`, { note: 'x' });
  assert.equal(gone.body.code, 'insufficient_points', 'what was spent cannot be taken back');
  assert.equal((await compensationOf(spentPoints.id)).status, 'done');
  await clean();
});

test('AFT-10 a coupon that runs out unused is promised no longer; one that cannot be given is charged to nobody', async () => {
  const now = app.clock.now().getTime();
  const couponOffer = async (code: string) =>
    expectStatus(
      await org.post('/offers', {
        code,
        title: '致歉券',
        kind: 'coupon',
        spend: 10_000,
        off: 1_000,
        startsAt: new Date(now - HOUR_MS).toISOString(),
        endsAt: new Date(now + 300 * DAY_MS).toISOString(),
      }),
      201,
    );
  const offer = await couponOffer('SORRY2');
  await setBudget({ monthly: 9_000 });
  const before = (await budgetOf('agent')).spent.amount;
  const promised = await balance('coupons_promised');
  const made = await given(await paid(), { kind: 'coupon', offerId: offer.id });
  assert.equal(made.status, 'done');
  assert.equal(
    (await boss.post(`/after-sales/compensations/${made.id}/revoke`, { note: 'x' })).body.code,
    'compensation_not_revocable',
  );
  assert.equal((await budgetOf('agent')).spent.amount, before + 1_000);

  const falling = await couponOffer('SORRY3');
  await setBudget({ monthly: before + 1_000 }); // nothing is left: it has to be asked for
  const asked = await given(await paid(), { kind: 'coupon', offerId: falling.id });
  assert.equal(asked.status, 'requested');
  expectStatus(await org.post(`/offers/${falling.id}/end`), 200);
  const failed = await approve(asked.approvalId);
  assert.deepEqual([failed.status, failed.body.code], [409, 'offer_ended']);
  assert.equal((await compensationOf(asked.id)).status, 'requested', 'the offer ended meanwhile: nothing is given');
  assert.equal((await budgetOf('agent')).spent.amount, before + 1_000);
  expectStatus(await boss.post(`/approvals/${asked.approvalId}/reject`, { note: '活动已结束' }), 200);
  assert.deepEqual(
    [await balance('coupons_promised'), (await compensationOf(asked.id)).status],
    [promised - 1_000, 'rejected'],
  );
  await clean();

  app.clock.at(new Date(Date.parse(made.coupon.expiresAt) + 2 * HOUR_MS));
  await app.settleDown();
  assert.equal((await compensationOf(made.id)).status, 'revoked');
  assert.equal(await balance('coupons_promised'), promised);
  await clean();
  await setBudget({ monthly: 9_000, active: false });
});

test('AFT-10 two hundred grants at once never exceed the month, and every one is told apart', async () => {
  const orders: Body[] = [];
  for (let i = 0; i < 20; i += 1) orders.push(await paid());
  const spent = (await budgetOf('agent')).spent.amount;
  await setBudget({ monthly: spent + 1_000, active: true });
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => grant(orders[i % 20], { kind: 'points', points: 11 })),
  );
  const states = answers.map((a) => expectStatus(a, 201).status);
  assert.equal(states.filter((s: string) => s === 'done').length, 90); // 990 of 1,000
  assert.equal(states.filter((s: string) => s === 'requested').length, 110);
  const month = await budgetOf('agent');
  assert.deepEqual([month.spent.amount, month.left.amount], [spent + 990, 10]);
  assert.equal(new Set(answers.map((a) => a.body.no)).size, 200);
  await clean();
  await setBudget({ monthly: spent + 1_000, active: false });
});
