import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { fallsOf, skusByCode, SkuNotFound } from '#modules/catalog/index.ts';
import { PriceFallNotFound } from '../errors.ts';
import { PriceFallJudged } from '../events.ts';
import { protectSku } from '../jobs/nightly.ts';
import type { JudgeFall } from '../schema.ts';
import { putJudgement } from '../store/judgements.ts';

/**
 * Says whether a fall was meant: a mistake counts for nobody from then on; what was meant is paid to the buyers at once. What
 * was paid before stays paid. @throws SkuNotFound, PriceFallNotFound
 */
export async function judgeFall(tx: Tx, ctx: Ctx, input: z.output<typeof JudgeFall>): Promise<{ skuId: string }> {
  const [sku] = await skusByCode(tx, [input.sku]);
  if (!sku) throw new SkuNotFound({ sku: input.sku });
  const fromAt = new Date(input.fromAt);
  const falls = await fallsOf(tx, [sku.id], new Date(fromAt.getTime() - 1), fromAt);
  if (!falls.some((f) => f.from_at.getTime() === fromAt.getTime()))
    throw new PriceFallNotFound({ sku: input.sku, fromAt });
  await putJudgement(tx, {
    sku_id: sku.id,
    from_at: fromAt,
    verdict: input.verdict,
    reason: input.reason,
    judged_at: ctx.now,
    judged_by: ctx.actor.id,
  });
  await PriceFallJudged.emit(tx, ctx, sku.id, {
    sku: sku.sku,
    fromAt: fromAt.toISOString(),
    verdict: input.verdict,
  });
  if (input.verdict === 'genuine')
    await protectSku.enqueue(tx, ctx, { skuId: sku.id, at: ctx.now.toISOString() }, { key: sku.id });
  return { skuId: sku.id };
}
