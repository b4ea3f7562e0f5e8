import type { Module } from '#kernel/module.ts';
import { confirmationClock, issueClock } from './clocks.ts';
import { carryOut } from './commands/issue.ts';
import { followMoney, invoiceCompleted } from './handlers/subscribers.ts';
import { invariants } from './invariants.ts';
import { fetchDocument } from './jobs/fetch-document.ts';
import { carryOutBy, issueInvoice } from './jobs/issue-invoice.ts';
import { lookAgainSoon } from './jobs/look-again.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import './settings.ts';
import './transfers.ts';

export { applyForInvoice } from './commands/apply.ts';
export { recordMailed, recordPrint, reissueInvoice } from './commands/move-invoice.ts';
export { submitQualification } from './commands/qualify.ts';
export { saveTaxCode } from './commands/save-tax-code.ts';
export { issueInvoice } from './jobs/issue-invoice.ts';
export { useInvoicing } from './links.ts';

carryOutBy(carryOut);

export const invoicingModule: Module = {
  name: 'invoicing',
  customerMessages: ['invoicing.issued', 'invoicing.red_issued'],
  routes,
  subscribers: [followMoney, invoiceCompleted],
  jobs: [issueInvoice, fetchDocument, lookAgainSoon],
  deadlines: [issueClock, confirmationClock],
  permissions,
  invariants,
};
