import { randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { JobEnv } from '#kernel/jobs/index.ts';
import { SECOND_MS } from '#kernel/time.ts';
import { openSecrets } from '../secrets.ts';
import {
  type Answer,
  type Asked,
  type DocumentOrder,
  type InvoiceProvider,
  ProviderNotSetUp,
  ProviderUnreachable,
  type Told,
} from '../provider.ts';
import { blueRequest, redacted, redRequest } from './requests.ts';
import { nuonuoSign } from './signature.ts';

const TIMEOUT_MS = 15 * SECOND_MS;
const PDF_BYTES_MAX = 10 * 1024 * 1024;
const SUCCESS = 'E0000';
const NOT_FOUND = 'E9500';
/** The serial was sent before: what became of it is asked for, nothing is sent twice. */
const DUPLICATE = 'E9106';
/** The gateway knows the application or its token no longer: the request is fine, and nothing came of it. */
const CREDENTIALS = new Set(['070101', '070304', '070305', '070306', '070307']);

const METHOD = {
  blue: 'nuonuo.OpeMplatform.requestBillingNew',
  red: 'nuonuo.OpeMplatform.fastInvoiceRed',
  query: 'nuonuo.OpeMplatform.queryInvoiceResult',
} as const;

const Reply = z.object({
  code: z.coerce.string().max(20),
  describe: z.string().optional(),
  result: z.unknown().optional(),
});
const Result = z.object({
  status: z.coerce.string(),
  serialNo: z.string().optional().nullable(),
  orderNo: z.string().optional().nullable(),
  failCause: z.string().optional().nullable(),
  statusMsg: z.string().optional().nullable(),
  allElectronicInvoiceNumber: z.string().optional().nullable(),
  invoiceNo: z.string().optional().nullable(),
  invoiceTime: z.coerce.number().optional().nullable(),
  pdfUrl: z.string().optional().nullable(),
});

type Called = { code: string; describe: string; result: unknown; told: Told };

/** One signed request. @throws ProviderNotSetUp without keys or when they are refused, ProviderUnreachable when there is no answer to rely on. */
async function call(env: JobEnv, order: DocumentOrder, method: string, payload: unknown): Promise<Called> {
  await fieldCrypto.load(order.orgId);
  const keys = await env.db.read(order, openSecrets);
  const { nuonuo_app_key: appKey, nuonuo_app_secret: appSecret, nuonuo_access_token: token } = keys;
  if (!appKey || !appSecret || !token || !order.seller.sellerTaxId || !order.seller.drawer)
    throw new ProviderNotSetUp('nuonuo: keys, tax id or drawer are missing');
  const body = JSON.stringify(payload);
  const signed = {
    appKey,
    senid: randomBytes(16).toString('hex'),
    nonce: String(randomInt(10_000_000, 100_000_000)),
    timestamp: String(Math.floor(Date.now() / SECOND_MS)),
    body,
  };
  const { senid, nonce, timestamp } = signed;
  const told: Told = { method, sent: redacted(payload) };
  const url = `${order.seller.nuonuoUrl}?${new URLSearchParams({ senid, nonce, timestamp, appkey: appKey })}`;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-nuonuo-sign': nuonuoSign(appSecret, signed),
    accesstoken: token,
    usertax: order.seller.sellerTaxId,
    method,
  };
  const reply = await post(url, headers, body, told);
  const answered = { code: reply.code, describe: reply.describe ?? '', result: redacted(reply.result) };
  if (CREDENTIALS.has(reply.code)) throw new ProviderNotSetUp(`nuonuo: ${reply.code} ${reply.describe ?? ''}`);
  return { code: reply.code, describe: reply.describe ?? '', result: reply.result, told: { ...told, answered } };
}

async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  told: Told,
): Promise<z.output<typeof Reply>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return Reply.parse(JSON.parse(text));
  } catch (error) {
    throw new ProviderUnreachable(
      `nuonuo: ${error instanceof Error ? error.message : 'no answer'}`.slice(0, 200),
      told,
    );
  }
}

/** What a status of theirs means. Only 22, 3 and 31 say that there is no invoice; with 24 there is one without a document. */
function answerOf(result: z.output<typeof Result>): Answer {
  const ref = result.serialNo ? { ref: result.serialNo } : {};
  const number = result.allElectronicInvoiceNumber || result.invoiceNo || '';
  switch (result.status) {
    case '2':
      if (!/^\d{8,20}$/.test(number)) return { state: 'issuing', ...ref, why: 'issued without a number' };
      return {
        state: 'issued',
        number,
        issuedAt: new Date(result.invoiceTime ?? Date.now()),
        ...ref,
        ...(result.pdfUrl ? { pdfUrl: result.pdfUrl } : {}),
      };
    case '22':
      return { state: 'failed', why: result.failCause || result.statusMsg || 'status 22' };
    case '3':
    case '31':
      return { state: 'failed', why: `voided at the provider (status ${result.status})` };
    case '24':
      return { state: 'issuing', ...ref, why: result.failCause || 'status 24', attention: 'signing' };
    default:
      return { state: 'issuing', ...ref, why: `status ${result.status}` };
  }
}

async function query(env: JobEnv, order: DocumentOrder): Promise<Asked> {
  const called = await call(env, order, METHOD.query, { orderNos: [order.serial], isOfferInvoiceDetail: '0' });
  if (called.code === NOT_FOUND) return { answer: { state: 'not_found' }, told: [called.told] };
  const list = z.array(Result).safeParse(Array.isArray(called.result) ? called.result : [called.result]);
  if (called.code !== SUCCESS || !list.success)
    throw new ProviderUnreachable(`nuonuo: ${called.code} ${called.describe}`.slice(0, 200), called.told);
  const mine = list.data.find((r) => !r.orderNo || r.orderNo === order.serial);
  return { answer: mine ? answerOf(mine) : { state: 'not_found' }, told: [called.told] };
}

async function issue(env: JobEnv, order: DocumentOrder): Promise<Asked> {
  const payload = order.color === 'blue' ? blueRequest(order) : redRequest(order);
  const called = await call(env, order, METHOD[order.color], payload);
  const { code, describe } = called;
  const told = [called.told];
  if (code === SUCCESS) {
    const ref = z.object({ invoiceSerialNum: z.string().max(100) }).safeParse(called.result);
    return { answer: { state: 'issuing', ...(ref.success ? { ref: ref.data.invoiceSerialNum } : {}) }, told };
  }
  if (code === DUPLICATE) return { answer: { state: 'issuing', why: describe }, told };
  // A refusal counts when nothing is known of the serial: a code we misread must not lead to a second invoice.
  const known = await query(env, order);
  const why = `${code} ${describe}`.trim().slice(0, 500);
  const refused = known.answer.state === 'not_found' || known.answer.state === 'failed';
  return { answer: refused ? { state: 'failed', why } : known.answer, told: [...told, ...known.told] };
}

/**
 * Nuonuo's 诺税通 (open platform, v1/services). An invoice is asked for with `requestBillingNew` and its result queried by
 * our serial; its callback has no signature to rely on, so it only makes us query.
 */
export const nuonuoProvider: InvoiceProvider = {
  code: 'nuonuo',
  issue,
  query,
  fetchPdf: async (url) => {
    if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url))
      throw new Error('the document is not offered over TLS');
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!response.ok || bytes.length > PDF_BYTES_MAX) throw new Error(`no document: HTTP ${response.status}`);
    return bytes;
  },
};
