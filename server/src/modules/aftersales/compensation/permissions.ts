export const READ = 'aftersales.compensation.read';
export const CREATE = 'aftersales.compensation.create';
export const APPROVE = 'aftersales.compensation.approve';
export const PAY = 'aftersales.compensation.pay';
export const REVOKE = 'aftersales.compensation.revoke';
export const BUDGET = 'aftersales.compensation.budget';

export const compensationPermissions = {
  [READ]: 'See compensations, budgets and how much one may give',
  [CREATE]: 'Give compensations within their own authority, and ask for more',
  [APPROVE]: 'Approve compensations above the authority or the budget of others',
  [PAY]: 'Say how cash that no channel can pay was paid, and confirm what others say',
  [REVOKE]: 'Take points back that were given for customers’ trouble',
  [BUDGET]: 'Set the budgets for compensations',
};
