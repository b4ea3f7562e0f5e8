import { defineRefusal } from '#kernel/errors.ts';

/** 422; `errors` names each line and what is available. Nothing was reserved or moved. */
export const InsufficientStock = defineRefusal('insufficient_stock', 422);
export const WarehouseNotFound = defineRefusal('warehouse_not_found', 404);
export const WarehouseCodeTaken = defineRefusal('warehouse_code_taken', 409);
/** 422: `errors` names each region that is not one, is named twice, or has no cost. */
export const ServiceInvalid = defineRefusal('warehouse_service_invalid', 422);
export const DocumentNotFound = defineRefusal('stock_document_not_found', 404);
export const DocumentState = defineRefusal('stock_document_state', 409);
/** 422: lines of a stock document that name what does not exist. */
export const StockDocumentInvalid = defineRefusal('stock_document_invalid', 422);
/** 409: the units to ship are not reserved for this order. */
export const NotReserved = defineRefusal('not_reserved', 409);
