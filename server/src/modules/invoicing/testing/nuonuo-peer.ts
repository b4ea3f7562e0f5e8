import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nuonuoSign } from '../providers/nuonuo/signature.ts';

type Kept = {
  orderNo: string;
  status: string;
  number: string;
  red: boolean;
  failCause?: string;
  callBackUrl: string;
};
// oxlint-disable-next-line no-explicit-any -- whatever our adapter sent
type Sent = { method: string; headers: Record<string, unknown>; body: any };
/** How the peer misbehaves at the next request of a method: once. */
type Trick = 'lost_reply' | 'error_500' | 'slow' | 'refuse' | 'bad_token';

export const KEYS = { appKey: 'app-key-1', appSecret: 'app-secret-1', token: 'token-1' } as const;
const SIGN_WINDOW_S = 300;
const METHODS = {
  'nuonuo.OpeMplatform.requestBillingNew': 'issue',
  'nuonuo.OpeMplatform.fastInvoiceRed': 'red',
  'nuonuo.OpeMplatform.queryInvoiceResult': 'query',
} as const;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Nuonuo as it behaves over the wire: it checks our signature, keeps one document per order number, issues some time later,
 * and misbehaves when told to.
 */
export async function startNuonuo() {
  const books = new Map<string, Kept>();
  const sent: Sent[] = [];
  const tricks = new Map<string, Trick[]>();
  let running = 0;
  /** What a document becomes when it is asked about. */
  let outcome: (kept: Kept) => Partial<Kept> = () => ({ status: '2' });

  const badSignature = (request: IncomingMessage, url: URL, body: string): boolean => {
    const param = (name: string): string => url.searchParams.get(name) ?? '';
    const { headers } = request;
    const signed = {
      appKey: param('appkey'),
      senid: param('senid'),
      nonce: param('nonce'),
      timestamp: param('timestamp'),
      body,
    };
    const age = Math.abs(Date.now() / 1000 - Number(signed.timestamp));
    return (
      signed.appKey !== KEYS.appKey ||
      !/^\w{32}$/.test(signed.senid) ||
      !/^\d{8}$/.test(signed.nonce) ||
      age > SIGN_WINDOW_S ||
      headers['x-nuonuo-sign'] !== nuonuoSign(KEYS.appSecret, signed)
    );
  };

  const take = (orderNo: string, red: boolean, callBackUrl: string): object => {
    if (books.has(orderNo)) return { code: 'E9106', describe: '订单编号或流水号不能重复' };
    running += 1;
    books.set(orderNo, {
      orderNo,
      status: '20',
      number: `2633200000${String(running).padStart(10, '0')}`,
      red,
      callBackUrl,
    });
    return { code: 'E0000', describe: '开票提交成功', result: { invoiceSerialNum: `SN${running}` } };
  };

  const answer = (method: string, body: Sent['body'], base: string): object => {
    if (method === 'issue') return take(body.order.orderNo, false, body.order.callBackUrl);
    if (method === 'red') return take(body.orderNo, true, body.callBackUrl);
    const kept = books.get(body.orderNos[0]);
    if (!kept) return { code: 'E9500', describe: '未查询到发票' };
    Object.assign(kept, outcome(kept));
    const done = kept.status === '2';
    return {
      code: 'E0000',
      describe: '获取成功',
      result: [
        {
          orderNo: kept.orderNo,
          serialNo: `SN-${kept.orderNo}`,
          status: kept.status,
          failCause: kept.failCause ?? '',
          ...(done
            ? { allElectronicInvoiceNumber: kept.number, invoiceTime: Date.now(), pdfUrl: `${base}/pdf/${kept.number}` }
            : {}),
        },
      ],
    };
  };

  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://peer');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const reply = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (url.pathname.startsWith('/pdf/')) {
      response.writeHead(200, { 'content-type': 'application/pdf' }).end(pdfOf(url.pathname.slice(5)));
      return;
    }
    const text = await bodyOf(request);
    const named = String(request.headers['method'] ?? '');
    const method = METHODS[named as keyof typeof METHODS];
    if (!method) return reply(200, { code: '070102', describe: 'no such method' });
    sent.push({ method, headers: request.headers, body: JSON.parse(text) });
    const trick = tricks.get(method)?.shift();
    if (trick === 'bad_token' || request.headers['accesstoken'] !== KEYS.token)
      return reply(200, { code: '070304', describe: 'bad credentials' });
    if (badSignature(request, url, text)) return reply(200, { code: '070301', describe: 'sign error' });
    if (trick === 'error_500') return reply(500, { message: 'Internal Server Error' });
    if (trick === 'refuse') return reply(200, { code: 'E9999', describe: '税率不正确' });
    const said = answer(method, JSON.parse(text), base);
    if (trick === 'lost_reply') {
      request.socket.destroy(); // it was taken, and nobody hears of it
      return;
    }
    if (trick === 'slow') await new Promise((resolve) => setTimeout(resolve, 300));
    reply(200, said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/open/v1/services`,
    books,
    sent,
    /** At the next request of the method. */
    play: (method: 'issue' | 'red' | 'query', ...next: Trick[]): void => void tricks.set(method, next),
    becomes: (next: typeof outcome): void => {
      outcome = next;
    },
    issued: (): Kept[] => [...books.values()].filter((k) => k.status === '2'),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The least that is a PDF, with a number in it. */
function pdfOf(number: string): string {
  return `%PDF-1.4\n% ${number}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`;
}
