/** A change made the order dearer: the difference is to be paid first. */
export const BALANCE_HOLD = 'balance_due';
/** Goods sold before they were there have not come yet. */
export const BACKORDER_HOLD = 'backorder';
/** Not everything that should be reserved is there. */
export const SHORTAGE_HOLD = 'shortage';
