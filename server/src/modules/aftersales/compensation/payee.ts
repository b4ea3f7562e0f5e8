import { z } from 'zod';
import { defineReveal } from '#kernel/audit/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import { CompensationNotFound } from './errors.ts';
import { PAY } from './permissions.ts';
import { type CompensationRow, getCompensation } from './store/compensations.ts';

/** What sealed payees are sealed for. */
const PURPOSE = 'aftersales.compensation_payee';
const SHOWN_DIGITS = 4;

/** To whom cash goes that no channel can pay. */
export const Payee = z
  .object({
    name: z.string().trim().min(1).max(60),
    bank: z.string().trim().max(100).default(''),
    account: z.string().trim().min(4).max(60),
  })
  .meta({ id: 'CompensationPayee' });
export type Payee = z.output<typeof Payee>;

/** As it is kept: sealed, with the end of the account to know it by. */
export async function sealPayee(
  ctx: Ctx,
  payee: Payee,
): Promise<Pick<CompensationRow, 'payee_sealed' | 'payee_shown'>> {
  await fieldCrypto.load(ctx.orgId);
  return {
    payee_sealed: fieldCrypto.seal(ctx.orgId, JSON.stringify(payee), PURPOSE),
    payee_shown: `…${payee.account.slice(-SHOWN_DIGITS)}`,
  };
}

/** The payee in the clear, for whoever pays: with a reason that is recorded. */
export const revealPayee = defineReveal({
  kind: 'compensation_payee',
  permission: PAY,
  load: async (tx, id, ctx) => {
    const row = await getCompensation(tx, id);
    await visibleOrder(tx, ctx, row.order_id);
    if (row.payee_sealed === null) throw new CompensationNotFound({ compensation: id });
    await fieldCrypto.load(ctx.orgId);
    return Payee.parse(JSON.parse(fieldCrypto.open(ctx.orgId, row.payee_sealed, PURPOSE)));
  },
});
