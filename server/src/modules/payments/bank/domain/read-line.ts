import type { Party } from '../party.ts';
import { type Currency, CURRENCIES, parseMinor } from '#kernel/money.ts';
import { fromZoned } from '#kernel/time.ts';
import type { Header, Reject, TableRow } from '#kernel/transfers/index.ts';

/** One movement as a statement tells it. `amount` in minor units: in is more than nothing, out is less. */
export type BankLine = {
  line: number;
  at: Date;
  amount: number;
  currency: string;
  balance: number | null;
  ref: string;
  remark: string;
  party: Party;
};

const OUT = new Set(['借', 'd', 'debit', '支', '支出', '付', '转出', '出账']);
const IN = new Set(['贷', 'c', 'credit', '收', '收入', '转入', '入账']);
const NAMES: Readonly<Record<string, string>> = {
  人民币: 'CNY',
  人民币元: 'CNY',
  RMB: 'CNY',
  美元: 'USD',
  港币: 'HKD',
};

const TOTAL = /^\s*(合计|总计|小计|本页|期初|期末|total)/i;

/** Text of a cell as banks write it: back-ticks, tabs and quotes that keep a spreadsheet from reading it as a number. */
const clean = (text: string): string => text.replaceAll(/^[\s`'"=]+|[\s"]+$/g, '').trim();

const minor = (text: string, currency: Currency): number | undefined =>
  parseMinor(text.replaceAll(/[,，￥¥\s]/g, ''), currency);

/** A moment of the account's place, from a day with or without its time in the forms banks use. Undefined when it is none. */
export function readMoment(text: string, clock: string, timeZone: string): Date | undefined {
  const found = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T]*(\d{1,2}):?(\d{2})(?::?(\d{2}))?)?/.exec(
    `${text} ${clock}`.trim(),
  );
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1).map((n) => Number(n ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const real = new Date(Date.UTC(year, month - 1, day));
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return fromZoned({ year, month, day, hour, minute, second }, timeZone);
}

/**
 * Reads a row; a row without any amount, or of a total, is none. Returns what is wrong of it otherwise, at its
 * column.
 */
export function readLine(
  row: TableRow,
  header: Header,
  account: { currency: string; timeZone: string },
): BankLine | Reject[] | undefined {
  const cell = (name: string): string => clean(row.cells[header[name] ?? -1] ?? '');
  const wrong = (path: string, code: string): Reject[] => [{ line: row.line, path, code }];
  const stated = cell('currency');
  const currency = stated === '' ? account.currency : (NAMES[stated] ?? stated.toUpperCase());
  if (currency !== account.currency || !(CURRENCIES as readonly string[]).includes(currency))
    return wrong('currency', 'wrong_currency');
  const amount = amountOf(cell, currency as Currency);
  if (amount === undefined || TOTAL.test(cell('at')) || TOTAL.test(row.cells[0] ?? '')) return undefined;
  if (typeof amount === 'string') return wrong(amount, 'invalid_amount');
  const at = readMoment(cell('at'), cell('clock'), account.timeZone);
  if (!at) return wrong('at', 'invalid_date');
  const balance = cell('balance');
  return {
    line: row.line,
    at,
    amount,
    currency,
    balance: balance === '' ? null : (minor(balance, currency as Currency) ?? null),
    ref: cell('ref').slice(0, 100),
    remark: [cell('remark'), cell('summary')]
      .filter((text) => text !== '')
      .join(' ')
      .slice(0, 500),
    party: {
      name: cell('party').slice(0, 200),
      account: cell('party_account').slice(0, 60),
      bank: cell('party_bank').slice(0, 200),
    },
  };
}

/** Signed; the name of the column that cannot be read; undefined where the row moves nothing. */
function amountOf(cell: (name: string) => string, currency: Currency): number | string | undefined {
  const [income, outgo, amount] = [cell('income'), cell('outgo'), cell('amount')];
  const empty = (text: string): boolean => text === '' || /^[-0.,\s]*$/.test(text);
  if (!empty(income)) return minor(income, currency) ?? 'income';
  if (!empty(outgo)) {
    const out = minor(outgo, currency);
    return out === undefined ? 'outgo' : -Math.abs(out);
  }
  if (empty(amount)) return undefined;
  const moved = minor(amount, currency);
  if (moved === undefined) return 'amount';
  const side = cell('side').toLowerCase();
  if (OUT.has(side)) return -Math.abs(moved);
  return IN.has(side) || side === '' ? moved : 'side';
}
