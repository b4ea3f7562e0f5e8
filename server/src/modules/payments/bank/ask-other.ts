import { z } from 'zod';
import { defineApproval } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { formatMoney } from '#kernel/i18n/index.ts';
import { defineLimit } from '#kernel/limits.ts';
import { DAY_MS } from '#kernel/time.ts';
import { paymentSettings } from '../settings.ts';
import { matchOther, OTHER_ACCOUNTS } from './match-line.ts';
import { leftOf, lockLine } from './store/lines.ts';

/** Up to which amount one person books a movement to an account of choice alone. */
export const bankLimit = defineLimit({
  name: 'payments.bank',
  unit: 'money',
  permission: 'payments.bank.write',
  organisation: async (tx) => (await paymentSettings.get(tx)).bankLimit,
});

const Wanted = z.object({ account: z.enum(OTHER_ACCOUNTS), minor: z.int(), note: z.string() });

/** Another person, whose own limit reaches it, agrees to where a movement is booked that no document of ours explains. */
const bankApproval = defineApproval({
  kind: 'payments.bank_match',
  permission: 'payments.bank.write',
  fourEyes: true,
  expiresAfterMs: 7 * DAY_MS,
  onApproved: async (tx, ctx, { subject: lineId, facts }) => {
    const { account, minor, note } = Wanted.parse(facts);
    await bankLimit.mustReach(tx, ctx, minor);
    await matchOther(tx, ctx, { lineId, account, amount: minor, note });
  },
});

/**
 * Books a movement to an account of choice: at once up to what the actor decides alone, else once a second person agrees; until
 * then it stays open. @throws BankMatchExceeds, ApprovalPending
 */
export async function askOther(tx: Tx, ctx: Ctx, input: Parameters<typeof matchOther>[2]): Promise<void> {
  const line = await lockLine(tx, input.lineId);
  const minor = input.amount ?? leftOf(line);
  if (minor <= (await bankLimit.of(tx, ctx)) || minor > leftOf(line)) {
    await matchOther(tx, ctx, { ...input, amount: minor });
    return;
  }
  await bankApproval.request(tx, ctx, {
    subject: line.id,
    facts: {
      amount: formatMoney(ctx.locale, { amount: minor, currency: line.currency }),
      account: input.account,
      note: input.note,
      bankReference: line.ref,
      minor,
    },
  });
}
