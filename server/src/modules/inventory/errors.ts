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
/** 409: the units are not allocated to the order line in that bin. */
export const NotAllocated = defineRefusal('not_allocated', 409);
export const ZoneCodeTaken = defineRefusal('zone_code_taken', 409);
export const BinCodesTaken = defineRefusal('bin_codes_taken', 409);
export const BinNotFound = defineRefusal('bin_not_found', 404);
/** 409: a bin that holds goods cannot become what holds none; floor and staging stay what they are. */
export const BinInUse = defineRefusal('bin_in_use', 409);
export const BatchNotFound = defineRefusal('batch_not_found', 404);
export const DeliveryNotFound = defineRefusal('delivery_not_found', 404);
/** 409: the delivery is closed or cancelled. */
export const DeliveryState = defineRefusal('delivery_state', 409);
export const KitUnknown = defineRefusal('kit_unknown', 422);
export const ZoneNotFound = defineRefusal('zone_not_found', 404);
/** 422: the racks do not fit to the floor that is there, or the floor is none. */
export const LayoutDoesNotFit = defineRefusal('layout_does_not_fit', 422);
/** 409: the document moved nothing, was reversed before, or is a reversal itself. */
export const NothingToReverse = defineRefusal('nothing_to_reverse', 409);
