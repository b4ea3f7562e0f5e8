import type {
  BlacklistKind,
  Condition,
  Rule,
  RuleAction,
  RuleField,
  RuleOperator,
  RuleValue,
  Window,
} from './review-rules.ts';
import { IDENTITY_HOLD } from './review-rules.ts';

/** What rules judge an order by. What is not known is left out, and a condition on it does not hold. */
export type OrderFacts = {
  currency: string;
  total: number;
  goods: number;
  discount: number;
  /** `norm`: the usual quantity of the SKU in one order. */
  lines: readonly { sku: string; quantity: number; unitPrice: number; listPrice: number; norm?: number | undefined }[];
  remark: string;
  /** 浙江省/杭州市/西湖区. */
  region: string;
  shop: string;
  channel: string;
  payment: string;
  customerLevel?: string | undefined;
  newCustomer?: boolean | undefined;
  addressDoubtful: boolean;
  couponUsed?: boolean | undefined;
  /** 0 to 23, where the organisation is. */
  hour: number;
  blacklisted: readonly BlacklistKind[];
};

/** What a condition found, for the words it is explained with: never the text of a remark or an address. */
export type Found = {
  field: RuleField;
  operator: RuleOperator;
  value: RuleValue;
  actual: number | boolean | string | readonly string[];
};
export type ReasonFacts = { found?: readonly Found[]; window?: Window & { actual: number } };

/** Why an order is held: the hold, and the rule (code and version) that set it with what it found. */
export type Reason = { hold: string; rule: string; version: number; facts: ReasonFacts };

/** A rule whose conditions hold and that fires when so many orders are found. */
export type WindowAsk = Window & { rule: CompiledRule; found: readonly Found[] };

export type Verdict = {
  /** Hold codes, each once; `identity` among them when requireId. */
  holds: string[];
  tags: string[];
  requireId: boolean;
  refuse?: { rule: string; version: number; message: string };
  why: Reason[];
  windows: WindowAsk[];
};

type Test = (facts: OrderFacts) => Found['actual'] | undefined;
type CompiledRule = {
  code: string;
  version: number;
  action: RuleAction;
  window: Window | null;
  tests: readonly { test: Test; condition: Condition }[];
};
export type CompiledRules = {
  rules: readonly CompiledRule[];
  /** Fields the rules look at: what is dear to know is found out only when it is needed. */
  needs: ReadonlySet<RuleField>;
  /** The kinds of windows the rules have. */
  windows: ReadonlySet<Window['by']>;
};

/** Prepares the rules that are on, in order of priority; a rule costs its first condition that does not hold. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const on = rules
    .filter((r) => r.state === 'on')
    .toSorted((a, b) => a.priority - b.priority || (a.code < b.code ? -1 : 1))
    .map(compile);
  return {
    rules: on,
    needs: new Set(on.flatMap((r) => r.tests.map((t) => t.condition.field))),
    windows: new Set(on.flatMap((r) => (r.window ? [r.window.by] : []))),
  };
}

/** One rule, whatever its state: for trying it. */
export const compile = (rule: Rule): CompiledRule => ({
  code: rule.code,
  version: rule.version,
  action: rule.action,
  window: rule.window,
  tests: rule.conditions.map((condition) => ({ condition, test: testOf(condition) })),
});

/** Judges an order by the rules. Rules with a window come back in `windows`: count, and ask judgeWindows. */
export function judge(facts: OrderFacts, compiled: CompiledRules): Verdict {
  const verdict: Verdict = { holds: [], tags: [], requireId: false, why: [], windows: [] };
  for (const rule of compiled.rules) {
    const found = foundBy(rule, facts);
    if (!found) continue;
    if (rule.window) verdict.windows.push({ ...rule.window, rule, found });
    else act(verdict, rule, { found });
  }
  return verdict;
}

/**
 * Adds to a verdict what its windows come to. `counts[i]` is how many orders there are for `verdict.windows[i]`, the one that
 * is judged included.
 */
export function judgeWindows(verdict: Verdict, counts: readonly number[]): Verdict {
  const judged: Verdict = {
    ...verdict,
    holds: [...verdict.holds],
    tags: [...verdict.tags],
    why: [...verdict.why],
    windows: [],
  };
  verdict.windows.forEach(({ rule, found, by, minutes, count }, i) => {
    const actual = counts[i] ?? 0;
    if (actual >= count) act(judged, rule, { found, window: { by, minutes, count, actual } });
  });
  return judged;
}

/** What of the order meets the rule's conditions, or undefined when one of them does not hold. */
export function foundBy(rule: CompiledRule, facts: OrderFacts): Found[] | undefined {
  const found: Found[] = [];
  for (const { test, condition } of rule.tests) {
    const actual = test(facts);
    if (actual === undefined) return undefined;
    found.push({ ...condition, actual });
  }
  return found;
}

function act(verdict: Verdict, rule: CompiledRule, facts: ReasonFacts): void {
  const { action, code, version } = rule;
  const because = (hold: string): void => {
    if (!verdict.holds.includes(hold)) verdict.holds.push(hold);
    verdict.why.push({ hold, rule: code, version, facts });
  };
  if (action.do === 'hold') because(action.hold);
  else if (action.do === 'require_id') {
    verdict.requireId = true;
    because(IDENTITY_HOLD);
  } else if (action.do === 'tag') {
    if (!verdict.tags.includes(action.tag)) verdict.tags.push(action.tag);
  } else verdict.refuse ??= { rule: code, version, message: action.message };
}

const NUMBERS: Partial<Record<RuleField, (f: OrderFacts) => number | undefined>> = {
  total: (f) => f.total,
  units: (f) => f.lines.reduce((n, l) => n + l.quantity, 0),
  lineCount: (f) => f.lines.length,
  quantityOfNorm: (f) => greatest(f.lines.flatMap((l) => (l.norm ? [l.quantity / l.norm] : []))),
  priceDeviation: (f) =>
    greatest(
      f.lines.flatMap((l) => (l.listPrice > 0 ? [(Math.abs(l.unitPrice - l.listPrice) * 100) / l.listPrice] : [])),
    ),
  discountShare: (f) => (f.goods > 0 ? (f.discount * 100) / f.goods : 0),
  remarkLength: (f) => [...f.remark].length,
  hour: (f) => f.hour,
};
const CHOICES: Partial<Record<RuleField, (f: OrderFacts) => string | undefined>> = {
  shop: (f) => f.shop,
  channel: (f) => f.channel,
  payment: (f) => f.payment,
  customerLevel: (f) => f.customerLevel,
};
const SETS: Partial<Record<RuleField, (f: OrderFacts) => readonly string[]>> = {
  sku: (f) => f.lines.map((l) => l.sku),
  blacklisted: (f) => f.blacklisted,
};
const FLAGS: Partial<Record<RuleField, (f: OrderFacts) => boolean | undefined>> = {
  newCustomer: (f) => f.newCustomer,
  addressDoubtful: (f) => f.addressDoubtful,
  couponUsed: (f) => f.couponUsed,
};

const greatest = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
const rounded = (n: number): number => Math.round(n * 100) / 100;

function testOf({ field, operator, value }: Condition): Test {
  const number = NUMBERS[field];
  if (number) return numberTest(number, operator, value);
  const flag = FLAGS[field];
  if (flag) return (f) => (flag(f) === value ? (value as boolean) : undefined);
  const words = Array.isArray(value) ? (value as string[]) : [];
  if (field === 'remark') return textTest(words.map(plain), operator);
  if (field === 'region') return pathTest(words, operator);
  const named = new Set(words);
  const choice = CHOICES[field];
  if (choice) {
    return (f) => {
      const actual = choice(f);
      return actual !== undefined && named.has(actual) === (operator === 'any_of') ? actual : undefined;
    };
  }
  const set = SETS[field] ?? (() => []);
  return (f) => {
    const hits = set(f).filter((v) => named.has(v));
    return hits.length > 0 === (operator === 'any_of') ? hits : undefined;
  };
}

function numberTest(of: (f: OrderFacts) => number | undefined, operator: RuleOperator, value: RuleValue): Test {
  const limit = typeof value === 'object' && 'amount' in value ? value.amount : Number(value);
  const currency = typeof value === 'object' && 'currency' in value ? value.currency : undefined;
  return (f) => {
    if (currency !== undefined && f.currency !== currency) return undefined; // 2,000 yen are not 2,000 yuan
    const actual = of(f);
    if (actual === undefined) return undefined;
    return (operator === 'at_least' ? actual >= limit : actual <= limit) ? rounded(actual) : undefined;
  };
}

function textTest(words: readonly string[], operator: RuleOperator): Test {
  return (f) => {
    const text = f.remark === '' ? '' : plain(f.remark);
    const hits = words.filter((w) => text.includes(w));
    return hits.length > 0 === (operator === 'contains_any') ? hits : undefined;
  };
}

/** Level by level, so that 浙江省/杭州市 holds for its districts and 浙江 for 浙江省. */
function pathTest(paths: readonly string[], operator: RuleOperator): Test {
  const wanted = paths.map((p) => p.split('/'));
  return (f) => {
    const levels = f.region.split('/');
    const hits = wanted
      .filter((w) => w.every((level, i) => isSameLevel(levels[i] ?? '', level)))
      .map((w) => w.join('/'));
    return hits.length > 0 === (operator === 'starts_with_any') ? hits : undefined;
  };
}

/** 浙江 is 浙江省, whichever of the two the sender wrote and the rule names. */
const isSameLevel = (given: string, named: string): boolean =>
  given.startsWith(named) || (given.length >= 2 && named.startsWith(given));
