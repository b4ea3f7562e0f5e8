import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, place } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [
    { sku: 'A', price: 10_000, stock: { W1: 100 } },
    { sku: 'B', price: 3_000, stock: { W1: 100 } },
    { sku: 'GIFT', price: 500, stock: { W1: 100 } },
  ]);
  expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
});
after(() => app.close());

const at = (ms: number): string => new Date(app.clock.now().getTime() + ms).toISOString();
let made = 0;
/** A draft whose code and goods are its own, so that no test's offers meet another's. */
const draft = (kind: string, over: Record<string, unknown> = {}): Record<string, unknown> => {
  made += 1;
  return { code: `O${made}`, title: `活动 ${made}`, kind, startsAt: at(-HOUR_MS), endsAt: at(10 * DAY_MS), ...over };
};
const offer = async (kind: string, over: Record<string, unknown> = {}): Promise<Answer['body']> =>
  expectStatus(await org.post('/offers', draft(kind, over)), 201);
const quote = async (lines: [string, number][], over: Record<string, unknown> = {}): Promise<Answer['body']> =>
  expectStatus(
    await org.post('/quotes', { shop: 'S1', lines: lines.map(([sku, quantity]) => ({ sku, quantity })), ...over }),
    200,
  );
const problems = (answer: Answer): string[] =>
  (answer.body.errors ?? []).map((e: { path: string; code: string }) => `${e.path} ${e.code}`).toSorted();
async function sku(price = 10_000): Promise<string> {
  made += 1;
  const code = `T${made}`;
  await addGoods(org, { sku: code, price });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: code, quantity: 100 }] }), 201);
  return code;
}

test('PRO-1 an offer of every kind is made and published by one request, and prices follow it', async () => {
  const expected: [string, Record<string, unknown>, number, number][] = [
    ['limited_time_discount', { percentOff: 15 }, 2, 17_000],
    ['limited_time_discount', { price: 7_500 }, 2, 15_000],
    [
      'threshold_reduction',
      {
        tiers: [
          { spend: 20_000, off: 3_000 },
          { spend: 10_000, off: 1_000 },
        ],
      },
      2,
      17_000,
    ],
    ['threshold_reduction', { tiers: [{ spend: 10_000, off: 1_000 }], repeat: true }, 3, 27_000],
    ['nth_item', { nth: 2, percentOff: 50 }, 2, 15_000],
    ['flash_sale', { price: 9_900, limitPerCustomer: 2, quota: 10 }, 2, 19_800],
    ['cross_shop_threshold', { every: 20_000, off: 4_000 }, 2, 16_000],
  ];
  for (const [kind, terms, quantity, total] of expected) {
    const goods = await sku();
    const it = await offer(kind, { ...terms, scope: { skus: [goods] } });
    assert.deepEqual([it.kind, it.state, it.live, it.version], [kind, 'published', true, 1]);
    const q = await quote([[goods, quantity]]);
    assert.deepEqual(q.total, { amount: total, currency: 'CNY' }, kind);
    assert.deepEqual(q.applied, [it.code]);
    assert.deepEqual(q.lines[0].payable, { amount: total, currency: 'CNY' });
    assert.equal(q.lines[0].discounts[0].offer, it.code);
    assert.equal(q.lines[0].discounts[0].amount, 10_000 * quantity - total);
    expectStatus(await org.post(`/offers/${it.id}/end`), 200);
  }
  const goods = await sku();
  const gift = await offer('gift', { spend: 10_000, giftSku: 'GIFT', quantity: 2, scope: { skus: [goods] } });
  assert.deepEqual((await quote([[goods, 1]])).gifts, [
    { offer: gift.code, sku: 'GIFT', title: '商品 GIFT', quantity: 2 },
  ]);
  expectStatus(await org.post(`/offers/${gift.id}/end`), 200);
  await offer('presale', {
    deposit: 1_000,
    expandsTo: 3_000,
    balanceFrom: at(10 * DAY_MS),
    balanceTo: at(12 * DAY_MS),
    scope: { skus: [goods] },
  });
  const presale = await quote([[goods, 2]]);
  assert.deepEqual(
    [presale.total.amount, presale.presale.deposit.amount, presale.presale.balance.amount],
    [16_000, 2_000, 14_000],
  );
});

test('PRO-1 everything wrong with an offer is named at once, and nothing is made', async () => {
  const refused = await org.post(
    '/offers',
    draft('presale', {
      code: 'BAD',
      endsAt: at(-2 * HOUR_MS),
      shops: ['S1', 'NO-SHOP'],
      scope: { skus: ['A', 'NO-SKU'], categories: ['食品', '没有'] },
      deposit: 500,
      expandsTo: 400,
      balanceFrom: at(-DAY_MS),
      balanceTo: at(-2 * DAY_MS),
    }),
  );
  assert.equal(refused.status, 422);
  assert.deepEqual(problems(refused), [
    'balanceFrom balance_before_start',
    'balanceTo not_after_start',
    'endsAt not_after_start',
    'expandsTo below_deposit',
    'scope.categories[1] unknown_category',
    'scope.skus[1] unknown_sku',
    'shops[1] unknown_shop',
  ]);
  const shapes: [string, Record<string, unknown>, string[]][] = [
    ['limited_time_discount', { percentOff: 0 }, ['percentOff too_small']],
    ['limited_time_discount', { percentOff: 101, title: '' }, ['percentOff too_big', 'title too_small']],
    ['threshold_reduction', { tiers: [] }, ['tiers too_small']],
    ['threshold_reduction', { tiers: [{ spend: 0, off: -1 }] }, ['tiers[0].off too_small', 'tiers[0].spend too_small']],
    ['coupon', {}, ['off required', 'spend required']],
    [
      'flash_sale',
      { price: 100, limitPerCustomer: 0, limit: 3 },
      ['limit unrecognized_key', 'limitPerCustomer too_small'],
    ],
    ['gift', { spend: 1.5, giftSku: 'GIFT', quantity: 1 }, ['spend invalid_type']],
    ['no_such_kind', {}, ['kind invalid_union']],
  ];
  for (const [kind, over, errors] of shapes) {
    const answer = await org.post('/offers', draft(kind, over));
    assert.equal(answer.status, 400, kind);
    for (const error of errors)
      if (kind !== 'no_such_kind') assert.ok(problems(answer).includes(error), `${kind}: ${problems(answer)}`);
  }
  const both = await org.post('/offers', draft('limited_time_discount', { percentOff: 10, price: 100 }));
  assert.deepEqual([both.status, problems(both)], [422, ['percentOff percent_or_price']]);
  assert.deepEqual((await org.get('/offers?q=BAD')).body.items, []);
  const first = await offer('coupon', { spend: 100, off: 10, publish: false });
  const again = await org.post('/offers', draft('coupon', { code: first.code, spend: 100, off: 10 }));
  assert.deepEqual([again.status, again.body.code], [409, 'offer_code_taken']);
});

test('PRO-1 a change is a new version, in force at once; who has seen an older one is refused', async () => {
  const goods = await sku();
  const it = await offer('limited_time_discount', { percentOff: 10, scope: { skus: [goods] } });
  const url = `/offers/${it.id}`;
  const changed = await org.api('PATCH', url, { percentOff: 20, title: '新标题' }, { 'if-match': '"1"' });
  assert.deepEqual([expectStatus(changed, 200).version, changed.headers.get('etag')], [2, '"2"']);
  assert.equal((await quote([[goods, 1]])).total.amount, 8_000);
  expectStatus(await org.api('PATCH', url, { percentOff: 30 }, { 'if-match': '"1"' }), 412);
  assert.equal(
    expectStatus(await org.api('PATCH', url, { price: 100 }), 200).percentOff,
    undefined,
    'a price takes its place',
  );
  assert.deepEqual(problems(await org.api('PATCH', url, { nth: 2 })), ['nth unrecognized_key']);
  assert.deepEqual(problems(await org.api('PATCH', url, { endsAt: at(-DAY_MS) })), ['endsAt not_after_start']);
  const history = (await org.get(`${url}/history`)).body;
  assert.deepEqual(
    history.versions.map((v: { version: number; title: string }) => [v.version, v.title]),
    [
      [3, '新标题'],
      [2, '新标题'],
      [1, it.title],
    ],
  );
  assert.deepEqual(
    history.moves.map((m: { state: string; version: number }) => `${m.state} ${m.version}`),
    ['published 3', 'published 2', 'published 1'],
  );
});

test('PRO-1 a draft changes no price until it is published; paused and ended offers change none', async () => {
  const goods = await sku();
  const it = await offer('limited_time_discount', { percentOff: 10, scope: { skus: [goods] }, publish: false });
  const price = async (): Promise<number> => (await quote([[goods, 1]])).total.amount;
  assert.deepEqual([it.state, it.may], ['draft', ['change', 'publish', 'end']]);
  assert.equal(await price(), 10_000);
  for (const [event, state, total] of [
    ['publish', 'published', 9_000],
    ['pause', 'paused', 10_000],
    ['resume', 'published', 9_000],
    ['end', 'ended', 10_000],
  ] as const) {
    assert.equal(expectStatus(await org.post(`/offers/${it.id}/${event}`), 200).state, state);
    assert.equal(await price(), total, event);
  }
  const refused = await org.post(`/offers/${it.id}/resume`);
  assert.deepEqual([refused.status, refused.body.code], [409, 'transition_refused']);
  assert.deepEqual((await org.api('PATCH', `/offers/${it.id}`, { percentOff: 5 })).body.code, 'offer_ended');
});

test('PRO-1 coupons: the codes asked for, each found, quoted and listed', async () => {
  const goods = await sku();
  const it = await offer('coupon', { spend: 5_000, off: 1_000, scope: { skus: [goods] } });
  const { codes } = expectStatus(await org.post(`/offers/${it.id}/coupons`, { count: 3 }), 201);
  assert.equal(new Set(codes).size, 3);
  const with1 = await quote([[goods, 1]], { couponCodes: [codes[0]] });
  assert.deepEqual([with1.total.amount, with1.applied], [9_000, [it.code]]);
  const without = await quote([[goods, 1]]);
  assert.deepEqual(
    without.rejected.map((r: { offer: string; code: string }) => [r.offer, r.code]),
    [[it.code, 'needs_coupon']],
  );
  const unknown = await quote([[goods, 1]], { couponCodes: ['NO-SUCH-CODE'] });
  assert.deepEqual(
    unknown.problems.map((p: { path: string; code: string }) => [p.path, p.code]),
    [['couponCodes[0]', 'unknown_coupon']],
  );
  const listed = (await org.get(`/offers/${it.id}/coupons?limit=2`)).body;
  const rest = (await org.get(`/offers/${it.id}/coupons?limit=2&cursor=${listed.nextCursor}`)).body;
  assert.deepEqual(
    [...listed.items, ...rest.items].map((c: { code: string; state: string }) => `${c.code} ${c.state}`),
    codes.toSorted().map((c: string) => `${c} free`),
  );
  const other = await offer('limited_time_discount', { percentOff: 1, scope: { skus: [goods] } });
  assert.equal((await org.post(`/offers/${other.id}/coupons`, { count: 1 })).body.code, 'offer_without_coupons');
  expectStatus(await org.post(`/offers/${other.id}/end`), 200);
  assert.deepEqual((await org.get(`/offers/${it.id}/usage`)).body.coupons, { issued: 3, used: 0 });
});

test('PRO-1 a personal coupon is good for its owner alone, and what a customer has had counts against their limit', async () => {
  const goods = await sku();
  const slip = await offer('coupon', { spend: 5_000, off: 1_000, scope: { skus: [goods] } });
  const owner = { shop: 'S1', externalId: 'C-1' };
  const { codes } = expectStatus(await org.post(`/offers/${slip.id}/coupons`, { count: 1, owner }), 201);
  const codesOf = async (customer: object): Promise<string[]> => {
    const q = await quote([[goods, 1]], { couponCodes: codes, customer });
    return [...q.applied, ...q.rejected.map((r: { code: string }) => r.code)];
  };
  assert.deepEqual(await codesOf({ externalId: 'C-1' }), [slip.code]);
  assert.deepEqual(await codesOf({ externalId: 'C-2' }), ['coupon_not_yours']);
  assert.equal((await org.post(`/offers/${slip.id}/coupons`, { count: 1, owner: { shop: 'S1' } })).status, 400);
  const flash = await offer('flash_sale', { price: 5_000, limitPerCustomer: 3, quota: 9, scope: { skus: [goods] } });
  await place(org, { lines: [{ sku: goods, quantity: 2 }], customer: { externalId: 'C-1' } });
  const left = async (externalId: string): Promise<number> => {
    const q = await quote([[goods, 2]], { customer: { externalId } });
    return q.problems.length;
  };
  assert.deepEqual([await left('C-1'), await left('C-2')], [1, 0]);
  const usage = (await org.get(`/offers/${flash.id}/usage`)).body;
  assert.deepEqual(usage, { orders: 1, units: 2, given: 10_000, quota: { quota: 9, used: 2 }, coupons: null });
  assert.deepEqual(problems(await org.api('PATCH', `/offers/${flash.id}`, { quota: 1 })), ['quota quota_below_used']);
  const { id: _id, state: _s, live: _l, version: _v, createdAt: _c, may: _m, ...written } = flash;
  const cart = { shop: 'S1', lines: [{ sku: goods, quantity: 2 }] };
  const asked = { offerId: flash.id, offer: { ...written, price: 4_000, quota: 1 }, cart };
  const shown = expectStatus(await org.post('/offers/preview', asked), 200);
  assert.deepEqual(
    shown.problems.map((p: { path: string; code: string }) => `${p.path} ${p.code}`),
    ['quota quota_below_used'],
    'a change of an offer is previewed as what it is',
  );
  for (const o of [slip, flash]) expectStatus(await org.post(`/offers/${o.id}/end`), 200);
  assert.deepEqual(await app.faults(), []);
});

test('PRO-1 a hundred thousand coupon codes are made in seconds, and exported', async () => {
  const it = await offer('coupon', { spend: 5_000, off: 1_000, scope: { skus: [await sku()] } });
  expectStatus(await org.post(`/offers/${it.id}/coupons`, { count: 100_001 }), 400);
  const started = performance.now();
  const { codes } = expectStatus(await org.post(`/offers/${it.id}/coupons`, { count: 100_000 }), 201);
  const took = performance.now() - started;
  assert.equal(new Set(codes).size, 100_000);
  assert.ok(took < 15_000, `${Math.round(took)} ms`);
  const asked = expectStatus(await org.post('/exports', { kind: 'coupons', filters: { offerId: it.id } }), 202);
  await app.settleDown();
  const done = expectStatus(await org.get(`/exports/${asked.id}`), 200);
  const csv = (await org.get(done.downloadUrl)).body as string;
  assert.equal(done.total ?? done.done, 100_000);
  assert.deepEqual(
    new Set(csv.split('\n').flatMap((l) => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(l)?.[0] ?? [])),
    new Set(codes),
  );
});

test('PRO-4 whatever does not apply says why, in the words of who asks', async () => {
  const goods = await sku();
  await offer('threshold_reduction', {
    title: '满 150 减 30',
    tiers: [{ spend: 15_000, off: 3_000 }],
    scope: { skus: [goods] },
  });
  await offer('nth_item', {
    title: '第二件半价',
    nth: 2,
    percentOff: 50,
    scope: { skus: [goods] },
    startsAt: at(DAY_MS),
  });
  await offer('limited_time_discount', {
    title: '二号店专享',
    percentOff: 50,
    scope: { skus: [goods] },
    shops: ['S2'],
  });
  const input = { shop: 'S1', lines: [{ sku: goods, quantity: 1 }] };
  const reasons = async (language: string): Promise<string[]> =>
    (await org.api('POST', '/quotes', input, { 'accept-language': language })).body.rejected.map(
      (r: { code: string; reason: string }) => `${r.code}: ${r.reason}`,
    );
  const en = await reasons('en');
  assert.equal(en[0], 'below_threshold: ¥50.00 more is needed for “满 150 减 30”');
  assert.match(en[1] ?? '', /^not_started: “第二件半价” begins on /);
  assert.equal(en.length, 2, 'an offer of another shop does not concern the cart');
  assert.equal((await reasons('zh-CN'))[0], 'below_threshold: 再买 ¥50.00 即可享受“满 150 减 30”');
  const tomorrow = await quote([[goods, 2]], { at: at(DAY_MS + HOUR_MS) });
  assert.deepEqual(tomorrow.total.amount, 12_000, 'half of the second, and thirty off what is left');
});

test('PRO-4 a quote names every SKU it cannot price, and the limit an order would run into', async () => {
  const refused = await org.post('/quotes', {
    shop: 'NO-SHOP',
    lines: [
      { sku: 'X', quantity: 1 },
      { sku: 'A', quantity: 1 },
      { sku: 'Y', quantity: 1 },
    ],
  });
  assert.equal(refused.status, 422);
  assert.deepEqual(problems(refused), ['lines[0].sku unknown_sku', 'lines[2].sku unknown_sku', 'shop unknown_shop']);
  const goods = await sku();
  const flash = await offer('flash_sale', { price: 5_000, limitPerCustomer: 2, quota: 50, scope: { skus: [goods] } });
  const two = await quote([[goods, 2]]);
  assert.deepEqual([two.total.amount, two.problems], [10_000, []]);
  const three = await quote([[goods, 3]]);
  assert.deepEqual(
    three.problems.map((p: { path: string; code: string }) => [p.path, p.code]),
    [['lines[0].quantity', 'purchase_limit_exceeded']],
  );
  assert.deepEqual(
    three.rejected.map((r: { offer: string; code: string }) => [r.offer, r.code]),
    [[flash.code, 'limit_reached']],
  );
});

test('PRO-4 a quote is what an order would hear: refused when less is left than asked for, at list price when sold out', async () => {
  const goods = await sku();
  await offer('flash_sale', { price: 5_000, quota: 3, scope: { skus: [goods] } });
  const asks = async (quantity: number): Promise<unknown[]> => {
    const q = await quote([[goods, quantity]]);
    const order = await org.post('/orders', anOrder({ lines: [{ sku: goods, quantity }] }));
    const said = (problems_: { code: string }[]): string[] => problems_.map((p) => p.code);
    assert.deepEqual(said(q.problems), said(order.body.errors ?? []), `${quantity} units`);
    if (order.status === 201) assert.deepEqual(order.body.total, q.total);
    return [order.status, q.total.amount];
  };
  assert.deepEqual(await asks(4), [422, 40_000]);
  assert.deepEqual(await asks(3), [201, 15_000]);
  await pause(1_100); // what is sold out is looked at every second
  assert.deepEqual(await asks(1), [201, 10_000]);
});

test('PRO-2 a draft is shown on a sample cart with what it meets, before anything is stored', async () => {
  const goods = await sku();
  const running = await offer('limited_time_discount', { title: '九折', percentOff: 10, scope: { skus: [goods] } });
  const before = (await org.get('/offers/counts')).body.counts.all;
  const cart = { shop: 'S1', lines: [{ sku: goods, quantity: 2 }] };
  const asked = draft('limited_time_discount', { percentOff: 70, scope: { skus: [goods] } });
  const seen = expectStatus(await org.post('/offers/preview', { offer: asked, cart }), 200);
  assert.deepEqual([seen.without.total.amount, seen.with.total.amount], [18_000, 6_000]);
  assert.deepEqual([seen.without.applied, seen.with.applied], [[running.code], [asked['code']]]);
  assert.deepEqual(
    seen.warnings.map((w: { code: string; offers: string[] }) => [w.code, w.offers]),
    [
      ['same_kind', [asked['code'], running.code]],
      ['deep_discount', [asked['code']]],
    ],
  );
  assert.match(seen.warnings[1].message, /would sell for ¥30\.00 each instead of ¥100\.00: 70% off/);
  const slip = draft('coupon', { spend: 15_000, off: 2_000, scope: { skus: [goods] } });
  const shown = expectStatus(await org.post('/offers/preview', { offer: slip, cart }), 200);
  assert.deepEqual(
    [
      shown.with.total.amount,
      shown.with.applied,
      shown.with.rejected.map((r: { offer: string; code: string }) => [r.offer, r.code]),
    ],
    [18_000, [running.code], [[slip['code'], 'excluded']]],
    'a coupon and a limited-time discount never meet, and as much comes off either way',
  );
  const wrong = draft('limited_time_discount', { percentOff: 70, endsAt: at(-DAY_MS) });
  const refused = expectStatus(await org.post('/offers/preview', { offer: wrong }), 200);
  assert.deepEqual([refused.with, refused.problems.map((p: { path: string }) => p.path)], [null, ['endsAt']]);
  assert.equal((await org.get('/offers/counts')).body.counts.all, before);
  expectStatus(await org.post(`/offers/${running.id}/end`), 200);
});

test('PRO-2 which kinds may meet is a setting', async () => {
  const goods = await sku();
  const cut = await offer('limited_time_discount', { percentOff: 10, scope: { skus: [goods] } });
  const slip = await offer('coupon', { spend: 100, off: 500, scope: { skus: [goods] } });
  const { codes } = expectStatus(await org.post(`/offers/${slip.id}/coupons`, { count: 1 }), 201);
  const asked = { couponCodes: codes };
  assert.deepEqual((await quote([[goods, 1]], asked)).applied, [cut.code]);
  expectStatus(await org.api('PUT', '/settings/promotions', { values: { exclusive: [] } }), 200);
  const both = await quote([[goods, 1]], asked);
  assert.deepEqual([both.applied, both.total.amount], [[cut.code, slip.code], 8_500]);
  expectStatus(
    await org.api('PUT', '/settings/promotions', { values: { exclusive: [['limited_time_discount', 'coupon']] } }),
    200,
  );
  assert.deepEqual((await quote([[goods, 1]], asked)).applied, [cut.code]);
});

test('PLT-2 who is bound to a shop sees and changes the offers of that shop alone', async () => {
  const goods = await sku();
  const ours = await offer('limited_time_discount', { percentOff: 10, scope: { skus: [goods] }, shops: ['S2'] });
  const theirs = await offer('limited_time_discount', { percentOff: 10, scope: { skus: [goods] }, shops: ['S1'] });
  const everywhere = await offer('limited_time_discount', { percentOff: 10, scope: { skus: [goods] } });
  const [s2] = (await org.get('/shops')).body.items.filter((s: { code: string }) => s.code === 'S2');
  await app.person('shop'); // somebody administers
  const person = await app.person('shop', ['operations'], { shops: [s2.id] });
  expectStatus(await person.get(`/offers/${ours.id}`), 200);
  expectStatus(await person.get(`/offers/${theirs.id}`), 404);
  assert.deepEqual(expectStatus(await person.get(`/offers/${everywhere.id}`), 200).may, []);
  expectStatus(await person.post(`/offers/${everywhere.id}/pause`), 404);
  expectStatus(await person.post(`/offers/${ours.id}/pause`), 200);
  const seen = (await person.get('/offers?limit=200')).body.items.map((o: { id: string }) => o.id);
  assert.deepEqual([seen.includes(ours.id), seen.includes(theirs.id)], [true, false]);
  const refused = await person.post('/offers', draft('limited_time_discount', { percentOff: 5 }));
  assert.deepEqual(problems(refused), ['shops shop_out_of_scope']);
  for (const o of [ours, theirs, everywhere]) expectStatus(await org.post(`/offers/${o.id}/end`), 200);
});

test('PRO-1 the list is filtered, counted and paged', async () => {
  const marked = [];
  for (let n = 0; n < 5; n += 1)
    marked.push(
      await offer('gift', {
        title: `特别 ${n}`,
        spend: 1,
        giftSku: 'GIFT',
        quantity: 1,
        scope: { skus: [await sku()] },
        publish: n > 0,
      }),
    );
  const ids = (body: Answer['body']): string[] => body.items.map((o: { id: string }) => o.id);
  const first = (await org.get('/offers?q=特别&limit=3')).body;
  const second = (await org.get(`/offers?q=特别&limit=3&cursor=${first.nextCursor}`)).body;
  assert.deepEqual([...ids(first), ...ids(second)], marked.map((o) => o.id).toReversed());
  assert.deepEqual(ids((await org.get('/offers?q=特别&live=true')).body).length, 4);
  assert.deepEqual(ids((await org.get('/offers?q=特别&state=draft&kind=gift')).body), [marked[0]?.id]);
  const { counts } = (await org.get('/offers/counts?q=特别')).body;
  assert.deepEqual(counts, { all: 5, live: 4, draft: 1, published: 4, paused: 0, ended: 0 });
  assert.deepEqual(await app.faults(), []);
});
