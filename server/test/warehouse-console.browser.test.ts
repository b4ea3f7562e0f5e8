import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WarehouseLayout } from '../../web/api/types.ts';
import { layoutWith, rackBins, type Racks } from '../../web/console/pages/warehouse/racks.ts';
import type { TestOrg } from './support/app.ts';
import { dialog, drawer, noteDelivery, openHandheld, startBatchWave } from './support/hands.ts';
import { openPages, type Pages, press, scan, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, pay, place, standing } from './support/shop.ts';

/** A warehouse from bare floor to picked orders, by the hands of those who work in it. */
let pages: Pages;
let org: TestOrg;
let manager: string;
let picker: string;
const TEA = '6901234567892';
before(async () => {
  pages = await openPages();
  org = await pages.app.org('floor');
  await openShop(org, [
    { sku: 'TEA-1', barcode: TEA },
    { sku: 'CUP-1', barcode: '6901234567908' },
  ]);
  manager = await pages.member('floor', 'warehouse_manager', '赵仓管');
  picker = await pages.member('floor', 'warehouse', '吴拣货');
});
after(() => pages.close());

type Made = { code: string; side: 'L' | 'R'; xMm: number; yMm: number };
const byCode = (a: { code: string }, b: { code: string }): number => (a.code < b.code ? -1 : 1);

test('INV-1 what the console shows before a zone is laid out is what the server makes', async () => {
  const racks: Racks = {
    zone: 'A',
    aisles: 3,
    bays: 5,
    levels: 2,
    sides: 'both',
    firstAisle: 0,
    aislePitchMm: 2_800,
    bayPitchMm: 1_101,
    endMm: 1_300,
    middleCrossAisle: true,
    depot: { aisle: 1, end: 'back' },
  };
  const later: Racks = { ...racks, zone: 'B', sides: 'left', firstAisle: 3, aisles: 2 };
  expectStatus(await org.post('/warehouses', { code: 'W2', name: '二号仓' }), 201);
  let layout: WarehouseLayout | null = null;
  for (const r of [racks, later]) {
    expectStatus(await org.post('/warehouses/W2/zones', { code: r.zone, name: r.zone }), 201);
    const foreseen: WarehouseLayout | undefined = layoutWith(layout, r);
    ({ layout } = expectStatus(await org.post('/warehouses/W2/lay-out', r), 201) as { layout: WarehouseLayout });
    assert.deepEqual(foreseen, layout);
    const answer = await org.get(`/warehouses/W2/bins?zone=${r.zone}&limit=200`);
    const { items } = expectStatus(answer, 200) as { items: Made[] };
    const made = items.map(({ code, side, xMm, yMm }) => ({ code, side, xMm, yMm }));
    assert.deepEqual(rackBins(r).toSorted(byCode), made.toSorted(byCode));
  }
  const crooked = { ...later, zone: 'B', firstAisle: 5, aislePitchMm: 3_000 };
  assert.equal(layoutWith(layout, crooked), undefined);
  expectStatus(await org.post('/warehouses/W2/lay-out', crooked), 422);
});

test('INV-1 a zone is made and laid out, and the preview shows the bins that are made', async () => {
  const page = await pages.page({ width: 1360, height: 900 });
  await pages.logIn(page, manager);
  await pages.open(page, '/warehouses');
  await page.getByRole('link', { name: 'W1', exact: true }).click();
  await see(page, '尚未布置平面图');
  await press(page, '新建库区');
  await dialog(page).locator('#code').fill('A');
  await dialog(page).locator('#name').fill('常温区');
  await dialog(page).locator('.ant-btn-primary').click();
  await see(page, '常温区');
  await press(page, '布置库区');
  for (const [field, value] of Object.entries({ aisles: 2, bays: 3, levels: 2 }))
    await dialog(page).locator(`#${field}`).fill(String(value));
  await see(page, '将生成 24 个库位，从 A-01-01-1 起');
  await dialog(page).locator('.zg-floor svg[role=img]').waitFor();
  await press(page, '生成库位');
  await see(page, '已生成 24 个库位');
  await page.locator('.ant-table-row', { hasText: 'A-01-01-1' }).waitFor();
  const { items } = expectStatus(await org.get('/warehouses/W1/bins?zone=A&limit=100'), 200) as { items: unknown[] };
  assert.equal(items.length, 24);

  const picture = page.locator('.zg-floor-frame svg');
  await picture.waitFor();
  const box = await page.locator('.zg-floor-bins').first().boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + 3, box.y + 3); // the rack at the upper left: the last bay of the first aisle
  await drawer(page).getByText('A-01-05-1').first().waitFor();
  await drawer(page).locator('#closed').click();
  await drawer(page).locator('button[type=submit]').click();
  await drawer(page).getByText('停止上架').waitFor();
  pages.quiet();
});

test('INV-4 a delivery is noted, comes over several batches, and is closed when all of it is here', async () => {
  const page = await pages.page({ width: 1360, height: 900 });
  await pages.logIn(page, manager);
  await pages.open(page, '/stock/deliveries');
  await noteDelivery(page, 'TEA-1', 10);
  await press(page, /^收\s?货$/);
  assert.equal(await drawer(page).locator('#rows_0_quantity').inputValue(), '10');
  await drawer(page).getByText('数量相符').waitFor();
  await drawer(page).locator('#rows_0_quantity').fill('6');
  await drawer(page).getByText('还差 4').waitFor();
  await drawer(page).locator('#rows_0_batch').fill('L1');
  await press(page, '再加一个批次');
  assert.equal(await drawer(page).locator('#rows_1_quantity').inputValue(), '4');
  await drawer(page).locator('#rows_1_batch').fill('L1');
  await press(page, '入库 10 件');
  await see(page, '已到齐');
  await page.getByRole('link', { name: /^RK/ }).click();
  await see(page, '库位明细');
  await see(page, '查看到货单');
  pages.quiet();
});

test('INV-4 goods are put away by scanner: the goods, then the bin', async () => {
  const page = await pages.page({ width: 390, height: 844 });
  await pages.logIn(page, picker);
  await pages.open(page, '/stock/put-away?warehouse=W1');
  await see(page, '待上架 1 项');
  await scan(page, 'NO-SUCH');
  await see(page, '此码不在待上架清单中');
  await scan(page, TEA);
  await page.locator('.zg-hand').waitFor();
  await page.locator('.zg-hand input').fill('6');
  await page.locator('.zg-scan input').focus();
  await scan(page, 'A-01-05-1'); // closed before
  await page.locator('.zg-scan[data-tone=wrong]').waitFor();
  await scan(page, 'A-01-01-1');
  await see(page, '已将 6 件放入 A-01-01-1');
  await page.locator('.zg-put-count', { hasText: /^4$/ }).waitFor();
  await scan(page, TEA);
  await see(page, '放到 A-01-01-1'); // the same goods stand there
  await scan(page, 'A-02-01-1');
  await see(page, '没有待上架的货物');
  assert.deepEqual(await standing(org, 'TEA-1'), ['A-01-01-1 good 6', 'A-02-01-1 good 4']);
  assert.equal(await tooWide(page), 0);
  pages.quiet();
});

test('FUL-4 a batch is picked by handheld through a dropped connection, with one piece that is not there', async () => {
  for (let n = 0; n < 2; n += 1) await pay(org, (await place(org, { lines: [{ sku: 'TEA-1', quantity: 2 }] })).id);
  const desk = await pages.page({ width: 1360, height: 900 });
  await pages.logIn(desk, manager);
  await pages.open(desk, '/waves');
  const waveId = await startBatchWave(desk);
  const phone = await pages.page({ width: 390, height: 844 });
  await pages.logIn(phone, picker);
  await openHandheld(pages, phone, waveId);
  await phone.locator('.zg-pick-bin', { hasText: 'A-02-01-1' }).waitFor(); // the fewest that are enough
  await press(phone, '摄像头扫码');
  await see(phone, '此浏览器不支持摄像头扫码');
  await scan(phone, 'A-02-01-1');
  await see(phone, '库位正确');
  await scan(phone, '6901234567908');
  await see(phone, /不属于|不在|CUP-1/); // the server's words: wrong goods
  await scan(phone, TEA);
  await see(phone, '此处还差 1 件');
  pages.quiet();

  await phone.context().setOffline(true);
  await scan(phone, TEA);
  await scan(phone, TEA);
  await see(phone, /网络已断开，2 次扫描/);
  await phone.locator('.zg-pick-place strong', { hasText: '2' }).waitFor(); // the next order's place by itself
  const meanwhile = expectStatus(await org.get(`/waves/${waveId}`), 200);
  assert.deepEqual(scannedOf(meanwhile), [0, 1]);
  await phone.context().setOffline(false);
  await phone.getByText(/网络已断开/).waitFor({ state: 'detached' });

  await press(phone, '找不到货');
  await press(phone, '报告缺货');
  await see(phone, /改从其他库位拣 1 件/);
  await phone.locator('.zg-pick-bin', { hasText: 'A-01-01-1' }).waitFor();
  assert.equal(await tooWide(phone), 0);
  await scan(phone, TEA);
  await phone.locator('.zg-pick-done strong', { hasText: '全部拣完' }).waitFor(); // nothing is on its way any more
  await see(phone, '4/4');
  const wave = expectStatus(await org.get(`/waves/${waveId}`), 200);
  assert.deepEqual(scannedOf(wave), [2, 2]);
  assert.deepEqual(
    wave.picks.map((p: { status: string }) => p.status),
    ['picked', 'picked'],
  );
  assert.ok(
    (await standing(org, 'TEA-1')).includes('A-02-01-1 frozen 1'),
    'what is missing is frozen until somebody counts',
  );
});

const scannedOf = (wave: { picks: { lines: { scanned: number }[] }[] }): number[] =>
  wave.picks.map((p) => p.lines.reduce((n, l) => n + l.scanned, 0)).toSorted((a, b) => a - b);
