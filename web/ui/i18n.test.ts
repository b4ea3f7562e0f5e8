import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const WEB = new URL('../', import.meta.url);
const APPS = ['ui', 'console', 'portal'] as const;
type App = (typeof APPS)[number];

const read = (path: string) => readFileSync(new URL(path, WEB), 'utf8');
const words = (app: App, locale: string) => JSON.parse(read(`${app}/i18n/${locale}.json`)) as Record<string, string>;

function sources(app: App | 'api'): { path: string; text: string }[] {
  const files = readdirSync(new URL(`${app}/`, WEB), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => ({ path: `${app}/${file}`, text: read(`${app}/${file}`) }));
}

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();

for (const app of APPS) {
  test(`${app}: both languages have the same words with the same places for values`, () => {
    const [zh, en] = [words(app, 'zh-CN'), words(app, 'en')];
    assert.deepEqual(Object.keys(zh), Object.keys(en));
    for (const [key, text] of Object.entries(zh)) {
      assert.ok(text.trim() !== '' && (en[key] ?? '').trim() !== '', `${key} is empty`);
      assert.deepEqual(holes(text), holes(en[key] ?? ''), key);
    }
  });

  test(`${app}: every word a page asks for is in the catalogue`, () => {
    const known = { ...words('ui', 'zh-CN'), ...words(app, 'zh-CN') };
    const missing: string[] = [];
    for (const { path, text } of sources(app)) {
      const literal = [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
      const chosen = [...text.matchAll(/\bt\([^'"`()]*\?\s*'([^']+)'\s*:\s*'([^']+)'/g)].flatMap((match) => [
        match[1] ?? '',
        match[2] ?? '',
      ]);
      const labels = [...text.matchAll(/\blabel: '(nav\.[^']+)'/g)].map((match) => match[1] ?? '');
      for (const key of [...literal, ...chosen, ...labels]) if (!(key in known)) missing.push(`${path}: ${key}`);
      for (const match of text.matchAll(/\bt\(`([\w.]+\.)\$\{/g)) {
        const prefix = match[1] ?? '';
        if (!Object.keys(known).some((key) => key.startsWith(prefix))) missing.push(`${path}: ${prefix}*`);
      }
    }
    assert.deepEqual(missing, []);
  });

  test(`${app}: components hold no words of their own`, () => {
    const found = sources(app).flatMap(({ path, text }) => {
      const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      const chinese = /[\u4e00-\u9fff]/.test(code) ? [`${path}: Chinese text`] : [];
      const between = [...code.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)\s*</g)].map((match) => `${path}: ${match[1]}`);
      return [...chinese, ...between];
    });
    assert.deepEqual(found, []);
  });
}
