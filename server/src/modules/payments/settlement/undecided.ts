import { ApprovalExpired, ApprovalWithdrawn } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { recallStatement } from './commands/move-statement.ts';
import { dropAccount } from './commands/parties.ts';

const BACK: Readonly<Record<string, (tx: Tx, ctx: Ctx, subject: string) => Promise<void>>> = {
  'payments.settlement': recallStatement,
  'payments.settlement_account': dropAccount,
};

/** What was asked for and not decided, or taken back, can be asked for again. */
export const undecided = defineSubscriber({
  name: 'payments.undecided_settlements',
  types: [ApprovalExpired.type, ApprovalWithdrawn.type],
  run: async (tx, ctx, events) => {
    for (const event of events) await BACK[String((event.data as { kind?: unknown }).kind)]?.(tx, ctx, event.key);
  },
});
