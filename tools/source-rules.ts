import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from './files.ts';
import { EXTRA_SCHEMAS, GRAPH } from './module-graph.mjs';

const extraSchemas: Record<string, readonly string[]> = EXTRA_SCHEMAS;
const SCHEMAS = new Set([...Object.keys(GRAPH), ...Object.values(extraSchemas).flat(), 'kernel']);

/** The schemas a file's own SQL may name: its module's and the kernel's. Undefined: the file may name any (composition root, tests). */
function schemasOf(file: string): Set<string> | undefined {
  if (/\.test\.tsx?$|\/testing\//.test(file)) return undefined;
  const module = /^server\/src\/modules\/([^/]+)\//.exec(file)?.[1];
  if (module !== undefined) return new Set(['kernel', module, ...(extraSchemas[module] ?? [])]);
  return file.startsWith('server/src/kernel/') ? new Set(['kernel', 'auth', 'graphile_worker']) : undefined;
}

// After these words a name followed by "(" is a call of another module's function, which is its front door in SQL …
const READ_IN_SQL = /\b(?:from|join|using)\s+(?:only\s+)?"?([a-z_]+)"?\."?[a-z_]+"?(?![a-z_"]*\s*\()/gi;
// … and after these it is a table with its columns.
const WRITTEN_IN_SQL =
  /\b(?:into|update|table|references|truncate|lock)\s+(?:only\s+|if\s+(?:not\s+)?exists\s+)?"?([a-z_]+)"?\."?[a-z_]+/gi;
const NAMED_IN_KYSELY = /\b(?:\w*From|insertInto|updateTable|\w*[jJ]oin|using|mergeInto)\(\s*['"`]([a-z_]+)\.[a-z_]+/g;

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Comments become blanks of the same length, so that positions stay true. */
function withoutComments(file: string, text: string): string {
  const blank = (comment: string): string => comment.replaceAll(/[^\n]/g, ' ');
  const blocks = text.replaceAll(/\/\*[\s\S]*?\*\//g, blank);
  return file.endsWith('.sql')
    ? blocks.replaceAll(/--[^\n]*/g, blank)
    : blocks.replaceAll(/(^|\s)\/\/[^\n]*/g, blank).replaceAll(/\s--\s[^\n]*/g, blank);
}

/** A module's SQL names only its own tables: what another module has is asked of its functions. */
export function checkSqlOwnership(root: string): string[] {
  const problems: string[] = [];
  for (const file of filesBelow(root, ['server/src'], /\.(ts|sql)$/)) {
    const allowed = schemasOf(file);
    if (allowed === undefined) continue;
    const text = withoutComments(file, readFileSync(path.join(root, file), 'utf8'));
    for (const pattern of [READ_IN_SQL, WRITTEN_IN_SQL, NAMED_IN_KYSELY]) {
      for (const match of text.matchAll(pattern)) {
        const schema = (match[1] ?? '').toLowerCase();
        if (SCHEMAS.has(schema) && !allowed.has(schema)) {
          problems.push(
            `${file}:${lineOf(text, match.index)} names a table of ${schema}: ${match[0].replaceAll(/\s+/g, ' ')}`,
          );
        }
      }
    }
  }
  return problems;
}

type Ban = { pattern: RegExp; says: string; except?: RegExp };
// Written so that no pattern matches its own source.
const BANS: Ban[] = [
  {
    pattern: /\bas\s+(?:unknown\s+as\s+)?Tx\b/,
    says: 'only the kernel makes a Tx',
    except: /^server\/src\/kernel\/db\//,
  },
  { pattern: /\b(?:test|it|describe|suite)\.(?:skip|only|todo)\b/, says: 'no test is left out' },
  {
    pattern: /\{[^{}\n]*\b(?:skip|only|todo):\s*(?:true|['"`])/,
    says: 'no test is left out',
    except: /^(?!.*\.test\.tsx?$)/,
  },
  { pattern: /@ts-(?:ignore|nocheck|expect-error)\b/, says: 'the type checker is not silenced', except: /\.test\.ts$/ },
  {
    pattern: /\b(?:oxlint|eslint)-disable(?!-next-line [\w/-]+ -- \S)/,
    says: 'a lint rule is switched off for one line, with its name and a reason',
  },
  { pattern: /\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/, says: 'nothing is left for later in a comment' },
];

/** Words that mean somebody went round a rule. */
export function checkForbiddenWords(root: string): string[] {
  const problems: string[] = [];
  for (const file of filesBelow(root, ['server', 'web', 'tools', 'bench'], /\.(ts|tsx|mjs|js|sql|css)$/)) {
    if (/^tools\/source-rules(\.test)?\.ts$/.test(file)) continue;
    const bans = BANS.filter((ban) => !ban.except?.test(file));
    for (const [index, line] of readFileSync(path.join(root, file), 'utf8').split('\n').entries()) {
      for (const ban of bans)
        if (ban.pattern.test(line)) problems.push(`${file}:${index + 1} ${ban.says}: ${line.trim().slice(0, 100)}`);
    }
  }
  return problems;
}

type Texts = Record<string, string>;
const placeholders = (text: string): string =>
  [...text.matchAll(/\{+\s*([\w.]+)[^{}]*\}+/g)]
    .map((m) => m[1])
    .toSorted()
    .join(',');

/** Plural forms differ between languages: `days_one` and `days_other` are one text. */
const withoutPlural = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');

/** Both languages have the same texts, none is empty, and both take the same facts. */
export function checkTexts(root: string): string[] {
  const problems: string[] = [];
  const folders = new Set(
    filesBelow(root, ['server/src', 'web'], /\/i18n\/[\w-]+\.json$/).map((file) => path.posix.dirname(file)),
  );
  for (const folder of folders) {
    const read = (language: string): Texts | undefined => {
      const file = path.join(root, folder, `${language}.json`);
      return existsSync(file) ? flatten(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
    };
    const [zh, en] = [read('zh-CN'), read('en')];
    if (!zh || !en) problems.push(`${folder} lacks ${zh ? 'en' : 'zh-CN'}.json`);
    else problems.push(...compareTexts(zh, en).map((problem) => `${folder}: ${problem}`));
  }
  return problems;
}

function compareTexts(zh: Texts, en: Texts): string[] {
  const problems: string[] = [];
  const zhKeys = new Set(Object.keys(zh).map(withoutPlural));
  const enKeys = new Set(Object.keys(en).map(withoutPlural));
  for (const key of zhKeys) if (!enKeys.has(key)) problems.push(`"${key}" has no English text`);
  for (const key of enKeys) if (!zhKeys.has(key)) problems.push(`"${key}" has no Chinese text`);
  for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)])
    if (text.trim() === '') problems.push(`"${key}" is empty`);
  for (const [key, text] of Object.entries(zh)) {
    const other = en[key];
    if (other !== undefined && placeholders(text) !== placeholders(other))
      problems.push(`"${key}" takes other facts in the other language`);
  }
  return problems;
}

function flatten(value: unknown, prefix = ''): Texts {
  if (typeof value !== 'object' || value === null) return { [prefix]: String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => flatten(inner, prefix === '' ? key : `${prefix}.${key}`)),
  ) as Texts;
}
