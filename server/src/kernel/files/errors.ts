import { defineRefusal } from '../errors.ts';

export const FileMissing = defineRefusal('file_missing', 400);
export const FileNotFound = defineRefusal('file_not_found', 404);
export const FileTooLarge = defineRefusal('file_too_large', 413);
export const FileTypeRefused = defineRefusal('file_type_refused', 422);
export const FileContentMismatch = defineRefusal('file_content_mismatch', 422);
export const FileDamaged = defineRefusal('file_damaged', 422);
export const ImageTooManyPixels = defineRefusal('image_too_many_pixels', 422);
/** 416: the part of the file that was asked for does not exist; `size` says how many bytes there are. */
export const RangeOutside = defineRefusal('range_outside', 416);
export const UploadNotFound = defineRefusal('upload_not_found', 404);
/** 409: what was sent does not begin where the server is; `offset` says where that is. */
export const UploadOffsetConflict = defineRefusal('upload_offset_conflict', 409);
/** 409: another request is writing or judging this upload; it ends by itself within seconds. */
export const UploadBusy = defineRefusal('upload_busy', 409);
/** 409: not all bytes are there; `offset` says how many are. */
export const UploadIncomplete = defineRefusal('upload_incomplete', 409);
/** 422: the content was refused before; `because` is the code it was refused with. */
export const UploadRefused = defineRefusal('upload_refused', 422);
/** 400: the sender went away in the middle; what came is kept. */
export const UploadBrokeOff = defineRefusal('upload_broke_off', 400);
/** 412: only version 1.0.0 of the tus protocol is spoken. */
export const TusVersionRefused = defineRefusal('tus_version_refused', 412);
/** 429: a sender's files of one day, or uploads at once, are used up. */
export const UploadQuotaUsed = defineRefusal('upload_quota_used', 429);
