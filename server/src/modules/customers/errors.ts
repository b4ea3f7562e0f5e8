import { defineRefusal } from '#kernel/errors.ts';

export const CustomerNotFound = defineRefusal('customer_not_found', 404);
/** 422: the balance does not hold as many points; `balance` says how many it does. */
export const InsufficientPoints = defineRefusal('insufficient_points', 422);
export const LevelUnknown = defineRefusal('level_unknown', 422);
