import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskName } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { findShop } from '#modules/catalog/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { FollowUpNotFound } from '../errors.ts';
import { mayCampaign, mayFollowUp, seesShopOf } from '../policy.ts';
import type { CampaignView, FollowUpPage, FollowUpView, ListFollowUps } from '../schema.ts';
import { type CampaignRow, getCampaign, listCampaigns } from '../store/campaigns.ts';
import { callsOf, type FollowUpRow, getFollowUp, listFollowUps, openNote } from '../store/follow-ups.ts';
import { answersOf, openComment } from '../store/requests.ts';
import { resultsOf } from './results.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export async function followUpPage(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListFollowUps>,
): Promise<Page<z.input<typeof FollowUpView>>> {
  const isOpen = input.state === 'open';
  const order = isOpen ? 'follow-ups/due' : 'follow-ups/-id';
  const rows = await listFollowUps(tx, {
    state: input.state,
    ownerId: input.owner === 'me' ? ctx.actor.id : input.owner,
    shops: ctx.actor.shops === null ? null : [...ctx.actor.shops],
    after: input.cursor === undefined ? undefined : decodeCursor(order, input.cursor, isOpen ? 2 : 1),
    limit: input.limit + 1,
  });
  const page = pageOf(
    rows,
    input.limit,
    order,
    (r) => (isOpen ? [r.due_at.toISOString(), r.id] : [r.id]),
    (r) => r,
  );
  return { items: await presentFollowUps(tx, ctx, page.items), nextCursor: page.nextCursor };
}

export async function presentFollowUps(
  tx: Tx,
  ctx: Ctx,
  rows: readonly FollowUpRow[],
): Promise<z.input<typeof FollowUpView>[]> {
  await fieldCrypto.load(ctx.orgId);
  const names = await actorNames(tx, [...new Set(rows.flatMap((r) => r.owner_id ?? []))]);
  const customers = await customersByIds(tx, [...new Set(rows.flatMap((r) => r.customer_id ?? []))]);
  const answers = Map.groupBy(
    await answersOf(
      tx,
      rows.flatMap((r) => r.request_id ?? []),
    ),
    (a) => a.request_id,
  );
  return rows.map((r) => {
    const [answer] = answers.get(r.request_id ?? '') ?? [];
    const customer = customers.get(r.customer_id ?? '');
    return {
      id: r.id,
      no: r.no,
      reason: r.reason,
      state: r.state,
      requestId: r.request_id,
      ticketId: r.ticket_id,
      customerId: r.customer_id,
      customerName: customer ? maskName(customer.name) : '',
      owner: r.owner_id === null ? null : { id: r.owner_id, name: names.get(r.owner_id) ?? r.owner_id },
      note: openNote(ctx.orgId, r.note),
      score: answer?.score ?? null,
      comment: answer ? openComment(ctx.orgId, answer) : '',
      dueAt: r.due_at.toISOString(),
      late: r.state === 'open' && r.due_at <= ctx.now,
      calls: r.calls,
      outcome: r.outcome,
      createdAt: r.created_at.toISOString(),
      closedAt: iso(r.closed_at),
      may: mayFollowUp(ctx, r.state),
      version: r.version,
    };
  });
}

/** @throws FollowUpNotFound */
export async function viewFollowUp(tx: Tx, ctx: Ctx, id: string): Promise<z.input<typeof FollowUpPage>> {
  const row = await getFollowUp(tx, id);
  if (!seesShopOf(ctx, row.shop_id)) throw new FollowUpNotFound({ followUpId: id });
  const [shown] = await presentFollowUps(tx, ctx, [row]);
  const calls = await callsOf(tx, id);
  const names = await actorNames(tx, [...new Set(calls.map((c) => c.by))]);
  const history = calls.map((c) => ({
    event: c.event,
    note: openNote(ctx.orgId, c.note),
    by: names.get(c.by) ?? c.by,
    at: c.at.toISOString(),
  }));
  return { ...(shown as z.input<typeof FollowUpView>), history };
}

const CAMPAIGNS = 'campaigns/-id';

export async function campaignPage(tx: Tx, ctx: Ctx, input: { limit: number; cursor?: string | undefined }) {
  const before = input.cursor === undefined ? undefined : String(decodeCursor(CAMPAIGNS, input.cursor, 1)[0]);
  const rows = await listCampaigns(tx, before, input.limit + 1);
  const page = pageOf(
    rows,
    input.limit,
    CAMPAIGNS,
    (r) => [r.id],
    (r) => r,
  );
  const items: z.input<typeof CampaignView>[] = [];
  for (const row of page.items) if (seesShopOf(ctx, row.shop_id)) items.push(await viewCampaign(tx, ctx, row));
  return { items, nextCursor: page.nextCursor };
}

export async function viewCampaign(
  tx: Tx,
  ctx: Ctx,
  given: CampaignRow | string,
): Promise<z.input<typeof CampaignView>> {
  const r = typeof given === 'string' ? await getCampaign(tx, given) : given;
  const { total } = await resultsOf(tx, ctx, { kind: 'nps', by: 'category', campaignId: r.id });
  return {
    id: r.id,
    name: r.name,
    state: r.state,
    ordersFrom: r.orders_from.toISOString(),
    ordersTo: r.orders_to.toISOString(),
    shop: r.shop_id === null ? null : ((await findShop(tx, { id: r.shop_id }))?.name ?? null),
    sample: r.sample,
    found: r.found,
    figures: total,
    createdAt: r.created_at.toISOString(),
    startedAt: iso(r.started_at),
    endedAt: iso(r.ended_at),
    may: mayCampaign(ctx, r.state).filter((e) => e === 'start' || e === 'cancel'),
    version: r.version,
  };
}
