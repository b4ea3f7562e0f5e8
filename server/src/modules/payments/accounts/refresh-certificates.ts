import { z } from 'zod';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { after, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { type ChannelEnv, ChannelUnreachable } from '../providers/channel.ts';
import { type WechatAccount, wechatAccount } from '../providers/wechat/account.ts';
import { downloadCertificates } from '../providers/wechat/certificates.ts';
import { locatorsOf } from './locators.ts';
import { openAccount } from './open-account.ts';
import { type AccountRow, getAccount, saveAccount } from './store.ts';

/** WeChat Pay asks merchants to look for new certificates at least every twelve hours. */
const EVERY_MS = 12 * HOUR_MS;
const AGAIN_MS = MINUTE_MS;
const asked = new Map<string, number>();

/**
 * Asks WeChat Pay for its certificates and keeps them. Answers the account with what it knows then; at most once a minute
 * and account, so that nobody who makes serial numbers up has us ask.
 */
export async function refreshKeys(env: ChannelEnv, account: WechatAccount): Promise<WechatAccount> {
  const { id } = account.opened;
  const now = Date.now();
  if (now - (asked.get(id) ?? 0) < AGAIN_MS) return account;
  asked.set(id, now);
  return keepCertificates(env, account);
}

/** @throws UntrustedAnswer, ChannelUnreachable */
async function keepCertificates(env: ChannelEnv, account: WechatAccount): Promise<WechatAccount> {
  const { id, orgId } = account.opened;
  const found = await downloadCertificates(env, account);
  await env.db.inTx({ orgId }, async (tx) => {
    const row = await getAccount(tx, id, true);
    const keys = found.toSorted((a, b) => (a.serial < b.serial ? -1 : 1));
    if (JSON.stringify(keys) === JSON.stringify(row.peer_keys)) return;
    const next = { ...row, peer_keys: keys };
    await saveAccount(tx, systemCtx(orgId), next, locatorsOf(next));
  });
  return wechatAccount(await openAccount(env, orgId, id));
}

/** Keeps the certificates of an account in certificate mode fresh for as long as it is in it. */
export const refreshCertificates = defineJob({
  name: 'payments.refresh_certificates',
  input: z.object({ accountId: z.uuid() }),
  attemptsMax: 12,
  run: async (env, { accountId }, ctx) => {
    const opened = await openAccount(env, ctx.orgId, accountId);
    if (opened.config['mode'] !== 'certificate') return;
    try {
      await keepCertificates(env, wechatAccount(opened));
    } catch (error) {
      if (!(error instanceof ChannelUnreachable)) throw error;
      env.log.warn({ err: error, accountId }, 'the certificates of a payment channel could not be had'); // those we have may do
    }
    const input = { accountId };
    await env.db.inTx(ctx, (tx) =>
      refreshCertificates.enqueue(tx, ctx, input, { key: accountId, runAt: after(ctx.now, EVERY_MS) }),
    );
  },
});

/** Has the certificates of an account asked for soon, where it works with them. */
export async function expectCertificates(tx: Tx, ctx: Ctx, row: AccountRow): Promise<void> {
  if (row.channel !== 'wechat' || row.config['mode'] !== 'certificate' || !row.enabled) return;
  await refreshCertificates.enqueue(tx, ctx, { accountId: row.id }, { key: row.id });
}
