import { defineRefusal } from '#kernel/errors.ts';

export const PaymentNotFound = defineRefusal('payment_not_found', 404);
export const RefundNotFound = defineRefusal('refund_not_found', 404);
export const UnknownChannel = defineRefusal('unknown_payment_channel', 422);
export const NotPayable = defineRefusal('nothing_to_pay', 409);
export const TooManyPayments = defineRefusal('too_many_open_payments', 409);
export const AmountExceedsDue = defineRefusal('payment_exceeds_due', 422);
export const PaymentNotSucceeded = defineRefusal('payment_not_succeeded', 409);
export const RefundExceedsPayment = defineRefusal('refund_exceeds_payment', 422);
export const AccountNotFound = defineRefusal('ledger_account_not_found', 404);
export const EntryNotFound = defineRefusal('ledger_entry_not_found', 404);
export const CallbackRefused = defineRefusal('callback_signature_invalid', 401);
export const CallbackStale = defineRefusal('callback_stale', 401);
export const CallbackReplayed = defineRefusal('callback_replayed', 409);
