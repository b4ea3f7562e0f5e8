import type { Ctx } from '#kernel/context.ts';
import { type Db, maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { ChannelAccountNotFound } from '../errors.ts';
import { NOBODY } from '../store/callbacks.ts';
import type { FeeFormula } from './domain/fee.ts';

/** A certificate the channel handed out; `until` is when it ends, ISO. */
export type PeerKey = { serial: string; pem: string; until: string };
type SealedSecret = { sealed: string; at: string };

export type AccountRow = {
  id: string;
  channel: string;
  name: string;
  enabled: boolean;
  shops: string[] | null;
  config: Record<string, unknown>;
  secrets: Record<string, SealedSecret>;
  peer_keys: PeerKey[];
  amount_min: number | null;
  amount_max: number | null;
  day_max: number | null;
  fee_rate: number | null;
  fee_fixed: number;
  fee_floor: number;
  fee_cap: number | null;
  created_at: Date;
  updated_at: Date;
  version: number;
};

const COLUMNS = `id, channel, name, enabled, shops, config, secrets, peer_keys, amount_min, amount_max, day_max, fee_rate, fee_fixed, fee_floor, fee_cap,
  created_at, updated_at, version`;

/** The fee agreed on; undefined while none is. */
export const formulaOf = (row: AccountRow | undefined): FeeFormula | undefined =>
  row === undefined || row.fee_rate === null
    ? undefined
    : { rateMillionths: row.fee_rate, fixedFen: row.fee_fixed, floorFen: row.fee_floor, capFen: row.fee_cap };

export async function listAccounts(tx: Tx): Promise<AccountRow[]> {
  return tx.query<AccountRow>(
    `select ${COLUMNS} from payments.channel_accounts where org_id = $1 order by created_at, id limit 50`,
    [tx.orgId],
  );
}

/** The organisation's account at a channel. */
export async function accountOf(tx: Tx, channel: string): Promise<AccountRow | undefined> {
  return maybeOne(
    await tx.prepared<AccountRow>(
      `select ${COLUMNS} from payments.channel_accounts where org_id = $1 and channel = $2`,
      [tx.orgId, channel],
    ),
  );
}

export async function getAccount(tx: Tx, id: string, lock = false): Promise<AccountRow> {
  const row = maybeOne(
    await tx.query<AccountRow>(
      `select ${COLUMNS} from payments.channel_accounts where org_id = $1 and id = $2${lock ? ' for update' : ''}`,
      [tx.orgId, id],
    ),
  );
  if (!row) throw new ChannelAccountNotFound({ accountId: id });
  return row;
}

const VALUES = [
  'name',
  'enabled',
  'shops',
  'config',
  'secrets',
  'peer_keys',
  'amount_min',
  'amount_max',
  'day_max',
  'fee_rate',
  'fee_fixed',
  'fee_floor',
  'fee_cap',
] as const;
const JSON_VALUES: ReadonlySet<string> = new Set(['config', 'secrets', 'peer_keys']);
const valuesOf = (row: AccountRow): unknown[] =>
  VALUES.map((name) => (JSON_VALUES.has(name) ? JSON.stringify(row[name]) : row[name]));

export async function insertAccount(tx: Tx, ctx: Ctx, row: AccountRow, locators: readonly string[]): Promise<void> {
  await tx.query(
    `insert into payments.channel_accounts (org_id, id, channel, created_at, updated_at, locators, ${VALUES.join(', ')})
     values ($1, $2, $3, $4, $4, $5, ${VALUES.map((_, i) => `$${i + 6}`).join(', ')})`,
    [tx.orgId, row.id, row.channel, ctx.now, locators, ...valuesOf(row)],
  );
}

export async function saveAccount(tx: Tx, ctx: Ctx, row: AccountRow, locators: readonly string[]): Promise<AccountRow> {
  return one(
    await tx.query<AccountRow>(
      `update payments.channel_accounts set updated_at = $3, version = version + 1, locators = $4, ${VALUES.map((name, i) => `${name} = $${i + 5}`).join(', ')}
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, ctx.now, locators, ...valuesOf(row)],
    ),
  );
}

/** What was asked for through a channel since a moment, without what came to nothing. Minor units. */
export async function askedSince(tx: Tx, channel: string, since: Date): Promise<number> {
  return one(
    await tx.query<{ sum: number }>(
      `select coalesce(sum(amount), 0)::bigint as sum from payments.payments
        where org_id = $1 and channel = $2 and created_at >= $3 and status in ('pending', 'succeeded')`,
      [tx.orgId, channel, since],
    ),
  ).sum;
}

export type AccountPlace = { orgId: string; accountId: string };

/** The account a callback's address names. */
export async function locateAccount(db: Db, channel: string, accountId: string): Promise<AccountPlace | undefined> {
  return (await located(db, 'select org_id, id from payments.locate_account($1, $2)', [channel, accountId]))[0];
}

/** Accounts a callback may be for that names none: those that hold its key, or have its application. At most 50. */
export const locateAccounts = (db: Db, channel: string, locator: string): Promise<AccountPlace[]> =>
  located(db, 'select org_id, id from payments.locate_accounts($1, $2)', [channel, locator]);

async function located(db: Db, sql: string, params: unknown[]): Promise<AccountPlace[]> {
  const rows = await db.read({ orgId: NOBODY }, (tx) => tx.query<{ org_id: string; id: string }>(sql, params));
  return rows.map((row) => ({ orgId: row.org_id, accountId: row.id }));
}
