import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PaymentNotFound } from '../errors.ts';
import { channels, subject } from '../port.ts';
import { channelTakes, methodsOf } from './limits.ts';
import type { PayOptions } from './schema.ts';

/** By which channels a subject may be paid, real ones first. The caller has decided that the actor may see it. */
export async function payOptionsOf(tx: Tx, ctx: Ctx, subjectId: string): Promise<z.input<typeof PayOptions>> {
  const shopId = (await subject().shopOf?.(tx, ctx, subjectId)) ?? null;
  const items: z.input<typeof PayOptions>['items'] = [];
  for (const channel of channels()) {
    const { takes, account } = await channelTakes(tx, channel, shopId);
    if (takes) items.push({ channel: channel.code, name: account?.name ?? '', methods: methodsOf(account) });
  }
  return { items: items.toSorted((a, b) => Number(a.channel === 'sandbox') - Number(b.channel === 'sandbox')) };
}

/** As `payOptionsOf`, for whoever sees the subject. @throws PaymentNotFound */
export async function payOptions(tx: Tx, ctx: Ctx, input: { subject: string }): Promise<z.input<typeof PayOptions>> {
  const { visible } = subject();
  if (visible && !(await visible(tx, ctx, input.subject))) throw new PaymentNotFound({ subject: input.subject });
  return payOptionsOf(tx, ctx, input.subject);
}
