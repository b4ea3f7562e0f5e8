import type { z } from 'zod';
import { can, type Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskName } from '#kernel/crypto/index.ts';
import { actorNames } from '#kernel/actors.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { DAY_MS, fromZoned } from '#kernel/time.ts';
import { runOf } from './domain/run-of.ts';
import { type Party, partyOf } from './party.ts';
import type * as schema from './schema.ts';
import type { BankAccountRow } from './store/accounts.ts';
import { unseenEntries, unseenSums } from './store/entries.ts';
import { getLine, leftOf, type LineFilter, type LineRow, listLines, sumLines } from './store/lines.ts';
import { type MatchRow, matchesOf, outstandingBills, outstandingCollections } from './store/matches.ts';
import { abnormalRefunds, billedChannels, openTransfers } from './store/suggest.ts';

export const BANK_READ = 'payments.bank.read';
export const BANK_WRITE = 'payments.bank.write';
const [BY_TIME, BY_ID] = ['time', 'id'];
const UNSEEN_SHOWN = 50;

export const presentAccount = (ctx: Ctx, row: BankAccountRow): schema.BankAccountView => ({
  id: row.id,
  code: row.code,
  name: row.name,
  bank: row.bank,
  accountNo: row.account_no,
  currency: row.currency as schema.BankAccountView['currency'],
  takesTransfers: row.takes_transfers,
  enabled: row.enabled,
  version: row.version,
  may: can(ctx, BANK_WRITE) ? ['change'] : [],
});

/** The other side with its number's last digits; the number of an account alone says nothing about whose it is. */
function masked(party: Party): string {
  const tail = party.account === '' ? '' : `**${party.account.slice(-4)}`;
  return [party.name === '' ? '' : maskName(party.name), tail].filter((text) => text !== '').join(' ');
}

const stateOf = (row: LineRow): (typeof schema.LINE_STATES)[number] =>
  row.ignored ? 'ignored' : leftOf(row) > 0 ? 'open' : 'matched';

function summary(ctx: Ctx, row: LineRow): schema.BankLineSummary {
  const state = stateOf(row);
  const may = state === 'open' ? ['match', ...(row.matched_amount === 0 ? ['ignore'] : [])] : [];
  if (state === 'ignored') may.push('unignore');
  return {
    id: row.id,
    account: row.account_code,
    at: row.at.toISOString(),
    amount: row.amount,
    currency: row.currency,
    balance: row.balance,
    ref: row.ref,
    remark: row.remark,
    party: masked(partyOf(ctx.orgId, row)),
    state,
    left: row.ignored ? 0 : leftOf(row),
    may: can(ctx, BANK_WRITE) ? may : [],
  };
}

const presentMatch = (ctx: Ctx, row: MatchRow, names: ReadonlyMap<string, string>): schema.MatchView => ({
  id: row.id,
  kind: row.kind,
  amount: row.amount,
  fee: row.fee,
  paymentId: row.payment_id,
  refundId: row.refund_id,
  entryId: row.entry_id,
  channel: row.channel,
  account: row.account,
  note: row.note,
  by: names.get(row.created_by) ?? row.created_by,
  at: row.created_at.toISOString(),
  undoneBy: row.undone_by === null ? null : (names.get(row.undone_by) ?? row.undone_by),
  undoneAt: row.undone_at?.toISOString() ?? null,
  may: row.undone_at === null && row.kind !== 'refund' && can(ctx, BANK_WRITE) ? ['undo'] : [],
});

async function filterOf(tx: Tx, input: z.output<typeof schema.SumBankLines>): Promise<LineFilter> {
  const zone = await zoneOfOrg(tx);
  const startOf = (day: string): Date => {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number];
    return fromZoned({ year, month, day: date }, zone);
  };
  const { account, state, side, q, amount, from, to } = input;
  return {
    account,
    state,
    side,
    q,
    amount,
    ...(from === undefined ? {} : { from: startOf(from) }),
    ...(to === undefined ? {} : { to: new Date(startOf(to).getTime() + DAY_MS) }),
  };
}

export async function pageOfLines(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ListBankLines>,
): Promise<Page<schema.BankLineSummary>> {
  await fieldCrypto.load(ctx.orgId);
  const before =
    input.cursor === undefined ? undefined : (decodeCursor(BY_TIME as string, input.cursor, 2) as [string, string]);
  const rows = await listLines(tx, { ...(await filterOf(tx, input)), before, limit: input.limit + 1 });
  return pageOf(
    rows,
    input.limit,
    BY_TIME as string,
    (r) => [r.at.toISOString(), r.id],
    (r) => summary(ctx, r),
  );
}

export async function showSums(
  tx: Tx,
  _ctx: Ctx,
  input: z.output<typeof schema.SumBankLines>,
): Promise<z.input<typeof schema.BankLineSums>> {
  const items = (await sumLines(tx, await filterOf(tx, input))) as z.input<typeof schema.BankLineSums>['items'];
  const unseen = await unseenEntries(tx, { limit: UNSEEN_SHOWN });
  return {
    items,
    unseen: {
      ...(await unseenSums(tx)),
      items: unseen.map((e) => ({
        id: e.id,
        kind: e.kind,
        at: e.at.toISOString(),
        amount: e.amount,
        currency: e.currency,
      })),
    },
  };
}

export async function showLine(tx: Tx, ctx: Ctx, input: { lineId: string }): Promise<schema.BankLineView> {
  await fieldCrypto.load(ctx.orgId);
  const row = await getLine(tx, input.lineId);
  const matches = await matchesOf(tx, [row.id]);
  const names = await actorNames(
    tx,
    matches.flatMap((m) => [m.created_by, ...(m.undone_by === null ? [] : [m.undone_by])]),
  );
  const open = stateOf(row) === 'open';
  return {
    ...summary(ctx, row),
    matches: matches.map((m) => presentMatch(ctx, m, names)),
    suggestions: open ? await suggestionsFor(tx, row) : { payments: [], settlements: [], refunds: [], entries: [] },
  };
}

async function suggestionsFor(tx: Tx, row: LineRow): Promise<schema.BankLineView['suggestions']> {
  const left = leftOf(row);
  const entries = (
    await unseenEntries(tx, { amount: row.amount > 0 ? left : -left, currency: row.currency, limit: 5 })
  ).map((e) => ({ id: e.id, kind: e.kind, at: e.at.toISOString(), amount: e.amount }));
  if (row.amount < 0)
    return { payments: [], settlements: [], refunds: await abnormalRefunds(tx, left, row.currency), entries };
  const settlements: schema.BankLineView['suggestions']['settlements'] = [];
  for (const channel of await billedChannels(tx)) {
    const bills = runOf(await outstandingBills(tx, channel), left);
    if (bills) settlements.push({ channel, bills });
  }
  const payments = await openTransfers(tx, { amount: left, currency: row.currency, remark: row.remark });
  return { payments, settlements, refunds: [], entries };
}

/** What a channel or the couriers have not paid out yet, oldest first. */
export async function pageOfOutstanding(
  tx: Tx,
  _ctx: Ctx,
  input: z.output<typeof schema.ListOutstanding>,
): Promise<z.input<typeof schema.OutstandingList>> {
  if (input.channel !== 'cod') return { items: await outstandingBills(tx, input.channel), nextCursor: null };
  const after = input.cursor === undefined ? undefined : String(decodeCursor(BY_ID as string, input.cursor, 1)[0]);
  const rows = await outstandingCollections(tx, after, input.limit + 1);
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > input.limit && last ? encodeCursor(BY_ID as string, [last.id]) : null };
}
