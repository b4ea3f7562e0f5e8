import type { Module } from '#kernel/module.ts';
import { backorderClock } from './backorder/clock.ts';
import { settleClock } from './commands/settle-order.ts';
import { backorders } from './backorder/subscriber.ts';
import { archiveInvariants } from './archive/invariants.ts';
import { archiveClock, archiveJob } from './archive/jobs.ts';
import { archiveRoutes } from './archive/routes.ts';
import { changeRoutes } from './change/routes.ts';
import { claimClock, claimInvariants, claimPermissions, claimRoutes } from './claims/index.ts';
import { confirmationClock, paymentClock, receiptClock } from './clocks.ts';
import { clocks, confirmation, customerNotices } from './handlers/subscribers.ts';
import {
  exceptionClock,
  exceptionInvariants,
  exceptionPermissions,
  exceptionRoutes,
  exceptionsOfOrders,
  countedShort,
  stockCameIn,
} from './exceptions/index.ts';
import { invariants } from './invariants.ts';
import { membership } from './membership/subscriber.ts';
import { portalKeyPermissions, portalKeyRoutes } from './portal/key-routes.ts';
import { portalRoutes } from './portal/routes.ts';
import { presaleClocks } from './presale/clocks.ts';
import { presaleInvariants } from './presale/invariants.ts';
import { presaleRoutes } from './presale/routes.ts';
import { presaleEnds } from './presale/subscriber.ts';
import { allocationRoutes } from './allocation/routes.ts';
import { priorityRoutes } from './priority/routes.ts';
import { refundInvariants } from './refunds/invariants.ts';
import { externalRefundRoutes } from './refunds/routes.ts';
import { normsJob } from './review/norms.ts';
import { routes } from './routes.ts';
import './reveal.ts';

import './importing/export-orders.ts';
import './importing/import-orders.ts';

export { cancelUnits, type UnsentUnits, wouldEmpty } from './aftercare/cancel-units.ts';
export { addReturned, AFTER_SALES_HOLD, EXCHANGE_HOLD, isHeldForReview, liftHold, putHold } from './aftercare/holds.ts';
export { placeReplacement, type ReplacementLine } from './aftercare/place-replacement.ts';
export { type KeptPrice, priceOfKept } from './aftercare/price-of-kept.ts';
export { tellCustomer } from './exceptions/commands/tell-customer.ts';
export { cancelLocked } from './commands/cancel-order.ts';
export { shareBack } from './domain/share-back.ts';
export { share } from './domain/shares.ts';
export { lockOrRestore, restoreMonth, restoreOrder } from './archive/restore.ts';
export { type ArchiveOptions, archiveOrders } from './archive/run.ts';
export { preview as previewArchive } from './archive/queries.ts';
export { findArchived } from './archive/store.ts';
export { agreedCategories } from './claims/store/snapshots.ts';
export { cancelOrder } from './commands/cancel-order.ts';
export { relativesOf } from './change/store/family.ts';
export { fundsOf } from './change/store/funds.ts';
export { confirmReceipt as completeOrder } from './commands/complete-order.ts';
export { reportException, useCustomerLinks } from './exceptions/index.ts';
export { holdOrder } from './commands/hold-order.ts';
export { orderPaymentSubject } from './commands/settle-payment.ts';
export { recordCameBack } from './commands/intercept-order.ts';
export { type LineRefund, lineLeft, moneyLeft, type RefundLeg, refundLines, restLeft } from './refunds/refund-lines.ts';
export { recordDelivered, recordShipped, type ShippableLine, shippableLines } from './commands/ship-order.ts';
export { OrderNotFound, OrderOnHold } from './errors.ts';
export { type Draft, type OrderDraft, type RefundDraft } from './importing/classify.ts';
export { History } from './importing/history.ts';
export { drafts } from './importing/import-orders.ts';
export { placeOrderOf } from './importing/live.ts';
export { OrderMapping } from './importing/mapping.ts';
export { compile as compileMapping } from './importing/reader.ts';
export { Intake, type Placing, type Taken } from './intake/intake.ts';
export { countOrdersSince, type Shared, sharedWith } from './queries/around-customer.ts';
export { addToBlacklist } from './review/blacklist.ts';
export { type LineOrigin, lineOrigins } from './queries/line-origins.ts';
export { ordersAwaiting } from './queries/orders-awaiting.ts';
export { waitingUnits } from './queries/waiting-units.ts';
export { officialOf, officialRegion } from './review/divisions.ts';
export { promotionPorts } from './intake/quoting.ts';
export { intakeOf } from './intake/routes.ts';
export { type CasePorts, type OrderPorts, setCasePorts, setOrderPorts } from './ports.ts';
export { asCustomerOf, portalOrder } from './portal/access.ts';
export { hasOrdersTo } from './portal/my-orders.ts';
export { seesOrder } from './policy.ts';
export { openPersonal } from './present.ts';
export { customersOfPeriod } from './queries/customers-of-period.ts';
export { visibleOrder } from './queries/order.ts';
export { PlaceOrder } from './schema.ts';
export { type Priority, prioritiesOf } from './priority/priorities.ts';
export { partsOfRefund } from './refunds/store.ts';
export { orderSettings } from './settings.ts';
export {
  findOrder,
  getOrder,
  linesOf,
  type LineRow,
  lockAnyOrder,
  lockOrder,
  type OrderRow,
  ordersByIds,
} from './store/orders.ts';

export const ordersModule: Module = {
  name: 'orders',
  customerMessages: [
    'orders.amended',
    'orders.back_in_stock',
    'orders.back_in_stock_noted',
    'orders.backorder_moved',
    'orders.backordered',
    'orders.balance_ending',
    'orders.balance_opened',
    'orders.cancelled',
    'orders.claim_corrected_both',
    'orders.claim_corrected_gift',
    'orders.claim_corrected_points',
    'orders.claim_corrected_refund',
    'orders.claim_dismissed',
    'orders.claim_filed',
    'orders.confirmed',
    'orders.confirmed_as_changed',
    'orders.delivered',
    'orders.deposit_forfeited',
    'orders.deposit_paid',
    'orders.interception_accepted',
    'orders.interception_refused',
    'orders.merged',
    'orders.refunded',
    'orders.shipped',
    'orders.shortage_compensated',
    'orders.shortage_offer',
    'orders.split',
    'orders.undone',
  ],
  routes: [
    ...routes,
    ...changeRoutes,
    ...portalRoutes,
    ...portalKeyRoutes,
    ...priorityRoutes,
    ...allocationRoutes,
    ...presaleRoutes,
    ...exceptionRoutes,
    ...claimRoutes,
    ...archiveRoutes,
    ...externalRefundRoutes,
  ],
  subscribers: [
    clocks,
    confirmation,
    customerNotices,
    exceptionsOfOrders,
    countedShort,
    stockCameIn,
    presaleEnds,
    backorders,
    membership,
  ],
  jobs: [normsJob, archiveJob],
  deadlines: [
    ...presaleClocks,
    backorderClock,
    paymentClock,
    confirmationClock,
    receiptClock,
    settleClock,
    exceptionClock,
    claimClock,
    archiveClock,
  ],
  permissions: {
    'orders.order.read': 'See orders',
    'orders.order.place': 'Place orders',
    'orders.order.amend': 'Change orders before they ship',
    'orders.order.approve_change': 'Approve changes of orders the warehouse has begun with',
    'orders.order.split': 'Split orders, and undo it',
    'orders.order.merge': 'Merge orders, and undo it',
    'orders.order.cancel': 'Cancel orders',
    'orders.order.intercept': 'Have carriers stop parcels on their way',
    'orders.order.hold': 'Put orders on hold',
    'orders.order.release': 'Release orders from hold',
    'orders.order.review': 'Decide on held orders',
    'orders.order.confirm_receipt': 'Confirm and extend receipt for the customer',
    'orders.rule.read': 'See review rules',
    'orders.rule.write': 'Change review rules and switch them on',
    'orders.blacklist.read': 'See the blacklist',
    'orders.blacklist.write': 'Change the blacklist',
    'orders.payment.create': 'Open payments for orders',
    ...exceptionPermissions,
    ...claimPermissions,
    ...portalKeyPermissions,
    'orders.external_refund.settle': 'Say what became of refunds of money others hold',
    'orders.archive.manage': 'Archive orders that ended long ago, and put them back',
  },
  invariants: [
    ...invariants,
    ...exceptionInvariants,
    ...presaleInvariants,
    ...claimInvariants,
    ...archiveInvariants,
    ...refundInvariants,
  ],
};
