import type { Readable } from 'node:stream';
import { z } from 'zod';
import { download } from '../../calls/download.ts';
import { channelUrls } from '../../port.ts';
import { type BillFamily, type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import { alipayAccountOf } from './account.ts';
import { alipayCall, read } from './api.ts';

const Made = z.object({ bill_download_url: z.string().max(4_000) });
const NOT_YET = new Set(['isp.bill_not_exist', 'isp.bill_not_exist_or_expired', 'BILL_NOT_EXIST']);

/** Alipay's own hosts, or where its interface is reached: nobody sends us elsewhere. */
function isTheirs(url: URL): boolean {
  if (url.origin === new URL(channelUrls().alipay).origin) return true;
  return url.protocol === 'https:' && (url.hostname === 'alipay.com' || url.hostname.endsWith('.alipay.com'));
}

/** The bill of trades or of the account of a day: a ZIP with texts in GBK. @throws ChannelUnreachable */
export async function fetchAlipayBill(
  env: ChannelEnv,
  of: { orgId: string; billDate: string; family: BillFamily },
): Promise<{ name: string; content: Readable } | undefined> {
  const account = await alipayAccountOf(env, of.orgId);
  const got = await alipayCall(env, account, {
    method: 'alipay.data.dataservice.bill.downloadurl.query',
    biz: { bill_type: of.family === 'trade' ? 'trade' : 'signcustomer', bill_date: of.billDate },
    about: {},
  });
  if (!got.ok) {
    if (NOT_YET.has(got.code)) return undefined;
    throw new ChannelUnreachable(`alipay hands out no bill: ${got.code} ${got.message}`);
  }
  const url = new URL(read(Made, got.data).bill_download_url);
  if (!isTheirs(url)) throw new ChannelUnreachable('the bill lies elsewhere');
  const { id: accountId } = account.opened;
  const content = await download(env, { channel: 'alipay', accountId, orgId: of.orgId, url: url.href, headers: {} });
  return { name: `alipay-${of.family}-${of.billDate}.zip`, content };
}
