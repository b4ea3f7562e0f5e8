import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { BankLineNotFound } from '../../errors.ts';

export type LineRow = {
  id: string;
  account_id: string;
  account_code: string;
  at: Date;
  amount: number;
  currency: string;
  balance: number | null;
  ref: string;
  remark: string;
  party: Buffer | null;
  matched_amount: number;
  ignored: boolean;
  version: number;
};

const COLUMNS = `l.id, l.account_id, a.code as account_code, l.at, l.amount, l.currency, l.balance, l.ref, l.remark, l.party, l.matched_amount, l.ignored, l.version`;
const FROM = `payments.bank_lines l join payments.bank_accounts a on a.org_id = l.org_id and a.id = l.account_id`;

/** What of a line is not explained yet, in minor units; a line is open while it is more than nothing. */
export const leftOf = (row: LineRow): number => Math.abs(row.amount) - row.matched_amount;

export async function getLine(tx: Tx, id: string, lock: '' | 'for update of l' = ''): Promise<LineRow> {
  const row = maybeOne(
    await tx.query<LineRow>(`select ${COLUMNS} from ${FROM} where l.org_id = $1 and l.id = $2 ${lock}`, [tx.orgId, id]),
  );
  if (!row) throw new BankLineNotFound({ lineId: id });
  return row;
}

/** After the order, the payment and the refund it is about. */
export const lockLine = (tx: Tx, id: string): Promise<LineRow> => getLine(tx, id, 'for update of l');

export type NewLine = {
  id: string;
  line: number;
  at: Date;
  amount: number;
  currency: string;
  balance: number | null;
  ref: string;
  remark: string;
  party: string | null;
  fingerprint: string;
};

/** Takes in what is not there yet; answers how many were new. */
export async function insertLines(
  tx: Tx,
  ctx: Ctx,
  of: { accountId: string; transferId: string },
  lines: readonly NewLine[],
): Promise<number> {
  const rows = await tx.query(
    `insert into payments.bank_lines (org_id, id, account_id, transfer_id, line, at, amount, currency, balance, ref, remark, party, fingerprint, created_at)
     select $1, id, $2, $3, line, at, amount, currency, balance, ref, remark, decode(party, 'base64'), decode(fingerprint, 'hex'), $4
       from jsonb_to_recordset($5) x (id uuid, line integer, at timestamptz, amount bigint, currency text, balance bigint, ref text, remark text, party text, fingerprint text)
     on conflict (org_id, account_id, fingerprint) do nothing returning 1`,
    [tx.orgId, of.accountId, of.transferId, ctx.now, JSON.stringify(lines)],
  );
  return rows.length;
}

export async function moveMatched(tx: Tx, lineId: string, by: number): Promise<void> {
  await tx.query(
    'update payments.bank_lines set matched_amount = matched_amount + $3, version = version + 1 where org_id = $1 and id = $2',
    [tx.orgId, lineId, by],
  );
}

export async function setIgnored(tx: Tx, lineId: string, ignored: boolean): Promise<void> {
  await tx.query('update payments.bank_lines set ignored = $3, version = version + 1 where org_id = $1 and id = $2', [
    tx.orgId,
    lineId,
    ignored,
  ]);
}

export type LineFilter = {
  account?: string | undefined;
  state?: 'open' | 'matched' | 'ignored' | undefined;
  side?: 'in' | 'out' | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  q?: string | undefined;
  amount?: number | undefined;
};

const WHERE = `l.org_id = $1 and ($2::text is null or a.code = $2)
  and ($3::text is null or ($3 = 'open' and not l.ignored and l.matched_amount < abs(l.amount)) or ($3 = 'matched' and l.matched_amount = abs(l.amount)) or ($3 = 'ignored' and l.ignored))
  and ($4::text is null or ($4 = 'in' and l.amount > 0) or ($4 = 'out' and l.amount < 0)) and ($5::timestamptz is null or l.at >= $5) and ($6::timestamptz is null or l.at < $6)
  and ($7::text is null or l.ref = $7 or position(upper($7) in upper(l.remark)) > 0) and ($8::bigint is null or abs(l.amount) = $8)`;
const params = (tx: Tx, f: LineFilter): unknown[] => [
  tx.orgId,
  f.account ?? null,
  f.state ?? null,
  f.side ?? null,
  f.from ?? null,
  f.to ?? null,
  f.q ?? null,
  f.amount ?? null,
];

export async function listLines(
  tx: Tx,
  filter: LineFilter & { before?: readonly [string, string] | undefined; limit: number },
): Promise<LineRow[]> {
  return tx.query<LineRow>(
    `select ${COLUMNS} from ${FROM} where ${WHERE} and ($9::timestamptz is null or (l.at, l.id) < ($9, $10::uuid)) order by l.at desc, l.id desc limit $11`,
    [...params(tx, filter), filter.before?.[0] ?? null, filter.before?.[1] ?? null, filter.limit],
  );
}

export type LineSums = { state: string; side: string; lines: number; amount: number; left: number };

/** How many lines and how much, by state and side. */
export const sumLines = (tx: Tx, filter: LineFilter): Promise<LineSums[]> =>
  tx.query<LineSums>(
    `select case when l.ignored then 'ignored' when l.matched_amount < abs(l.amount) then 'open' else 'matched' end as state, case when l.amount > 0 then 'in' else 'out' end as side,
            count(*)::integer as lines, sum(abs(l.amount))::bigint as amount, sum(abs(l.amount) - l.matched_amount)::bigint as left
       from ${FROM} where ${WHERE} group by 1, 2 order by 1, 2`,
    params(tx, filter),
  );

/** Transfers that name an open payment, or its order, and are of its amount. The newest attempt of an order is taken. */
export async function namedPayments(tx: Tx, limit: number): Promise<{ line_id: string; payment_id: string }[]> {
  return tx.query(
    `select distinct on (l.id) l.id as line_id, p.id as payment_id from payments.bank_lines l
       join payments.payments p on p.org_id = l.org_id and p.channel = 'bank_transfer' and p.status = 'pending' and p.currency = l.currency and p.amount = l.amount - l.matched_amount
        and replace(upper(l.remark), ' ', '') ~ ('(^|[^A-Z0-9])(' || p.no || '|' || regexp_replace(upper(p.subject_no), '([^A-Z0-9])', '\\\\\\1', 'g') || ')($|[^A-Z0-9])')
      where l.org_id = $1 and not l.ignored and l.matched_amount < abs(l.amount) and l.amount > 0 order by l.id, p.id desc limit $2`,
    [tx.orgId, limit],
  );
}
