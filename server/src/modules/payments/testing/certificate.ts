import { createSign, type KeyObject, randomBytes } from 'node:crypto';

/** One DER value: tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 255 ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
/** sha256WithRSAEncryption, commonName. */
const RSA_SHA256 = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'));
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const nameOf = (text: string): Buffer => sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))));
const utc = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`));

/** A self-made X.509 certificate, as channels give their merchants: enough to have a serial number, a key and an end. */
export function makeCertificate(
  keys: { publicKey: KeyObject; privateKey: KeyObject },
  options: { name?: string; until?: Date; issuer?: { name: string; privateKey: KeyObject } } = {},
): { pem: string; serial: string } {
  const serial = Buffer.concat([Buffer.from([0x4a]), randomBytes(19)]); // 40 hex digits, positive
  const until = options.until ?? new Date(Date.now() + 5 * 365 * 86_400_000);
  const body = sequence(
    der(0xa0, Buffer.from('020102', 'hex')),
    der(0x02, serial),
    RSA_SHA256,
    nameOf(options.issuer?.name ?? 'Test CA'),
    sequence(utc(new Date(Date.now() - 86_400_000)), utc(until)),
    nameOf(options.name ?? 'Test'),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('RSA-SHA256')
    .update(body)
    .sign(options.issuer?.privateKey ?? keys.privateKey);
  const whole = sequence(body, RSA_SHA256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    serial: serial.toString('hex').toUpperCase(),
  };
}
