import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { InvoiceRow } from './invoices.ts';

export type MoveRow = { event: string; status: string; note: string; by_kind: string; by: string; at: Date };

/** What happened to an invoice, for its page. */
export async function addMove(tx: Tx, ctx: Ctx, row: InvoiceRow, event: string, note = ''): Promise<void> {
  await tx.query(
    `insert into invoicing.moves (org_id, id, invoice_id, event, status, note, by_kind, by, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tx.orgId, newId(), row.id, event, row.status, note.slice(0, 500), ctx.actor.kind, ctx.actor.id, ctx.now],
  );
}

export const movesOf = (tx: Tx, invoiceId: string): Promise<MoveRow[]> =>
  tx.query<MoveRow>(
    'select event, status, note, by_kind, by, at from invoicing.moves where org_id = $1 and invoice_id = $2 order by id limit 500',
    [tx.orgId, invoiceId],
  );

export type Exchange = {
  direction: 'request' | 'callback';
  provider: string;
  method: string;
  sent: unknown;
  answered: unknown;
  outcome: string;
  tookMs: number;
  at: Date;
};

/** Keeps what was said to a provider and what it answered, already without secrets and personal data. */
export async function addExchange(tx: Tx, invoiceId: string, e: Exchange): Promise<void> {
  await tx.query(
    `insert into invoicing.exchanges (org_id, id, invoice_id, direction, provider, method, sent, answered, outcome, took_ms, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tx.orgId,
      newId(),
      invoiceId,
      e.direction,
      e.provider,
      e.method,
      JSON.stringify(e.sent),
      e.answered === undefined ? null : JSON.stringify(e.answered),
      e.outcome.slice(0, 200),
      e.tookMs,
      e.at,
    ],
  );
}

export const exchangesOf = (tx: Tx, invoiceId: string): Promise<(Exchange & { id: string })[]> =>
  tx.query(
    `select id, direction, provider, method, sent, answered, outcome, took_ms as "tookMs", at from invoicing.exchanges where org_id = $1 and invoice_id = $2 order by id limit 200`,
    [tx.orgId, invoiceId],
  );
