import { BillInconsistent, BillLineUnreadable } from '../../errors.ts';
import { DIGITS, parseDecimal, UNITS_PER_FEN } from './decimal.ts';

export const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND', 'FUND', 'TRADE', 'SIGNCUSTOMER'] as const;
export type BillType = (typeof BILL_TYPES)[number];
/** `trade`: what was paid and refunded. `fund`: what moved on the account at the channel. */
export type Family = 'trade' | 'fund';

export type LineKind = 'payment' | 'refund' | 'other';
export type LineStatus = 'success' | 'processing' | 'failed';

/** One line of a bill, whatever the channel. Amounts are fen; `other` is money that is neither a payment nor a refund. */
export type BillLine = {
  readonly line: number;
  readonly kind: LineKind;
  readonly txn: string;
  readonly merchantNo: string;
  readonly refundTxn: string;
  readonly refundNo: string;
  /** Never negative, but for `other`. */
  readonly amount: number;
  /** What the channel took; negative when it gave it back. */
  readonly fee: number;
  /** The rate the line states, in millionths. */
  readonly rate: number | null;
  readonly status: LineStatus;
  readonly currency: string;
  /** Wall clock of China: YYYY-MM-DD HH:MM:SS. */
  readonly at: string;
};

export type Stated = { readonly name: string; readonly value: number; readonly is: 'count' | 'sum' };

/** What a member of a bill turned out to be, filled in while it is read. */
export type Member = {
  readonly form: string;
  readonly type: BillType;
  readonly family: Family;
  /** The merchant the file names, once it has. */
  merchant: string;
  /** A line; undefined for what belongs to the frame of the file. */
  push(text: string, line: number): BillLine | undefined;
  /** What the summary says; empty when there was none. */
  stated(): readonly Stated[];
  /** Whether the file came to its end. */
  complete(): boolean;
  /** What the lines add up to, by the names of the summary. */
  counted(): ReadonlyMap<string, number>;
};

export const unreadable = (line: number, column: string) => new BillLineUnreadable({ line, column });
export const inconsistent = (what: string, stated: string | number, counted: string | number) =>
  new BillInconsistent({ what, stated, counted });

const TEXT_MAX = 64;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const ROUNDED = /^\d(?:\.\d+)?E\+\d+$/i; // what a spreadsheet makes of a long number when it is saved

/** A number or code of a line. @throws BillLineUnreadable */
export function code(text: string, line: number, column: string): string {
  if (text.length > TEXT_MAX || CONTROL.test(text) || ROUNDED.test(text)) throw unreadable(line, column);
  return text === '0' ? '' : text;
}

/** Yuan in units; nothing is nought. @throws BillLineUnreadable */
export function units(text: string, line: number, column: string): number {
  if (text === '' || text === '0.00' || text === '0') return 0;
  const value = parseDecimal(text, DIGITS);
  if (value === undefined) throw unreadable(line, column);
  return value;
}

/** Units that are an amount: whole fen, not negative. @throws BillLineUnreadable */
export function fenOf(value: number, line: number, column: string): number {
  if (value < 0 || value % UNITS_PER_FEN !== 0) throw unreadable(line, column);
  return value / UNITS_PER_FEN;
}

const DAY = /^(\d{4})[-/](\d{2})[-/](\d{2})$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const days = new Map<string, string | undefined>();
const DAYS_KNOWN_MAX = 4_000;

/** The day of a text, with dashes; undefined when the calendar has no such day. */
export function dayOf(text: string): string | undefined {
  if (days.has(text)) return days.get(text);
  const match = DAY.exec(text);
  let found: string | undefined;
  if (match) {
    const iso = `${match[1]}-${match[2]}-${match[3]}`;
    const ms = Date.parse(`${iso}T00:00:00Z`);
    if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso)) found = iso;
  }
  if (days.size >= DAYS_KNOWN_MAX) days.clear();
  days.set(text, found);
  return found;
}

/** A moment of a line. @throws BillLineUnreadable */
export function moment(text: string, line: number, column: string): string {
  const day = text.length === 19 ? dayOf(text.slice(0, 10)) : undefined;
  if (day === undefined || text[10] !== ' ' || !TIME.test(text.slice(11))) throw unreadable(line, column);
  return `${day} ${text.slice(11)}`;
}
