import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { signShopToken } from '#modules/customers/portal/shop-token.ts';
import { ROOT } from '../../tools/files.ts';
import type { Answer, TestOrg } from './support/app.ts';
import { isAccessible, openPages, type Pages, see } from './support/pages.ts';
import { codeSentTo } from './support/portal.ts';
import { expectStatus, openShop, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

type Body = Answer['body'];
const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(2);
let pages: Pages;
let org: TestOrg;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('wode');
  await openShop(org, [
    { sku: 'A', price: 12_800, stock: { W1: 1000 } },
    { sku: LONG, price: 99, stock: { W1: 1000 } },
  ]);
  expectStatus(await org.api('PUT', '/settings/sms', { values: { provider: 'sandbox' } }), 200);
});
after(() => pages.close());

let buyers = 860_000;
async function buyer(orders = 3): Promise<{ phone: string; placed: Body[] }> {
  const phone = phoneOf((buyers += 1));
  const placed: Body[] = [];
  for (let i = 0; i < orders; i += 1)
    placed.push(
      await place(org, {
        shipTo: { ...SHIP_TO, phone },
        customer: { externalId: `u-${phone}` },
        lines: [
          { sku: 'A', quantity: i + 1 },
          { sku: LONG, quantity: 2 },
        ],
      }),
    );
  if (placed[0]) await pay(org, placed[0].id);
  return { phone, placed };
}

/** Where tests leave pictures for who wants to look at them. */
const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};

/** Goes on by the Tab key until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(
      `(() => { const e = document.activeElement; return e ? (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent || '').trim() : ''; })()`,
    );
    if (name.test(String(at))) return;
  }
  assert.fail(`${name} is not reached by the Tab key`);
}

const ZH = {
  send: /获取验证码/,
  code: /验证码/,
  mine: '我的订单',
  all: /^全部$/,
  toPay: /^待付款$/,
  out: '退出登录',
  phone: /手机/,
};
const EN = {
  send: /Send the code/,
  code: /^Code/,
  mine: 'My orders',
  all: /^All$/,
  toPay: /^To pay$/,
  out: 'Sign out',
  phone: /^Phone/,
};

for (const [locale, words] of [
  ['zh-CN', ZH],
  ['en', EN],
] as const)
  test(`AFT-1 a customer signs in by a code with nothing but the keyboard, finds an order and signs out (${locale})`, async () => {
    const { phone, placed } = await buyer();
    const page = await pages.page({ locale, width: 320, height: 700 });
    await pages.open(page, '/portal/?org=wode');
    await page.getByRole('button', { name: words.send }).waitFor();
    await isAccessible(page, 'signing in');
    await shot(page, `${locale}-sign-in`);
    await tabTo(page, words.phone);
    await page.keyboard.type(phone);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: words.code }).waitFor();
    await isAccessible(page, 'entering the code');
    const code = await codeSentTo(org, phone, 10_000);
    await page.keyboard.type(code); // the field has the focus already
    await shot(page, `${locale}-code`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.mine }).waitFor();
    await page.locator('.zp-order').nth(2).waitFor();
    await isAccessible(page, 'my orders');
    await shot(page, `${locale}-orders`);
    assert.equal(await page.locator('.zp-order').count(), 3);
    await tabTo(page, words.toPay);
    await page.keyboard.press('Enter');
    await page.waitForURL(/show=to_pay/);
    await page.locator('.zp-order').nth(2).waitFor({ state: 'detached' });
    await page.locator('.zp-order').nth(1).waitFor();
    assert.equal(await page.locator('.zp-order').count(), 2);
    await page.goBack();
    await page.locator('.zp-order').nth(2).waitFor();
    await tabTo(page, /一号店/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/portal\/orders\/[\w-]{36}$/);
    await see(page, placed[2].orderNo);
    await isAccessible(page, 'an order');
    await shot(page, `${locale}-order`);
    assert.match(String(await page.evaluate('document.activeElement?.tagName')), /H1/, 'the heading has the focus');
    await page.getByRole('button', { name: words.out }).click();
    await page.getByRole('button', { name: words.send }).waitFor();
    await page.goBack();
    assert.equal(await page.locator('.zp-order').count(), 0, 'nothing is left to go back to');
    pages.quiet();
  });

test('AFT-1 a shop’s own site sends its customer in; the link is good once, and a used one says so', async () => {
  const { phone, placed } = await buyer(1);
  const { secret } = expectStatus(await org.post('/portal-keys', { shop: 'S1' }), 201);
  const token = signShopToken(secret, {
    org: 'wode',
    shop: 'S1',
    customer: `u-${phone}`,
    exp: Math.floor(Date.now() / 1000) + 60,
    nonce: `browser-${phone}-nonce`,
  });
  const page = await pages.page({ width: 390, height: 844 });
  await pages.open(page, `/portal/enter#${token}`);
  await page.locator('.zp-order').waitFor();
  assert.ok(!page.url().includes(token), 'the token does not stay in the address');
  await page.locator('.zp-order').click();
  await see(page, placed[0].orderNo);
  const again = await pages.page({ width: 390, height: 844 });
  await pages.open(again, `/portal/enter#${token}`);
  await again.locator('.zp-problem').waitFor();
  await shot(again, 'from-shop-used');
  pages.quiet();
});

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.040_45 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

test('AFT-1 every text of the portal stands out from its ground by 4.5 to 1, light and dark (WCAG 2.2 AA)', async () => {
  const css = await readFile(path.join(ROOT, 'web/ui/base.css'), 'utf8');
  const [light = '', dark = ''] = [/:root \{([^}]+)\}/, /:root\[data-theme='dark'\] \{([^}]+)\}/].map(
    (block) => block.exec(css)?.[1] ?? '',
  );
  const of = (block: string): Map<string, string> =>
    new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] as string, m[2] as string]));
  for (const [theme, tokens] of [
    ['light', of(light)],
    ['dark', of(dark)],
  ] as const) {
    const at = (name: string): string => {
      const found = tokens.get(name);
      assert.ok(found, `${theme} has ${name}`);
      return found;
    };
    for (const [text, grounds] of [
      ['text', ['bg', 'surface', 'sunken', 'brand-soft', 'bad-soft', 'warn-soft', 'good-soft']],
      ['muted', ['bg', 'surface', 'sunken']],
      ['brand', ['surface', 'bg']],
      ['bad', ['surface', 'bad-soft']],
      ['warn', ['surface', 'warn-soft']],
    ] as const)
      for (const ground of grounds) {
        const ratio = contrast(at(text), at(ground));
        assert.ok(ratio >= 4.5, `${theme}: ${text} on ${ground} is ${ratio.toFixed(2)}`);
      }
  }
  assert.ok(contrast('#ffffff', '#2455c8') >= 4.5, 'what is written on buttons');
});
