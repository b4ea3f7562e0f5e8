/** What stands in the place of what nobody is to read. */
export const REDACTED = '***';

/** Fields of the channels that hold keys, signatures, or say who somebody is. Compared without case and underscores. */
const HIDDEN = new Set(
  [
    'openid',
    'sub_openid',
    'sp_openid',
    'payer_client_ip',
    'acc_no',
    'customer_info',
    'buyer_id',
    'buyer_user_id',
    'buyer_open_id',
    'buyer_logon_id',
    'buyer_user_name',
    'buyer_user_type',
    'user_received_account',
    'op_app_id',
    'auth_token',
    'sign',
    'pay_sign',
    'signature',
    'authorization',
    'ciphertext',
    'encrypt_certificate',
    'private_key',
    'prepay_id',
    'bill_download_url',
    'download_url',
    'token',
  ].map(plain),
);

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** Whether what stands under such a name is kept from readers. */
export const isHidden = (name: string): boolean => HIDDEN.has(plain(name));

/** A copy in which hidden fields, at any depth, are replaced. */
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [k, isHidden(k) && v !== null && v !== '' ? REDACTED : redact(v)]),
  );
}

const SHOWN_BYTES_MAX = 8_000;
const CUT_CHARS = 2_000;

/** What is kept of a body: redacted, and of one that is too long only its beginning. Never more than 8 kB as JSON. */
export function bounded(value: unknown): unknown {
  if (value === undefined) return null;
  const hidden = redact(value);
  const text = JSON.stringify(hidden);
  return Buffer.byteLength(text) <= SHOWN_BYTES_MAX
    ? hidden
    : { cut: true, chars: text.length, begins: text.slice(0, CUT_CHARS) };
}
