import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden, InvalidRequest } from '#kernel/errors.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { reachBy } from '#kernel/notifications/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { findShop } from '#modules/catalog/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { customersOfPeriod } from '#modules/orders/index.ts';
import { localeOf } from '../../tickets/people.ts';
import { campaignFlow, type CampaignEvent } from '../domain/words.ts';
import { CampaignNotFound } from '../errors.ts';
import { CampaignMoved } from '../events.ts';
import { mayCampaign, seesShopOf } from '../policy.ts';
import { feedbackSettings } from '../settings.ts';
import * as store from '../store/campaigns.ts';
import { claimNps, countOfCampaign } from '../store/requests.ts';
import { askFeedback, templateOf } from './ask.ts';

const PAGE = 1000;
const AT_ONCE = 50;
const FOUND_MAX = 1_000_000;

export type NewCampaign = {
  name: string;
  ordersFrom: string;
  ordersTo: string;
  shop?: string | undefined;
  sample: number;
};

/** @throws InvalidRequest with every problem */
export async function createCampaign(tx: Tx, ctx: Ctx, input: NewCampaign): Promise<store.CampaignRow> {
  const problems = [];
  if (input.ordersFrom >= input.ordersTo) problems.push({ path: 'ordersTo', code: 'invalid_value' });
  const shop = input.shop === undefined ? undefined : await findShop(tx, { code: input.shop });
  if (input.shop !== undefined && (!shop || !seesShopOf(ctx, shop.id)))
    problems.push({ path: 'shop', code: 'invalid_value' });
  if (input.shop === undefined && ctx.actor.shops !== null) problems.push({ path: 'shop', code: 'required' });
  if (problems.length > 0) throw new InvalidRequest({}, problems);
  return store.insertCampaign(tx, {
    id: newId(),
    name: input.name,
    orders_from: new Date(input.ordersFrom),
    orders_to: new Date(input.ordersTo),
    shop_id: shop?.id ?? null,
    sample: input.sample,
    created_at: ctx.now,
    created_by: ctx.actor.id,
  });
}

/** @throws CampaignNotFound, TransitionRefused */
export async function moveCampaign(tx: Tx, ctx: Ctx, id: string, event: CampaignEvent): Promise<store.CampaignRow> {
  const row = await store.getCampaign(tx, id, true);
  if (!seesShopOf(ctx, row.shop_id)) throw new CampaignNotFound({ campaignId: id });
  const state = step(campaignFlow, row.state, event);
  if (ctx.actor.kind !== 'system' && !mayCampaign(ctx, row.state).includes(event)) throw new Forbidden();
  const saved = await store.saveCampaign(tx, row, {
    state,
    ...(event === 'start' ? { started_at: ctx.now } : { ended_at: ctx.now }),
  });
  await CampaignMoved.emit(tx, ctx, id, { campaignId: id, from: row.state, to: state });
  if (event === 'start') await askCampaign.enqueue(tx, ctx, { campaignId: id }, { key: id });
  return saved;
}

/**
 * Asks a random sample of the customers the filter finds. The sample is drawn by a hash of campaign and customer, so that a run that
 * was killed goes on with the same one; nobody is asked twice by a campaign, nor within the organisation's interval.
 */
export const askCampaign = defineJob({
  name: 'support.nps_ask',
  input: z.object({ campaignId: z.uuid() }),
  attemptsMax: 25,
  run: async (env, { campaignId }, ctx) => {
    const row = await env.db.read(ctx, (tx) => store.getCampaign(tx, campaignId));
    if (row.state !== 'running') return;
    const drawn = await draw(env, ctx, row);
    await env.db.inTx(ctx, async (tx) =>
      store.saveCampaign(tx, await store.getCampaign(tx, campaignId, true), { found: drawn.length }),
    );
    for (let i = 0; i < drawn.length; i += AT_ONCE) {
      const isFull = await env.db.inTx(ctx, (tx) => askSome(tx, ctx, campaignId, drawn.slice(i, i + AT_ONCE)));
      if (isFull) break;
    }
    await env.db.inTx(ctx, async (tx) => {
      const last = await store.getCampaign(tx, campaignId, true);
      if (last.state === 'running') await moveCampaign(tx, ctx, campaignId, 'finish');
    });
  },
});

async function draw(env: JobEnv, ctx: Ctx, row: store.CampaignRow): Promise<string[]> {
  const found: { id: string; rank: string }[] = [];
  const filter = { from: row.orders_from, to: row.orders_to, shopId: row.shop_id };
  for (let last: string | undefined; found.length < FOUND_MAX;) {
    const ids = await env.db.read(ctx, (tx) => customersOfPeriod(tx, { ...filter, after: last, limit: PAGE }));
    for (const id of ids)
      found.push({
        id,
        rank: createHash('sha256')
          .update(row.id + id)
          .digest('hex'),
      });
    last = ids.at(-1);
    if (ids.length < PAGE) break;
  }
  return found.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).map((f) => f.id);
}

/** True when the sample is full, or the campaign has been stopped. */
async function askSome(tx: Tx, ctx: Ctx, campaignId: string, ids: readonly string[]): Promise<boolean> {
  await fieldCrypto.load(ctx.orgId);
  const row = await store.getCampaign(tx, campaignId, true);
  if (row.state !== 'running') return true;
  let left = row.sample - (await countOfCampaign(tx, campaignId));
  const { npsGapDays } = await feedbackSettings.get(tx);
  const customers = await customersByIds(tx, ids);
  for (const id of ids) {
    const { email, phone } = customers.get(id) ?? {};
    if (left <= 0) return true;
    const isReached = (await reachBy(tx, templateOf('campaign'), { email, phone })) !== undefined;
    if (!isReached || !(await claimNps(tx, id, ctx.now, after(ctx.now, -npsGapDays * DAY_MS)))) continue;
    const asked = await askFeedback(tx, ctx, {
      kind: 'nps',
      subject: { kind: 'campaign', id: row.id, no: row.name },
      customerId: id,
      email,
      phone,
      locale: await localeOf(tx),
      agentId: null,
      teamId: null,
      category: 'nps',
      shopId: row.shop_id,
    });
    if (asked) left -= 1;
  }
  return left <= 0;
}
