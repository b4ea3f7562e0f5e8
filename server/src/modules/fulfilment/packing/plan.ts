import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { t } from '#kernel/i18n/index.ts';
import { type CartonPlan, type CartonType, chooseCarton, type Goods, type PackRules } from '../domain/cartons.ts';
import { fulfilmentSettings } from '../settings.ts';
import type { CartonPlanView } from './schema.ts';
import { allCartons, cartonType } from './store.ts';

function says(ctx: Ctx, plan: CartonPlan): string {
  const list = plan.cartons.map((c) => c.code).join(' + ');
  const passed = plan.passed.map((p) => t(ctx.locale, `fulfilment.carton.${p.why}`, { code: p.code }));
  const unfit = plan.unfit.map((u) => `${u.sku} × ${u.quantity}`).join(', ');
  const [first] = plan.cartons;
  return [
    t(ctx.locale, `fulfilment.carton.${plan.how}`, { list, percent: first?.filledPercent ?? 0, unfit }),
    ...(plan.estimated && plan.how !== 'too_many' ? [t(ctx.locale, 'fulfilment.carton.estimated')] : []),
    ...passed,
  ].join(ctx.locale === 'zh-CN' ? '；' : '; ');
}

const PLANS_KEPT_MAX = 500;
const plans = new Map<string, CartonPlan>();

/** A parcel is shown after every scan, and laying out many pieces takes a third of a second: the same question is answered once. */
function plannedOnce(goods: readonly Goods[], cartons: readonly CartonType[], rules: PackRules): CartonPlan {
  const key = createHash('sha256')
    .update(JSON.stringify([goods, cartons, rules]))
    .digest('base64');
  const known = plans.get(key);
  if (known) return known;
  const plan = chooseCarton(goods, cartons, rules);
  const [oldest] = plans.keys();
  if (plans.size >= PLANS_KEPT_MAX && oldest !== undefined) plans.delete(oldest);
  plans.set(key, plan);
  return plan;
}

/** The carton the goods should go into; undefined while there are no cartons to choose from. */
export async function planFor(
  tx: Tx,
  ctx: Ctx,
  goods: readonly Goods[],
): Promise<z.input<typeof CartonPlanView> | undefined> {
  const cartons = (await allCartons(tx)).filter((c) => c.active);
  if (cartons.length === 0) return undefined;
  const { cartonFillPercent: fillPercent, unmeasuredCm3 } = await fulfilmentSettings.get(tx);
  const plan = plannedOnce(goods, cartons.map(cartonType), { fillPercent, unmeasuredCm3 });
  const nameOf = new Map(cartons.map((c) => [c.code, c.name]));
  return {
    how: plan.how,
    estimated: plan.estimated,
    cartons: plan.cartons.map((c) => ({
      code: c.code,
      name: nameOf.get(c.code) ?? c.code,
      pieces: [...c.pieces],
      weightG: c.weightG,
      filledPercent: c.filledPercent,
      placements: c.placements.map((p) => ({ sku: p.sku, at: [...p.at], size: [...p.size] })),
    })),
    passed: [...plan.passed],
    unfit: [...plan.unfit],
    says: says(ctx, plan),
  };
}
