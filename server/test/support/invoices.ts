import { expectStatus } from './shop.ts';
import type { Answer, Sender } from './app.ts';

type Body = Answer['body'];

export const TENCENT = { kind: 'company', name: '深圳市腾讯计算机系统有限公司', taxId: '91440300708461136T' } as const;
export const HUAWEI = { kind: 'company', name: '华为技术有限公司', taxId: '914403001922038216' } as const;
export const PERSON = { kind: 'personal', name: '王小明' } as const;

/** What the goods of a shop are to the tax bureau: those without a code of their own are food at 13 %. */
export async function setTaxCodes(org: Sender): Promise<void> {
  const put = (body: object): Promise<Body> => org.api('PUT', '/tax-codes', body).then((a) => expectStatus(a, 200));
  await put({ scope: 'default', code: '1030204020000000000', shortName: '食品', rateBp: 1300, unit: '件' });
  await put({
    scope: 'category',
    key: '食品/生鲜',
    code: '1010112020000000000',
    shortName: '水果',
    rateBp: 900,
    unit: '盒',
  });
}

export const applyBody = (orderId: string, over: object = {}): object => ({
  orderId,
  title: PERSON,
  type: 'general',
  medium: 'digital',
  ...over,
});

export const invoiceOf = async (org: Sender, id: string): Promise<Body> =>
  expectStatus(await org.get(`/invoices/${id}`), 200);

/** Everything about an order, oldest first. */
export const invoicesOf = async (org: Sender, orderId: string): Promise<Body[]> =>
  expectStatus(await org.get(`/invoices?orderId=${orderId}`), 200).items.toReversed();

/** Σ blue − Σ red of what is issued, in fen. */
export async function netInvoiced(org: Sender, orderId: string): Promise<number> {
  const issued = (await invoicesOf(org, orderId)).filter((i) => i.status === 'issued' || i.status === 'reversed');
  return issued.reduce((n, i) => n + (i.color === 'blue' ? 1 : -1) * i.amount.amount, 0);
}
