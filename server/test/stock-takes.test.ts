import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import ExcelJS from 'exceljs';
import { seePages } from '#kernel/testing/read-codes.ts';
import { DAY_MS, MINUTE_MS } from '#kernel/time.ts';
import { type Sender, testApp } from './support/app.ts';
import { addGoods, expectStatus, openShop, orderOf, pay, place, problems, stockOf } from './support/shop.ts';

const app = await testApp();
after(() => app.close());
const org = await app.org();
await openShop(org, [{ sku: 'A', price: 2000, barcode: '690001' }, { sku: 'B' }], ['W1', 'W2']);
await app.person('shop', ['admin']);
const keeper = await app.person('shop', ['warehouse']);
const second = await app.person('shop', ['warehouse']);
const boss = await app.person('shop', ['warehouse_manager']);
const settle = (values: object) => org.api('PUT', '/settings/inventory', { values });

const holds = async (): Promise<void> => {
  await app.settleDown();
  assert.deepEqual(expectStatus(await org.get('/stock/audit'), 200).mismatches, []);
  assert.deepEqual(await app.faults(), []);
};
const receive = async (lines: object[], warehouse = 'W1') =>
  expectStatus(await org.post('/stock/receipts', { warehouse, lines }), 201);
type Line = {
  id: string;
  bin: string;
  sku: string;
  state: string;
  book: number | null;
  counted: number | null;
  outcome: string;
};
const linesOf = async (who: Sender, id: string, query = ''): Promise<Line[]> =>
  expectStatus(await who.get(`/stock-takes/${id}/lines?limit=200${query}`), 200).items;
const open = async (scope: object, over: object = {}, who: Sender = keeper) =>
  expectStatus(await who.post('/stock-takes', { warehouse: 'W1', kind: 'cycle', scope, ...over }), 201);
const count = (who: Sender, id: string, ...counts: object[]) => who.post(`/stock-takes/${id}/counts`, { counts });
const approve = async (who: Sender, takeId: string) => {
  const { approvalId } = expectStatus(await org.get(`/stock-takes/${takeId}`), 200);
  return who.post(`/approvals/${approvalId}/approve`, {});
};

test('INV-5 a count is booked by its difference, whatever was sold and received meanwhile', async () => {
  await receive([
    { sku: 'A', quantity: 10, bin: 'S-01' },
    { sku: 'B', quantity: 6, bin: 'S-02' },
  ]);
  const take = await open({ bins: ['S-01', 'S-02'] });
  assert.deepEqual([take.state, take.bins, take.lines, take.no.slice(0, 2)], ['counting', 2, 2, 'PD']);
  // 9 of the 10 are there; 5 of 6
  const counted = expectStatus(
    await count(keeper, take.id, { bin: 'S-01', code: '690001', quantity: 9 }, { bin: 'S-02', sku: 'B', quantity: 5 }),
    200,
  );
  assert.deepEqual(
    counted.items.map((i: { sku: string; counted: number }) => [i.sku, i.counted]),
    [
      ['A', 9],
      ['B', 5],
    ],
  );
  await receive([{ sku: 'A', quantity: 4, bin: 'S-01' }]);
  await place(org, { lines: [{ sku: 'A', quantity: 3 }] });
  const submitted = expectStatus(await keeper.post(`/stock-takes/${take.id}/submit`), 200);
  assert.equal(submitted.state, 'awaiting_approval');
  assert.equal((await stockOf(org, 'A', 'W1')).onHand, 14, 'nothing is booked before it is approved');
  assert.equal((await approve(boss, take.id)).status, 200);
  const done = expectStatus(await keeper.get(`/stock-takes/${take.id}`), 200);
  assert.deepEqual([done.state, done.differing, done.unitsShort, done.valueShort], ['posted', 2, 2, 3000]);
  assert.deepEqual(await stockOf(org, 'A', 'W1'), { onHand: 13, reserved: 3, available: 10 });
  assert.equal((await stockOf(org, 'B', 'W1')).onHand, 5);
  const { items } = expectStatus(await org.get('/stock/documents?kind=count'), 200);
  assert.deepEqual([items[0].reference, items[0].lines.length], [done.no, 2]);
  await holds();
});

test('INV-5 the same scan counts once; a bin that is done has nothing else; found goods and unknown codes', async () => {
  await receive([
    { sku: 'A', quantity: 3, bin: 'T-01' },
    { sku: 'B', quantity: 2, bin: 'T-01' },
  ]);
  await settle({ countRecountUnits: 100, countRecountValue: 100_000_000 });
  const take = await open({ bins: ['T-01'] });
  const scan = { bin: 'T-01', code: '690001', mode: 'add', scanId: 's1' };
  const answers = await Promise.all([1, 2, 3].map(() => count(keeper, take.id, scan)));
  assert.deepEqual(
    answers.map((a) => a.body.items[0].counted),
    [1, 1, 1],
  );
  expectStatus(await count(keeper, take.id, { ...scan, scanId: 's2' }, { ...scan, scanId: 's2' }), 200);
  const refused = await count(
    keeper,
    take.id,
    { ...scan, scanId: 's3' },
    { bin: 'T-01', code: '??' },
    { bin: 'S-01', code: 'A' },
  );
  assert.deepEqual(
    [refused.status, problems(refused)],
    [422, ['counts[1].code: unknown_code', 'counts[2].bin: bin_not_in_count']],
  );
  assert.equal(
    (await linesOf(keeper, take.id)).find((l) => l.sku === 'A')?.counted,
    2,
    'of a refused request nothing counts',
  );
  assert.equal((await count(keeper, take.id, { bin: 'T-01', mode: 'empty' })).status, 422);
  const busy = await keeper.post('/stock-takes', { warehouse: 'W1', kind: 'full' });
  assert.deepEqual([busy.status, busy.body.code], [409, 'bins_being_counted']);
  await addGoods(org, { sku: 'FOUND' });
  const found = expectStatus(await count(keeper, take.id, { bin: 'T-01', sku: 'FOUND', quantity: 7 }), 200);
  assert.equal(found.items[0].found, true);
  expectStatus(await count(keeper, take.id, { bin: 'T-01', mode: 'done' }), 200);
  assert.equal((await linesOf(keeper, take.id)).find((l) => l.sku === 'B')?.counted, 0);
  expectStatus(await keeper.post(`/stock-takes/${take.id}/submit`), 200);
  assert.equal((await approve(boss, take.id)).status, 200);
  assert.equal((await stockOf(org, 'FOUND', 'W1')).onHand, 7);
  await holds();
});

test('INV-5 who counts a blind count sees nothing of the book; above the limits another person counts anew, as blind', async () => {
  await settle({ countRecountUnits: 5, countRecountValue: 100_000_000 });
  await addGoods(org, { sku: 'BLIND' });
  await receive([{ sku: 'BLIND', quantity: 40, bin: 'U-01' }]);
  const take = await open({ bins: ['U-01'] }, { blind: true });
  expectStatus(await count(keeper, take.id, { bin: 'U-01', sku: 'BLIND', quantity: 30 }), 200);
  const [seen] = await linesOf(keeper, take.id);
  assert.deepEqual([seen?.counted, seen?.book], [30, null]);
  assert.equal(expectStatus(await keeper.get(`/stock-takes/${take.id}`), 200).unitsShort, null);
  assert.deepEqual(
    (await linesOf(keeper, take.id, '&only=differing&sort=value')).length,
    1,
    'a filter does not tell either',
  );
  assert.equal((await linesOf(boss, take.id))[0]?.book, 40);
  assert.equal((await linesOf(boss, take.id, '&as=counter'))[0]?.book, null);
  assert.equal((await keeper.post(`/stock-takes/${take.id}/submit`)).body.code, 'recount_needed');
  const asked = expectStatus(await keeper.post(`/stock-takes/${take.id}/recounts`), 200);
  assert.equal(asked.toRecount, 1);
  const same = await count(keeper, take.id, { bin: 'U-01', sku: 'BLIND', quantity: 30 });
  assert.deepEqual(problems(same), ['counts[0].code: recount_by_another']);
  expectStatus(await count(second, take.id, { bin: 'U-01', sku: 'BLIND', quantity: 31 }), 200);
  expectStatus(await second.post(`/stock-takes/${take.id}/submit`), 200);
  assert.equal((await approve(second, take.id)).status, 403);
  assert.equal((await approve(boss, take.id)).status, 200);
  assert.equal((await stockOf(org, 'BLIND', 'W1')).onHand, 31);
  await holds();
});

test('INV-5 who counted does not approve, though somebody else submitted; a rejected count goes on', async () => {
  await addGoods(org, { sku: 'EYES' });
  await receive([{ sku: 'EYES', quantity: 5, bin: 'V-01' }]);
  const take = await open({ skus: ['EYES'] });
  expectStatus(await count(boss, take.id, { bin: 'V-01', sku: 'EYES', quantity: 4 }), 200);
  expectStatus(await keeper.post(`/stock-takes/${take.id}/submit`), 200);
  const own = await approve(boss, take.id);
  assert.deepEqual([own.status, own.body.code], [403, 'counted_by_you']);
  const other = await app.person('shop', ['warehouse_manager']);
  const { approvalId } = (await org.get(`/stock-takes/${take.id}`)).body;
  expectStatus(await other.post(`/approvals/${approvalId}/reject`, { note: '再数一遍' }), 200);
  const again = expectStatus(await keeper.get(`/stock-takes/${take.id}`), 200);
  assert.deepEqual([again.state, again.why], ['counting', '再数一遍']);
  expectStatus(await keeper.post(`/stock-takes/${take.id}/submit`), 200);
  assert.equal((await other.post(`/stock-takes/${take.id}/reopen`)).status, 403);
  expectStatus(await keeper.post(`/stock-takes/${take.id}/reopen`), 200);
  expectStatus(await keeper.post(`/stock-takes/${take.id}/cancel`, { why: '改期' }), 200);
  assert.equal((await stockOf(org, 'EYES', 'W1')).onHand, 5);
  await open({ skus: ['EYES'] }); // its bins are free again
  await holds();
});

test('INV-5 units that orders were promised are not there: the last order is short, held and told of; the first keeps its own', async () => {
  await settle({ countRecountUnits: 100, countUnitsWithoutApproval: 100, countValueWithoutApproval: 100_000_000 });
  await addGoods(org, { sku: 'SHORT' });
  await receive([{ sku: 'SHORT', quantity: 6, bin: 'X-01' }]);
  const [first, last] = [
    await place(org, { lines: [{ sku: 'SHORT', quantity: 3 }] }),
    await place(org, { lines: [{ sku: 'SHORT', quantity: 3 }] }),
  ];
  await pay(org, first.id);
  await pay(org, last.id);
  await app.settleDown();
  const take = await open({ skus: ['SHORT'] });
  expectStatus(await count(keeper, take.id, { bin: 'X-01', sku: 'SHORT', quantity: 4 }), 200);
  const posted = expectStatus(await keeper.post(`/stock-takes/${take.id}/submit`), 200);
  assert.deepEqual([posted.state, posted.waiting], ['posted', 1]);
  assert.equal((await stockOf(org, 'SHORT', 'W1')).onHand, 6);
  await app.settleDown();
  assert.deepEqual(await stockOf(org, 'SHORT', 'W1'), { onHand: 4, reserved: 4, available: 0 });
  const [a, b] = [await orderOf(org, first.id), await orderOf(org, last.id)];
  assert.deepEqual([a.holds, b.holds], [[], ['shortage']]);
  const { items } = expectStatus(await org.get('/exceptions?kind=shortage'), 200);
  assert.ok(items.some((e: { orderNo: string; units: number }) => e.orderNo === b.orderNo && e.units === 2));
  assert.equal((await linesOf(org, take.id))[0]?.outcome, 'posted');
  await holds();
});

test('INV-5 units set aside after the count as not found are not missing twice', async () => {
  await addGoods(org, { sku: 'ASIDE' });
  await receive([{ sku: 'ASIDE', quantity: 10, bin: 'Y-01' }]);
  const order = await place(org, { lines: [{ sku: 'ASIDE', quantity: 4 }] });
  await pay(org, order.id);
  await app.settleDown();
  const take = await open({ skus: ['ASIDE'] });
  expectStatus(await count(keeper, take.id, { bin: 'Y-01', sku: 'ASIDE', quantity: 8 }), 200);
  const { lines } = await orderOf(org, order.id);
  expectStatus(
    await org.post('/exceptions', {
      orderId: order.id,
      kind: 'shortage',
      lineId: lines[0].id,
      units: 2,
      note: '找不到',
    }),
    201,
  );
  expectStatus(await keeper.post(`/stock-takes/${take.id}/submit`), 200);
  await app.settleDown();
  const levels = expectStatus(await org.get('/stock?sku=ASIDE&warehouse=W1'), 200).items[0];
  assert.deepEqual([levels.onHand, levels.frozen], [8, 0]);
  assert.ok((await linesOf(org, take.id)).some((l) => l.state === 'frozen' && l.outcome === 'posted'));
  await holds();
});

test('INV-5 what was counted while the connection was away is compared with the book of that moment, by the clock of the server', async () => {
  await addGoods(org, { sku: 'LATE' });
  await receive([{ sku: 'LATE', quantity: 10, bin: 'Z-01' }]);
  app.clock.pass(MINUTE_MS);
  const take = await open({ skus: ['LATE'] });
  app.clock.pass(10 * MINUTE_MS);
  await receive([{ sku: 'LATE', quantity: 5, bin: 'Z-01' }]);
  app.clock.pass(10 * MINUTE_MS);
  // the device's clock is a day slow; it saw 9 before the five came
  const device = (agoMs: number): string => new Date(app.clock.now().getTime() - DAY_MS - agoMs).toISOString();
  const counts = [{ bin: 'Z-01', sku: 'LATE', quantity: 9, countedAt: device(15 * MINUTE_MS) }];
  expectStatus(await keeper.post(`/stock-takes/${take.id}/counts`, { counts, sentAt: device(0) }), 200);
  const [line] = await linesOf(org, take.id);
  assert.deepEqual([line?.book, line?.counted], [10, 9]);
  const early = [{ bin: 'Z-01', sku: 'LATE', quantity: 9, countedAt: device(60 * MINUTE_MS) }];
  const refused = await keeper.post(`/stock-takes/${take.id}/counts`, { counts: early, sentAt: device(0) });
  assert.deepEqual(problems(refused), ['counts[0].countedAt: counted_before']);
  expectStatus(await keeper.post(`/stock-takes/${take.id}/submit`), 200);
  assert.equal((await stockOf(org, 'LATE', 'W1')).onHand, 14);
  await holds();
});

test('INV-5 pieces scanned one by one while goods come in are counted anew', async () => {
  await addGoods(org, { sku: 'MOVES' });
  await receive([{ sku: 'MOVES', quantity: 2, bin: 'Q-01' }]);
  const take = await open({ skus: ['MOVES'] });
  const one = (scanId: string) => count(keeper, take.id, { bin: 'Q-01', sku: 'MOVES', mode: 'add', scanId });
  await one('m1');
  await receive([{ sku: 'MOVES', quantity: 2, bin: 'Q-01' }]);
  await one('m2');
  assert.equal((await keeper.post(`/stock-takes/${take.id}/submit`)).body.code, 'recount_needed');
  expectStatus(await count(keeper, take.id, { bin: 'Q-01', sku: 'MOVES', quantity: 4 }), 200);
  assert.equal(expectStatus(await keeper.post(`/stock-takes/${take.id}/submit`), 200).state, 'posted');
  await holds();
});

test('INV-5 scopes, suggestions and what does not exist', async () => {
  const bad = await keeper.post('/stock-takes', {
    warehouse: 'W1',
    kind: 'cycle',
    scope: { bins: ['S-01', 'NO'], zones: ['Z9'] },
  });
  assert.deepEqual([bad.status, problems(bad)], [422, ['scope.bins[1]: unknown_bin', 'scope.zones[0]: unknown_zone']]);
  assert.equal((await keeper.post('/stock-takes', { warehouse: 'W1', kind: 'cycle' })).status, 422);
  assert.equal(
    (await keeper.post('/stock-takes', { warehouse: 'W1', kind: 'full', scope: { skus: ['A'] } })).status,
    422,
  );
  assert.equal((await keeper.post('/stock-takes', { warehouse: 'NO', kind: 'full' })).status, 404);
  const preview = expectStatus(await keeper.post('/stock-takes/preview', { warehouse: 'W1', kind: 'full' }), 200);
  assert.ok(preview.bins > 5 && preview.lines > 5);
  app.clock.pass(200 * DAY_MS);
  const due = expectStatus(await boss.get('/stock-takes/suggestions?warehouse=W1'), 200).items;
  assert.ok(due.every((d: { reasons: string[] }) => d.reasons.includes('stale')));
  assert.ok(due.some((d: { bin: string }) => d.bin === 'S-01'));
  assert.ok(!due.some((d: { bin: string }) => d.bin === 'V-01'), 'a bin that is being counted is not due');
  assert.equal((await keeper.get('/stock-takes/00000000-0000-7000-8000-000000000000')).status, 404);
  const w2 = (await org.get('/warehouses')).body.items.find((w: { code: string }) => w.code === 'W2');
  const far = await app.person('shop', ['warehouse'], { warehouses: [w2.id] });
  const { items } = expectStatus(await org.get('/stock-takes'), 200);
  assert.equal((await far.get(`/stock-takes/${items[0].id}`)).status, 404);
  assert.deepEqual(expectStatus(await far.get('/stock-takes'), 200).items, []);
  assert.equal((await far.post('/stock-takes', { warehouse: 'W1', kind: 'full' })).status, 403);
});

test('INV-5 sheet and report come as PDF and as workbook; a blind sheet says nothing of the book', async () => {
  await addGoods(org, { sku: 'PAPER' });
  await receive([{ sku: 'PAPER', quantity: 77, bin: 'P-01' }], 'W2');
  const take = await open({ skus: ['PAPER'] }, { blind: true, warehouse: 'W2' });
  const bytes = async (paper: string): Promise<Buffer> => {
    const response = await fetch(`${app.url}/api/v1/stock-takes/${take.id}/${paper}`, {
      headers: { authorization: `Bearer ${org.key}`, 'accept-language': 'zh-CN' },
    });
    assert.equal(response.status, 200, paper);
    return Buffer.from(await response.arrayBuffer());
  };
  const cellsOf = async (paper: string): Promise<string> => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await bytes(paper)) as never);
    return JSON.stringify(book.worksheets[0]?.getSheetValues());
  };
  for (const paper of ['sheet.pdf', 'report.pdf'])
    assert.equal((await bytes(paper)).subarray(0, 5).toString(), '%PDF-');
  const [page] = await seePages(await bytes('sheet.pdf'));
  assert.deepEqual(page?.codes, [{ format: 'Code128', text: 'P-01' }], 'the bin is scanned off its sheet');
  const sheet = await cellsOf('sheet.xlsx');
  assert.ok(sheet.includes('PAPER') && sheet.includes('P-01') && sheet.includes('初盘'));
  assert.ok(!sheet.includes('77') && !sheet.includes('账面数'), sheet);
  expectStatus(await count(keeper, take.id, { bin: 'P-01', sku: 'PAPER', quantity: 70 }), 200);
  const [line] = await linesOf(org, take.id);
  expectStatus(await org.post(`/stock-takes/${take.id}/reasons`, { lines: [line?.id], reason: '=破损' }), 200);
  const report = await cellsOf('report.xlsx');
  for (const part of ['准确率', '0.0 %', "'=破损", '-7']) assert.ok(report.includes(part), `${part} in ${report}`);
});
