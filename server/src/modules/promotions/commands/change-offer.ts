import type { z } from 'zod';
import { type Ctx, permit } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest, PreconditionFailed } from '#kernel/errors.ts';
import { problemsOf } from '#kernel/problems.ts';
import { OfferEnded, OfferRefused } from '../errors.ts';
import { OfferChanged } from '../events.ts';
import { lockOwnOffer, shopsOf } from '../policy.ts';
import { presentOffer } from '../present.ts';
import { type ChangeOffer, OfferDraft, type OfferView } from '../schema.ts';
import { lockQuota } from '../store/limits.ts';
import { insertVersion, type OfferRow, saveOffer } from '../store/offers.ts';
import { fieldsOf } from '../terms-of.ts';
import { problemsOfOffer } from './check-offer.ts';
import { rowFields } from './create-offer.ts';
import { putInForce } from './move-offer.ts';

/**
 * Changes an offer: the fields named take the place of the old ones and a new version is written. Of a published offer it
 * is in force at once; the orders before keep theirs.
 */
export async function changeOffer(tx: Tx, ctx: Ctx, input: ChangeOffer): Promise<z.input<typeof OfferView>> {
  const { offerId, ...patch } = input;
  const was = await lockOwnOffer(tx, ctx, offerId);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== was.version) throw new PreconditionFailed({ version: was.version });
  if (was.state === 'ended') throw new OfferEnded({ offer: was.code });
  if (was.state === 'published') permit(ctx, 'promotions.offer.publish');
  const draft = merge(was, patch);
  await lockQuota(tx, was.id); // what is taken while this is checked is not missed
  const problems = await problemsOfOffer(tx, ctx, draft, was.id);
  if (problems.length > 0) throw new OfferRefused({}, problems);
  const row: OfferRow = { ...was, ...rowFields(draft), version: was.version + 1 };
  await insertVersion(tx, row, ctx.now, ctx.actor.id);
  await saveOffer(tx, row);
  await OfferChanged.emit(tx, ctx, row.id, { code: row.code, version: row.version, fields: Object.keys(patch) });
  if (row.state === 'published') await putInForce(tx, ctx, row);
  return presentOffer(ctx, await shopsOf(tx, ctx), row);
}

/** The offer as it would be, checked as a whole. @throws InvalidRequest for fields its kind does not have. */
function merge(was: OfferRow, patch: Omit<ChangeOffer, 'offerId'>): OfferDraft {
  // of percentOff and price, naming one drops the other
  const { price, percentOff, ...others } = patch;
  const drop = was.kind === 'limited_time_discount' && (price != null || percentOff != null);
  const { price: _p, percentOff: _o, ...rest } = fieldsOf(was.terms) as Record<string, unknown>;
  const merged = {
    code: was.code,
    kind: was.kind,
    title: was.title,
    startsAt: was.starts_at.toISOString(),
    endsAt: was.ends_at.toISOString(),
    shops: was.shops,
    scope: scopeOf(was),
    ...(drop ? rest : fieldsOf(was.terms)),
    ...others,
    ...(price == null ? {} : { price }),
    ...(percentOff == null ? {} : { percentOff }),
  };
  const parsed = OfferDraft.safeParse(merged);
  if (!parsed.success) throw new InvalidRequest({}, problemsOf(parsed.error));
  return parsed.data;
}

const scopeOf = (row: OfferRow): OfferDraft['scope'] =>
  row.skus === null && row.categories === null
    ? null
    : { ...(row.skus ? { skus: row.skus } : {}), ...(row.categories ? { categories: row.categories } : {}) };
