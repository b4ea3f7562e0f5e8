import { defineReveal } from '#kernel/audit/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { READ } from '../tickets/policy.ts';
import { getIncoming, openDetails } from './store/incoming.ts';

/** Who wrote a mail, and to whom, in the clear: for those who may, with a reason that is recorded. */
export const revealMail = defineReveal({
  kind: 'mail',
  permission: READ,
  load: async (tx, id, ctx) => {
    await fieldCrypto.load(ctx.orgId);
    const details = openDetails(ctx.orgId, await getIncoming(tx, id));
    const { from = null, to = [], cc = [] } = details ?? {};
    return { name: from?.name ?? '', email: from?.address ?? '', to: to.join(', '), cc: cc.join(', ') };
  },
});
