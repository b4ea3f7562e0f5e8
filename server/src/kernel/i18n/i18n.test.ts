import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { REFUSALS } from '../errors.ts';
import { fill, merge, placeholdersOf, readSources, type Source } from './catalogue.ts';
import { formatDate, formatMoney, formatTime, hasText, missingKeys, pickLocale, t } from './index.ts';

const SRC = fileURLToPath(new URL('../../', import.meta.url));
const sources = readSources();
const zh = merge(sources, 'zh-CN');
const en = merge(sources, 'en');

/** Every module's front door, so that what it declares is declared here too. */
async function importEverything(): Promise<void> {
  const fronts = globSync(['kernel/*/index.ts', 'kernel/*.ts', 'modules/*/index.ts', 'modules/*/events.ts'], {
    cwd: SRC,
  });
  for (const file of fronts.filter((name) => !name.includes('.test.'))) await import(pathToFileURL(SRC + file).href);
}

const productCode = (): { file: string; text: string }[] =>
  globSync('**/*.ts', { cwd: SRC })
    .filter((name) => !name.includes('.test.') && !name.includes('/testing/'))
    .map((file) => ({ file, text: readFileSync(SRC + file, 'utf8') }));

test('PLT-3 both languages have the same keys', () => {
  for (const { owner, texts } of sources) {
    assert.deepEqual(Object.keys(texts.en).toSorted(), Object.keys(texts['zh-CN']).toSorted(), owner);
  }
});

test('PLT-3 both languages use the same placeholders', () => {
  for (const [key, text] of zh) {
    const names = (t: string): string[] => [...new Set(placeholdersOf(t).map((p) => p.text))].toSorted();
    assert.deepEqual(names(en.get(key) ?? ''), names(text), key);
    assert.equal(fill(text, () => '').includes('{'), false, `${key}: a brace that is no placeholder`);
    assert.equal(fill(en.get(key) ?? '', () => '').includes('{'), false, `${key}: a brace that is no placeholder`);
  }
});

test('PLT-3 no text is empty, and Chinese texts are Chinese', () => {
  const latinByNature = /^[A-Z][\w.\s/+-]*$/; // PDF, SKU, API
  for (const [key, text] of zh) {
    assert.ok(/\p{Script=Han}/u.test(text) || latinByNature.test(text), `${key}: ${text}`);
    assert.equal(/\p{Script=Han}/u.test(en.get(key) ?? ''), false, `${key} in English: ${en.get(key)}`);
  }
});

test('PLT-3 every declared refusal has its text, and the title of its status', async () => {
  await importEverything();
  const lacking = [...REFUSALS].flatMap(([code, status]) =>
    [`errors.${code}`, `status.${status}`].filter((key) => !zh.has(key)),
  );
  assert.deepEqual(lacking, []);
  assert.ok(REFUSALS.size >= 10);
});

test('PLT-3 every text named in the source exists', () => {
  const named = /['"`]((?:errors|fields|status|notify|files)\.[a-z][\w.]*[\w])['"`]/g;
  const lacking = productCode().flatMap(({ file, text }) =>
    [...text.matchAll(named)]
      .map((m) => m[1] ?? '')
      .filter((key) => !key.endsWith('.ts') && !zh.has(key) && !isPrefix(key))
      .map((key) => `${file}: ${key}`),
  );
  assert.deepEqual(lacking, []);
});

test('PLT-3 every field-problem code written in the source has its text', () => {
  const problem = /\bpath:\s*(?:`[^`]*`|'[^']*'|[\w.()]+),\s*code:\s*'([a-z0-9_]+)'/g;
  const lacking = productCode().flatMap(({ file, text }) =>
    [...text.matchAll(problem)].filter((m) => !zh.has(`fields.${m[1]}`)).map((m) => `${file}: fields.${m[1]}`),
  );
  assert.deepEqual(lacking, []);
});

test('PLT-3 every declared event has its timeline text', () => {
  const declared = /defineEvent\(\s*'([a-z0-9_.]+)\.v\d+'/g;
  const lacking = productCode().flatMap(({ file, text }) =>
    [...text.matchAll(declared)].filter((m) => !zh.has(`events.${m[1]}`)).map((m) => `${file}: events.${m[1]}`),
  );
  assert.deepEqual(lacking, []);
});

test('PLT-3 every notification template named in the source has its subject and body', () => {
  const named = /\bnotify\([^;]*?\btemplate:\s*'([\w.]+)'/g;
  const lacking = productCode().flatMap(({ file, text }) =>
    [...text.matchAll(named)]
      .flatMap((m) => [`notify.${m[1]}.subject`, `notify.${m[1]}.body`])
      .filter((key) => !zh.has(key))
      .map((key) => `${file}: ${key}`),
  );
  assert.deepEqual(lacking, []);
});

const isPrefix = (key: string): boolean => [...zh.keys()].some((known) => known.startsWith(`${key}.`));

test('PLT-3 placeholders are filled in the way of the language', () => {
  assert.equal(
    t('zh-CN', 'errors.file_too_large', { name: '发票.pdf', maxMb: 20 }),
    '文件“发票.pdf”超出大小限制（最大 20 MB）。',
  );
  assert.equal(
    t('en', 'errors.file_type_refused', { name: 'a.exe', accepted: ['PDF', 'image'] }),
    'The file “a.exe” is not of an accepted kind: PDF, image.',
  );
  assert.equal(formatMoney('zh-CN', { amount: 123_450, currency: 'CNY' }), '¥1,234.50');
  assert.equal(formatMoney('en', { amount: -500, currency: 'JPY' }), '-¥500');
  const at = new Date('2026-02-03T16:30:00Z');
  assert.equal(formatDate('zh-CN', at), '2026年2月4日');
  assert.equal(formatDate('en', at, 'UTC'), 'Feb 3, 2026');
  assert.equal(formatTime('zh-CN', at), '2026/02/04 00:30');
});

test('PLT-3 values are never read as texts, and unknown ones stay visible', () => {
  assert.equal(
    t('en', 'errors.file_content_mismatch', { name: '{maxMb}' }),
    'The content of “{maxMb}” does not match its extension.',
  );
  assert.equal(t('en', 'errors.file_content_mismatch', {}), 'The content of “{name}” does not match its extension.');
  assert.equal(
    t('en', 'errors.file_content_mismatch', Object.create({ name: 'x' })),
    'The content of “{name}” does not match its extension.',
  );
});

test('PLT-3 a key without a text is returned and recorded', () => {
  assert.equal(t('en', 'errors.no_such_key'), 'errors.no_such_key');
  assert.ok(missingKeys().includes('en errors.no_such_key'));
  assert.equal(hasText('en', 'errors.no_such_key'), false);
});

test('PLT-3 the language follows Accept-Language and is Chinese otherwise', () => {
  const expected: [string | undefined, string][] = [
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['fr-FR,en;q=0.5', 'en'],
    ['fr, *;q=0.1', 'zh-CN'],
    ['zh;q=0.2, en;q=0.9', 'en'],
    ['en;q=abc', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
    ['ende', 'zh-CN'],
  ];
  for (const [header, locale] of expected) assert.equal(pickLocale(header), locale, header ?? 'none');
});

test('PLT-3 two catalogues may not claim one key', () => {
  const source = (owner: string): Source => ({ owner, texts: { 'zh-CN': { a: '一' }, en: { a: 'one' } } });
  assert.throws(() => merge([source('orders'), source('payments')], 'en'), /orders and in payments/);
  assert.equal(existsSync(`${SRC}kernel/i18n/en.json`), true);
});
