import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop } from './support/shop.ts';

/** An offer by the hands of who runs the shop: written, tried on a cart, warned about, published, and then priced with. */
let pages: Pages;
let org: TestOrg;
let operator: string;
let agent: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('fair');
  await openShop(org, [
    { sku: 'TEA-1', price: 12_800, stock: { W1: 10 } },
    { sku: 'CUP-1', price: 4_000, stock: { W1: 10 } },
  ]);
  operator = await pages.member('fair', 'operations', '钱运营');
  agent = await pages.member('fair', 'agent', '李客服');
});
after(() => pages.close());

const ZH = {
  publish: /^发\s?布$/,
  anyway: '仍要发布吗',
  warn: '发布前请留意',
  live: '进行中',
  upcoming: '未开始',
  issue: '发放优惠券',
  short: /再买 ¥60\.00 即可享受/,
  copy: '复制话术',
  copied: '已复制',
};
const EN = {
  publish: 'Publish',
  anyway: 'Publish anyway?',
  warn: 'Before you publish',
  live: 'Live',
  upcoming: 'Upcoming',
  issue: 'Issue coupons',
  short: /¥60\.00 more is needed/,
  copy: 'Copy as a message',
  copied: 'Copied',
};

async function choose(page: Page, sku: string): Promise<void> {
  const picker = page.locator('.zg-offer-preview input[role=combobox]').nth(1);
  await picker.fill(sku);
  await page.locator('.ant-select-item-option').filter({ hasText: sku, visible: true }).first().click();
}

for (const [locale, words] of [
  ['zh-CN', ZH],
  ['en', EN],
] as const) {
  test(`PRO-1 a threshold reduction is written, tried on a cart and published (${locale})`, async () => {
    const page = await pages.page({ locale, width: 1280, height: 900 });
    await pages.logIn(page, operator);
    await pages.open(page, '/offers');
    await page.locator('.zg-page-head .ant-btn-primary').waitFor();
    await page.keyboard.press('n');
    await page.locator('#title').fill(`满减 ${locale}`);
    await page.locator('#code').fill(`MJ-${locale}`);
    await page.locator('#tiers_0_spend').fill('100');
    await page.locator('#tiers_0_off').fill('90');
    await choose(page, 'TEA-1');
    await see(page, words.warn);
    await page.locator('.zg-quote-total', { hasText: '¥38.00' }).waitFor();
    await page.locator('#tiers_0_off').fill('30');
    await page.locator('.zg-quote-total', { hasText: '¥98.00' }).waitFor();
    assert.equal(await tooWide(page), 0);
    await press(page, words.publish);
    const asked = page.locator('.ant-modal-confirm', { hasText: words.anyway });
    const live = page.locator('.zg-page-head', { hasText: words.upcoming });
    await asked.or(live).first().waitFor();
    if (await asked.isVisible()) await asked.locator('.ant-btn-primary').click();
    await live.waitFor();
    const at = new Date(Date.now() + 86_400_000).toISOString(); // a new offer begins with the next hour
    const cart = { shop: 'S1', lines: [{ sku: 'TEA-1', quantity: 1 }], at };
    const quoted = expectStatus(await org.post('/quotes', cart), 200);
    assert.deepEqual([quoted.total.amount, quoted.applied], [9_800, [`MJ-${locale}`]]);
    const [made] = (await org.get(`/offers?q=MJ-${locale}`)).body.items;
    expectStatus(await org.post(`/offers/${made.id}/end`), 200);
    pages.quiet();
    await page.context().close();
  });

  test(`PRO-4 an agent sees what a cart costs, and sends the customer why an offer does not apply (${locale})`, async () => {
    const page = await pages.page({ locale, width: 1280, height: 900 });
    await pages.logIn(page, agent);
    const body = {
      code: `M-${locale}`,
      title: `满三件 ${locale}`,
      kind: 'threshold_reduction',
      tiers: [{ spend: 10_000, off: 1_000 }],
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2099-01-01T00:00:00Z',
      scope: { skus: ['CUP-1'] },
    };
    const offer = expectStatus(await org.post('/offers', body), 201);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await pages.open(page, '/quotes');
    const picker = page.getByRole('combobox').last();
    await picker.fill('CUP-1');
    await page.locator('.ant-select-item-option').filter({ hasText: 'CUP-1', visible: true }).first().click();
    await page.getByTestId('total').filter({ hasText: '¥40.00' }).waitFor();
    await see(page, words.short);
    await press(page, words.copy);
    await see(page, words.copied);
    const copied = await page.evaluate('navigator.clipboard.readText()');
    assert.match(String(copied), words.short);
    assert.match(String(copied), /¥40\.00/);
    expectStatus(await org.post(`/offers/${offer.id}/end`), 200);
    pages.quiet();
    await page.context().close();
  });

  test(`PRO-1 coupons are drafted, published and issued on the offer’s page (${locale})`, async () => {
    const page = await pages.page({ locale, width: 1024, height: 768 });
    await pages.logIn(page, operator);
    const body = {
      code: `YHQ-${locale}`,
      title: `券 ${locale}`,
      kind: 'coupon',
      spend: 5_000,
      off: 1_000,
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2099-01-01T00:00:00Z',
      publish: false,
    };
    const offer = expectStatus(await org.post('/offers', body), 201);
    await pages.open(page, `/offers/${offer.id}/edit`);
    await page.locator('#off').fill('20');
    await press(page, words.publish);
    const asked = page.locator('.ant-modal-confirm', { hasText: words.anyway });
    const live = page.locator('.zg-page-head', { hasText: words.live });
    await asked.or(live).first().waitFor();
    if (await asked.isVisible()) await asked.locator('.ant-btn-primary').click();
    await live.waitFor();
    await press(page, words.issue);
    await page.locator('.ant-modal input').first().fill('3');
    await page.keyboard.press('Enter');
    const codes = (await page.getByTestId('codes').innerText()).trim().split('\n');
    assert.equal(codes.length, 3);
    const cart = { shop: 'S1', lines: [{ sku: 'CUP-1', quantity: 2 }], couponCodes: [codes[0]] };
    const quoted = expectStatus(await org.post('/quotes', cart), 200);
    assert.deepEqual([quoted.total.amount, quoted.applied], [6_000, [offer.code]]);
    expectStatus(await org.post(`/offers/${offer.id}/end`), 200);
    assert.equal(await tooWide(page), 0);
    pages.quiet();
    await page.context().close();
  });
}
