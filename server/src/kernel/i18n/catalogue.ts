import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Locale, LOCALES } from '../context.ts';

export type Catalogue = Readonly<Record<string, string>>;
/** One folder of catalogues: the kernel's or a module's. */
export type Source = { readonly owner: string; readonly texts: Readonly<Record<Locale, Catalogue>> };

const SERVER_SRC = fileURLToPath(new URL('../../', import.meta.url));

/** Every catalogue on disk, the kernel's first. Throws when one is not a flat JSON object of texts. */
export function readSources(root: string = SERVER_SRC): Source[] {
  const modules = entriesOf(`${root}modules`).map((name) => ({ owner: name, folder: `${root}modules/${name}/i18n` }));
  const parts = entriesOf(`${root}kernel`).map((name) => ({
    owner: `kernel/${name}`,
    folder: `${root}kernel/${name}/i18n`,
  }));
  return [{ owner: 'kernel', folder: `${root}kernel/i18n` }, ...parts, ...modules].flatMap(({ owner, folder }) => {
    const files = entriesOf(folder);
    // a large module keeps the texts of its parts apart: `en.json`, `mail.en.json`
    const parts = new Set(files.flatMap((f) => /^(|[a-z-]+\.)(?:zh-CN|en)\.json$/.exec(f)?.[1] ?? []));
    return [...parts].map((part) => {
      const read = (l: Locale): Catalogue =>
        files.includes(`${part}${l}.json`) ? readTexts(`${folder}/${part}${l}.json`) : {};
      const texts = Object.fromEntries(LOCALES.map((locale) => [locale, read(locale)])) as Record<Locale, Catalogue>;
      return { owner: part === '' ? owner : `${owner} (${part.slice(0, -1)})`, texts };
    });
  });
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    // a module without texts of its own, or a file of the kernel
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

function readTexts(file: string): Catalogue {
  const texts: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts)) throw new Error(`${file} is not an object`);
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text !== 'string') throw new Error(`${file}: ${key} is not a text: keys are flat`);
  }
  return texts as Catalogue;
}

/** Joins the sources of one language. Throws when two of them claim a key. */
export function merge(sources: readonly Source[], locale: Locale): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const { owner, texts } of sources) {
    for (const [key, text] of Object.entries(texts[locale])) {
      const other = owners.get(key);
      if (other !== undefined) throw new Error(`${locale}: ${key} stands in ${other} and in ${owner}`);
      owners.set(key, owner);
      all.set(key, text);
    }
  }
  return all;
}

const PLACEHOLDER = /\{([A-Za-z_][\w.]*)(?::(money|date|time|number|percent))?\}/g;

export type Placeholder = { name: string; format: string | undefined; text: string };

/** The placeholders of a text in order: `{name}` or `{name:money}`. */
export function placeholdersOf(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(([whole, name, format]) => ({ name: name ?? '', format, text: whole }));
}

/** Puts values in the place of placeholders; what `value` does not know stays visible as it is written. */
export function fill(text: string, value: (name: string, format: string | undefined) => string | undefined): string {
  return text.replace(PLACEHOLDER, (whole, name: string, format?: string) => value(name, format) ?? whole);
}
