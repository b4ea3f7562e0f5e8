import { defineRefusal } from '#kernel/errors.ts';

export const ShopCodeTaken = defineRefusal('shop_code_taken', 409);
export const ShopNotFound = defineRefusal('shop_not_found', 404);
export const ProductCodeTaken = defineRefusal('product_code_taken', 409);
export const PictureNotFound = defineRefusal('picture_not_found', 404);
export const ProductNotFound = defineRefusal('product_not_found', 404);
/** 409; `errors` names each SKU or barcode that another product has. */
export const SkuTaken = defineRefusal('sku_taken', 409);
export const SkuNotFound = defineRefusal('sku_not_found', 404);
