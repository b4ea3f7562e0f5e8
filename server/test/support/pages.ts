import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { createUser } from '#modules/identity/index.ts';
import { openBrowser } from '../../../tools/browser.ts';
import { PASSWORD, testApp, type TestApp } from './app.ts';

const WAIT_MS_MAX = 15_000;
const TURN_MS = 100; // between two looks at whether something happened
const LOOK_MS = 1_000; // between two looks at what is due

export type Screen = { locale?: 'zh-CN' | 'en'; width?: number; height?: number; userAgent?: string };

/** The whole product with a browser before it: what is due happens by itself, as on a running server. */
export async function openPages(
  given: Pick<Parameters<typeof testApp>[0] & object, 'channelUrls'> = {},
): Promise<Pages> {
  const app = await testApp({ ...given, clock: { now: () => new Date(), pass: () => undefined, at: () => undefined } });
  return new Pages(app, await openBrowser());
}

export class Pages {
  readonly app: TestApp;
  readonly #browser: Browser;
  readonly #complaints: string[] = [];
  readonly #worker: Promise<void>;
  #closed = false;

  constructor(app: TestApp, browser: Browser) {
    this.app = app;
    this.#browser = browser;
    this.#worker = this.#work();
  }

  /** Looking at everything takes a good part of a small machine, so that is done when something happened, and now and then. */
  async #work(): Promise<void> {
    for (let known = '', lookedAt = 0; !this.#closed;) {
      const now = await this.app.stirred();
      if (now !== known || Date.now() - lookedAt > LOOK_MS) {
        await this.app.settleDown();
        known = now;
        lookedAt = Date.now();
      }
      await pause(TURN_MS);
    }
  }

  /** A person of the organisation, with the password of all tests; answers with the address to log in with. */
  async member(org: string, role: string, name: string, mailbox = role): Promise<string> {
    const email = `${mailbox}@${org}.test`;
    await createUser(this.app.db, { org, email, name, password: PASSWORD, roles: [role] });
    return email;
  }

  /** A browser of its own, with its own cookies. Whatever it complains of makes `quiet` fail. */
  async page({ locale = 'zh-CN', width = 1280, height = 800, userAgent }: Screen = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      reducedMotion: 'reduce', // a busy machine draws few frames, and a click into an animation may miss
      viewport: { width, height },
      locale,
      timezoneId: 'Asia/Shanghai',
      ...(userAgent ? { userAgent } : {}),
    });
    // an inner function would be renamed by type stripping's caller; text stays text
    await context.addInitScript(
      `localStorage.getItem('zhanggui.locale') ?? localStorage.setItem('zhanggui.locale', '${locale}')`,
    );
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS_MAX);
    page.on('pageerror', (error) => this.#complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (line) => {
      const expected =
        /Failed to load resource: (?:the server responded with a status of 4(?:00|01|03|04|09|12|22)|net::ERR_INTERNET_DISCONNECTED)/;
      if ((line.type() === 'error' || line.type() === 'warning') && !expected.test(line.text()))
        this.#complaints.push(`${page.url()}: ${line.text()}`);
    });
    return page;
  }

  /** Logs in on the console as a person does. */
  async logIn(page: Page, email: string): Promise<void> {
    await page.goto(`${this.app.url}/login`);
    await page.locator('#email').fill(email);
    await page.locator('#password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.zg-shell').waitFor();
  }

  async open(page: Page, path: string): Promise<void> {
    await page.goto(`${this.app.url}${path}`);
  }

  /** Goes to a page of the console from another one, as a link does: without reading the program again. */
  async go(page: Page, path: string): Promise<void> {
    await page.evaluate(`__TSR_ROUTER__.navigate({ href: ${JSON.stringify(path)} })`);
  }

  /** No error or warning was written by any page since the last look: a missing text is one too. */
  quiet(): void {
    assert.deepEqual(this.#complaints.splice(0), []);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker;
    await this.#browser.close();
    await this.app.close();
  }
}

/** Waits until the text stands on the page. */
export const see = (page: Pick<Page, 'getByText'>, text: string | RegExp): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor();

/** Presses the first button whose name holds the text. */
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).filter({ visible: true }).first().click();

/** What a keyboard-wedge scanner types: the code at once, and Enter. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

const EXCESS = `(() => {
  const main = document.querySelector('.zg-main');
  return Math.max(document.documentElement.scrollWidth - innerWidth, main ? main.scrollWidth - main.clientWidth : 0);
})()`;

/** How many pixels a page is wider than its window. */
export const tooWide = (page: Page): Promise<number> => page.evaluate(EXCESS);

/** Everything one can press or fill in that has no name, or is too small for a finger. */
const FAULTS = `(() => {
  const nameOf = (e) => (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || (e.closest('label')?.textContent ?? '') || e.textContent || e.getAttribute('title') || '').trim();
  const faults = [];
  for (const e of document.querySelectorAll('button, a[href], input, select, textarea, [role=button]')) {
    const box = (e.classList.contains('sr') ? e.closest('label') ?? e : e).getBoundingClientRect();
    if (box.width === 0) continue;
    if (nameOf(e) === '') faults.push('no name: ' + e.outerHTML.slice(0, 120));
    if (box.height < 44 && e.type !== 'checkbox' && e.type !== 'radio' && !e.closest('p')) faults.push('small: ' + Math.round(box.height) + ' ' + e.outerHTML.slice(0, 120));
  }
  for (const img of document.images) if (!img.hasAttribute('alt')) faults.push('no alt: ' + img.src);
  if (document.querySelectorAll('h1').length !== 1) faults.push('headings of the first rank: ' + document.querySelectorAll('h1').length);
  if (!document.documentElement.lang) faults.push('no language');
  if (document.title === '') faults.push('no title');
  return faults;
})()`;
export async function isAccessible(page: Page, name: string): Promise<void> {
  assert.deepEqual(await page.evaluate(FAULTS), [], name);
  assert.equal(await tooWide(page), 0, `${name} is as wide as the window`);
}
