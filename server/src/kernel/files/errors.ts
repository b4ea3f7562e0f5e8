import { defineRefusal } from '../errors.ts';

export const FileMissing = defineRefusal('file_missing', 400);
export const FileNotFound = defineRefusal('file_not_found', 404);
export const FileTooLarge = defineRefusal('file_too_large', 413);
export const FileTypeRefused = defineRefusal('file_type_refused', 422);
export const FileContentMismatch = defineRefusal('file_content_mismatch', 422);
export const FileDamaged = defineRefusal('file_damaged', 422);
export const ImageTooManyPixels = defineRefusal('image_too_many_pixels', 422);
