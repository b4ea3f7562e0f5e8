import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import type { ExceptionKind, ExceptionState } from '../domain/flow.ts';
import { ExceptionNotFound } from '../errors.ts';

export type Option = { kind: 'substitute'; sku: string } | { kind: 'wait'; expectedAt: string } | { kind: 'refund' };
export type Answer = { kind: Option['kind']; sku?: string | undefined; expectedAt?: string | undefined };

export type ExceptionRow = {
  id: string;
  no: string;
  order_id: string;
  line_id: string | null;
  kind: ExceptionKind;
  state: ExceptionState;
  shop_id: string;
  sku_id: string | null;
  vip: boolean;
  units: number;
  note: string;
  opened_at: Date;
  opened_by: string;
  due_at: Date;
  owner_id: string | null;
  options: Option[];
  offer_hash: Buffer | null;
  offered_at: Date | null;
  offer_expires_at: Date | null;
  answer: Answer | null;
  answered_at: Date | null;
  answered_by: 'customer' | 'staff' | null;
  promised_at: Date | null;
  contacts: number;
  next_contact_at: Date | null;
  resolution: string | null;
  resolved_at: Date | null;
  compensated_at: Date | null;
  compensated_points: number | null;
  version: number;
};
export const EXCEPTION_COLUMNS = `id, no, order_id, line_id, kind, state, shop_id, sku_id, vip, units, note, opened_at, opened_by, due_at, owner_id, options, offer_hash, offered_at,
  offer_expires_at, answer, answered_at, answered_by, promised_at, contacts, next_contact_at, resolution, resolved_at, compensated_at, compensated_points, version`;

const SELECT = `select ${EXCEPTION_COLUMNS} from orders.exceptions where org_id = $1`;

/** @throws ExceptionNotFound. */
export async function getException(tx: Tx, id: string): Promise<ExceptionRow> {
  const row = maybeOne(await tx.query<ExceptionRow>(`${SELECT} and id = $2`, [tx.orgId, id]));
  if (!row) throw new ExceptionNotFound({ exceptionId: id });
  return row;
}

/** The row lock; the caller holds the order's lock already. @throws ExceptionNotFound. */
export async function lockException(tx: Tx, id: string): Promise<ExceptionRow> {
  const row = maybeOne(await tx.query<ExceptionRow>(`${SELECT} and id = $2 for update`, [tx.orgId, id]));
  if (!row) throw new ExceptionNotFound({ exceptionId: id });
  return row;
}

/** The exception a customer's link leads to. */
export async function findByOffer(tx: Tx, hash: Buffer): Promise<ExceptionRow | undefined> {
  return maybeOne(await tx.query<ExceptionRow>(`${SELECT} and offer_hash = $2`, [tx.orgId, hash]));
}

/** Those of an order, the open ones first. */
export const exceptionsOf = (tx: Tx, orderId: string): Promise<ExceptionRow[]> =>
  tx.query<ExceptionRow>(`${SELECT} and order_id = $2 order by resolved_at nulls first, id`, [tx.orgId, orderId]);

/** What is not settled of several orders, locked. The caller holds the orders' locks. */
export const lockOpenOf = (tx: Tx, orderIds: readonly string[]): Promise<ExceptionRow[]> =>
  tx.query<ExceptionRow>(`${SELECT} and order_id = any ($2) and resolved_at is null order by id for update`, [
    tx.orgId,
    orderIds,
  ]);

export type NewException = Pick<
  ExceptionRow,
  | 'id'
  | 'no'
  | 'order_id'
  | 'line_id'
  | 'kind'
  | 'shop_id'
  | 'sku_id'
  | 'vip'
  | 'units'
  | 'note'
  | 'opened_at'
  | 'due_at'
> & { opened_by: string; next_contact_at: Date | null };

/** False when the same is open already. */
export async function insertException(tx: Tx, row: NewException): Promise<boolean> {
  const made = await tx.query(
    `insert into orders.exceptions (org_id, id, no, order_id, line_id, kind, state, shop_id, sku_id, vip, units, note, opened_at, opened_by, due_at, next_contact_at)
     values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing returning 1`,
    [
      tx.orgId,
      row.id,
      row.no,
      row.order_id,
      row.line_id,
      row.kind,
      row.shop_id,
      row.sku_id,
      row.vip,
      row.units,
      row.note,
      row.opened_at,
      row.opened_by,
      row.due_at,
      row.next_contact_at,
    ],
  );
  return made.length === 1;
}

export type ExceptionPatch = Partial<Omit<ExceptionRow, 'id' | 'no' | 'order_id' | 'kind' | 'version'>>;

/** Saves fields of a locked exception. @throws PreconditionFailed when the row is no longer the one that was read. */
export async function saveException(tx: Tx, row: ExceptionRow, patch: ExceptionPatch): Promise<ExceptionRow> {
  const fields = Object.keys(patch) as (keyof ExceptionPatch)[];
  const json = (f: keyof ExceptionPatch): unknown =>
    f === 'options' || f === 'answer' ? (patch[f] === null ? null : JSON.stringify(patch[f])) : patch[f];
  const done = await tx.query(
    `update orders.exceptions set ${fields.map((f, i) => `${f} = $${i + 4}`).join(', ')}, version = version + 1
      where org_id = $1 and id = $2 and version = $3 returning 1`,
    [tx.orgId, row.id, row.version, ...fields.map(json)],
  );
  if (done.length !== 1) throw new PreconditionFailed({ version: row.version });
  return { ...row, ...patch, version: row.version + 1 };
}
