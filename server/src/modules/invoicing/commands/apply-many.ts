import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { DomainError } from '#kernel/errors.ts';
import type { HttpEnv } from '#kernel/http/route.ts';
import { t } from '#kernel/i18n/index.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import type { AppliedMany, ApplyForMany } from '../schema.ts';
import { applyPreferred } from './apply-preferred.ts';

type Item = z.output<typeof ApplyForMany>['items'][number];
type Result = z.input<typeof AppliedMany>['results'][number];

async function applyOne(env: HttpEnv, ctx: Ctx, item: Item, index: number): Promise<Result> {
  try {
    const invoice = await env.db.inTx(ctx, async (tx) => {
      const order = await visibleOrder(tx, ctx, item.orderId);
      return applyPreferred(tx, ctx, { ...item, orderId: order.id });
    });
    const { id, no, status } = invoice;
    return { index, orderId: item.orderId, status: 201, invoice: { id, no, status } };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, status, facts } = error;
    return { index, orderId: item.orderId, status, problem: { code, title: t(ctx.locale, `errors.${code}`, facts) } };
  }
}

/** Asks for invoices of many orders, each in a transaction of its own: one that is refused leaves nothing behind and holds no other up. */
export async function applyForMany(
  env: HttpEnv,
  ctx: Ctx,
  { items }: z.output<typeof ApplyForMany>,
): Promise<z.input<typeof AppliedMany>> {
  await fieldCrypto.load(ctx.orgId);
  const results: Result[] = [];
  for (const [index, item] of items.entries()) results.push(await applyOne(env, ctx, item, index));
  return { results };
}
