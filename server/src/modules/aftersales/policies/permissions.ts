export const READ = 'aftersales.policy.read';
export const WRITE = 'aftersales.policy.write';
export const PUBLISH = 'aftersales.policy.publish';

export const policyPermissions = {
  [READ]: 'See after-sales policies and ask what they say of an order',
  [WRITE]: 'Draft after-sales policies',
  [PUBLISH]: 'Publish after-sales policies',
};
