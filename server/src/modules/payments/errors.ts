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
/** 409: this file, or one with lines of it for the same day, was taken before. */
export const BillAlreadyLoaded = defineRefusal('bill_already_loaded', 409);
/** 422: the lines do not add up to the file's own summary, or are not of the day, the merchant or the currency they should be. */
export const BillInconsistent = defineRefusal('bill_inconsistent', 422);
/** 422: no bill we know the form of. */
export const BillUnreadable = defineRefusal('bill_unreadable', 422);
/** 422: one line of it cannot be read; `line` counts from 1 in the file as it was unpacked. */
export const BillLineUnreadable = defineRefusal('bill_line_unreadable', 422);
/** 422: the channel does not hand out bills by itself, or not of this day. */
export const BillNotOffered = defineRefusal('bill_not_offered', 422);
export const ReconciliationNotFound = defineRefusal('reconciliation_not_found', 404);
export const DifferenceNotFound = defineRefusal('difference_not_found', 404);
/** 422: the action does not fit the difference, such as a refund where no payment of ours is known. */
export const DifferenceActionUnfit = defineRefusal('difference_action_unfit', 422);
export const BankAccountNotFound = defineRefusal('bank_account_not_found', 404);
/** 409: an account has this code already. */
export const BankAccountExists = defineRefusal('bank_account_exists', 409);
export const BankLineNotFound = defineRefusal('bank_line_not_found', 404);
export const BankMatchNotFound = defineRefusal('bank_match_not_found', 404);
/** 422: more than is left of the line, of the payment, or not what is paid out; `left` in minor units. */
export const BankMatchExceeds = defineRefusal('bank_match_exceeds', 422);
/** 422: what it is matched with is not of this kind, direction, currency or state. */
export const BankMatchUnfit = defineRefusal('bank_match_unfit', 422);
/** 409: the payment has succeeded by it, or the refund is paid: money is given back by a refund. */
export const BankMatchFinal = defineRefusal('bank_match_final', 409);
/** 409: one of them was paid out before. */
export const AlreadyPaidOut = defineRefusal('already_paid_out', 409);
/** 404: the number stands for nothing the caller may see. */
export const StoryNotFound = defineRefusal('payment_story_not_found', 404);
export const PartyNotFound = defineRefusal('settlement_party_not_found', 404);
export const PartyExists = defineRefusal('settlement_party_exists', 409);
export const StatementNotFound = defineRefusal('settlement_statement_not_found', 404);
/** 422: a new version of an agreement begins after the one before it, and not in the past. */
export const AgreementBackdated = defineRefusal('agreement_backdated', 422);
/** 409: another account waits for its second person. */
export const AccountPending = defineRefusal('settlement_account_pending', 409);
/** 422: what would be paid is less than nothing, or the statement is carried over: the next one takes the adjustment. */
export const AdjustmentUnfit = defineRefusal('settlement_adjustment_unfit', 422);
/** 409: a statement in dispute is neither submitted nor paid. */
export const StatementDisputed = defineRefusal('settlement_disputed', 409);
/** 409: nothing is paid before an account has been agreed to. */
export const NoPayoutAccount = defineRefusal('settlement_account_missing', 409);
/** 422: one batch pays in one currency. */
export const MixedCurrencies = defineRefusal('payout_currencies_mixed', 422);
/** 409: there is nothing to settle up to that day. */
export const NothingToSettle = defineRefusal('nothing_to_settle', 409);
export const PayoutNotFound = defineRefusal('payout_not_found', 404);
export const PayoutBatchNotFound = defineRefusal('payout_batch_not_found', 404);
export const ChannelAccountNotFound = defineRefusal('channel_account_not_found', 404);
export const ChannelAccountExists = defineRefusal('channel_account_exists', 409);
/** 409: there is no next key to put in the place of the current one. */
export const NothingToPromote = defineRefusal('nothing_to_promote', 409);
export const ChannelMethod = defineRefusal('payment_method_not_offered', 422);
/** 422: the channel wants to know who pays (`openid`) or from where (`clientIp`). */
export const PayerRequired = defineRefusal('payer_required', 422);
export const OutsideChannelLimits = defineRefusal('outside_channel_limits', 422);
/** 409: with this payment more would be asked for today than the account allows. */
export const AboveChannelDay = defineRefusal('above_channel_day', 409);
/** 422: signed as it should be, and about somebody else's merchant number or application. */
export const CallbackWrongMerchant = defineRefusal('callback_wrong_merchant', 422);
/** 409: a payout by hand waits for its second person. */
export const PayoutProposed = defineRefusal('payout_proposed', 409);
/** 409: the refund, or the transfer of the bank, has a payout already. */
export const PayoutExists = defineRefusal('payout_exists', 409);
/** 503: the channel did not answer, or not in a way that can be trusted; what happened there is unknown. */
export const ChannelSilent = defineRefusal('channel_unreachable', 503);
