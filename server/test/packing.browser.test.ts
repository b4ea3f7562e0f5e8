import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { closeOthers, openOnTable, printed, shot } from './support/hands.ts';
import { openPages, type Pages, press, scan, see } from './support/pages.ts';
import { expectStatus, openShop, place } from './support/shop.ts';

/** From the packing table to the driver's signature, by the hands of a packer, a quality supervisor and whoever loads the van. */
let pages: Pages;
let org: TestOrg;
let keeper: string;
let boss: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('packing');
  await openShop(org, [{ sku: 'A', stock: { W1: 100 } }]);
  const sku = (code: string, more: object) => ({ sku: code, price: { amount: 5_000, currency: 'CNY' }, ...more });
  const measured = { weightG: 400, lengthMm: 120, widthMm: 90, heightMm: 90 };
  const skus = [
    sku('CUP', { ...measured, fragile: true, title: '手作陶瓷杯' }),
    sku('ICE', { ...measured, storage: 'chilled' }),
  ];
  expectStatus(await org.post('/products', { code: 'P-CUP', title: '量过的', category: '家居/杯', skus }), 201);
  const lines = ['CUP', 'ICE'].map((code) => ({ sku: code, quantity: 500 }));
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines }), 201);
  for (const [code, side, tareG] of [
    ['S', 140, 60],
    ['M', 300, 160],
  ] as const)
    expectStatus(
      await org.post('/cartons', {
        code,
        name: code === 'S' ? '小号箱' : '中号箱',
        material: '瓦楞纸箱',
        lengthMm: side,
        widthMm: side,
        heightMm: side,
        tareG,
        maxG: 9_000,
        costAmount: side,
      }),
      201,
    );
  expectStatus(
    await org.api('PUT', '/cutoffs', { warehouse: 'W1', carrier: '*', time: '18:00', weekdays: [1, 2, 3, 4, 5, 6, 7] }),
    200,
  );
  keeper = await pages.member('packing', 'warehouse', '吴仓储');
  boss = await pages.member('packing', 'warehouse_manager', '郑主管');
});
after(() => pages.close());

const WORDS = {
  'zh-CN': {
    verified: '核对无误，可以发货',
    differs: '重量不符',
    all: '全部扫描完成',
    out: '已交接',
    check: '已抽中复检',
    name: '王师傅',
  },
  en: {
    verified: 'All verified, ready to ship',
    differs: 'weight differs|Weight',
    all: 'All scanned',
    out: 'Handed over',
    check: 'Drawn for a spot check',
    name: 'Wang',
  },
} as const;

const newOrder = async (): Promise<{ id: string; orderNo: string }> =>
  place(org, {
    payment: 'prepaid',
    lines: [
      { sku: 'CUP', quantity: 2 },
      { sku: 'ICE', quantity: 1 },
    ],
  });

/** Packs an order by scanner alone. */
async function pack(page: Page, orderNo: string, verified: string): Promise<void> {
  await openOnTable(page, orderNo);
  for (const code of ['CUP', 'CUP', 'ICE']) await scan(page, code);
  await see(page, new RegExp(verified));
}

for (const locale of ['zh-CN', 'en'] as const) {
  test(`FUL-5 FUL-6 weighed, labelled, shipped, scanned out and signed for, without a mouse (${locale})`, async () => {
    const words = WORDS[locale];
    const { orderNo } = await newOrder();
    const page = await pages.page({ locale, width: 1280, height: 900 });
    await pages.logIn(page, keeper);
    await pages.open(page, '/parcels/scan');
    await page.locator('.zg-scan').waitFor();
    await pack(page, orderNo, words.verified);
    await page.locator('.zg-mark').nth(1).waitFor();
    const weight = page.locator('.zg-weight input');
    await page.locator('.zg-weight input:focus').waitFor();
    await shot(page, `pack-${locale}`);
    // the scale says too much, twice, and the packer says why
    await weight.fill('1900');
    await page.keyboard.press('Enter');
    await see(page, new RegExp(words.differs));
    await weight.fill('1.9 kg');
    await Promise.all([page.waitForResponse(/\/weigh$/), page.keyboard.press('Enter')]);
    await page.locator('.zg-pack [data-scan=hold]').nth(1).waitFor();
    // the answer did not take the focus out of the box that the next weight is typed into
    await page.waitForTimeout(300);
    assert.equal(await page.locator('.zg-weight input:focus').count(), 1);
    await shot(page, `pack-differs-${locale}`);
    // then it turns out that the other order's cup lay on the scale
    await weight.fill('1365');
    await page.keyboard.press('Enter');
    await page.locator('.zg-weighed').waitFor();
    const codes = await printed(page, () => page.keyboard.press('F7'));
    const parcel = expectStatus(await org.get(`/parcels?q=${orderNo}`), 200).items[0];
    assert.deepEqual([parcel.weightG, parcel.carton.code, parcel.marks], [1365, 'M', ['fragile', 'chilled']]);
    assert.deepEqual(new Set(codes), new Set([parcel.parcelNo]));
    await closeOthers(page);
    await page.keyboard.press('F9');
    await page.locator('.zg-print').waitFor();
    await page.locator('.zg-work-line').first().waitFor({ state: 'detached' });
    await shot(page, `pack-shipped-${locale}`);
    const shipped = expectStatus(await org.get(`/parcels/${parcel.id}`), 200);
    const label = await printed(page, () => page.keyboard.press('F7'));
    assert.ok(label.includes(shipped.waybillNo), 'the waybill is on it now');
    await closeOthers(page);

    await pages.open(page, '/manifests?state=open');
    await page.locator('.ant-table-row', { hasText: shipped.manifest.no }).click();
    await page.locator('.zg-scan').waitFor();
    await scan(page, 'NOT-A-PARCEL');
    await page.locator('.zg-scan[data-tone=wrong]').waitFor();
    await shot(page, `manifest-wrong-${locale}`);
    await scan(page, shipped.waybillNo);
    await see(page, words.all);
    await page.locator('.zg-page-head .ant-btn', { hasText: /关闭|Close/ }).click();
    await page.locator('.ant-modal-footer .ant-btn-primary').click();
    await page.locator('.zg-page-head .ant-btn-primary', { hasText: /交接|Hand over/ }).click();
    await page.locator('#driver').fill(words.name);
    await shot(page, `manifest-sign-${locale}`);
    await page.locator('.ant-modal-footer .ant-btn-primary').click();
    await page.locator('.zg-page-head .ant-tag', { hasText: words.out }).waitFor();
    await shot(page, `manifest-done-${locale}`);
    pages.quiet();
  });

  test(`FUL-7 a parcel that was drawn waits for the supervisor; what she finds is an incident she settles (${locale})`, async () => {
    const words = WORDS[locale];
    expectStatus(await org.api('PUT', '/check-plans', { warehouse: 'W1', permille: 1000 }), 200);
    const { orderNo } = await newOrder();
    const packer = await pages.page({ locale, width: 1280, height: 900 });
    await pages.logIn(packer, keeper);
    await pages.open(packer, '/parcels/scan');
    await packer.locator('.zg-scan').waitFor();
    await pack(packer, orderNo, words.check);
    assert.ok(await packer.getByRole('button', { name: /F9/ }).isDisabled(), 'it cannot ship');
    await shot(packer, `check-held-${locale}`);
    const parcel = expectStatus(await org.get(`/parcels?q=${orderNo}`), 200).items[0];
    const desk = await pages.page({ locale, width: 1280, height: 900 });
    await pages.logIn(desk, boss);
    await pages.open(desk, '/spot-checks');
    await desk.locator('.ant-table-row', { hasText: parcel.parcelNo }).click();
    await desk.locator('.ant-drawer .ant-radio-button-wrapper').nth(3).click();
    await desk.locator('.ant-drawer .ant-input-number input').first().fill('1');
    await desk.locator('.ant-drawer textarea').fill('杯口有裂');
    await shot(desk, `check-record-${locale}`);
    await desk.locator('.ant-drawer button[type=submit]').click();
    await desk.locator('.ant-drawer-open').waitFor({ state: 'detached' });
    await pages.open(desk, '/incidents?state=unsettled');
    await desk.locator('.ant-table-row', { hasText: 'CUP' }).first().click();
    await desk.locator('.ant-drawer .zg-timeline').waitFor();
    await shot(desk, `incident-${locale}`);
    await desk.locator('.ant-drawer .ant-btn-primary').click();
    await desk.locator('#resolution').fill('已换新杯重新打包');
    await desk.locator('.ant-modal-footer .ant-btn-primary').click();
    await desk.locator('.ant-drawer .ant-tag', { hasText: /已解决|Resolved/ }).waitFor();
    await shot(desk, `incident-resolved-${locale}`);
    await pages.open(desk, '/spot-checks?view=stats');
    await desk.locator('.ant-table-row', { hasText: '吴仓储' }).first().waitFor();
    await shot(desk, `check-stats-${locale}`);
    expectStatus(await org.api('PUT', '/check-plans', { warehouse: 'W1', permille: 0 }), 200);
    pages.quiet();
  });
}

test('FUL-5 labels of many are printed from the list; the settings pages and a phone show all of it', async () => {
  const page = await pages.page({ width: 1280, height: 900 });
  await pages.logIn(page, boss);
  await pages.open(page, '/parcels?status=shipped');
  await page.locator('.ant-table-row').first().waitFor();
  await page.locator('.ant-table-thead .ant-checkbox-input').check();
  await shot(page, 'labels-selected');
  const [sent] = await Promise.all([
    page.waitForResponse((r) => r.url().endsWith('/parcels/labels')),
    press(page, /打印面单（\d+）/),
  ]);
  assert.deepEqual([sent.status(), sent.headers()['content-type']], [200, 'application/pdf']);
  await closeOthers(page);
  for (const view of ['cartons', 'cutoffs', 'checks']) {
    await pages.open(page, `/settings/packing?view=${view}`);
    await page.locator('.ant-table-row, .zg-panel form').first().waitFor();
    await shot(page, `settings-${view}`);
  }
  await press(page, '保存');
  await see(page, '已保存');
  pages.quiet();
});

for (const locale of ['zh-CN', 'en'] as const)
  test(`FUL-5 FUL-6 packing and scanning out fit a phone, also while nobody answers (${locale})`, async () => {
    const phone = await pages.page({ locale, width: 390, height: 844 });
    await pages.logIn(phone, keeper);
    const { orderNo } = await newOrder();
    await pages.open(phone, '/parcels/scan');
    await phone.locator('.zg-scan').waitFor();
    await openOnTable(phone, orderNo);
    await phone.locator('.zg-pack').waitFor();
    await shot(phone, `phone-pack-${locale}`);
    await phone.context().setOffline(true);
    for (const code of ['A', 'CUP', 'CUP', 'ICE']) await scan(phone, code);
    await phone.locator('.zg-unsent').waitFor();
    await shot(phone, `phone-pack-offline-${locale}`);
    await phone.context().setOffline(false);
    await phone.locator('.zg-refused').waitFor();
    await see(phone, new RegExp(WORDS[locale].verified));
    await shot(phone, `phone-pack-refused-${locale}`);
    await phone.locator('.zg-refused button').click();
    await phone.locator('.zg-refused').waitFor({ state: 'detached' });
    await phone.keyboard.press('F9');
    await phone.locator('.zg-work-line').first().waitFor({ state: 'detached' });
    await shot(phone, `phone-pack-shipped-${locale}`);
    const { manifest, waybillNo } = expectStatus(await org.get(`/parcels?q=${orderNo}`), 200).items[0];
    await pages.open(phone, '/manifests?state=open');
    await phone.locator('.ant-table-row', { hasText: manifest.no }).click();
    await see(phone, waybillNo);
    await phone.context().setOffline(true);
    await scan(phone, waybillNo);
    await phone.locator('.zg-unsent').waitFor();
    await shot(phone, `phone-manifest-offline-${locale}`);
    await phone.context().setOffline(false);
    await phone.locator('.zg-unsent').waitFor({ state: 'detached' });
    await shot(phone, `phone-manifest-${locale}`);
    for (const path of ['/manifests', '/incidents', '/spot-checks?view=done']) {
      await pages.open(phone, path);
      await phone.locator('.ant-table-row').first().waitFor();
      await shot(phone, `phone${path.replaceAll(/\W/g, '-')}-${locale}`);
    }
    pages.quiet();
  });
