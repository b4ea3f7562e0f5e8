import { Readable } from 'node:stream';
import { inflateSync } from 'node:zlib';
import { type BillFamily, type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import { unionpayAccountOf } from './account.ts';
import { DONE, FILES, NO_FILE, unionpayCall, wordsOf } from './api.ts';
import { chinaStamp } from './sign.ts';

const UNPACKED_BYTES_MAX = 64 * 1_048_576;

/**
 * The merchant's files of a clearing day as a ZIP: what was paid and refunded (ZM), and adjustments (ZME). They come in the
 * answer itself: deflated, in Base64. @throws ChannelUnreachable
 */
export async function fetchUnionpayBill(
  env: ChannelEnv,
  of: { orgId: string; billDate: string; family: BillFamily },
): Promise<{ name: string; content: Readable } | undefined> {
  const account = await unionpayAccountOf(env, of.orgId);
  const got = await unionpayCall(env, account, {
    path: FILES,
    fields: {
      txnType: '76',
      txnSubType: '01',
      bizType: '000000',
      fileType: '00',
      txnTime: chinaStamp(new Date()),
      settleDate: of.billDate.slice(5).replace('-', ''),
    },
    about: {},
  });
  const code = got['respCode'] ?? '';
  if (code === NO_FILE) return undefined;
  if (!DONE.has(code)) throw new ChannelUnreachable(`unionpay hands out no bill: ${wordsOf(got)}`);
  try {
    const bytes = inflateSync(Buffer.from(got['fileContent'] ?? '', 'base64'), { maxOutputLength: UNPACKED_BYTES_MAX });
    return { name: `unionpay-${of.family}-${of.billDate}.zip`, content: Readable.from([bytes]) };
  } catch (error) {
    throw new ChannelUnreachable('unionpay’s file cannot be unpacked', { cause: error });
  }
}
