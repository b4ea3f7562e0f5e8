import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const account = { accountId: z.uuid(), channel: z.string() };

export const ChannelAccountCreated = defineEvent('payments.channel_account_created.v1', z.object(account));
/** `changed` names the fields that are another than before; of secrets, too, only their names. */
export const ChannelAccountChanged = defineEvent(
  'payments.channel_account_changed.v1',
  z.object({ ...account, changed: z.array(z.string()) }),
);
