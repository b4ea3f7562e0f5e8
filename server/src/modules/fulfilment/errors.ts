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
export const CartonNotFound = defineRefusal('carton_not_found', 404);
/** 422: it could not even carry itself. */
export const CartonRefused = defineRefusal('carton_refused', 422);
export const CartonExists = defineRefusal('carton_exists', 409);
/** 409: the scale says something else than the goods and the carton should weigh. */
export const WeightDiffers = defineRefusal('weight_differs', 409);
/** 409: a spot check has to find the parcel in order before it ships. */
export const SpotCheckPending = defineRefusal('spot_check_pending', 409);
export const CheckNotFound = defineRefusal('spot_check_not_found', 404);
/** 403: whoever packed a parcel does not check it. */
export const CheckedByPacker = defineRefusal('checked_by_packer', 403);
export const CheckLinesRefused = defineRefusal('check_lines_refused', 422);
export const ManifestNotFound = defineRefusal('manifest_not_found', 404);
export const ManifestEmpty = defineRefusal('manifest_empty', 409);
export const UnknownParcel = defineRefusal('unknown_parcel', 422);
export const OtherCarrier = defineRefusal('other_carrier', 409);
export const OtherManifest = defineRefusal('other_manifest', 409);
export const ParcelNotShipped = defineRefusal('parcel_not_shipped', 409);
export const AlreadyScannedOut = defineRefusal('already_scanned_out', 409);
/** 409: parcels of the manifest were not scanned; `missing` names the first of them. */
export const ParcelsMissing = defineRefusal('parcels_missing', 409);
export const AlreadyHandedOver = defineRefusal('already_handed_over', 409);
export const CutoffNotFound = defineRefusal('cutoff_not_found', 404);
export const IncidentNotFound = defineRefusal('incident_not_found', 404);
/** 422: goods can only be moved to damaged when it is known which and how many. */
export const IncidentGoodsUnknown = defineRefusal('incident_goods_unknown', 422);
export const PhotoNotFound = defineRefusal('photo_not_found', 404);
/** 422: what was named as a photo is no picture. */
export const NotAPhoto = defineRefusal('not_a_photo', 422);
