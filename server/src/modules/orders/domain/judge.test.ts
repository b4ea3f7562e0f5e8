import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileRules, judge, judgeWindows, type OrderFacts } from './judge.ts';
import {
  checkRule,
  type Condition,
  type Rule,
  RULE_FIELDS,
  RULE_OPERATORS,
  type RuleDraft,
  type RuleField,
} from './review-rules.ts';

const ORDER: OrderFacts = {
  currency: 'CNY',
  total: 500_000,
  goods: 520_000,
  discount: 20_000,
  lines: [
    { sku: 'A', quantity: 10, unitPrice: 50_000, listPrice: 50_000, norm: 2 },
    { sku: 'B', quantity: 1, unitPrice: 20_000, listPrice: 40_000 },
  ],
  remark: '请改地址，谢谢',
  region: '浙江省/杭州市/西湖区',
  shop: 'S1',
  channel: 'web',
  payment: 'prepaid',
  customerLevel: 'gold',
  newCustomer: false,
  addressDoubtful: false,
  couponUsed: true,
  hour: 23,
  blacklisted: [],
};
let made = 0;
const rule = (conditions: Condition[], over: Partial<Rule> = {}): Rule => {
  made += 1;
  const code = `r${made}`;
  return {
    id: code,
    version: 1,
    code,
    title: code,
    state: 'on',
    priority: made,
    conditions,
    window: null,
    action: { do: 'hold', hold: 'seen' },
    ...over,
  };
};
const holds = (condition: Condition, order: Partial<OrderFacts> = {}): boolean =>
  judge({ ...ORDER, ...order }, compileRules([rule([condition])])).holds.includes('seen');
const names = { shops: new Set(['S1']), skus: new Set(['A']), region: (p: string) => p.startsWith('浙江省') };
const said = (over: Partial<RuleDraft>): string[] =>
  checkRule(
    { code: 'x', title: 'x', conditions: [], window: null, action: { do: 'hold', hold: 'seen' }, ...over },
    names,
  ).map((p) => `${p.path}: ${p.code}`);

test('ORD-5 every field finds what it is about, and nothing else', () => {
  const yuan = (amount: number) => ({ amount, currency: 'CNY' as const });
  const table: [Condition, boolean][] = [
    [{ field: 'total', operator: 'at_least', value: yuan(500_000) }, true],
    [{ field: 'total', operator: 'at_least', value: yuan(500_001) }, false],
    [{ field: 'total', operator: 'at_most', value: yuan(499_999) }, false],
    [{ field: 'total', operator: 'at_least', value: { amount: 1, currency: 'JPY' } }, false],
    [{ field: 'units', operator: 'at_least', value: 11 }, true],
    [{ field: 'units', operator: 'at_most', value: 10 }, false],
    [{ field: 'lineCount', operator: 'at_least', value: 2 }, true],
    [{ field: 'quantityOfNorm', operator: 'at_least', value: 5 }, true],
    [{ field: 'quantityOfNorm', operator: 'at_least', value: 5.1 }, false],
    [{ field: 'priceDeviation', operator: 'at_least', value: 50 }, true],
    [{ field: 'priceDeviation', operator: 'at_least', value: 51 }, false],
    [{ field: 'discountShare', operator: 'at_most', value: 4 }, true],
    [{ field: 'remarkLength', operator: 'at_least', value: 7 }, true],
    [{ field: 'hour', operator: 'at_least', value: 23 }, true],
    [{ field: 'remark', operator: 'contains_any', value: ['发票', '改地址'] }, true],
    [{ field: 'remark', operator: 'contains_none', value: ['改地址'] }, false],
    [{ field: 'region', operator: 'starts_with_any', value: ['浙江省/杭州市'] }, true],
    [{ field: 'region', operator: 'starts_with_any', value: ['浙江'] }, true],
    [{ field: 'region', operator: 'starts_with_any', value: ['江苏省', '浙江省/宁波市'] }, false],
    [{ field: 'region', operator: 'starts_with_none', value: ['江苏省'] }, true],
    [{ field: 'shop', operator: 'any_of', value: ['S1'] }, true],
    [{ field: 'channel', operator: 'none_of', value: ['web'] }, false],
    [{ field: 'payment', operator: 'any_of', value: ['cod'] }, false],
    [{ field: 'customerLevel', operator: 'any_of', value: ['gold'] }, true],
    [{ field: 'sku', operator: 'any_of', value: ['B', 'C'] }, true],
    [{ field: 'sku', operator: 'none_of', value: ['C'] }, true],
    [{ field: 'blacklisted', operator: 'any_of', value: ['phone'] }, false],
    [{ field: 'newCustomer', operator: 'is', value: false }, true],
    [{ field: 'addressDoubtful', operator: 'is', value: true }, false],
    [{ field: 'couponUsed', operator: 'is', value: true }, true],
  ];
  for (const [condition, expected] of table) assert.equal(holds(condition), expected, JSON.stringify(condition));
  assert.deepEqual(
    Object.keys(RULE_FIELDS).filter((f) => !table.some(([c]) => c.field === f)),
    [],
    'every field is tried',
  );
  const short = { region: '浙江/杭州/西湖' };
  assert.ok(holds({ field: 'region', operator: 'starts_with_any', value: ['浙江省/杭州市'] }, short));
  assert.ok(!holds({ field: 'region', operator: 'starts_with_any', value: ['浙江省/杭州市'] }, { region: '' }));
  assert.ok(
    holds({ field: 'remark', operator: 'contains_any', value: ['ＩＮＶＯＩＣＥ'] }, { remark: 'an Invoice please' }),
  );
  assert.ok(
    holds({ field: 'blacklisted', operator: 'any_of', value: ['phone', 'device'] }, { blacklisted: ['device'] }),
  );
});

test('ORD-5 what is not known holds no rule: no norm, no level', () => {
  const { customerLevel: _, newCustomer: __, ...unknown } = ORDER;
  const order = { ...unknown, lines: [{ sku: 'A', quantity: 9_999, unitPrice: 1, listPrice: 0 }] };
  for (const condition of [
    { field: 'quantityOfNorm', operator: 'at_least', value: 0 },
    { field: 'priceDeviation', operator: 'at_least', value: 0 },
    { field: 'customerLevel', operator: 'none_of', value: ['gold'] },
    { field: 'newCustomer', operator: 'is', value: false },
  ] as Condition[])
    assert.deepEqual(judge(order, compileRules([rule([condition])])).holds, [], condition.field);
});

test('ORD-5 every condition must hold; drafts and rules switched off judge nobody', () => {
  const big: Condition = { field: 'units', operator: 'at_least', value: 5 };
  const cod: Condition = { field: 'payment', operator: 'any_of', value: ['cod'] };
  const rules = [rule([big, cod]), rule([big], { state: 'draft' }), rule([big], { state: 'off' })];
  assert.deepEqual(judge(ORDER, compileRules(rules)).holds, []);
  assert.deepEqual(judge({ ...ORDER, payment: 'cod' }, compileRules(rules)).holds, ['seen']);
});

test('ORD-5 hold, identity, tag, refusal: each action, each hold once, and why with what was found', () => {
  const many: Condition = { field: 'units', operator: 'at_least', value: 5 };
  const compiled = compileRules([
    rule([many], { code: 'late', priority: 900, action: { do: 'refuse', message: 'not at all' } }),
    rule([many], { code: 'early', priority: 1, action: { do: 'refuse', message: 'not this' } }),
    rule([many], { code: 'a', action: { do: 'hold', hold: 'seen' } }),
    rule([many], { code: 'b', action: { do: 'hold', hold: 'seen' } }),
    rule([many], { code: 'c', action: { do: 'require_id' } }),
    rule([many], { code: 'd', action: { do: 'tag', tag: 'VIP' } }),
  ]);
  const verdict = judge(ORDER, compiled);
  assert.deepEqual([verdict.holds, verdict.tags, verdict.requireId], [['seen', 'identity'], ['VIP'], true]);
  assert.deepEqual(verdict.refuse, { rule: 'early', version: 1, message: 'not this' });
  assert.deepEqual(
    verdict.why.map((w) => [w.hold, w.rule]),
    [
      ['seen', 'a'],
      ['seen', 'b'],
      ['identity', 'c'],
    ],
  );
  assert.deepEqual(verdict.why[0]?.facts, { found: [{ ...many, actual: 11 }] });
});

test('ORD-5 a window fires at its count and not before; its conditions are looked at first', () => {
  const within = { by: 'phone', minutes: 10, count: 5 } as const;
  const compiled = compileRules([
    rule([], { window: within, action: { do: 'hold', hold: 'scalper' } }),
    rule([{ field: 'payment', operator: 'any_of', value: ['cod'] }], { window: within }),
  ]);
  const verdict = judge(ORDER, compiled);
  assert.deepEqual(
    verdict.windows.map((w) => [w.by, w.minutes, w.count]),
    [['phone', 10, 5]],
    'paid orders are not counted for the second',
  );
  assert.deepEqual(judgeWindows(verdict, [4]).holds, []);
  const fired = judgeWindows(verdict, [5]);
  assert.deepEqual(fired.holds, ['scalper']);
  assert.deepEqual(fired.why[0]?.facts.window, { ...within, actual: 5 });
  assert.deepEqual(verdict.holds, [], 'the first verdict stays as it was');
  assert.deepEqual([...compiled.windows], ['phone']);
  assert.deepEqual([...compiled.needs], ['payment']);
});

test('ORD-5 a rule about nothing is refused, with every reason at once', () => {
  assert.deepEqual(said({}), ['conditions: rule_is_empty']);
  assert.deepEqual(
    said({
      conditions: [
        { field: 'colour' as RuleField, operator: 'is', value: true },
        { field: 'total', operator: 'is', value: 5 },
        { field: 'shop', operator: 'any_of', value: ['S1', 'S9'] },
        { field: 'sku', operator: 'any_of', value: ['Z'] },
        { field: 'region', operator: 'starts_with_any', value: ['浙江省', '西湖省'] },
        { field: 'payment', operator: 'any_of', value: ['gold'] },
        { field: 'remark', operator: 'contains_any', value: [] },
        { field: 'hour', operator: 'at_least', value: Number.NaN },
        { field: 'newCustomer', operator: 'is', value: 1 },
      ],
      window: { by: 'phone', minutes: 0, count: 1 },
      action: { do: 'hold', hold: 'shortage' },
    }),
    [
      'conditions[0].field: unknown_field',
      'conditions[1].operator: operator_does_not_fit',
      'conditions[1].value: bad_amount',
      'conditions[2].value[1]: unknown_shop',
      'conditions[3].value[0]: unknown_sku',
      'conditions[4].value[1]: unknown_division',
      'conditions[5].value[0]: unknown_choice',
      'conditions[6].value: bad_list',
      'conditions[7].value: bad_number',
      'conditions[8].value: bad_flag',
      'window.minutes: out_of_range',
      'window.count: out_of_range',
      'action.hold: hold_is_reserved',
    ],
  );
  assert.deepEqual(said({ window: { by: 'device', minutes: 10, count: 5 } }), [], 'a window alone is a rule');
});

test('ORD-5 a rule that is accepted judges any order without throwing, and a condition never agrees with its opposite', () => {
  const opposite: Record<string, string> = {
    any_of: 'none_of',
    contains_any: 'contains_none',
    starts_with_any: 'starts_with_none',
  };
  const values = {
    money: { amount: 100, currency: 'CNY' as const },
    number: 3,
    text: ['改'],
    path: ['浙江省'],
    choice: ['S1'],
    set: ['A'],
    flag: true,
  };
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(RULE_FIELDS) as RuleField[])),
      fc.string(),
      fc.nat(),
      fc.boolean(),
      (field, text, n, flag) => {
        const kind = RULE_FIELDS[field];
        const order: OrderFacts = {
          ...ORDER,
          remark: text,
          region: text,
          shop: text,
          total: n,
          hour: n % 24,
          newCustomer: flag,
        };
        for (const operator of RULE_OPERATORS[kind]) {
          const condition: Condition = { field, operator, value: values[kind] };
          const other = opposite[operator];
          const found = holds(condition, order);
          if (other !== undefined)
            assert.notEqual(found, holds({ ...condition, operator: other as Condition['operator'] }, order));
        }
      },
    ),
  );
});
