import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { PartyNotFound } from '../errors.ts';
import { commissionOn } from './domain/commission.ts';
import { STATEMENT_STATES } from './domain/statement-flow.ts';
import {
  presentItem,
  presentStatement,
  viewBatch,
  viewBatches,
  viewParties,
  viewParty,
  viewPayouts,
  viewStatement,
} from './present.ts';
import type * as schema from './schema.ts';
import { listItems, salesOf } from './store/items.ts';
import { getParty, listParties } from './store/parties.ts';
import { getBatch, getPayout, listBatches } from './store/payouts.ts';
import { countStatements, getStatement, listStatements, type StatementFilter } from './store/statements.ts';

const NEWEST = '-id';
const BY_NAME = 'name';

/** What is settled is the whole organisation's: who sees only some shops sees none of it. */
export function seeAll(ctx: Ctx): void {
  if (ctx.actor.shops !== null) throw new Forbidden({ scope: 'shops' });
}

const beforeOf = (cursor: string | undefined): string | undefined =>
  cursor === undefined ? undefined : String(decodeCursor(NEWEST, cursor, 1)[0]);

export async function pageOfParties(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ListParties>,
): Promise<Page<z.input<typeof schema.PartySummary>>> {
  await fieldCrypto.load(ctx.orgId);
  const { limit, cursor, kind, q } = input;
  const after = cursor === undefined ? undefined : (decodeCursor(BY_NAME, cursor, 2) as [string, string]);
  const rows = await listParties(tx, { kind, q, after, limit: limit + 1 });
  const views = new Map((await viewParties(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    limit,
    BY_NAME,
    (r) => [r.name, r.id],
    (r) => views.get(r.id) as z.input<typeof schema.PartySummary>,
  );
}

/** @throws PartyNotFound */
export async function partyView(
  tx: Tx,
  ctx: Ctx,
  { partyId }: { partyId: string },
): Promise<z.input<typeof schema.PartyView>> {
  await fieldCrypto.load(ctx.orgId);
  const [row] = await listParties(tx, { id: partyId, limit: 1 });
  if (!row) throw new PartyNotFound({ partyId });
  return viewParty(tx, ctx, row);
}

/** What a party's sales of some days would have cost by other terms, beside what they did cost. */
export async function previewTerms(
  tx: Tx,
  _ctx: Ctx,
  input: z.output<typeof schema.PreviewTerms>,
): Promise<z.input<typeof schema.TermsPreview>> {
  const party = await getParty(tx, input.partyId);
  const { commission } = input.terms;
  const totals = { orders: 0, sales: 0, commission: 0, wouldBe: 0 };
  for (const sale of await salesOf(tx, party.id, input.from, input.to)) {
    const sold = { lines: [{ category: '', amount: sale.amount }], freight: 0 };
    const each = commissionOn(commission, { amount: sale.amount, currency: party.currency }, sold).amount;
    totals.orders += sale.orders;
    totals.sales += sale.amount * sale.orders;
    totals.commission += sale.commission;
    totals.wouldBe += each * sale.orders;
  }
  return { ...totals, currency: party.currency, exact: commission.categories.length === 0 };
}

export async function pageOfItems(
  tx: Tx,
  _ctx: Ctx,
  { limit, cursor, ...filter }: z.output<typeof schema.ListItems>,
): Promise<Page<z.input<typeof schema.ItemView>>> {
  const rows = await listItems(tx, { ...filter, before: beforeOf(cursor), limit: limit + 1 });
  return pageOf(rows, limit, NEWEST, (r) => [r.id], presentItem);
}

type Filters = Pick<
  z.output<typeof schema.ListStatements>,
  'state' | 'partyId' | 'kind' | 'from' | 'to' | 'disputed' | 'q'
>;
const filterOf = ({ state, q, ...rest }: Filters): StatementFilter => {
  const known = new Set<string>(STATEMENT_STATES);
  return {
    ...rest,
    q: q || undefined,
    states: state === undefined ? undefined : state.split(',').filter((s) => known.has(s)),
  };
};

export async function pageOfStatements(
  tx: Tx,
  ctx: Ctx,
  { limit, cursor, ...filters }: z.output<typeof schema.ListStatements>,
): Promise<Page<z.input<typeof schema.StatementSummary>>> {
  const rows = await listStatements(tx, { ...filterOf(filters), before: beforeOf(cursor), limit: limit + 1 });
  return pageOf(
    rows,
    limit,
    NEWEST,
    (r) => [r.id],
    (r) => presentStatement(ctx, r),
  );
}

export const statementCounts = async (
  tx: Tx,
  _ctx: Ctx,
  filters: Filters,
): Promise<z.input<typeof schema.StatementCounts>> => ({ items: await countStatements(tx, filterOf(filters)) });

export async function statementView(
  tx: Tx,
  ctx: Ctx,
  { statementId }: { statementId: string },
): Promise<z.input<typeof schema.StatementView>> {
  await fieldCrypto.load(ctx.orgId);
  return viewStatement(tx, ctx, await getStatement(tx, statementId));
}

export async function pageOfBatches(
  tx: Tx,
  ctx: Ctx,
  { limit, cursor, state }: z.output<typeof schema.ListBatches>,
): Promise<Page<z.input<typeof schema.BatchSummary>>> {
  const open = state === undefined ? undefined : state === 'paying';
  const rows = await listBatches(tx, { open, before: beforeOf(cursor), limit: limit + 1 });
  const views = new Map((await viewBatches(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    limit,
    NEWEST,
    (r) => [r.id],
    (r) => views.get(r.id) as z.input<typeof schema.BatchSummary>,
  );
}

export async function batchView(
  tx: Tx,
  ctx: Ctx,
  { batchId }: { batchId: string },
): Promise<z.input<typeof schema.BatchView>> {
  await fieldCrypto.load(ctx.orgId);
  return viewBatch(tx, ctx, await getBatch(tx, batchId));
}

export async function payoutView(tx: Tx, ctx: Ctx, payoutId: string): Promise<z.input<typeof schema.PayoutView>> {
  await fieldCrypto.load(ctx.orgId);
  return one(await viewPayouts(tx, ctx, [await getPayout(tx, { id: payoutId })]));
}
