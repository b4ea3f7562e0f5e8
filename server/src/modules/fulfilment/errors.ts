import { defineRefusal } from '#kernel/errors.ts';

export const PickNotFound = defineRefusal('pick_not_found', 404);
export const ParcelNotFound = defineRefusal('parcel_not_found', 404);
export const WaveNotFound = defineRefusal('wave_not_found', 404);
export const NothingToPick = defineRefusal('nothing_to_pick', 409);
export const OrdersNotPickable = defineRefusal('orders_not_pickable', 409);
export const OrderNotShippable = defineRefusal('order_not_shippable', 409);
export const NothingToPack = defineRefusal('nothing_to_pack', 409);
export const AlreadyShipped = defineRefusal('already_shipped', 409);
export const ParcelNotVerified = defineRefusal('parcel_not_verified', 409);
export const ParcelRefused = defineRefusal('parcel_lines_refused', 422);
export const WrongItem = defineRefusal('wrong_item', 422);
export const UnknownCode = defineRefusal('unknown_code', 422);
export const SurplusItem = defineRefusal('surplus_item', 422);
export const ScanIdReused = defineRefusal('scan_id_reused', 409);
/** 409: the pieces are to be taken from other bins; `bins` names them. */
export const WrongBin = defineRefusal('wrong_bin', 409);
/** 409: fewer pieces of the line are left to be picked than are said to be missing. */
export const NotMissing = defineRefusal('not_missing', 409);
