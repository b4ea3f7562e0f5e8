import type { AccountRow } from './store.ts';

/**
 * By what callbacks that name no account are recognised as this one's: its keys at WeChat Pay, its application at Alipay, the
 * merchant's number at UnionPay.
 */
export function locatorsOf(row: Pick<AccountRow, 'channel' | 'config' | 'peer_keys'>): string[] {
  if (row.channel === 'alipay') return typeof row.config['appId'] === 'string' ? [row.config['appId']] : [];
  if (row.channel === 'unionpay') return typeof row.config['merId'] === 'string' ? [row.config['merId']] : [];
  const keys = (row.config['publicKeys'] ?? []) as readonly { id: string }[];
  return [...keys.map((k) => k.id), ...row.peer_keys.map((k) => k.serial)];
}
