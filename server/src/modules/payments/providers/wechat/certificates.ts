import { z } from 'zod';
import { parseCertificate } from '../../accounts/domain/keys.ts';
import type { PeerKey } from '../../accounts/store.ts';
import { callChannel, readJson, UntrustedAnswer } from '../../calls/call-channel.ts';
import { channelUrls } from '../../port.ts';
import { type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import type { WechatAccount } from './account.ts';
import { signedHeaders } from './headers.ts';
import { isInTime, isSigned, openSealed, stampOf } from './sign.ts';

const TARGET = '/v3/certificates';
const List = z.object({
  data: z
    .array(
      z.object({
        serial_no: z.string().max(64),
        encrypt_certificate: z.object({
          nonce: z.string().max(64),
          associated_data: z.string().max(64),
          ciphertext: z.string().max(20_000),
        }),
      }),
    )
    .max(20),
});

/**
 * The certificates WeChat Pay signs with now, old and new. They come sealed with the APIv3 key, which proves that they are
 * its own; the answer must be signed by one of them. @throws UntrustedAnswer, ChannelUnreachable
 */
export async function downloadCertificates(env: ChannelEnv, account: WechatAccount): Promise<PeerKey[]> {
  return callChannel(env, {
    channel: 'wechat',
    accountId: account.opened.id,
    about: { orgId: account.opened.orgId },
    method: 'GET',
    url: `${channelUrls().wechat}${TARGET}`,
    request: { verb: 'GET', headers: signedHeaders(account, 'GET', TARGET, '') },
    shown: { request: null, answer: readJson },
    accept: async (answer) => {
      const list = List.safeParse(readJson(answer.body));
      if (answer.status !== 200 || !list.success)
        throw new ChannelUnreachable(`wechat handed out no certificates: ${answer.status} ${codeOf(answer.body)}`);
      const found = list.data.data.map((item) => opened(account.apiV3Key, item));
      const stamp = stampOf((name) => answer.headers.get(name));
      const signer = found.find((c) => c.serial === stamp.serial);
      const key = signer && parseCertificate(signer.pem);
      if (!key?.ok || !isSigned(key.value.key, stamp, answer.body) || !isInTime(stamp, new Date()))
        throw new UntrustedAnswer('the certificates are not signed by one of them');
      return { value: found, refused: false };
    },
  });
}

function codeOf(body: Buffer): string {
  const said = z.object({ code: z.string().max(60) }).safeParse(readJson(body));
  return said.success ? said.data.code : '';
}

function opened(apiV3Key: string, item: z.output<typeof List>['data'][number]): PeerKey {
  let pem: string;
  try {
    pem = openSealed(apiV3Key, item.encrypt_certificate);
  } catch {
    throw new UntrustedAnswer('a certificate cannot be opened with the APIv3 key');
  }
  const read = parseCertificate(pem);
  if (!read.ok || read.value.serial !== item.serial_no.toUpperCase())
    throw new UntrustedAnswer('a certificate is not the one it is called');
  return { serial: read.value.serial, pem, until: read.value.until.toISOString() };
}
