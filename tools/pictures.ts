import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { openBrowser } from './browser.ts';
import { ROOT } from './files.ts';

/**
 * The pictures of the guides, from a running demo:
 *   node tools/pictures.ts --url http://127.0.0.1:8080 --email admin@demo.zhanggui.local --password …
 */
const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    email: { type: 'string', default: 'admin@demo.zhanggui.local' },
    password: { type: 'string' },
    to: { type: 'string', default: path.join(ROOT, 'docs', 'images') },
  },
});
const COLOURS = 128; // a screen has few; a photograph would need more

type Row = { id: string; orderNo: string; unitCount: number };
type Shot = {
  name: string;
  path: (of: Lookup) => Promise<string>;
  prepare?: (page: Page, of: Lookup) => Promise<void>;
};
type Lookup = (query: string) => Promise<Row>;

async function fillOrder(page: Page): Promise<void> {
  const picker = page.getByRole('combobox').first();
  for (const nth of [0, 3]) {
    await picker.click();
    await page.locator('.ant-select-item-option').nth(nth).click();
  }
  const fields = { name: '王小明', phone: '13800138000', province: '浙江省', city: '杭州市', district: '西湖区' };
  for (const [name, text] of Object.entries({ ...fields, address: '文三路 1 号' }))
    await page.locator(`#shipTo_${name}`).fill(text);
  await page.locator('.zg-main').evaluate((main) => main.scrollTo(0, 0));
}

async function scanOne(page: Page): Promise<void> {
  await page.locator('.zg-work-line').first().waitFor();
  const codes = await page.locator('.zg-work-line .mono').first().innerText();
  await page.keyboard.type(codes.split(' · ')[0] ?? '');
  await page.keyboard.press('Enter');
  await page.locator('.zg-scan:not([data-tone=idle])').waitFor();
}

async function importSome(page: Page): Promise<void> {
  await page.locator('.zg-page-head .ant-btn-primary').click();
  const head = 'order_no,shop,ship_name,ship_phone,province,city,district,address,sku,quantity,unit_price';
  const good = (n: number) =>
    `T-${Date.now()}-${n},main,王一,1380000${1000 + n},浙江省,杭州市,西湖区,文三路 ${n} 号,WAN-001B,1,142.20`;
  const bad = `T-${Date.now()}-x,main,王二,12,浙江省,杭州市,西湖区,文三路,NONE,1,10.00`;
  const rows = [head, ...Array.from({ length: 60 }, (_, n) => good(n)), bad];
  const file = { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) };
  await page.locator('.ant-upload-drag input[type=file]').setInputFiles(file);
  await page.locator('.ant-drawer-extra .ant-btn-primary').click();
  await page.locator('.ant-drawer .ant-progress-status-success').waitFor();
}

const at = (address: string) => async () => address;
const SHOTS: Shot[] = [
  { name: 'home', path: at('/') },
  { name: 'orders', path: at('/orders') },
  { name: 'order', path: async (of) => `/orders/${(await of('status=delivered')).id}` },
  { name: 'new-order', path: at('/orders/new'), prepare: fillOrder },
  { name: 'products', path: at('/products') },
  { name: 'stock', path: at('/stock') },
  {
    name: 'scan',
    path: async (of) => `/parcels/scan?code=${(await of('status=paid&held=false')).orderNo}`,
    prepare: scanOne,
  },
  { name: 'imports', path: at('/imports'), prepare: importSome },
  {
    name: 'audit',
    path: at('/settings/audit'),
    prepare: async (page) => {
      await page.locator('.zg-page-head button').click();
      await page.locator('.ant-alert-success').waitFor();
    },
  },
];

async function keep(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot();
  const png = await sharp(picture).png({ palette: true, colours: COLOURS, effort: 8 }).toBuffer();
  writeFileSync(path.join(options.to, `${name}.png`), png);
  process.stdout.write(`${name}.png ${(png.length / 1024).toFixed(0)} KB\n`);
}

async function draw(locale: 'zh-CN' | 'en'): Promise<void> {
  const language = locale.slice(0, 2);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'Asia/Shanghai' });
  await context.addInitScript(`localStorage.setItem('zhanggui.locale', '${locale}')`);
  const page = await context.newPage();
  await page.goto(`${options.url}/login`);
  await page.locator('#email').fill(options.email);
  await page.locator('#password').fill(options.password ?? '');
  await page.keyboard.press('Enter');
  await page.locator('.zg-shell').waitFor();
  const lookup: Lookup = async (query) => {
    const answer = await context.request.get(`${options.url}/api/v1/orders?limit=100&${query}`);
    // several pieces make a better picture; each language takes another order, as a scanned one is done
    const rows = ((await answer.json()) as { items: Row[] }).items.filter((order) => order.unitCount > 2);
    const row = rows[locale === 'en' ? 1 : 0];
    if (!row) throw new Error(`no order for ${query}`);
    return row;
  };
  for (const shot of SHOTS) {
    await page.goto(options.url + (await shot.path(lookup)), { waitUntil: 'networkidle' });
    await shot.prepare?.(page, lookup);
    await page.waitForLoadState('networkidle');
    await keep(page, `${shot.name}.${language}`);
  }
  const shipped = await lookup('status=shipped');
  const revealed = await context.request.post(`${options.url}/api/v1/personal-data/reveal`, {
    data: { kind: 'order', id: shipped.id, reason: 'pictures of the guide' },
    headers: { origin: options.url },
  });
  const { fields } = (await revealed.json()) as { fields: { phone: string } };
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${options.url}/portal/?orderNo=${shipped.orderNo}`, { waitUntil: 'networkidle' });
  await page.locator('input[inputmode=tel]').fill(fields.phone);
  await page.keyboard.press('Enter');
  await page.locator('.zp-track li').first().waitFor();
  await page.waitForLoadState('networkidle');
  await keep(page, `portal.${language}`);
  await context.close();
}

mkdirSync(options.to, { recursive: true });
const browser = await openBrowser();
try {
  await draw('zh-CN');
  await draw('en');
} finally {
  await browser.close();
}
