export const READ = 'aftersales.case.read';
export const CREATE = 'aftersales.case.create';
export const DECIDE = 'aftersales.case.decide';
export const RECEIVE = 'aftersales.case.receive';
export const INSPECT = 'aftersales.case.inspect';
export const EXECUTE = 'aftersales.case.execute';
export const REPAIR = 'aftersales.case.repair';
export const COLLECT_FEE = 'aftersales.repair_fee.create';
export const ARBITRATE = 'aftersales.case.arbitrate';
export const GOODWILL = 'aftersales.case.approve_goodwill';
export const FOLLOW_UP = 'aftersales.case.follow_up';
export const DEBT = 'aftersales.debt.settle';

export const casePermissions = {
  [READ]: 'See after-sales cases',
  [CREATE]: 'Open after-sales cases for customers, and take them back',
  [DECIDE]: 'Decide on after-sales cases and propose solutions',
  [RECEIVE]: 'Take in goods customers send back',
  [INSPECT]: 'Inspect goods customers sent back',
  [EXECUTE]: 'Carry out what was decided: refund, replace',
  [REPAIR]: 'Quote and note repairs',
  [COLLECT_FEE]: 'Open payments for repair fees',
  [ARBITRATE]: 'Arbitrate cases that are appealed',
  [GOODWILL]: 'Approve goodwill beyond the policy',
  [FOLLOW_UP]: 'Note what customers say afterwards',
  [DEBT]: 'Settle or waive what customers owe from instant refunds',
};
