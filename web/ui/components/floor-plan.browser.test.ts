import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { evenLayout } from '../../../server/src/modules/fulfilment/domain/routing/layout.ts';
import { findRoute } from '../../../server/src/modules/fulfilment/domain/routing/route.ts';
import { openBrowser } from '../../../tools/browser.ts';

const WEB = path.resolve(import.meta.dirname, '../..');
const FRAME_MS_MAX = 250; // a machine shared with other tests; by itself a step takes a few milliseconds

let vite: ViteDevServer;
let browser: Browser;
before(async () => {
  vite = await createServer({
    configFile: path.join(WEB, 'vite.config.ts'),
    cacheDir: path.join(WEB, '../.cache/vite-floor-plan'),
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    logLevel: 'error',
  });
  await vite.listen();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await vite.close();
});

/** The router's own answer for the warehouse the page shows. */
function someRoute(count: number) {
  const layout = evenLayout({
    aisles: 20,
    pitchMm: 3_000,
    lengthMm: 30_000,
    middleMm: [15_000],
    depot: { aisle: 3, end: 'front' },
  });
  const stops = Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    aisle: (i * 7) % 20,
    yMm: 1_000 + ((i * 7_907) % 28) * 1_000,
  }));
  const { compared, stops: ordered, ...route } = findRoute(layout, stops);
  return {
    ...route,
    compared,
    stops: ordered.map((s) => ({
      id: s.id,
      label: `A${String(s.aisle + 1).padStart(2, '0')}-${s.yMm / 1_000}`,
      detail: `SKU-${s.id} × 1`,
      xMm: layout.aislesMm[s.aisle]!,
      yMm: s.yMm,
    })),
  };
}

async function open(lang: string, bins: number, stops: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  if (stops > 0) await page.addInitScript(`window.floorPlanRoute = ${JSON.stringify(someRoute(stops))}`);
  await page.goto(`${vite.resolvedUrls!.local[0]}dev/floor-plan.html?lang=${lang}&bins=${bins}`);
  await page.locator('.zg-floor svg[role=img]').waitFor({ timeout: 60_000 });
  return page;
}

const viewOf = async (page: Page): Promise<number[]> =>
  ((await page.locator('.zg-floor svg[role=img]').getAttribute('viewBox')) ?? '').split(' ').map(Number);

test('FUL-1 FUL-3 the route is drawn on the floor plan and listed beside it, in both languages', async () => {
  for (const [lang, title, saves] of [
    ['en', 'Stops in walking order', 'less walking'],
    ['zh-CN', '拣货顺序', '少走'],
  ] as const) {
    const page = await open(lang, 3_000, 30);
    const text = await page.locator('.zg-floor-stops').innerText();
    assert.ok(text.includes(title) && text.includes(saves), text);
    assert.equal(await page.locator('.zg-floor-stops li').count(), 30);
    assert.match((await page.locator('.zg-floor desc').textContent()) ?? '', /30/);
    assert.ok((await page.locator('.zg-floor-arrow').count()) > 10);
    await page.close();
  }
});

test('FUL-1 keys and buttons zoom and move the plan; choosing a stop brings it near', async () => {
  const page = await open('en', 1_000, 12);
  const whole = await viewOf(page);
  await page.locator('.zg-floor-frame').focus();
  await page.keyboard.press('+');
  const near = await viewOf(page);
  assert.ok(near[2]! < whole[2]!);
  await page.keyboard.press('ArrowRight');
  assert.ok((await viewOf(page))[0]! > near[0]!);
  await page.keyboard.press('0');
  assert.deepEqual(await viewOf(page), whole);
  await page.locator('.zg-floor-stops li button').nth(3).click();
  assert.ok((await viewOf(page))[2]! <= whole[2]! / 4 + 1);
  assert.equal(await page.locator('.zg-floor-marker[data-chosen]').count(), 1);
  await page.close();
});

test('FUL-1 five thousand bins are a handful of elements and move without a stutter', async () => {
  const page = await open('en', 5_000, 60);
  assert.ok((await page.locator('.zg-floor svg[role=img] *').count()) < 1_000);
  await page.locator('.zg-floor-frame').focus();
  const times: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    const key = i % 2 === 0 ? '+' : 'ArrowLeft';
    const took = await page.evaluate<number>(`(async () => {
      const started = performance.now();
      const event = new KeyboardEvent('keydown', { key: '${key}', bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      return performance.now() - started;
    })()`);
    times.push(took);
  }
  const middle = times.toSorted((a, b) => a - b)[10]!;
  assert.ok(middle <= FRAME_MS_MAX, `a step took ${middle.toFixed(1)} ms`);
  await page.close();
});
