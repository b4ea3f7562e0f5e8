/** A change made the order dearer: the difference is to be paid first. */
export const BALANCE_HOLD = 'balance_due';
/** Not everything that should be reserved is there. */
export const SHORTAGE_HOLD = 'shortage';
