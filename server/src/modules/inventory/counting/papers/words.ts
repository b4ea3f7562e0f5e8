import type { Locale } from '#kernel/context.ts';
import { formatMoney, formatTime, t } from '#kernel/i18n/index.ts';
import type { Currency } from '#kernel/money.ts';
import type { LineView } from '../queries/lines.ts';
import type { Paper } from '../queries/papers.ts';

export type Say = (key: string, facts?: Record<string, unknown>) => string;
export const sayIn =
  (locale: Locale): Say =>
  (key, facts = {}) =>
    t(locale, `stockTake.${key}`, facts);

export const moneyOf = (locale: Locale, paper: Paper, amount: number): string =>
  formatMoney(locale, { amount: amount === 0 ? 0 : amount, currency: paper.currency as Currency });
export const timeOf = (locale: Locale, paper: Paper, at: Date | null): string =>
  at === null ? '–' : formatTime(locale, at, paper.timeZone);

/** A batch with its last day, as it stands on the goods. */
export const batchOf = (line: LineView): string =>
  [line.batch, line.expiresOn === line.batch ? null : line.expiresOn].filter((part) => part !== null).join(' · ') ||
  '–';

/** Shares of a hundred with one decimal place, rounded down: 100 % is said only of what is wholly right. */
export const shareOf = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)} %`;

/** Facts of the head of every paper, as label and text. */
export function headOf(locale: Locale, paper: Paper, say: Say): [string, string][] {
  const { take } = paper;
  return [
    [say('paper.warehouse'), paper.warehouse],
    [say('paper.kind'), say(`kind.${take.kind}`) + (take.blind ? ` · ${say('paper.blind')}` : '')],
    [say('paper.created'), `${timeOf(locale, paper, take.created_at)} ${paper.people.created}`.trim()],
    [say('paper.state'), say(`state.${take.state}`)],
  ];
}
