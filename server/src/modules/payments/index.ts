import type { Module } from '#kernel/module.ts';
import { refreshCertificates } from './accounts/refresh-certificates.ts';
import { approvalEnded } from './handlers/approval-ended.ts';
import { bankInvariants } from './bank/invariants.ts';
import { matchNamed } from './bank/match-named.ts';
import { closeOthers } from './handlers/close-others.ts';
import { invariants } from './invariants.ts';
import { closePayment } from './jobs/close-payment.ts';
import { executeRefund } from './jobs/execute-refund.ts';
import { openPayment } from './jobs/open-payment.ts';
import { ledgerInvariants } from './ledger/invariants.ts';
import { type PaymentsSetup, setPayments } from './port.ts';
import { alipayChannel } from './providers/alipay/channel.ts';
import { bankTransfer, cashOnDelivery } from './providers/offline/channel.ts';
import { sandboxChannel } from './providers/sandbox/channel.ts';
import { unionpayChannel } from './providers/unionpay/channel.ts';
import { wechatChannel } from './providers/wechat/channel.ts';
import { billClock, nightlyBills } from './reconciliation/nightly.ts';
import { routes } from './routes.ts';
import { settlementInvariants } from './settlement/invariants.ts';
import { nightlySettlements, settlementClock } from './settlement/nightly.ts';
import { undecided } from './settlement/undecided.ts';
import './queries/reveal-payee.ts';
import './ledger/export.ts';
import './accounts/events.ts';
import './events.ts';
import './reconciliation/exporting.ts';
import './bank/import-lines.ts';
import './bank/reveal.ts';
import './settlement/exporting.ts';
import './settlement/importing.ts';
import './settlement/importing-facts.ts';

export { createBankAccount } from './bank/accounts.ts';
export { collectAtDoor } from './commands/collect.ts';
export { closePending } from './commands/close-pending.ts';
export { BANK_TRANSFER } from './providers/offline/channel.ts';
export { PAY_METHODS } from './accounts/domain/config.ts';
export { createPayment } from './commands/create-payment.ts';
export { openAtChannel } from './commands/open-at-channel.ts';
export { openNow } from './jobs/open-payment.ts';
export { compensateSubject, leftAtChannels, refundAll, refundSubject, requestRefund } from './commands/refund.ts';
export * from './errors.ts';
export { bookPayment, moved } from './ledger/book.ts';
export { type EntryLine, type NewEntry, postEntry, reverseEntry } from './ledger/entry.ts';
export type { PaymentsSetup, PaymentSubject } from './port.ts';
export type { Channel } from './providers/channel.ts';
export { payOptionsOf } from './accounts/options.ts';
export { PayOptions } from './accounts/schema.ts';
export { paymentNow, paymentsOf } from './queries/payments.ts';
export { PaymentView, RefundView } from './schema.ts';
export { bookForParty, settleRefund, settleSale, settlesAfterShipping, type SoldOrder } from './settlement/sales.ts';
export { fetchBill } from './reconciliation/nightly.ts';
export { buildDue } from './settlement/commands/build-statements.ts';
export { disputeStatement, submitStatement } from './settlement/commands/move-statement.ts';
export { createParty, proposeAccount } from './settlement/commands/parties.ts';
export { confirmPayout, createBatch, failPayout } from './settlement/commands/pay-out.ts';
export { Terms as SettlementTerms } from './settlement/schema.ts';
export { payoutsOfBatch } from './settlement/store/payouts.ts';
export { moneyHeld } from './settlement/store/items.ts';
export { pendingOf } from './store/payments.ts';
export { openRefunds } from './store/refunds.ts';
export { paymentSettings } from './settings.ts';

/** Tells payments what is paid for and where this server is reached. Once, by the composition root, before it serves. */
export const usePayments = (setup: PaymentsSetup): void =>
  setPayments(setup, [sandboxChannel, wechatChannel, alipayChannel, unionpayChannel, bankTransfer, cashOnDelivery]);

export const paymentsModule: Module = {
  name: 'payments',
  routes,
  subscribers: [closeOthers, undecided, approvalEnded],
  jobs: [openPayment, closePayment, executeRefund, nightlyBills, matchNamed, nightlySettlements, refreshCertificates],
  deadlines: [billClock, settlementClock],
  permissions: {
    'payments.payment.read': 'See payments and what their channels said',
    'payments.payment.query': 'Ask a channel about an open payment',
    'payments.channel.read': 'See accounts at payment channels, without their secrets',
    'payments.channel.write': 'Set up accounts at payment channels',
    'payments.ledger.read': 'See the books: accounts, postings and the trial balance',
    'payments.refund.read': 'See refunds',
    'payments.refund.create': 'Refund a payment',
    'payments.refund.resolve': 'Retry, settle or give up refunds the channel will not pay',
    'payments.bank.read': 'See movements on our bank accounts',
    'payments.bank.write': 'Import movements on our bank accounts, and say what they are',
    'payments.reconciliation.read': 'See bills and differences',
    'payments.reconciliation.write': 'Load bills, work on differences and propose what to do',
    'payments.reconciliation.close': 'Confirm what others propose about differences',
    'payments.settlement.read': 'See settlement agreements, statements and payouts',
    'payments.settlement.write': 'Agree with parties, make and submit statements',
    'payments.settlement.approve': 'Approve statements, adjustments and accounts others ask for',
    'payments.settlement.pay': 'Pay statements out and see the accounts in the file for the bank',
  },
  invariants: [...invariants, ...ledgerInvariants, ...bankInvariants, ...settlementInvariants],
};
