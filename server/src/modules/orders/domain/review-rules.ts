import type { FieldProblem } from '#kernel/errors.ts';
import type { Currency } from '#kernel/money.ts';

/** What a rule can look at. The kind of a field says with which operators, and what it is compared with. */
export const RULE_FIELDS = {
  total: 'money',
  units: 'number',
  lineCount: 'number',
  /** The largest quantity of a line, as a multiple of what is usual for its SKU; unknown until enough has been sold. */
  quantityOfNorm: 'number',
  /** The largest deviation of a unit price from the list price, in per cent, up or down. */
  priceDeviation: 'number',
  /** How much of the goods is discounted, in per cent. */
  discountShare: 'number',
  remarkLength: 'number',
  /** 0 to 23, in the organisation's time zone. */
  hour: 'number',
  remark: 'text',
  region: 'path',
  shop: 'choice',
  channel: 'choice',
  payment: 'choice',
  customerLevel: 'choice',
  sku: 'set',
  /** What of the order is on the blacklist: phone, address, device. */
  blacklisted: 'set',
  newCustomer: 'flag',
  addressDoubtful: 'flag',
  couponUsed: 'flag',
} as const;
export type RuleField = keyof typeof RULE_FIELDS;
export type FieldKind = (typeof RULE_FIELDS)[RuleField];

export const RULE_OPERATORS = {
  money: ['at_least', 'at_most'],
  number: ['at_least', 'at_most'],
  text: ['contains_any', 'contains_none'],
  path: ['starts_with_any', 'starts_with_none'],
  choice: ['any_of', 'none_of'],
  set: ['any_of', 'none_of'],
  flag: ['is'],
} as const satisfies Record<FieldKind, readonly string[]>;
export type RuleOperator = (typeof RULE_OPERATORS)[FieldKind][number];

export type RuleValue = number | boolean | readonly string[] | { amount: number; currency: Currency };
export type Condition = { field: RuleField; operator: RuleOperator; value: RuleValue };

export const WINDOW_KEYS = ['phone', 'address', 'device', 'customer'] as const;
export type WindowKey = (typeof WINDOW_KEYS)[number];
/** At least `count` orders, this one among them, of one phone, address, device or customer within so many minutes. */
export type Window = { by: WindowKey; minutes: number; count: number };

export type RuleAction =
  | { do: 'hold'; hold: string }
  | { do: 'require_id' }
  | { do: 'refuse'; message: string }
  | { do: 'tag'; tag: string };

export const RULE_STATES = ['draft', 'on', 'off'] as const;
export type RuleState = (typeof RULE_STATES)[number];

/** When every condition holds, and the window is full if there is one, the action is taken. */
export type Rule = {
  id: string;
  version: number;
  code: string;
  title: string;
  state: RuleState;
  /** The lower, the earlier. */
  priority: number;
  conditions: readonly Condition[];
  window: Window | null;
  action: RuleAction;
};

export const BLACKLIST_KINDS = ['phone', 'address', 'device'] as const;
export type BlacklistKind = (typeof BLACKLIST_KINDS)[number];

/** The hold of an order whose buyer has to show who they are. */
export const IDENTITY_HOLD = 'identity';

/** Holds that follow from something else than a rule and are lifted by it. */
const RESERVED_HOLDS = new Set([
  'shortage',
  'backorder',
  'interception',
  'duplicate',
  'awaiting_customer',
  'price_anomaly',
  'manual',
]);
const CODE = /^[a-z][a-z0-9_]{0,39}$/;
const PAYMENTS = new Set(['prepaid', 'online', 'cod']);
const WORDS_MAX = 100;
const WORD_CHARS_MAX = 60;
const NUMBER_MAX = 1_000_000_000;
const MINUTES_MAX = 30 * 24 * 60;
const COUNT_MAX = 1000;

/** What a rule may name: it is looked up when the rule is saved, so that none is written about nothing. */
export type Nameable = {
  shops: ReadonlySet<string>;
  skus: ReadonlySet<string>;
  /** Whether a region such as 浙江省/杭州市 exists. */
  region(path: string): boolean;
};

export type RuleDraft = Pick<Rule, 'code' | 'title' | 'conditions' | 'window' | 'action'>;

/** Every problem of a rule at once: fields it does not know, operators that do not fit, things that do not exist. */
export function checkRule(rule: RuleDraft, names: Nameable): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (rule.conditions.length === 0 && rule.window === null)
    problems.push({ path: 'conditions', code: 'rule_is_empty' });
  rule.conditions.forEach((c, i) => problems.push(...checkCondition(c, `conditions[${i}]`, names)));
  if (rule.window) problems.push(...checkWindow(rule.window));
  const { action } = rule;
  if (action.do === 'hold' && !CODE.test(action.hold)) problems.push({ path: 'action.hold', code: 'bad_code' });
  if (action.do === 'hold' && RESERVED_HOLDS.has(action.hold))
    problems.push({ path: 'action.hold', code: 'hold_is_reserved', facts: { hold: action.hold } });
  if (action.do === 'refuse' && action.message.trim() === '')
    problems.push({ path: 'action.message', code: 'required' });
  if (action.do === 'tag' && action.tag.trim() === '') problems.push({ path: 'action.tag', code: 'required' });
  return problems;
}

function checkWindow(window: Window): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const whole = (n: number, least: number, most: number): boolean => Number.isSafeInteger(n) && n >= least && n <= most;
  if (!whole(window.minutes, 1, MINUTES_MAX))
    problems.push({ path: 'window.minutes', code: 'out_of_range', facts: { minimum: 1, maximum: MINUTES_MAX } });
  if (!whole(window.count, 2, COUNT_MAX))
    problems.push({ path: 'window.count', code: 'out_of_range', facts: { minimum: 2, maximum: COUNT_MAX } });
  return problems;
}

function checkCondition(c: Condition, path: string, names: Nameable): FieldProblem[] {
  if (!Object.hasOwn(RULE_FIELDS, c.field))
    return [{ path: `${path}.field`, code: 'unknown_field', facts: { field: c.field } }];
  const kind = RULE_FIELDS[c.field];
  const operators: readonly string[] = RULE_OPERATORS[kind];
  const problems: FieldProblem[] = [];
  if (!operators.includes(c.operator))
    problems.push({
      path: `${path}.operator`,
      code: 'operator_does_not_fit',
      facts: { operator: c.operator, field: c.field },
    });
  const bad = valueProblem(kind, c.value);
  if (bad !== undefined) problems.push({ path: `${path}.value`, ...bad });
  else if (Array.isArray(c.value)) problems.push(...nameProblems(c.field, c.value as string[], `${path}.value`, names));
  return problems;
}

function valueProblem(kind: FieldKind, value: RuleValue): Pick<FieldProblem, 'code' | 'facts'> | undefined {
  const isNumber = (n: unknown): n is number => typeof n === 'number' && Number.isFinite(n) && n >= 0;
  if (kind === 'money') {
    const amount = typeof value === 'object' && 'amount' in value ? value.amount : undefined;
    return Number.isSafeInteger(amount) && isNumber(amount) ? undefined : { code: 'bad_amount' };
  }
  if (kind === 'number') return isNumber(value) && value <= NUMBER_MAX ? undefined : { code: 'bad_number' };
  if (kind === 'flag') return typeof value === 'boolean' ? undefined : { code: 'bad_flag' };
  if (!Array.isArray(value)) return { code: 'bad_list' };
  const words = value as unknown[];
  const isWord = (w: unknown): boolean => typeof w === 'string' && w.trim() !== '' && w.length <= WORD_CHARS_MAX;
  return words.length > 0 && words.length <= WORDS_MAX && words.every(isWord) ? undefined : { code: 'bad_list' };
}

function nameProblems(field: RuleField, values: readonly string[], path: string, names: Nameable): FieldProblem[] {
  const unknown = (code: string, fact: string, known: (v: string) => boolean): FieldProblem[] =>
    values.flatMap((v, i) => (known(v) ? [] : [{ path: `${path}[${i}]`, code, facts: { [fact]: v } }]));
  if (field === 'shop') return unknown('unknown_shop', 'shop', (v) => names.shops.has(v));
  if (field === 'sku') return unknown('unknown_sku', 'sku', (v) => names.skus.has(v));
  if (field === 'region') return unknown('unknown_division', 'name', (v) => names.region(v));
  if (field === 'payment') return unknown('unknown_choice', 'value', (v) => PAYMENTS.has(v));
  if (field === 'blacklisted')
    return unknown('unknown_choice', 'value', (v) => (BLACKLIST_KINDS as readonly string[]).includes(v));
  return [];
}
