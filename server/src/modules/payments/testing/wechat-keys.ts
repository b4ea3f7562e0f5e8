import { createCipheriv, createSign, createVerify, type KeyObject, randomBytes } from 'node:crypto';
import { makeCertificate } from './certificate.ts';
import { makePair, type Pair, type PeerRequest, pemOf } from './peer-server.ts';

export type SigningKey = { serial: string; pair: Pair; pem: string };
export type StampFaults = { oldMs?: number | undefined; forged?: boolean | undefined; probe?: boolean | undefined };

const AUTHORIZATION =
  /^WECHATPAY2-SHA256-RSA2048 mchid="(.+?)",nonce_str="(.{32})",timestamp="(\d+)",serial_no="(.+?)",signature="(.+?)"$/;

function newKey(kind: 'public_key' | 'certificate'): SigningKey {
  const pair = makePair();
  if (kind === 'certificate') return { pair, ...makeCertificate(pair, { name: 'Tenpay.com' }) };
  return { serial: `PUB_KEY_ID_${randomBytes(8).toString('hex').toUpperCase()}`, pair, pem: pemOf(pair.publicKey) };
}

/** The keys on both sides of WeChat Pay: what it signs and seals with, and which certificates of the merchant it knows. */
export class WechatKeys {
  readonly apiV3Key = randomBytes(16).toString('hex');
  readonly publicKey = newKey('public_key');
  readonly certificates = [newKey('certificate')];
  readonly #merchant = new Map<string, KeyObject>();
  #signing = this.publicKey;

  /** A key pair with its certificate, known from now on. */
  enrol(mchid: string): { pem: string; serial: string; privateKey: string } {
    const pair = makePair();
    const made = makeCertificate(pair, { name: mchid });
    this.#merchant.set(made.serial, pair.publicKey);
    return { ...made, privateKey: pemOf(pair.privateKey) };
  }
  revoke(serial: string): void {
    this.#merchant.delete(serial);
  }
  /** Signs with another key from now on, and says which. */
  rotate(kind: 'public_key' | 'certificate'): { id: string; pem: string } {
    this.#signing = newKey(kind);
    if (kind === 'certificate') this.certificates.push(this.#signing);
    return { id: this.#signing.serial, pem: this.#signing.pem };
  }
  signWithCertificate(): void {
    this.#signing = this.certificates.at(-1) as SigningKey;
  }

  stamp(body: string, how: StampFaults = {}): Record<string, string> {
    const timestamp = String(Math.floor((Date.now() - (how.oldMs ?? 0)) / 1000));
    const nonce = randomBytes(16).toString('hex');
    const sign = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`);
    const made = sign.sign(this.#signing.pair.privateKey, 'base64');
    const wrong = how.forged ? randomBytes(256).toString('base64') : made;
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': this.#signing.serial,
      'wechatpay-signature': how.probe ? `WECHATPAY/SIGNTEST/${made}` : wrong,
    };
  }

  /** What is wrong with how a request is signed; undefined when nothing is. */
  fault(r: PeerRequest, merchant: string): string | undefined {
    const found = AUTHORIZATION.exec(r.headers.authorization ?? '');
    if (!found) return 'Authorization不合法';
    const [, mchid, nonce, timestamp, serial = '', signature = ''] = found;
    const key = this.#merchant.get(serial);
    if (!key || mchid !== merchant) return '商户证书序列号有误';
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300)
      return 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟';
    const text = `${r.method}\n${r.target}\n${timestamp}\n${nonce}\n${r.body}\n`;
    return createVerify('RSA-SHA256').update(text).verify(key, signature, 'base64') ? undefined : '签名错误';
  }

  sealed(value: unknown, aad: string): Record<string, string> {
    const nonce = randomBytes(6).toString('hex');
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(this.apiV3Key), Buffer.from(nonce));
    cipher.setAAD(Buffer.from(aad));
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { algorithm: 'AEAD_AES_256_GCM', nonce, associated_data: aad, ciphertext: bytes.toString('base64') };
  }
}
