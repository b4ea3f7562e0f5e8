import type { z } from 'zod';
import { assert } from '#kernel/assert.ts';
import { can, type Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { todayOf } from '#kernel/org-day.ts';
import { readCode, sideOf } from '../ledger/chart.ts';
import { accountName } from '../ledger/queries.ts';
import { readBalances } from '../ledger/store.ts';
import type { DifferenceKind } from '../reconciliation/domain/difference-flow.ts';
import { plusDays } from '../settlement/domain/cycle.ts';
import type { FinanceSummary } from './schema.ts';

type Summary = z.input<typeof FinanceSummary>;
const DAYS = 30;
const ACCOUNTS_MAX = 200;
/** Accounts whose balance says what we hold or owe; income and expense are the trial balance's. */
const HELD = new Set(['bank', 'clearing', 'prepayments', 'merchants_payable', 'refunds_in_transit', 'suspense']);

/**
 * The whole of finance's first page in one answer. Money comes from the totals of days the books keep, which are few however many
 * payments there are; work lists are counted over indexes of their states.
 */
export async function financeSummary(tx: Tx, ctx: Ctx): Promise<Summary> {
  const all = ctx.actor.shops === null;
  const today = await todayOf(tx, ctx);
  const { currency } = one(
    await tx.prepared<{ currency: string }>('select currency from kernel.orgs where id = $1', [tx.orgId]),
  );
  const books = all && can(ctx, 'payments.ledger.read');
  const days = Array.from({ length: DAYS }, (_, i) => plusDays(today, i + 1 - DAYS));
  const moved = books ? await movedByDay(tx, days[0] as string, currency) : [];
  return {
    today,
    currency,
    balances: books ? await balancesOf(tx, ctx) : null,
    days: books ? days.map((day) => dayOf(day, moved)) : null,
    channels: books ? await channelsOf(tx, ctx, days, moved, currency) : null,
    differences: can(ctx, 'payments.reconciliation.read') ? await differencesByAge(tx, today) : null,
    settlements: all && can(ctx, 'payments.settlement.read') ? await settlementsOf(tx, today, currency) : null,
    refunds: all && can(ctx, 'payments.refund.read') ? await refundsOf(tx, currency) : null,
  };
}

async function balancesOf(tx: Tx, ctx: Ctx): Promise<NonNullable<Summary['balances']>> {
  const rows = await readBalances(tx, { day: null, after: null, limit: ACCOUNTS_MAX });
  return rows.flatMap((row) => {
    const found = readCode(row.code);
    assert(found !== undefined, `${row.code} is in the chart`);
    if (!HELD.has(found.kind)) return [];
    const side = sideOf(found.class);
    const more = row.debit - row.credit;
    return [
      {
        account: row.code,
        name: accountName(ctx.locale, row.code),
        kind: found.kind,
        channel: found.part,
        side,
        balance: side === 'debit' ? more : 0 - more,
        currency: row.currency,
      },
    ];
  });
}

type Moved = { account: string; day: string; debit: number; credit: number };

/** What was posted to the accounts money moves through, by day: a few rows a day and channel. */
const movedByDay = (tx: Tx, from: string, currency: string): Promise<Moved[]> =>
  tx.query<Moved>(
    `select account, day::text, sum(debit)::bigint as debit, sum(credit)::bigint as credit from ledger.day_totals
      where org_id = $1 and currency = $3 and day >= $2::date and account in (
        select code from ledger.accounts where org_id = $1 and currency = $3 and (code in ('refunds_in_transit', 'channel_fees') or starts_with(code, 'clearing.')))
      group by account, day`,
    [tx.orgId, from, currency],
  );

const isClearing = (m: Moved): boolean => m.account.startsWith('clearing.');

/** Money that arrived, what of it went back, and what channels charged, on a day. */
function dayOf(day: string, moved: readonly Moved[]): NonNullable<Summary['days']>[number] {
  const sum = (of: (m: Moved) => number): number => moved.reduce((n, m) => (m.day === day ? n + of(m) : n), 0);
  return {
    day,
    moneyIn: sum((m) => (isClearing(m) ? m.debit : 0)),
    refunds: sum((m) => (m.account === 'refunds_in_transit' ? m.debit : 0)),
    fees: sum((m) => (m.account === 'channel_fees' ? m.debit - m.credit : 0)),
  };
}

async function channelsOf(
  tx: Tx,
  ctx: Ctx,
  days: readonly string[],
  moved: readonly Moved[],
  currency: string,
): Promise<NonNullable<Summary['channels']>> {
  const opening = await readBalances(tx, { day: plusDays(days[0] as string, -1), after: null, limit: ACCOUNTS_MAX });
  const before = new Map(opening.filter((r) => r.currency === currency).map((r) => [r.code, r.debit - r.credit]));
  const codes = [...before.keys(), ...moved.map((m) => m.account)].filter((c) => c.startsWith('clearing.'));
  return [...new Set(codes)].toSorted().map((code) => {
    let balance = before.get(code) ?? 0;
    const balances = days.map((day) => {
      for (const m of moved) if (m.account === code && m.day === day) balance += m.debit - m.credit;
      return balance;
    });
    const moneyIn = days.map((day) =>
      moved.reduce((n, m) => (m.account === code && m.day === day ? n + m.debit : n), 0),
    );
    return { channel: code.slice('clearing.'.length), name: accountName(ctx.locale, code), balances, moneyIn };
  });
}

type Aged = { kind: DifferenceKind; today: number; days: number; week: number; older: number };
const differencesByAge = (tx: Tx, today: string): Promise<Aged[]> =>
  tx.query<Aged>(
    `select kind, count(*) filter (where age < 1)::int as today, count(*) filter (where age between 1 and 2)::int as days,
            count(*) filter (where age between 3 and 6)::int as week, count(*) filter (where age >= 7)::int as older
       from (select d.kind, $2::date - (d.created_at at time zone o.time_zone)::date as age from payments.bill_differences d join kernel.orgs o on o.id = d.org_id
              where d.org_id = $1 and d.state in ('open', 'proposed', 'parked')) x group by kind order by kind`,
    [tx.orgId, today],
  );

async function settlementsOf(tx: Tx, today: string, currency: string): Promise<NonNullable<Summary['settlements']>> {
  const parts = {
    draft: `state in ('draft', 'rejected')`,
    submitted: `state = 'submitted'`,
    payable: `state in ('approved', 'failed')`,
    overdue: `state in ('approved', 'failed') and due_on <= $3::date`,
    paying: `state = 'paying'`,
    failed: `state = 'failed'`,
    disputed: 'dispute is not null',
  } as const;
  const columns = Object.entries(parts).map(
    ([name, where]) =>
      `jsonb_build_object('count', count(*) filter (where ${where}), 'amount', coalesce(sum(payable) filter (where ${where}), 0)) as ${name}`,
  );
  return one(
    await tx.query<NonNullable<Summary['settlements']>>(
      `select ${columns.join(', ')} from payments.settlement_statements where org_id = $1 and currency = $2 and state in ('draft', 'rejected', 'submitted', 'approved', 'failed', 'paying')`,
      [tx.orgId, currency, today],
    ),
  );
}

async function refundsOf(tx: Tx, currency: string): Promise<NonNullable<Summary['refunds']>> {
  const rows = await tx.query<{ abnormal: boolean; count: number; amount: number }>(
    `select status = 'abnormal' as abnormal, count(*)::int as count, sum(amount)::bigint as amount from payments.refunds
      where org_id = $1 and status in ('requested', 'processing', 'abnormal') and currency = $2 group by 1`,
    [tx.orgId, currency],
  );
  const of = (abnormal: boolean) => {
    const row = rows.find((r) => r.abnormal === abnormal);
    return { count: row?.count ?? 0, amount: row?.amount ?? 0 };
  };
  return { abnormal: of(true), processing: of(false) };
}
