import assert from 'node:assert/strict';
import type { Answer, Sender } from './app.ts';

export type Goods = {
  sku: string;
  price?: number;
  reserveOn?: 'order' | 'payment';
  barcode?: string;
  /** Units by warehouse code. */ stock?: Record<string, number>;
};

/** Answers with the body when the status is as expected; says what came instead otherwise. */
export function expectStatus(answer: Answer, status: number): Answer['body'] {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  return answer.body;
}

export const SHIP_TO = {
  name: '王小明',
  phone: '13800138000',
  province: '浙江省',
  city: '杭州市',
  district: '西湖区',
  address: '文三路 1 号',
};

/** A Chinese mobile number for each n: whoever orders twice with one number is the same buyer. */
export const phoneOf = (n: number): string => `13${String(100_000_000 + n)}`;

let placed = 0;

/** A good order of one line; every call has another buyer, so that none is taken for a duplicate. */
export function anOrder(
  over: Record<string, unknown> = {},
): Record<string, unknown> & { lines: { sku: string; quantity: number; unitPrice?: number }[] } {
  placed += 1;
  return {
    shop: 'S1',
    channel: 'web',
    customer: {},
    shipTo: { ...SHIP_TO, phone: phoneOf(placed) },
    lines: [{ sku: 'A', quantity: 1 }],
    ...over,
  } as never;
}

/** A shop S1 with warehouses, products and stock, all through the API. */
export async function openShop(
  org: Sender,
  goods: readonly Goods[] = [{ sku: 'A', stock: { W1: 100 } }],
  warehouses: readonly string[] = ['W1'],
): Promise<void> {
  expectStatus(await org.post('/shops', { code: 'S1', name: '一号店' }), 201);
  for (const [i, code] of warehouses.entries())
    expectStatus(await org.post('/warehouses', { code, name: `仓库 ${code}`, priority: i + 1 }), 201);
  for (const g of goods) await addGoods(org, g);
  for (const warehouse of warehouses) {
    const lines = goods.flatMap((g) => (g.stock?.[warehouse] ? [{ sku: g.sku, quantity: g.stock[warehouse] }] : []));
    if (lines.length > 0) expectStatus(await org.post('/stock/receipts', { warehouse, lines }), 201);
  }
}

/** One product with one SKU; answers with the product. */
export async function addGoods(org: Sender, g: Goods): Promise<Answer['body']> {
  const sku = {
    sku: g.sku,
    price: { amount: g.price ?? 1000, currency: 'CNY' },
    ...(g.reserveOn ? { reserveOn: g.reserveOn } : {}),
    ...(g.barcode ? { barcode: g.barcode } : {}),
  };
  return expectStatus(
    await org.post('/products', { code: `P-${g.sku}`, title: `商品 ${g.sku}`, category: '食品/生鲜', skus: [sku] }),
    201,
  );
}

export async function place(
  org: Sender,
  over: Record<string, unknown> = {},
  headers?: Record<string, string>,
): Promise<Answer['body']> {
  return expectStatus(await org.post('/orders', anOrder(over), headers), 201);
}

/** Pays what is owed at the sandbox channel; answers with the payment as it is afterwards. */
export async function pay(org: Sender, orderId: string, times = 1): Promise<Answer['body']> {
  const payment = expectStatus(await org.post(`/orders/${orderId}/payments`, { channel: 'sandbox' }), 201);
  expectStatus(await org.post(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success', times }), 200);
  return (await org.get(`/payments/${payment.id}`)).body;
}

export const orderOf = async (org: Sender, id: string): Promise<Answer['body']> =>
  expectStatus(await org.get(`/orders/${id}`), 200);

export type Levels = { onHand: number; reserved: number; available: number };

/** Sums over warehouses, or of one. */
export async function stockOf(org: Sender, sku: string, warehouse?: string): Promise<Levels> {
  const { items } = expectStatus(
    await org.get(`/stock?sku=${encodeURIComponent(sku)}${warehouse ? `&warehouse=${warehouse}` : ''}`),
    200,
  ) as { items: Levels[] };
  const sum = (of: keyof Levels): number => items.reduce((n, i) => n + i[of], 0);
  return { onHand: sum('onHand'), reserved: sum('reserved'), available: sum('available') };
}

/** What stands in which bins, such as `A-01 good 6`. */
export async function standing(org: Sender, sku: string): Promise<string[]> {
  const { items } = expectStatus(await org.get(`/stock/bins?sku=${sku}`), 200) as {
    items: { bin: string; quantity: number; state: string }[];
  };
  return items.map((r) => `${r.bin} ${r.state} ${r.quantity}`).toSorted();
}

/** `lines[0].sku: unknown_sku` for every problem, sorted. */
export const problems = (answer: Answer): string[] =>
  ((answer.body.errors ?? []) as { path: string; code: string }[]).map((e) => `${e.path}: ${e.code}`).toSorted();

/** A multipart request's body: fields and one file. */
export function form(fields: Record<string, string>, name: string, text: string | Buffer): FormData {
  const made = new FormData();
  for (const [field, value] of Object.entries(fields)) made.set(field, value);
  made.set('file', new Blob([text]), name);
  return made;
}
