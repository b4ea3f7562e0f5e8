import { defineRefusal } from '#kernel/errors.ts';

/** 409: it is in the archive; POST /orders/{orderId}/restore puts it back. */
export const OrderArchived = defineRefusal('order_archived', 409);
/** 409: the archive is at work in this organisation already. */
export const ArchiveBusy = defineRefusal('archive_busy', 409);
/** 404: nothing of that month is archived. */
export const NothingArchived = defineRefusal('nothing_archived', 404);
/** 422: orders of the last 6 months stay on line. */
export const TooYoungToArchive = defineRefusal('too_young_to_archive', 422);
/** 409: the file of an archived order is lost or damaged; a backup may have it. */
export const ArchiveUnreadable = defineRefusal('archive_unreadable', 409);
/** 409: meanwhile another order has its number in the shop. */
export const OrderNumberTaken = defineRefusal('order_number_taken', 409);
