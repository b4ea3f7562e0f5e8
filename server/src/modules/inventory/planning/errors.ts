import { defineRefusal } from '#kernel/errors.ts';

export const StockSkuNotFound = defineRefusal('stock_sku_not_found', 404);
/** 422: rules and levels that cannot hold; `errors` names each field. */
export const ReplenishmentInvalid = defineRefusal('replenishment_invalid', 422);
export const ReplenishmentRuleNotFound = defineRefusal('replenishment_rule_not_found', 404);
