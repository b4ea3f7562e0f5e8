import type { FieldName } from '../../../api/field-errors.ts';
import type { Product, Sku } from '../../../api/types.ts';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';

export type SkuForm = {
  sku: string;
  barcode?: string;
  title?: string;
  /** As typed, in whole units: "199.00". */
  price: string;
  weightG?: number | null;
  reserveOn?: 'order' | 'payment';
};
export type ProductForm = {
  code: string;
  title: string;
  category: string;
  status?: Product['status'];
  pictureUrl?: string;
  skus: SkuForm[];
};

/** What the drawer shows for a product; one empty SKU for a new one. */
export function toForm(product: Product | undefined): ProductForm {
  if (!product) return { code: '', title: '', category: '', skus: [{ sku: '', price: '', reserveOn: 'order' }] };
  return {
    code: product.code,
    title: product.title,
    category: product.category,
    status: product.status,
    ...(product.pictureUrl ? { pictureUrl: product.pictureUrl } : {}),
    skus: product.skus.map((sku) => ({
      sku: sku.sku,
      barcode: sku.barcode ?? '',
      title: sku.title ?? '',
      price: toDecimal(sku.price),
      weightG: sku.weightG ?? null,
      reserveOn: sku.reserveOn ?? 'order',
    })),
  };
}

type SkuBody = Pick<Sku, 'sku' | 'price'> &
  Partial<Record<'barcode' | 'title' | 'reserveOn', string>> & { weightG?: number };

/** The request: empty optional fields are left out, prices are whole fen. */
export function toBody(form: ProductForm, isNew: boolean, currency = 'CNY') {
  const { code, title, category, status, pictureUrl } = form;
  const skus = form.skus.map((sku): SkuBody => ({
    sku: sku.sku.trim(),
    price: { amount: parseMoney(sku.price, currency) ?? 0, currency },
    ...(sku.barcode?.trim() ? { barcode: sku.barcode.trim() } : {}),
    ...(sku.title?.trim() ? { title: sku.title.trim() } : {}),
    ...(sku.weightG == null ? {} : { weightG: sku.weightG }),
    ...(sku.reserveOn ? { reserveOn: sku.reserveOn } : {}),
  }));
  return {
    ...(isNew ? { code: code.trim() } : {}),
    title: title.trim(),
    category: category.trim(),
    ...(!isNew && status ? { status } : {}),
    ...(pictureUrl ? { pictureUrl } : {}),
    skus,
  };
}

/** `skus[0].price.amount` of the request is the field `skus[0].price` of the form. */
export const renameMoney = (name: FieldName): FieldName => (name.at(-1) === 'amount' ? name.slice(0, -1) : name);
