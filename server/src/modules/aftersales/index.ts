import type { Module } from '#kernel/module.ts';
import * as abuse from './abuse/index.ts';
import {
  caseClocks,
  caseCommandRoutes,
  caseInvariants,
  casePermissions,
  caseRoutes,
  caseSubscribers,
  portalCaseRoutes,
} from './cases/index.ts';
import * as compensation from './compensation/index.ts';
import { policyPermissions, policyRoutes } from './policies/index.ts';
import * as protection from './protection/index.ts';

export { agreedPolicies } from './policies/index.ts';

export {
  answerOffer,
  approveCase,
  cancelCase,
  caseBriefs,
  caseByRef,
  type CaseKind,
  escalateCase,
  executeCase,
  followUp,
  inspectReturn,
  isRepairFee,
  makeOffer,
  openCase,
  openCases,
  ordersInCases,
  ownCase,
  quoteRepair,
  receiveReturn,
  rejectCase,
  repairFeeSubject,
  shipReturn,
} from './cases/index.ts';
export { grantCompensation, setBudget } from './compensation/index.ts';
export { CaseNotFound } from './cases/errors.ts';
export { CASE_KINDS, CASE_STATES } from './cases/domain/flow.ts';
export { type CaseRow, getCase } from './cases/store/cases.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const aftersalesModule = {
  name: 'aftersales',
  customerMessages: [
    'aftersales.approved',
    'aftersales.approved_send',
    'aftersales.compensation_cash',
    'aftersales.compensation_coupon',
    'aftersales.compensation_points',
    'aftersales.compensation_reship',
    'aftersales.difference_due',
    'aftersales.expired',
    'aftersales.fee_due',
    'aftersales.fee_paid',
    'aftersales.fee_refunded',
    'aftersales.offer',
    'aftersales.opened',
    'aftersales.price_protected',
    'aftersales.price_protected_found',
    'aftersales.quote',
    'aftersales.received',
    'aftersales.refund_arrived',
    'aftersales.rejected',
    'aftersales.remind_send',
    'aftersales.remind_sent',
    'aftersales.repair_given_up',
    'aftersales.repaired',
    'aftersales.repairing',
    'aftersales.replacement_sent',
    'aftersales.sent_back',
    'aftersales.verdict',
  ],
  routes: [
    ...policyRoutes,
    ...protection.protectionRoutes,
    ...compensation.compensationRoutes,
    ...abuse.abuseRoutes,
    ...caseRoutes,
    ...caseCommandRoutes,
    ...portalCaseRoutes,
  ],
  subscribers: [
    ...protection.protectionSubscribers,
    ...compensation.compensationSubscribers,
    abuse.claimsWatched,
    ...caseSubscribers,
  ],
  jobs: [...protection.protectionJobs],
  deadlines: [protection.protectionClock, ...compensation.compensationDeadlines, ...caseClocks],
  permissions: {
    ...policyPermissions,
    ...protection.protectionPermissions,
    ...compensation.compensationPermissions,
    ...abuse.abusePermissions,
    ...casePermissions,
  },
  invariants: [...protection.protectionInvariants, ...compensation.compensationInvariants, ...caseInvariants],
} satisfies Module;
