import { defineReveal } from '#kernel/audit/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { partyOf } from './party.ts';
import { BANK_READ } from './queries.ts';
import { getLine } from './store/lines.ts';

/** Who paid, or was paid: name and account as the statement has them. */
export const revealBankLine = defineReveal({
  kind: 'bank_line',
  permission: BANK_READ,
  load: async (tx, id, ctx) => {
    await fieldCrypto.load(ctx.orgId);
    return partyOf(ctx.orgId, await getLine(tx, id));
  },
});
