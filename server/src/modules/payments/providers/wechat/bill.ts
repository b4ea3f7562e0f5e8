import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { download } from '../../calls/download.ts';
import { channelUrls } from '../../port.ts';
import { type BillFamily, type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import { wechatAccountOf } from './account.ts';
import { read, wechatCall } from './api.ts';
import { signedHeaders } from './headers.ts';

const Made = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/),
  download_url: z.string().max(2_000),
});

const NOT_YET = new Set(['NO_STATEMENT_EXIST', 'STATEMENT_CREATING']);

/**
 * The trade bill (all of it) or the fund bill (basic account) of a day, packed as it is handed out. The hash of what is in it
 * is checked while it is read: reading on to the end fails when it is another. @throws ChannelUnreachable
 */
export async function fetchWechatBill(
  env: ChannelEnv,
  of: { orgId: string; billDate: string; family: BillFamily },
): Promise<{ name: string; content: Readable } | undefined> {
  const account = await wechatAccountOf(env, of.orgId);
  const target =
    of.family === 'trade'
      ? `/v3/bill/tradebill?bill_date=${of.billDate}&bill_type=ALL&tar_type=GZIP`
      : `/v3/bill/fundflowbill?bill_date=${of.billDate}&account_type=BASIC&tar_type=GZIP`;
  const got = await wechatCall(env, account, { verb: 'GET', target, about: {} });
  if (!got.ok) {
    if (NOT_YET.has(got.code)) return undefined;
    throw new ChannelUnreachable(`wechat hands out no bill: ${got.code} ${got.message}`);
  }
  const made = read(Made, got.data);
  const url = new URL(made.download_url);
  if (url.origin !== new URL(channelUrls().wechat).origin) throw new ChannelUnreachable('the bill lies elsewhere');
  const file = await download(env, {
    channel: 'wechat',
    accountId: account.opened.id,
    orgId: of.orgId,
    url: url.href,
    headers: signedHeaders(account, 'GET', url.pathname + url.search, ''), // its answer alone is not signed
  });
  const name = `wechat-${of.family}-${of.billDate}.csv.gz`;
  return { name, content: Readable.from(checked(file, made.hash_value), { objectMode: false }) };
}

/** Passes the packed bytes on and fails at the end when what is in them has another hash. */
async function* checked(source: Readable, sha1: string): AsyncGenerator<Buffer> {
  const [hash, gunzip] = [createHash('sha1'), createGunzip()];
  gunzip.on('data', (chunk: Buffer) => hash.update(chunk));
  const ended = once(gunzip, 'end'); // rejects when it cannot be unpacked
  ended.catch(() => undefined);
  for await (const chunk of source) {
    gunzip.write(chunk as Buffer);
    yield chunk as Buffer;
  }
  gunzip.end();
  await ended.catch(() => {
    throw new ChannelUnreachable('the bill cannot be unpacked');
  });
  if (hash.digest('hex') !== sha1.toLowerCase()) throw new ChannelUnreachable('the bill is not the one wechat made');
}
