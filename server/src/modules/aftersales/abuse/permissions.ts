export const READ = 'aftersales.risk.read';
export const DECIDE = 'aftersales.risk.decide';

export const abusePermissions = {
  [READ]: 'See risk cases and their evidence',
  [DECIDE]: 'Decide on risk cases: dismiss, watch, require review',
};
