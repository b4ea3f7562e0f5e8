import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx, Locale } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { hasText, t } from '#kernel/i18n/index.ts';
import { todayOf } from '#kernel/org-day.ts';
import { assert } from '#kernel/assert.ts';
import { AccountNotFound, EntryNotFound } from '../errors.ts';
import { readCode, sideOf } from './chart.ts';
import type {
  LedgerAccountView,
  LedgerEntryView,
  LedgerPostingView,
  ListAccounts,
  ListPostings,
  ReadTrialBalance,
  TrialBalanceView,
} from './schema.ts';
import {
  balanceAfter,
  type BalanceRow,
  type CauseRow,
  findEntry,
  isAccount,
  listPostings as readPostings,
  type PostingRow,
  readBalances,
} from './store.ts';

/** Accounts are few: those of the chart, for each channel and currency. */
const ACCOUNTS_MAX = 1_000;

/** The books are the whole organisation's: who sees only some shops sees none of them. */
function seeBooks(ctx: Ctx): void {
  if (ctx.actor.shops !== null) throw new Forbidden({ scope: 'shops' });
}

/** What an account is called: a channel's by the channel. */
export function accountName(locale: Locale, code: string): string {
  const found = readCode(code);
  if (!found) return code;
  const channel = found.part ?? '';
  const key = `ledger.channel.${channel}`;
  return t(locale, `ledger.account.${found.kind}`, { channel: hasText(locale, key) ? t(locale, key) : channel });
}

function presentAccount(ctx: Ctx, row: Pick<BalanceRow, 'code' | 'currency' | 'debit' | 'credit'>) {
  const found = readCode(row.code);
  assert(found !== undefined, `${row.code} is in the chart`);
  const side = sideOf(found.class);
  return {
    code: row.code,
    number: found.number,
    name: accountName(ctx.locale, row.code),
    class: found.class,
    side,
    currency: row.currency,
    debit: row.debit,
    credit: row.credit,
    balance: side === 'debit' ? row.debit - row.credit : row.credit - row.debit,
  };
}

/** Both sides of every account up to the end of a day; today when none is named. */
export async function showTrialBalance(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ReadTrialBalance>,
): Promise<z.input<typeof TrialBalanceView>> {
  seeBooks(ctx);
  const at = input.at ?? (await todayOf(tx, ctx));
  const rows = await readBalances(tx, { day: at, after: null, limit: ACCOUNTS_MAX + 1 });
  assert(rows.length <= ACCOUNTS_MAX, 'the accounts of the books can be shown at once');
  const totals = totalsOf(rows);
  return {
    at,
    balanced: totals.every((total) => total.debit === total.credit),
    totals,
    accounts: rows
      .map((row) => presentAccount(ctx, row))
      .toSorted((a, b) => a.number.localeCompare(b.number) || a.code.localeCompare(b.code)),
  };
}

/** Both sides of everything, by currency. */
function totalsOf(rows: readonly BalanceRow[]): { currency: string; debit: number; credit: number }[] {
  const byCurrency = new Map<string, { currency: string; debit: number; credit: number }>();
  for (const { currency, debit, credit } of rows) {
    const total = byCurrency.get(currency) ?? { currency, debit: 0, credit: 0 };
    byCurrency.set(currency, { currency, debit: total.debit + debit, credit: total.credit + credit });
  }
  return [...byCurrency.values()].toSorted((a, b) => a.currency.localeCompare(b.currency));
}

const BY_CODE = 'code';

export async function listAccounts(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListAccounts>,
): Promise<Page<z.input<typeof LedgerAccountView>>> {
  seeBooks(ctx);
  const after = input.cursor === undefined ? null : decodeCursor(BY_CODE, input.cursor, 2).map(String);
  const rows = await readBalances(tx, { day: null, after: after as [string, string] | null, limit: input.limit + 1 });
  return pageOf(
    rows,
    input.limit,
    BY_CODE,
    (r) => [r.code, r.currency],
    (r) => ({ ...presentAccount(ctx, r), openedAt: r.opened_at.toISOString() }),
  );
}

const presentCause = (row: CauseRow) => ({
  kind: row.kind,
  subject: row.subject,
  subjectNo: row.subject_no,
  about: row.about,
  aboutNo: row.about_no,
  aboutKind: row.about_kind ?? 'order',
  at: row.at.toISOString(),
});

const NEWEST = '-at';

/** The postings of an account, newest first, each with the balance after it. @throws AccountNotFound. */
export async function listPostings(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListPostings>,
): Promise<Page<z.input<typeof LedgerPostingView>>> {
  seeBooks(ctx);
  const { code, currency, from, to, limit, cursor } = input;
  const found = readCode(code);
  if (!found || !(await isAccount(tx, code))) throw new AccountNotFound({ account: code });
  const before = cursor === undefined ? null : (decodeCursor(NEWEST, cursor, 3) as [number, string, number]);
  const rows = await readPostings(tx, { code, currency, from, to, before, limit: limit + 1 });
  const sign = sideOf(found.class) === 'debit' ? 1 : -1;
  const balances = await balancesOf(tx, code, rows.slice(0, limit));
  return pageOf(
    rows,
    limit,
    NEWEST,
    (r) => [r.at.getTime(), r.entry_id, r.line],
    (r) => ({
      id: keyOf(r),
      entryId: r.entry_id,
      ...presentCause(r),
      currency: r.currency,
      debit: r.debit,
      credit: r.credit,
      shopId: r.shop_id,
      balance: sign * (balances.get(keyOf(r)) ?? 0),
    }),
  );
}

const keyOf = (row: PostingRow): string => `${row.entry_id}/${row.line}`;

/** From the newest posting of each currency down: the balance before one is the balance after the next older. */
async function balancesOf(tx: Tx, code: string, rows: readonly PostingRow[]): Promise<Map<string, number>> {
  const running = new Map<string, number>();
  const after = new Map<string, number>();
  for (const row of rows) {
    const balance = running.get(row.currency) ?? (await balanceAfter(tx, code, row));
    after.set(keyOf(row), balance);
    running.set(row.currency, balance - row.debit + row.credit);
  }
  return after;
}

/** One entry with both its sides and what caused it. @throws EntryNotFound. */
export async function showEntry(
  tx: Tx,
  ctx: Ctx,
  input: { entryId: string },
): Promise<z.input<typeof LedgerEntryView>> {
  seeBooks(ctx);
  const row = await findEntry(tx, input.entryId);
  if (!row) throw new EntryNotFound({ entryId: input.entryId });
  const names = await actorNames(tx, [row.actor]);
  return {
    id: row.id,
    ...presentCause(row),
    paymentId: row.payment_id,
    day: row.day,
    bookedAt: row.booked_at.toISOString(),
    actor: names.get(row.actor) ?? row.actor,
    reverses: row.reverses,
    reversedBy: row.reversed_by,
    lines: row.lines.map((l) => ({
      account: l.account,
      number: readCode(l.account)?.number ?? '',
      name: accountName(ctx.locale, l.account),
      currency: l.currency,
      debit: l.debit ?? 0,
      credit: l.credit ?? 0,
      shopId: l.shopId ?? null,
    })),
  };
}
