import assert from 'node:assert/strict';
import type { Actor } from '#kernel/context.ts';
import { type Harness, order } from './harness.ts';

/** Goods with size, weight and care, beside those nobody has measured. */
export async function measuredGoods(h: Harness): Promise<void> {
  const sku = (code: string, more: object) => ({
    sku: `TEA-${code}`,
    barcode: `69100000${code}`,
    price: { amount: 5_000, currency: 'CNY' },
    ...more,
  });
  await h.must('/api/v1/products', {
    code: 'MEASURED',
    title: '量过的茶',
    category: '食品/茶',
    skus: [
      sku('CAN', { weightG: 250, lengthMm: 100, widthMm: 80, heightMm: 60 }),
      sku('POT', { weightG: 900, lengthMm: 200, widthMm: 180, heightMm: 150, fragile: true }),
      sku('ICE', { weightG: 500, lengthMm: 120, widthMm: 100, heightMm: 80, storage: 'chilled' }),
    ],
  });
  const lines = ['CAN', 'POT', 'ICE'].map((c) => ({ sku: `TEA-${c}`, quantity: 5_000 }));
  await h.must('/api/v1/stock/receipts', { warehouse: 'SH', lines });
}

export const CARTONS = [
  { code: 'S', name: '小号箱', lengthMm: 220, widthMm: 160, heightMm: 120, tareG: 80, maxG: 3_000, costAmount: 60 },
  { code: 'M', name: '中号箱', lengthMm: 300, widthMm: 260, heightMm: 220, tareG: 180, maxG: 8_000, costAmount: 120 },
] as const;

export async function cartons(h: Harness): Promise<void> {
  for (const carton of CARTONS) await h.must('/api/v1/cartons', { ...carton, material: '瓦楞纸箱' });
}

/** A parcel of a new order, packed and scanned in full by whoever acts. */
export async function packed(
  h: Harness,
  pieces: Record<string, number>,
): Promise<{ id: string; parcelNo: string; orderId: string; orderNo: string }> {
  const { id: orderId } = await order(h, pieces);
  const parcel = await h.must('/api/v1/parcels', { orderId });
  for (const [code, quantity] of Object.entries(pieces))
    await h.must(`/api/v1/parcels/${parcel.id}/scan`, { code: `TEA-${code}`, quantity });
  return parcel;
}

export async function shipped(
  h: Harness,
  pieces: Record<string, number>,
  carrier = 'sandbox',
): Promise<{ id: string; parcelNo: string; waybillNo: string; manifest: { id: string; no: string } }> {
  const parcel = await packed(h, pieces);
  const waybillNo = carrier === 'sandbox' ? {} : { waybillNo: `SF${parcel.parcelNo.slice(0, 13)}` };
  return h.must(`/api/v1/parcels/${parcel.id}/ship`, { carrier, ...waybillNo });
}

/** Somebody of the warehouse who may do only what is named. */
export const someone = (h: Harness, id: string, can: readonly string[]): Actor => ({
  ...h.actor,
  id,
  name: id,
  can: new Set(can),
});

/** Sets settings of the section `fulfilment`, and back when the work is done. */
export async function withSettings<T>(h: Harness, patch: object, work: () => Promise<T>): Promise<T> {
  const { fulfilmentSettings } = await import('../settings.ts');
  const before = await h.db.read({ orgId: h.orgId }, (tx) => fulfilmentSettings.get(tx));
  await h.db.inTx(h.ctx(), (tx) => fulfilmentSettings.put(tx, h.ctx(), patch));
  try {
    return await work();
  } finally {
    await h.db.inTx(h.ctx(), (tx) => fulfilmentSettings.put(tx, h.ctx(), before));
  }
}

/** All rows of an export. */
export async function rowsOf(pages: AsyncIterable<readonly (readonly unknown[])[]>): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const page of pages) rows.push(...page.map((r) => [...r]));
  assert.ok(rows.every((r) => r.length > 0));
  return rows;
}
