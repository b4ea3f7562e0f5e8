import type { z } from 'zod';
import { type Ctx, permit } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { OfferCodeTaken, OfferRefused } from '../errors.ts';
import { OfferCreated } from '../events.ts';
import { shopsOf } from '../policy.ts';
import { presentOffer } from '../present.ts';
import type { CreateOffer, OfferDraft, OfferView } from '../schema.ts';
import { insertOffer, type OfferRow } from '../store/offers.ts';
import { termsOf } from '../terms-of.ts';
import { problemsOfOffer } from './check-offer.ts';
import { putInForce } from './move-offer.ts';

/** Makes an offer; unless it is to stay a draft, prices follow it at once, within its times. */
export async function createOffer(tx: Tx, ctx: Ctx, input: CreateOffer): Promise<z.input<typeof OfferView>> {
  const { publish, ...draft } = input;
  if (publish) permit(ctx, 'promotions.offer.publish');
  const problems = await problemsOfOffer(tx, ctx, draft, undefined);
  if (problems.length > 0) throw new OfferRefused({}, problems);
  const made: OfferRow = {
    id: newId(),
    state: publish ? 'published' : 'draft',
    created_at: ctx.now,
    version: 1,
    ...rowFields(draft),
  };
  const row = await insertOffer(tx, made, ctx.actor.id);
  if (!row) throw new OfferCodeTaken({ offer: input.code });
  await OfferCreated.emit(tx, ctx, row.id, { code: row.code, version: row.version, kind: row.kind });
  if (publish) await putInForce(tx, ctx, row);
  return presentOffer(ctx, await shopsOf(tx, ctx), row);
}

/** What of a row the draft says. */
export const rowFields = (draft: OfferDraft): Omit<OfferRow, 'id' | 'state' | 'created_at' | 'version'> => ({
  code: draft.code,
  kind: draft.kind,
  title: draft.title,
  starts_at: new Date(draft.startsAt),
  ends_at: new Date(draft.endsAt),
  shops: draft.shops ? [...new Set(draft.shops)] : null,
  skus: draft.scope?.skus ? [...new Set(draft.scope.skus)] : null,
  categories: draft.scope?.categories ? [...new Set(draft.scope.categories)] : null,
  terms: termsOf(draft),
});
