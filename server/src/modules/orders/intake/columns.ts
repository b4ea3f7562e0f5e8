/** Columns of an order in the sequence in which `orders.intake` unpacks them. */
export const ORDER_COLUMNS = [
  'i',
  'id',
  'no',
  'shop',
  'ext',
  'ch',
  'mk',
  'cid',
  'cext',
  'cp',
  'cph',
  'cnm',
  'clv',
  'st',
  'pm',
  'cur',
  'g',
  'd',
  'f',
  't',
  'n',
  'u',
  'h',
  'rg',
  'p',
  'ph',
  'nm',
  'gh',
  'pl',
  'pb',
  'cb',
  'ps',
  'ik',
  'ih',
  'rt',
  'resp',
  'rq',
  'ca',
  'ai',
  'di',
  'tg',
  'dp',
  'bf',
  'bt',
  'snap',
  'wr',
] as const;

/** Columns of a line, likewise. */
export const LINE_COLUMNS = [
  'o',
  'n',
  'id',
  'sku',
  'code',
  'ti',
  'pr',
  'lp',
  'q',
  'ds',
  'w',
  'ro',
  'tk',
  'k',
  'dd',
  'ns',
] as const;

const APART = '\u001f';

/** Rows turned on their side: one text per column, its values set apart by U+001F, nothing for null. */
export class Columns {
  readonly #names: readonly string[];
  readonly #columns: string[][];
  constructor(names: readonly string[]) {
    this.#names = names;
    this.#columns = names.map(() => []);
  }

  add(row: Readonly<Record<string, unknown>>): void {
    for (let i = 0; i < this.#names.length; i += 1) this.#columns[i]?.push(textOf(row[this.#names[i] as string]));
  }

  values(): string[] {
    return this.#columns.map((c) => c.join(APART));
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value.includes(APART) ? value.replaceAll(APART, ' ') : value;
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join(',') : String(value as number | boolean);
}
