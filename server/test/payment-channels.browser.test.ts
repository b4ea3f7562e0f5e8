import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { alipayAccountInput, wechatAccountInput } from '#modules/payments/testing/real-channels.ts';
import { AlipayPeer } from '#modules/payments/testing/alipay-peer.ts';
import { WechatPeer } from '#modules/payments/testing/wechat-peer.ts';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, place, SHIP_TO } from './support/shop.ts';

/** Payment channels on screen: set up and tried, an order paid by code, a refund that waits, one that is paid by hand. */
let pages: Pages;
let org: TestOrg;
let wechat: WechatPeer;
let alipay: AlipayPeer;
let chief: string;
let founder: string;
before(async () => {
  [wechat, alipay] = [await WechatPeer.start(), await AlipayPeer.start()];
  pages = await openPages({ channelUrls: { wechat: wechat.url, alipay: alipay.url } });
  org = await pages.app.org('till');
  await openShop(org, [{ sku: 'A', price: 12_800, stock: { W1: 100 } }]);
  chief = await pages.member('till', 'admin', '钱总');
  await pages.app.org('new');
  founder = await pages.member('new', 'admin', '孙总');
  for (const input of [wechatAccountInput(wechat), alipayAccountInput(alipay)])
    expectStatus(await org.post('/payment-channels', { ...input, fee: { rateMillionths: 6_000 } }), 201);
});
after(async () => {
  await pages.close();
  await Promise.all([wechat.close(), alipay.close()]);
});

const SHOTS = process.env['SHOTS'];
async function shot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

const field = (page: Page, id: string) => page.locator(`[id="${id}"]`);

test('PAY-1 an account at WeChat Pay is set up by pasting, tried by a press, and says what is wrong where it is', async () => {
  const page = await pages.page({ width: 1440, height: 1000 });
  await pages.logIn(page, founder);
  const own = wechat.keys.enrol(wechat.merchant.mchid);
  await pages.open(page, '/settings/payment-channels');
  await see(page, '尚未设置支付渠道');
  await shot(page, 'zh-channels-empty');
  await press(page, '添加渠道');
  await page.getByRole('menuitem', { name: '微信支付' }).click();
  await field(page, 'config_mchid').fill(wechat.merchant.mchid);
  await field(page, 'config_appid').fill(wechat.merchant.appid);
  await field(page, 'config_certificate').fill(own.pem);
  await field(page, 'secrets_privateKey').fill(wechat.keys.publicKey.pem);
  await field(page, 'secrets_apiV3Key').fill(wechat.keys.apiV3Key);
  await field(page, 'config_publicKeys_0_id').fill(wechat.keys.publicKey.serial);
  await field(page, 'config_publicKeys_0_pem').fill(wechat.keys.publicKey.pem);
  await field(page, 'fee_rateMillionths').fill('0.6');
  await see(page, '¥300.00'); // what 50 000 yuan cost
  await field(page, 'enabled').click();
  await press(page, /保\s?存/);
  await see(page, '这是公钥，此处需要的不是公钥');
  await shot(page, 'zh-channel-bad-key');
  await field(page, 'secrets_privateKey').fill(own.privateKey);
  await press(page, /保\s?存/);
  await see(page, '测试连接');
  await press(page, '测试连接');
  await see(page, '渠道已应答，双向签名均验证通过。');
  assert.equal(await field(page, 'secrets_privateKey').inputValue(), '', 'a secret is not shown again');
  await shot(page, 'zh-channel-wechat');
  wechat.keys.revoke(own.serial);
  await press(page, '测试连接');
  await see(page, /渠道不认识该商户证书/);
  assert.equal(await tooWide(page), 0);
  const next = wechat.keys.enrol(wechat.merchant.mchid);
  await field(page, 'config_nextCertificate').fill(next.pem);
  await field(page, 'secrets_nextPrivateKey').fill(next.privateKey);
  await press(page, /保\s?存/);
  await press(page, '启用新密钥');
  await press(page, /确\s?定/);
  await see(page, next.serial);
  await press(page, '测试连接');
  await see(page, '渠道已应答，双向签名均验证通过。');
  pages.quiet();
});

for (const [locale, width] of [
  ['zh-CN', 1440],
  ['en', 1440],
  ['en', 390],
] as const)
  test(`PAY-1 an order is paid by the code on screen, which turns into its result (${locale}, ${width})`, async () => {
    const order = await place(org);
    const page = await pages.page({ locale, width, height: 900 });
    await pages.logIn(page, chief);
    await pages.open(page, `/orders/${order.id}`);
    const open = locale === 'en' ? 'Open payment' : '发起收款';
    await press(page, open);
    await page.locator('.ant-modal .ant-radio-wrapper').first().waitFor();
    await shot(page, `${locale}-${width}-pay-choose`);
    await page.locator('.ant-modal-footer button.ant-btn-primary').click();
    await page.locator('.ant-modal .ant-qrcode').waitFor();
    await shot(page, `${locale}-${width}-pay-code`);
    const made = (await org.get(`/payments?subject=${order.id}`)).body.items[0];
    wechat.pay(made.paymentNo);
    assert.deepEqual(await wechat.tell(made.paymentNo), [200]);
    await page.locator('.ant-modal .ant-tag', { hasText: locale === 'en' ? 'Paid' : '已支付' }).waitFor();
    await shot(page, `${locale}-${width}-pay-done`);
    assert.equal(await tooWide(page), 0);
    await pages.open(page, '/settings/payment-channels');
    await page.locator('.ant-table-row').first().waitFor();
    await shot(page, `${locale}-${width}-channels`);
    await page.locator('.ant-table-row a').first().click();
    await field(page, 'config_mchid').waitFor();
    assert.equal(await tooWide(page), 0);
    await shot(page, `${locale}-${width}-channel`);
    if (SHOTS) await field(page, 'fee_capFen').scrollIntoViewIfNeeded();
    await shot(page, `${locale}-${width}-channel-fee`);
    pages.quiet();
  });

/** The customer finds the order on a phone and chooses to pay by WeChat. */
async function payOnPhone(order: { orderNo: string }, userAgent?: string): Promise<Page> {
  const page = await pages.page({ width: 390, height: 844, ...(userAgent ? { userAgent } : {}) });
  await page.route('https://wx.tenpay.com/**', (route) => route.fulfill({ body: 'WeChat Pay' }));
  await pages.open(page, `/portal?orderNo=${order.orderNo}`);
  await page.locator('input').nth(1).fill(SHIP_TO.phone);
  await page.locator('button[type=submit]').click();
  await press(page, '去付款');
  await see(page, '选择支付方式');
  await press(page, '微信支付');
  return page;
}

const paymentOf = async (order: { id: string }): Promise<{ paymentNo: string; method: string }> =>
  (await org.get(`/payments?subject=${order.id}`)).body.items[0];

test('PAY-1 inside WeChat, whose app refuses its page for phones, a customer is shown a code, then that it is paid', async () => {
  const order = await place(org, { shipTo: SHIP_TO });
  const page = await payOnPhone(order, 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MicroMessenger/8.0.50');
  await page.getByRole('img', { name: '付款二维码' }).waitFor();
  await shot(page, 'zh-portal-code');
  const made = await paymentOf(order);
  assert.equal(made.method, 'native');
  wechat.pay(made.paymentNo);
  await wechat.tell(made.paymentNo);
  await see(page, '付款成功');
  assert.equal(await tooWide(page), 0);
  pages.quiet();
});

test('PAY-1 in the browser of a phone a customer is led to the page of WeChat Pay, and from there back to the order, paid', async () => {
  const order = await place(org, { shipTo: SHIP_TO });
  const page = await payOnPhone(order);
  await page.waitForURL(/^https:\/\/wx\.tenpay\.com\//, { waitUntil: 'commit' });
  const made = await paymentOf(order);
  assert.equal(made.method, 'h5');
  wechat.pay(made.paymentNo);
  await wechat.tell(made.paymentNo);
  const back = new URL(page.url()).searchParams.get('redirect_url');
  assert.equal(back, `${pages.app.url}/portal/order`);
  pages.quiet(); // what a page of another house cannot read is not ours
  await page.goto(back ?? '');
  await see(page, '待发货');
  pages.quiet();
});

test('PAY-3 a large refund waits for another person; one the channel refuses is taken on and paid by hand', async () => {
  const order = await place(org);
  const made = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'alipay', method: 'qr' }), 201);
  alipay.pay(made.paymentNo);
  await alipay.tell(made.paymentNo);
  alipay.faults.refuseRefunds = 'ACQ.TRADE_HAS_FINISHED';
  const agent = await pages.member('till', 'finance', '冯会计');
  await org.api('PUT', '/settings/payments', { values: { refundLimit: 5_000 } });
  expectStatus(await org.post(`/payments/${made.id}/refunds`, { amount: 6_000, reason: '破损' }), 201);
  expectStatus(
    await org.post(`/payments/${made.id}/refunds`, { amount: 4_000, reason: '少发一件，顾客要求退差价' }),
    201,
  );
  for (const locale of ['zh-CN', 'en'] as const) {
    const page = await pages.page({ locale, width: 1440, height: 1000 });
    await pages.logIn(page, agent);
    await pages.open(page, '/refunds');
    await see(page, locale === 'en' ? 'In trouble' : '异常');
    await see(page, locale === 'en' ? 'Awaiting approval' : '待审批');
    await shot(page, `${locale}-refunds`);
    await page.locator('.ant-table-row').first().click();
    await see(page, /TRADE_HAS_FINISHED/);
    await shot(page, `${locale}-refund-drawer`);
    pages.quiet();
  }
  const page = await pages.page({ width: 1440, height: 1000 });
  await pages.logIn(page, chief);
  await pages.open(page, '/refunds?status=abnormal');
  await page.locator('.ant-table-row').first().click();
  await press(page, /认\s?领/);
  await see(page, '钱总');
  await press(page, '登记线下打款');
  await field(page, 'payee_name').fill('王小明');
  await field(page, 'payee_account').fill('6225880137001234');
  await field(page, 'bankReference').fill('2026112800012345');
  await shot(page, 'zh-payout-dialog');
  await page.locator('.ant-modal-footer button.ant-btn-primary').click();
  await see(page, '已入账');
  await see(page, '…1234');
  await shot(page, 'zh-payout-done');
  await pages.open(page, '/approvals');
  await see(page, '大额退款');
  await shot(page, 'zh-approvals');
  pages.quiet();
});
