import type { FieldName } from '../../../api/field-errors.ts';
import type { Body } from '../../../api/paths.ts';
import type { Product } from '../../../api/types.ts';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';

export type SkuForm = {
  sku: string;
  barcode?: string;
  title?: string;
  /** As typed, in whole units: "199.00". */
  price: string;
  weightG?: number | null;
  reserveOn?: 'order' | 'payment';
  status?: 'on_sale' | 'off_sale';
  backorder?: boolean;
  /** YYYY-MM-DD, or empty. */
  availableFrom?: string;
  storage?: 'ambient' | 'chilled' | 'frozen';
  lengthMm?: number | null;
  widthMm?: number | null;
  heightMm?: number | null;
  fragile?: boolean;
};
export type ProductForm = {
  code: string;
  title: string;
  category: string;
  status?: Product['status'];
  pictureId?: string | null;
  skus: SkuForm[];
};

type NewBody = Body<'/products', 'post'>;
type ChangeBody = Body<'/products/{productId}', 'patch'>;

/** What the drawer shows for a product; one empty SKU for a new one. */
export function toForm(product: Product | undefined): ProductForm {
  if (!product) return { code: '', title: '', category: '', skus: [{ sku: '', price: '', reserveOn: 'order' }] };
  return {
    code: product.code,
    title: product.title,
    category: product.category,
    status: product.status,
    pictureId: product.pictureId,
    skus: product.skus.map((sku) => ({
      sku: sku.sku,
      barcode: sku.barcode ?? '',
      title: sku.title,
      price: toDecimal(sku.price),
      weightG: sku.weightG,
      reserveOn: sku.reserveOn,
      status: sku.status,
      backorder: sku.backorder,
      availableFrom: sku.availableFrom ?? '',
      storage: sku.storage,
      lengthMm: sku.lengthMm,
      widthMm: sku.widthMm,
      heightMm: sku.heightMm,
      fragile: sku.fragile,
    })),
  };
}

const priceOf = (sku: SkuForm) => ({ amount: parseMoney(sku.price, 'CNY') ?? 0, currency: 'CNY' as const });
const weightOf = ({ weightG }: SkuForm) => (weightG == null ? {} : { weightG });
const availabilityOf = ({ backorder, availableFrom }: SkuForm) => ({
  ...(backorder === undefined ? {} : { backorder }),
  ...(availableFrom === undefined ? {} : { availableFrom: availableFrom || null }),
});
const SIZES = ['lengthMm', 'widthMm', 'heightMm'] as const;
const handlingOf = (sku: SkuForm) => ({
  ...(sku.storage === undefined ? {} : { storage: sku.storage }),
  ...Object.fromEntries(SIZES.flatMap((name) => (sku[name] == null ? [] : [[name, sku[name]]]))),
  ...(sku.fragile === undefined ? {} : { fragile: sku.fragile }),
});
const filled = <K extends string>(name: K, text: string | undefined) =>
  text?.trim() ? ({ [name]: text.trim() } as { [Name in K]: string }) : {};

/** The request that makes a product: empty optional fields are left out, prices are whole fen. */
export const toNew = (form: ProductForm): NewBody => ({
  code: form.code.trim(),
  title: form.title.trim(),
  category: form.category.trim(),
  ...(form.pictureId ? { pictureId: form.pictureId } : {}),
  skus: form.skus.map((sku) => ({
    sku: sku.sku.trim(),
    price: priceOf(sku),
    ...filled('barcode', sku.barcode),
    ...filled('title', sku.title),
    ...weightOf(sku),
    ...(sku.reserveOn ? { reserveOn: sku.reserveOn } : {}),
    ...availabilityOf(sku),
    ...handlingOf(sku),
  })),
});

/** The request that changes one. Code, bar code and how stock is kept stay as they were made. */
export const toChange = (form: ProductForm): ChangeBody => ({
  title: form.title.trim(),
  category: form.category.trim(),
  pictureId: form.pictureId ?? null,
  ...(form.status ? { status: form.status } : {}),
  skus: form.skus.map((sku) => ({
    sku: sku.sku,
    price: priceOf(sku),
    ...filled('title', sku.title),
    ...weightOf(sku),
    ...(sku.status ? { status: sku.status } : {}),
    ...availabilityOf(sku),
    ...handlingOf(sku),
  })),
});

/** `skus[0].price.amount` of the request is the field `skus[0].price` of the form. */
export const renameMoney = (name: FieldName): FieldName => (name.at(-1) === 'amount' ? name.slice(0, -1) : name);

/** Where the picture of a product is; its file's id makes the address change with it. */
export const pictureOf = (product: Pick<Product, 'id' | 'pictureId'>): string | null =>
  product.pictureId === null ? null : `/api/v1/products/${product.id}/picture?v=${product.pictureId}`;
