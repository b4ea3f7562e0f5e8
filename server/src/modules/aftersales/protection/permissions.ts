export const READ = 'aftersales.price_protection.read';
export const CREATE = 'aftersales.price_protection.create';
export const JUDGE = 'aftersales.price_fall.judge';

export const protectionPermissions = {
  [READ]: 'See price protections and doubtful falls of prices',
  [CREATE]: 'Ask for price protection for customers',
  [JUDGE]: 'Say whether a fall of a price was meant',
};
