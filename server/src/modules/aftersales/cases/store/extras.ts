import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { OfferNotOpen } from '../errors.ts';

export type Purpose = 'application' | 'shipping' | 'inspection' | 'arbitration';
export type EvidenceRow = { file_id: string; purpose: Purpose; by_kind: string; by_id: string; at: Date };

/** A file shown twice for the same is shown once. */
export async function addEvidence(
  tx: Tx,
  ctx: Ctx,
  caseId: string,
  purpose: Purpose,
  fileIds: readonly string[],
): Promise<void> {
  if (fileIds.length === 0) return;
  await tx.query(
    `insert into aftersales.evidence (org_id, case_id, file_id, purpose, by_kind, by_id, at)
     select $1, $2, f, $3, $4, $5, $6 from unnest($7::uuid[]) f on conflict do nothing`,
    [tx.orgId, caseId, purpose, ctx.actor.kind, ctx.actor.id, ctx.now, [...new Set(fileIds)]],
  );
}

export const evidenceOf = (tx: Tx, caseId: string): Promise<EvidenceRow[]> =>
  tx.query<EvidenceRow>(
    'select file_id, purpose, by_kind, by_id, at from aftersales.evidence where org_id = $1 and case_id = $2 order by at, file_id limit 500',
    [tx.orgId, caseId],
  );

export type OfferRow = {
  id: string;
  case_id: string;
  kind: 'refund' | 'return' | 'exchange' | 'repair' | 'reship';
  amount: number | null;
  note: string;
  state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'expired';
  made_by: string;
  made_at: Date;
  expires_at: Date;
  answered_at: Date | null;
};
const OFFER = 'id, case_id, kind, amount, note, state, made_by, made_at, expires_at, answered_at';

export async function insertOffer(
  tx: Tx,
  ctx: Ctx,
  offer: Pick<OfferRow, 'case_id' | 'kind' | 'amount' | 'note' | 'expires_at'>,
): Promise<OfferRow> {
  const rows = await tx.query<OfferRow>(
    `insert into aftersales.offers (org_id, id, case_id, kind, amount, note, state, made_by, made_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9) returning ${OFFER}`,
    [tx.orgId, newId(), offer.case_id, offer.kind, offer.amount, offer.note, ctx.actor.id, ctx.now, offer.expires_at],
  );
  return rows[0] as OfferRow;
}

export const offersOf = (tx: Tx, caseId: string): Promise<OfferRow[]> =>
  tx.query<OfferRow>(
    `select ${OFFER} from aftersales.offers where org_id = $1 and case_id = $2 order by id limit 100`,
    [tx.orgId, caseId],
  );

export async function openOfferOf(tx: Tx, caseId: string): Promise<OfferRow | undefined> {
  return maybeOne(
    await tx.query<OfferRow>(
      `select ${OFFER} from aftersales.offers where org_id = $1 and case_id = $2 and state = 'open'`,
      [tx.orgId, caseId],
    ),
  );
}

/** The case is locked by the caller. @throws OfferNotOpen */
export async function endOffer(tx: Tx, ctx: Ctx, id: string, state: Exclude<OfferRow['state'], 'open'>): Promise<void> {
  const answered = state === 'accepted' || state === 'declined' ? ctx.now : null;
  const done = await tx.query(
    `update aftersales.offers set state = $3, answered_at = $4 where org_id = $1 and id = $2 and state = 'open' returning 1`,
    [tx.orgId, id, state, answered],
  );
  if (done.length !== 1) throw new OfferNotOpen({ offerId: id });
}

export type ReplacementLineRow = {
  order_id: string;
  line_id: string;
  case_id: string;
  origin_order_id: string;
  origin_line_id: string;
  quantity: number;
  credit: number;
};

/** The lines of a replacement order, with whose payment covers them; none for an order that replaces nothing. */
export const replacementLines = (tx: Tx, orderId: string): Promise<ReplacementLineRow[]> =>
  tx.query<ReplacementLineRow>(
    'select order_id, line_id, case_id, origin_order_id, origin_line_id, quantity, credit from aftersales.replacement_lines where org_id = $1 and order_id = $2 order by line_id',
    [tx.orgId, orderId],
  );

export async function insertReplacementLines(tx: Tx, rows: readonly ReplacementLineRow[]): Promise<void> {
  for (const r of rows)
    await tx.query(
      `insert into aftersales.replacement_lines (org_id, order_id, line_id, case_id, origin_order_id, origin_line_id, quantity, credit) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tx.orgId, r.order_id, r.line_id, r.case_id, r.origin_order_id, r.origin_line_id, r.quantity, r.credit],
    );
}

/** Units of an order's lines whose place others have taken that are still with the customer, or on their way to them. */
export async function replacedUnits(tx: Tx, orderId: string): Promise<Map<string, number>> {
  const rows = await tx.query<{ line_id: string; units: number }>(
    `select r.origin_line_id as line_id, sum(r.quantity - coalesce(u.settled, 0))::bigint as units
       from aftersales.replacement_lines r join aftersales.cases c on c.org_id = r.org_id and c.id = r.case_id
       left join aftersales.line_units u on u.org_id = r.org_id and u.order_id = r.order_id and u.line_id = r.line_id
      where r.org_id = $1 and r.origin_order_id = $2 and c.state in ('exchanging', 'done') and c.replacement_id = r.order_id group by 1`,
    [tx.orgId, orderId],
  );
  return new Map(rows.map((r) => [r.line_id, r.units]));
}
