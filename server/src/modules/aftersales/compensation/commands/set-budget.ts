import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { todayOf } from '#kernel/org-day.ts';
import { findShop } from '#modules/catalog/index.ts';
import { BudgetBelowSpent, CompensationRefused } from '../errors.ts';
import { BudgetChanged } from '../events.ts';
import type { PutBudget } from '../schema.ts';
import { type BudgetRow, lockMonths, putBudget, setMonth } from '../store/budgets.ts';

/** Sets what may be given in a month; the month that runs gives so much from now on. @throws CompensationRefused, BudgetBelowSpent */
export async function setBudget(tx: Tx, ctx: Ctx, input: z.output<typeof PutBudget>): Promise<BudgetRow> {
  const shop = input.scope === 'shop' ? await findShop(tx, { code: input.ref }) : undefined;
  if (input.scope === 'shop' && !shop)
    throw new CompensationRefused({}, [{ path: 'ref', code: 'unknown_shop', facts: { shop: input.ref } }]);
  const row = await putBudget(tx, { ...input, ref: shop?.id ?? input.ref, at: ctx.now });
  const [month] = await lockMonths(tx, [row], (await todayOf(tx, ctx)).slice(0, 7));
  if (month) {
    if (month.spent > row.monthly)
      throw new BudgetBelowSpent({ spent: { amount: month.spent, currency: row.currency } });
    await setMonth(tx, month, row.monthly);
  }
  const { scope, ref, currency, monthly, active } = row;
  await BudgetChanged.emit(tx, ctx, row.id, { scope, ref, currency, monthly, active });
  return row;
}
