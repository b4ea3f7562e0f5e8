import chromium from '@sparticuz/chromium';
import { mkdir } from 'node:fs/promises';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';

/** Pictures of every page from the mock server: `node web/dev/shots.ts <folder> [page…]` beside `vite --mode mock --port 5300`. */
const ORIGIN = process.env['ORIGIN'] ?? 'http://127.0.0.1:5300';
const [folder = '/tmp/shots', ...only] = process.argv.slice(2);

type Shot = { name: string; path: string; prepare?: (page: Page) => Promise<void> };

const clickRow = async (page: Page) => {
  await page.waitForSelector('.ant-table-row');
  for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
  await page.waitForTimeout(700);
};

const SHOTS: Shot[] = [
  { name: 'home', path: '/' },
  { name: 'orders', path: '/orders' },
  {
    name: 'orders-keys',
    path: '/orders?status=paid',
    prepare: async (page) => {
      for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    },
  },
  {
    name: 'order',
    path: '/orders?status=delivered',
    prepare: async (page) => {
      await clickRow(page);
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'order-new',
    path: '/orders/new',
    prepare: async (page) => {
      const picker = page.getByRole('combobox').first();
      for (const text of ['P1006', 'P1002']) {
        await picker.fill(text);
        await page.waitForTimeout(600);
        await page.keyboard.press('Enter');
        await page.waitForTimeout(200);
      }
      await page.locator('input[role=spinbutton]').first().fill('9999');
      const fields = {
        shipTo_name: '李',
        shipTo_phone: '123',
        shipTo_province: '广东省',
        shipTo_city: '深圳市',
        shipTo_district: '南山区',
        shipTo_address: '科技园 1 号',
      };
      for (const [id, text] of Object.entries(fields)) await page.locator(`#${id}`).fill(text);
      await page.locator('#shop').click();
      await page.keyboard.press('Enter');
      await page.locator('button[type=submit]').click();
      await page.waitForTimeout(800);
    },
  },
  { name: 'products', path: '/products' },
  { name: 'product', path: '/products', prepare: clickRow },
  { name: 'stock', path: '/stock' },
  { name: 'stock-ledger', path: '/stock', prepare: clickRow },
  { name: 'shops', path: '/shops' },
  { name: 'warehouses', path: '/warehouses' },
  { name: 'parcels', path: '/parcels' },
  {
    name: 'scan',
    path: '/parcels?status=created',
    prepare: async (page) => {
      await clickRow(page);
      const text = await page.locator('.zg-work-line .mono').first().innerText();
      await page.keyboard.type(text.split(' · ')[0] ?? '', { delay: 4 });
      await page.keyboard.press('Enter');
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'scan-wrong',
    path: '/parcels?status=created',
    prepare: async (page) => {
      await clickRow(page);
      await page.keyboard.type('6900000000000', { delay: 4 });
      await page.keyboard.press('Enter');
      await page.waitForTimeout(500);
    },
  },
  { name: 'imports', path: '/imports' },
  { name: 'import', path: '/imports', prepare: clickRow },
  {
    name: 'import-new',
    path: '/imports',
    prepare: async (page) => {
      await page.locator('.zg-page-head .ant-btn-primary').click();
      await page.waitForTimeout(900);
    },
  },
  { name: 'users', path: '/settings/users' },
  { name: 'roles', path: '/settings/roles' },
  { name: 'api-keys', path: '/settings/api-keys' },
  { name: 'audit', path: '/settings/audit' },
  { name: 'settings', path: '/settings' },
  { name: 'security', path: '/settings/security' },
];

async function consoleShots(browser: Browser, locale: string, theme: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale });
  await context.addInitScript(
    ([l, th]) => {
      localStorage.setItem('zhanggui.locale', l ?? '');
      localStorage.setItem('zhanggui.theme', th ?? '');
    },
    [locale, theme],
  );
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => console.log(`${locale} page error: ${error.message}`));
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning')
      console.log(`${locale} ${page.url()}: ${line.text().slice(0, 300)}`);
  });
  await page.goto(`${ORIGIN}/login`, { waitUntil: 'networkidle' });
  if (wanted('login')) await page.screenshot({ path: `${folder}/login.${locale}.${theme}.png` });
  await page.locator('#email').fill('admin@demo.example');
  await page.locator('#password').fill('secret-secret');
  await page.locator('button[type=submit]').click();
  await page.waitForURL(`${ORIGIN}/`);
  for (const shot of SHOTS) {
    if (!wanted(shot.name)) continue;
    await page.goto(ORIGIN + shot.path, { waitUntil: 'networkidle' });
    await page.waitForTimeout(300);
    try {
      await shot.prepare?.(page);
    } catch (error) {
      console.log(`${shot.name}.${locale}: ${(error as Error).message.slice(0, 300)}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) console.log(`${shot.name}.${locale}: page is ${wide} px too wide`);
    await page.screenshot({ path: `${folder}/${shot.name}.${locale}.${theme}.png` });
  }
  await context.close();
}

async function portalShots(browser: Browser, locale: string): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale,
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  });
  await context.addInitScript((l) => localStorage.setItem('zhanggui.locale', l), locale);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => console.log(`${locale} portal error: ${error.message}`));
  await page.goto(`${ORIGIN}/portal/`, { waitUntil: 'networkidle' });
  await page.screenshot({ path: `${folder}/portal-find.${locale}.png` });
  const login = await context.request.post(`${ORIGIN}/api/auth/sign-in/email`, { data: { email: 'a', password: 'b' } });
  const cookie = login.headers()['set-cookie'] ?? '';
  for (const status of ['pending_payment', 'shipped', 'cancelled']) {
    const list = await context.request.get(`${ORIGIN}/api/v1/orders?status=${status}&limit=1`, { headers: { cookie } });
    const [order] = ((await list.json()) as { items: { orderNo: string }[] }).items;
    await page.goto(`${ORIGIN}/portal/?orderNo=${order?.orderNo}`, { waitUntil: 'networkidle' });
    await page.locator('input[inputmode=tel]').fill('8000');
    await page.locator('button[type=submit]').click();
    await page.waitForSelector('.zp-status');
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${folder}/portal-${status}.${locale}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) console.log(`portal ${status}.${locale}: page is ${wide} px too wide`);
    await page.evaluate(() => sessionStorage.clear());
  }
  await context.close();
}

const wanted = (name: string) => only.length === 0 || only.includes(name);

/** The packaged browser runs as one process by default, which dies with its first closed context. */
const ARGS = chromium.args.filter(
  (arg) => !['--single-process', '--no-zygote', '--disable-web-security'].includes(arg),
);

await mkdir(folder, { recursive: true });
const browser = await playwright.launch({
  args: [...ARGS, '--no-sandbox'],
  executablePath: await chromium.executablePath(),
});
const themes = (process.env['THEMES'] ?? 'light').split(',');
for (const locale of (process.env['LOCALES'] ?? 'zh-CN,en').split(',')) {
  for (const theme of themes) await consoleShots(browser, locale, theme);
  if (wanted('portal')) await portalShots(browser, locale);
}
await browser.close();
