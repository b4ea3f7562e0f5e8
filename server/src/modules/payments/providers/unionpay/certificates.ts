import { X509Certificate } from 'node:crypto';

/** Who signs for UnionPay: the third part of its certificates' common name, such as `041@8310000000083040@中国银联股份有限公司@00016494`. */
const SIGNER = '中国银联股份有限公司';
/** What the integration environment signs with instead. */
const TEST_SIGNER = '00040000:SIGN';

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
export const TRUSTED_MAX = 6;

/** The certificates of a text, in order; undefined where one of them cannot be read. */
export function readCertificates(text: string): X509Certificate[] | undefined {
  try {
    return (text.match(PEM) ?? []).slice(0, TRUSTED_MAX).map((pem) => new X509Certificate(pem));
  } catch {
    return undefined;
  }
}

function isInForce(cert: X509Certificate, now: Date): boolean {
  return new Date(cert.validFrom) <= now && now <= new Date(cert.validTo);
}

const isIssuedBy = (cert: X509Certificate, issuer: X509Certificate): boolean =>
  cert.checkIssued(issuer) && cert.verify(issuer.publicKey);

/**
 * Whether a certificate is UnionPay's: in force, issued through a chain of the trusted ones that ends with one that issued
 * itself, and named after UnionPay.
 */
export function isUnionpays(
  cert: X509Certificate,
  trusted: readonly X509Certificate[],
  environment: 'production' | 'test',
  now: Date,
): boolean {
  const name = /(?:^|\n)CN=(.*)/.exec(cert.subject)?.[1] ?? '';
  const signer = name.split('@')[2] ?? '';
  if (signer !== SIGNER && !(environment === 'test' && signer === TEST_SIGNER)) return false;
  let at = cert;
  for (let depth = 0; depth <= TRUSTED_MAX; depth += 1) {
    if (!isInForce(at, now)) return false;
    const issuer = trusted.find((t) => isIssuedBy(at, t));
    if (!issuer) return false;
    if (isIssuedBy(issuer, issuer)) return isInForce(issuer, now);
    at = issuer;
  }
  return false;
}
