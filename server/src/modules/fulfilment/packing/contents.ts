import type { Tx } from '#kernel/db/index.ts';
import { type SkuRow, skusByIds } from '#modules/catalog/index.ts';
import type { Goods } from '../domain/cartons.ts';
import type { ParcelLineRow } from '../store/parcels.ts';

/** What is written on a parcel so that it is handled rightly. */
export const MARKS = ['fragile', 'chilled', 'frozen'] as const;
export type Mark = (typeof MARKS)[number];

export type Contents = { readonly goods: readonly Goods[]; readonly marks: readonly Mark[] };

function contentsOfLines(lines: readonly ParcelLineRow[], skus: ReadonlyMap<string, SkuRow>): Contents {
  const found = lines.flatMap((l) => skus.get(l.sku_id) ?? []);
  const goods = lines.map((l): Goods => {
    const sku = skus.get(l.sku_id);
    return {
      sku: l.sku,
      quantity: l.quantity,
      lengthMm: sku?.length_mm ?? 0,
      widthMm: sku?.width_mm ?? 0,
      heightMm: sku?.height_mm ?? 0,
      weightG: sku?.weight_g ?? 0,
      fragile: sku?.fragile ?? false,
    };
  });
  const has: Record<Mark, boolean> = {
    fragile: found.some((s) => s.fragile),
    chilled: found.some((s) => s.storage === 'chilled'),
    frozen: found.some((s) => s.storage === 'frozen'),
  };
  return { goods, marks: MARKS.filter((m) => has[m]) };
}

/** What lies in parcels, as measured and weighed today, by parcel. One statement, however many. */
export async function contentsOf(tx: Tx, lines: readonly ParcelLineRow[]): Promise<Map<string, Contents>> {
  const skus = new Map((await skusByIds(tx, [...new Set(lines.map((l) => l.sku_id))])).map((s) => [s.id, s]));
  return new Map([...Map.groupBy(lines, (l) => l.parcel_id)].map(([id, of]) => [id, contentsOfLines(of, skus)]));
}
