import type { Module } from '#kernel/module.ts';
import { refreshCertificates } from './accounts/refresh-certificates.ts';
import { approvalEnded } from './handlers/approval-ended.ts';
import { closeOthers } from './handlers/close-others.ts';
import { invariants } from './invariants.ts';
import { closePayment } from './jobs/close-payment.ts';
import { executeRefund } from './jobs/execute-refund.ts';
import { openPayment } from './jobs/open-payment.ts';
import { ledgerInvariants } from './ledger/invariants.ts';
import { type PaymentsSetup, setPayments } from './port.ts';
import { alipayChannel } from './providers/alipay/channel.ts';
import { sandboxChannel } from './providers/sandbox/channel.ts';
import { wechatChannel } from './providers/wechat/channel.ts';
import { billClock, nightlyBills } from './reconciliation/nightly.ts';
import { routes } from './routes.ts';
import './queries/reveal-payee.ts';
import './ledger/export.ts';
import './accounts/events.ts';
import './events.ts';
import './reconciliation/exporting.ts';

export { closePending } from './commands/close-pending.ts';
export { PAY_METHODS } from './accounts/domain/config.ts';
export { createPayment } from './commands/create-payment.ts';
export { openNow } from './jobs/open-payment.ts';
export { refundAll, refundSubject, requestRefund } from './commands/refund.ts';
export * from './errors.ts';
export { bookPayment, moved } from './ledger/book.ts';
export { type EntryLine, type NewEntry, postEntry, reverseEntry } from './ledger/entry.ts';
export type { PaymentsSetup, PaymentSubject } from './port.ts';
export type { Channel } from './providers/channel.ts';
export { CARRY_OUT } from './reconciliation/carry-out.ts';
export { payOptionsOf } from './accounts/options.ts';
export { PayOptions } from './accounts/schema.ts';
export { paymentNow, paymentsOf } from './queries/payments.ts';
export { PaymentView, RefundView } from './schema.ts';
export { pendingOf } from './store/payments.ts';
export { openRefunds } from './store/refunds.ts';
export { paymentSettings } from './settings.ts';

/** Tells payments what is paid for and where this server is reached. Once, by the composition root, before it serves. */
export const usePayments = (setup: PaymentsSetup): void =>
  setPayments(setup, [sandboxChannel, wechatChannel, alipayChannel]);

export const paymentsModule: Module = {
  name: 'payments',
  routes,
  subscribers: [closeOthers, approvalEnded],
  jobs: [openPayment, closePayment, executeRefund, nightlyBills, refreshCertificates],
  deadlines: [billClock],
  permissions: {
    'payments.payment.read': 'See payments and what their channels said',
    'payments.payment.query': 'Ask a channel about an open payment',
    'payments.channel.read': 'See accounts at payment channels, without their secrets',
    'payments.channel.write': 'Set up accounts at payment channels',
    'payments.ledger.read': 'See the books: accounts, postings and the trial balance',
    'payments.refund.read': 'See refunds',
    'payments.refund.create': 'Refund a payment',
    'payments.refund.resolve': 'Retry, settle or give up refunds the channel will not pay',
    'payments.reconciliation.read': 'See bills and differences',
    'payments.reconciliation.write': 'Load bills, work on differences and propose what to do',
    'payments.reconciliation.close': 'Confirm what others propose about differences',
  },
  invariants: [...invariants, ...ledgerInvariants],
};
