import { type Ctx, systemCtx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { receive } from '../../src/modules/support/mail/commands/receive.ts';
import { prepare } from '../../src/modules/support/mail/prepare.ts';
import { mailSettings } from '../../src/modules/support/mail/settings.ts';
import { lockAccount } from '../../src/modules/support/mail/store/accounts.ts';
import type { TestApp, TestOrg } from './app.ts';
import { type Letter, letter } from './mails.ts';
import { expectStatus } from './shop.ts';

/** A mailbox nobody looks into. */
export const mailbox = (address: string) => ({
  name: 'x',
  address,
  acknowledge: false,
  enabled: false,
  imap: { host: 'imap.nowhere.invalid', user: 'x', password: 'x' },
});

/** A mailbox, a mail in it that was held, an answer that could not be sent, a campaign and a call. */
export async function corresponded(
  app: TestApp,
  org: TestOrg,
  mark: string,
): Promise<Record<string, string | undefined>> {
  const account = expectStatus(await org.post('/mail-accounts', mailbox('support@shop.example')), 201);
  const ctx: Ctx = systemCtx(org.id, app.clock.now());
  await fieldCrypto.load(org.id);
  let uid = 0;
  const arrive = async (given: Letter) => {
    const bytes = letter({ subject: mark, text: mark, ...given });
    const settings = await app.db.read(ctx, (tx) => mailSettings.get(tx));
    const prepared = await prepare(ctx, settings, { bytes, size: bytes.length, isCut: false });
    uid += 1;
    return app.db.inTx(ctx, async (tx) =>
      receive(tx, ctx, { account: await lockAccount(tx, account.id), prepared, uidValidity: 1, uid }),
    );
  };
  const held = await arrive({ headers: { 'List-Id': '<x.example>' } });
  const opened = await arrive({});
  const ticketId = opened.row.ticket_id as string;
  expectStatus(await org.post(`/tickets/${ticketId}/messages`, { kind: 'outbound', body: mark, channel: 'mail' }), 201);
  await app.settleDown();
  const mail = expectStatus(await org.get(`/tickets/${ticketId}/mail`), 200);
  const period = { ordersFrom: '2026-01-01T00:00:00Z', ordersTo: '2026-02-01T00:00:00Z' };
  const campaign = expectStatus(await org.post('/nps-campaigns', { name: mark, ...period, sample: 1 }), 201);
  const call = expectStatus(await org.post('/follow-ups', { ticketId, note: mark }), 201);
  return {
    mailboxId: account.id,
    incomingId: held.row.id,
    outgoingId: mail.outgoing[0]?.id,
    campaignId: campaign.id,
    followUpId: call.id,
  };
}
