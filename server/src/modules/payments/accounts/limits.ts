import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Money } from '#kernel/money.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { fromZoned, zoned } from '#kernel/time.ts';
import { AboveChannelDay, ChannelMethod, OutsideChannelLimits, UnknownChannel } from '../errors.ts';
import type { Channel } from '../providers/channel.ts';
import { paymentSettings } from '../settings.ts';
import { payeeFor } from '../bank/store/accounts.ts';
import { BANK_TRANSFER, CASH_ON_DELIVERY } from '../providers/offline/channel.ts';
import { KINDS, type PayMethod } from './domain/config.ts';
import { accountOf, type AccountRow, askedSince, getAccount } from './store.ts';

/** Whether a payment of a shop may go through an account. */
export const serves = (row: AccountRow, shopId: string | null): boolean =>
  row.enabled && (row.shops === null || (shopId !== null && row.shops.includes(shopId)));

/** The methods an account takes, the usual one first; none where the channel knows none. */
export function methodsOf(row: AccountRow | undefined): PayMethod[] {
  if (!row) return [];
  const chosen = row.config['methods'];
  const all = KINDS[row.channel]?.methods ?? [];
  return Array.isArray(chosen) ? all.filter((m) => chosen.includes(m)) : [...all];
}

/**
 * Whether a channel takes payments of a shop. The sandbox needs no account; where it has one, that one's word counts too.
 * Real channels need one; transfers need a bank account of ours that takes them.
 */
export async function channelTakes(
  tx: Tx,
  channel: Channel,
  shopId: string | null,
  currency?: string,
): Promise<{ takes: boolean; account: AccountRow | undefined }> {
  const account = await accountOf(tx, channel.code);
  if (account) {
    const isOff = channel.code === 'sandbox' && !(await paymentSettings.get(tx)).sandboxEnabled;
    return { takes: !isOff && serves(account, shopId), account };
  }
  if (channel.code === 'sandbox') return { takes: (await paymentSettings.get(tx)).sandboxEnabled, account };
  if (channel.code === CASH_ON_DELIVERY) return { takes: false, account }; // couriers collect without being chosen
  if (channel.code === BANK_TRANSFER) return { takes: (await payeeFor(tx, currency)) !== undefined, account };
  return { takes: !channel.needsAccount, account };
}

/**
 * Decides whether a payment may go through a channel, and how. The sum of the day is taken under the account's row lock,
 * so of two that fit only one by one the second is refused. Taken after the subject's lock and before any payment's.
 * @throws UnknownChannel, ChannelMethod, OutsideChannelLimits, AboveChannelDay
 */
export async function admit(
  tx: Tx,
  ctx: Ctx,
  channel: Channel,
  what: { shopId: string | null; amount: Money; method: PayMethod | undefined },
): Promise<PayMethod | null> {
  const { takes, account } = await channelTakes(tx, channel, what.shopId, what.amount.currency);
  if (!takes) throw new UnknownChannel({ channel: channel.code }, [{ path: 'channel', code: 'invalid_value' }]);
  const methods = methodsOf(account);
  if (what.method !== undefined && !methods.includes(what.method))
    throw new ChannelMethod({ channel: channel.code, method: what.method }, [
      { path: 'method', code: 'invalid_value' },
    ]);
  if (account) await mustFit(tx, ctx, account, what.amount);
  return what.method ?? methods[0] ?? null;
}

async function mustFit(tx: Tx, ctx: Ctx, account: AccountRow, amount: Money): Promise<void> {
  const { amount_min: min, amount_max: max, day_max: dayMax, channel } = account;
  if ((min !== null && amount.amount < min) || (max !== null && amount.amount > max)) {
    const bound = (fen: number | null) => (fen === null ? null : { amount: fen, currency: amount.currency });
    throw new OutsideChannelLimits({ channel, minimum: bound(min), maximum: bound(max) });
  }
  if (dayMax === null) return;
  await getAccount(tx, account.id, true);
  const left = dayMax - (await askedSince(tx, channel, await startOfToday(tx, ctx)));
  if (amount.amount > left)
    throw new AboveChannelDay({ channel, left: { amount: Math.max(left, 0), currency: amount.currency } });
}

async function startOfToday(tx: Tx, ctx: Ctx): Promise<Date> {
  const zone = await zoneOfOrg(tx);
  const { year, month, day } = zoned(ctx.now, zone);
  return fromZoned({ year, month, day }, zone);
}
