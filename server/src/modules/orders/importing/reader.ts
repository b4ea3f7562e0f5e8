import type { FieldProblem } from '#kernel/errors.ts';
import { ColumnsMissing } from '#kernel/transfers/index.ts';
import { type Field, FIELDS, type FieldName, type OrderMapping } from './mapping.ts';
import { TEMPLATE_FIELDS } from './template.ts';

type Cells = readonly string[];
export type Read = (cells: Cells) => string;
export type Meaning = { as: 'goods' | 'freight' | 'discount' | 'ignore'; reason: string };
export type Reader = {
  field: Readonly<Record<FieldName, Read>>;
  meaning(cells: Cells): Meaning;
  has(field: FieldName): boolean;
};

const REQUIRED: readonly FieldName[] = ['externalNo', 'shop', 'sku', 'quantity'];
const GOODS: Meaning = { as: 'goods', reason: '' };
const plain = (name: string): string =>
  name
    .replace(/^\uFEFF/, '')
    .normalize('NFKC')
    .trim()
    .toLowerCase();

/** Turns a mapping into functions over the rows of a file with this header. @throws ColumnsMissing naming every column the mapping needs and the file lacks. */
export function compile(mapping: OrderMapping, header: Cells): Reader {
  const at = new Map(header.map((name, i) => [plain(name), i]));
  const missing: FieldProblem[] = [];
  const indexOf = (name: string, path: string): number => {
    const index = at.get(plain(name));
    if (index === undefined) missing.push({ path, code: 'column_missing', facts: { column: name } });
    return index ?? -1;
  };
  const given = mapping.fields ?? TEMPLATE_FIELDS;
  const own = mapping.fields !== undefined;
  const field = {} as Record<FieldName, Read>;
  for (const name of FIELDS) field[name] = readerOf(given[name], name, indexOf, at, own);
  for (const name of REQUIRED)
    if (given[name] === undefined) missing.push({ path: name, code: 'column_missing', facts: { column: name } });
  const rules = mapping.lines.map((rule, n) => ({
    meaning: { as: rule.as, reason: rule.reason ?? '' },
    conditions: rule.when.map((c) => {
      const index = indexOf(c.column, `lines[${n}]`);
      const pattern = c.matches === undefined ? undefined : new RegExp(c.matches, 'u');
      const among = c.in ? new Set(c.in) : undefined;
      return (cells: Cells): boolean => {
        const value = (cells[index] ?? '').trim();
        const holds =
          (c.equals === undefined || value === c.equals) &&
          (!among || among.has(value)) &&
          (!pattern || pattern.test(value));
        return holds !== (c.not ?? false);
      };
    }),
  }));
  if (missing.length > 0)
    throw new ColumnsMissing({ columns: missing.map((m) => String(m.facts?.['column'])) }, missing);
  return {
    field,
    has: (name) => given[name] !== undefined,
    meaning: (cells) => rules.find((rule) => rule.conditions.every((holds) => holds(cells)))?.meaning ?? GOODS,
  };
}

function readerOf(
  spec: Field | undefined,
  name: FieldName,
  indexOf: (column: string, path: string) => number,
  at: ReadonlyMap<string, number>,
  own: boolean,
): Read {
  if (spec === undefined) return () => '';
  if (typeof spec === 'string') return trimmed(indexOf(spec, name));
  const base = baseOf(spec, name, indexOf, at, own);
  const replace = (spec.replace ?? []).map(([pattern, to]) => [new RegExp(pattern, 'gu'), to] as const);
  return (cells) => {
    let value = base(cells);
    for (const [pattern, to] of replace) value = value.replaceAll(pattern, to);
    if (spec.upper) value = value.toUpperCase();
    value = spec.values?.[value] ?? value.trim();
    return value === '' ? (spec.default ?? '') : value;
  };
}

function baseOf(
  spec: Exclude<Field, string>,
  name: FieldName,
  indexOf: (column: string, path: string) => number,
  at: ReadonlyMap<string, number>,
  own: boolean,
): Read {
  if (spec.value !== undefined) return () => spec.value as string;
  if (spec.template !== undefined) {
    const parts = spec.template.split(/\{([^{}]+)\}/);
    const indexes = parts.map((part, i) => (i % 2 === 1 ? indexOf(part, name) : -1));
    return (cells) =>
      parts.map((part, i) => (i % 2 === 1 ? (cells[indexes[i] as number] ?? '').trim() : part)).join('');
  }
  if (spec.column === undefined) return () => '';
  const names = [spec.column].flat();
  const found = names.find((n) => at.has(plain(n)));
  if (found !== undefined) return trimmed(at.get(plain(found)) as number);
  if (own || REQUIRED.includes(name)) indexOf(names.join(' / '), name);
  return () => '';
}

const trimmed =
  (index: number): Read =>
  (cells) =>
    (cells[index] ?? '').trim();
