import { defineRefusal } from '#kernel/errors.ts';

export const StockTakeNotFound = defineRefusal('stock_take_not_found', 404);
/** 422: nothing to count there; `errors` names what does not exist. */
export const StockTakeScope = defineRefusal('stock_take_scope', 422);
/** 409: bins that another count has not finished with; `bins` and `takes` name them. */
export const BinsBeingCounted = defineRefusal('bins_being_counted', 409);
/** 422: counts that cannot be taken, each with what to do. None of them was. */
export const CountsRefused = defineRefusal('counts_refused', 422);
/** 409: lines without a count; `lines` says how many. */
export const LinesUncounted = defineRefusal('lines_uncounted', 409);
/** 409: lines that another person is to count anew first. */
export const RecountNeeded = defineRefusal('recount_needed', 409);
/** 403: who counted or submitted does not approve. */
export const CountedByYou = defineRefusal('counted_by_you', 403);
/** 422: more lines than such a document can hold; a workbook holds them. */
export const PaperTooLong = defineRefusal('paper_too_long', 422);
