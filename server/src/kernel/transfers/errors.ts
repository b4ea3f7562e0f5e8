import { defineRefusal } from '../errors.ts';

export const TransferNotFound = defineRefusal('transfer_not_found', 404);
/** 409: it has ended; there is nothing to cancel. */
export const TransferEnded = defineRefusal('transfer_ended', 409);
/** 422: neither a table in text nor a workbook, or damaged; `line` says where when it is known. */
export const TableUnreadable = defineRefusal('table_unreadable', 422);
/** 422: `errors` names every column that is missing. */
export const ColumnsMissing = defineRefusal('columns_missing', 422);
