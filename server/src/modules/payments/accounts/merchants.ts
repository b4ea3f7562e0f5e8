import type { AccountRow } from './store.ts';

const FIELDS: Readonly<Record<string, string>> = { alipay: 'sellerId', unionpay: 'merId' };

/** Our number at a channel as its bills name us; undefined where no account says, and any is taken. */
export function merchantsOf(account: AccountRow | undefined): string[] | undefined {
  const no = account?.config[FIELDS[account.channel] ?? 'mchid'];
  if (typeof no !== 'string') return undefined;
  return account?.channel === 'alipay' ? [no, `${no}0156`] : [no]; // bills of Alipay name the account of the seller
}
