import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUILT_IN } from './built-in.ts';
import { isBetter, type Question, ruleOn, type Ruling, strictest } from './decide.ts';
import { distanceOf, ruleFor, rulesOfCategory } from './resolve.ts';
import {
  type AftersalesType,
  type PolicyRule,
  type PolicyVersion,
  REASON_CODES,
  type Reason,
  TYPES,
} from './vocabulary.ts';
import { windowEnd } from './window.ts';

const at = (text: string): Date => new Date(text);
const PAID = at('2026-03-01T02:00:00Z');
const SENT = at('2026-03-02T02:00:00Z');
const CAME = at('2026-03-04T02:00:00Z'); // ten in the morning in Shanghai
const ask = (over: Partial<Question> & { type: AftersalesType; reason: Reason }): Question => ({
  category: '服装/女装',
  moments: { payment: PAID, dispatch: SENT, receipt: CAME },
  at: at('2026-03-05T02:00:00Z'),
  timeZone: 'Asia/Shanghai',
  ...over,
});
const says = (over: Parameters<typeof ask>[0]): string => {
  const r = ruleOn(BUILT_IN, ask(over));
  return `${r.refusedBecause ?? 'allowed'} ${r.clause} ${r.freight} ${r.evidence} ${r.review} ${r.windowEndsAt?.toISOString() ?? '-'}`;
};

test('AFT-2 seven days without a reason end at midnight of the seventh day after receipt, by the clock of the shop', () => {
  const type = 'return';
  const reason = 'no_reason';
  assert.equal(says({ type, reason }), 'allowed general.no_reason buyer none instant 2026-03-11T16:00:00.000Z');
  assert.match(says({ type, reason, at: at('2026-03-11T15:59:59Z') }), /^allowed /);
  assert.match(says({ type, reason, at: at('2026-03-11T16:00:00Z') }), /^window_closed general\.no_reason /);
  assert.match(says({ type, reason, moments: { payment: PAID, dispatch: SENT, receipt: null } }), /^allowed .* -$/);
});

test('AFT-2 fresh goods are not returned without a reason; what is wrong with them is shown within 24 or 48 hours', () => {
  for (const category of ['食品/生鲜', '生鲜', '食品/生鲜/水果', '自营/鲜活易腐', 'Food/fresh/Fruit'])
    assert.equal(
      says({ category, type: 'return', reason: 'no_reason' }),
      'clause fresh.no_reason buyer none reviewed -',
      category,
    );
  const quality = { category: '食品/生鲜/水果', type: 'refund', reason: 'quality' } as const;
  assert.equal(says(quality), 'allowed fresh.quality none photo reviewed 2026-03-06T02:00:00.000Z');
  assert.match(says({ ...quality, at: at('2026-03-06T02:00:00Z') }), /^window_closed fresh\.quality /);
  assert.match(
    says({ ...quality, reason: 'damaged' }),
    /^window_closed fresh\.damaged none photo reviewed 2026-03-05T02:00/,
  );
  assert.match(says({ category: '食品/零食', type: 'return', reason: 'no_reason' }), /^allowed general\.no_reason /);
});

test('AFT-2 goods made to order, digital ones and newspapers are excepted by name; their faults are not', () => {
  for (const [category, clause] of [
    ['家居/定制/窗帘', 'custom.no_reason'],
    ['数字商品', 'digital.no_reason'],
    ['图书/报刊', 'press.no_reason'],
  ] as const) {
    assert.match(says({ category, type: 'return', reason: 'no_reason' }), new RegExp(`^clause ${clause} `));
    assert.match(
      says({ category, type: 'return', reason: 'quality' }),
      /^allowed general\.quality seller photo reviewed /,
    );
  }
});

test('AFT-2 what was not sent yet is refunded at once without a reason; once sent it has to come back', () => {
  const refund = { type: 'refund', reason: 'no_reason' } as const;
  const unsent = { payment: PAID, dispatch: null, receipt: null };
  assert.equal(says({ ...refund, moments: unsent }), 'allowed general.unsent none none instant -');
  assert.match(says(refund), /^window_closed general\.unsent /);
});

test('AFT-2 the shipped policy answers every type and reason that fit, and nothing else', () => {
  for (const type of TYPES)
    for (const reason of REASON_CODES) {
      const { refusedBecause } = ruleOn(BUILT_IN, ask({ type, reason, at: CAME }));
      assert.notEqual(refusedBecause, 'no_rule', `${type} ${reason}`);
    }
  assert.equal(ruleOn(BUILT_IN, ask({ type: 'return', reason: 'price_drop' })).refusedBecause, 'reason_not_for_type');
  assert.equal(
    ruleOn({ ...BUILT_IN, rules: [] }, ask({ type: 'return', reason: 'quality' })).refusedBecause,
    'no_rule',
  );
});

test('AFT-2 no two rules of the shipped policy have one place, and every clause has one text', () => {
  const places = BUILT_IN.rules.map((r) => `${r.category}|${r.type}|${r.reason}`);
  assert.equal(new Set(places).size, places.length);
  const texts = new Map<string, string>();
  for (const r of BUILT_IN.rules) {
    assert.equal(texts.get(r.clause) ?? r.text.en, r.text.en);
    texts.set(r.clause, r.text.en);
  }
});

const some = (over: Partial<PolicyRule>): PolicyRule => ({
  category: '',
  type: 'return',
  reason: '*',
  allowed: true,
  window: { count: 7, unit: 'day', from: 'receipt' },
  freight: 'buyer',
  evidence: 'none',
  review: 'reviewed',
  clause: 'x',
  text: { 'zh-CN': 'x', en: 'x' },
  ...over,
});

test('AFT-2 the nearest category wins, a path before a name at one height; then the reason before any', () => {
  const rules = [
    some({ clause: 'all.any' }),
    some({ clause: 'all.quality', reason: 'quality' }),
    some({ clause: 'food.any', category: '食品' }),
    some({ clause: 'name.any', category: '*/生鲜' }),
    some({ clause: 'path.any', category: '食品/生鲜' }),
    some({ clause: 'fruit.quality', category: '食品/生鲜/水果', reason: 'quality' }),
  ];
  const chosen = (category: string, reason: Reason): string | undefined =>
    ruleFor(rules.toReversed(), { category, type: 'return', reason })?.clause;
  assert.equal(chosen('服装', 'quality'), 'all.quality');
  assert.equal(chosen('服装', 'damaged'), 'all.any');
  assert.equal(chosen('食品/零食', 'quality'), 'food.any'); // nearer, though it is for any reason
  assert.equal(chosen('食品/生鲜', 'damaged'), 'path.any');
  assert.equal(chosen('超市/生鲜/鱼', 'damaged'), 'name.any');
  assert.equal(chosen('食品/生鲜/水果/苹果', 'quality'), 'fruit.quality');
  assert.equal(chosen('食品/生鲜/水果', 'damaged'), 'path.any');
  assert.equal(distanceOf('食品', '食品店/生鲜'), undefined); // a name is not the beginning of another
  const listed = rulesOfCategory(rules, '食品/零食').map((r) => r.clause);
  assert.deepEqual(listed, ['food.any']); // what stands above and is covered is not told
  assert.deepEqual(
    rulesOfCategory(rules, '食品/生鲜/水果').map((r) => r.clause),
    ['path.any', 'fruit.quality'],
  );
});

test('AFT-2 what is told of a category is what decides for it', () => {
  const version: PolicyVersion = BUILT_IN;
  for (const category of ['食品/生鲜/水果', '服装', '家居/定制', '图书/报刊/报刊'])
    for (const type of TYPES)
      for (const reason of REASON_CODES)
        assert.deepEqual(
          ruleFor(
            rulesOfCategory(version.rules, category).map((r) => ({ ...r, category: '' })),
            { category, type, reason },
          )?.clause,
          ruleFor(version.rules, { category, type, reason })?.clause,
          `${category} ${type} ${reason}`,
        );
});

test('AFT-2 days follow the clock of the shop through a change of summer time; hours do not', () => {
  const moments = { payment: null, dispatch: null, receipt: at('2026-03-27T22:30:00Z') };
  const end = (count: number, unit: 'day' | 'hour') =>
    windowEnd({ count, unit, from: 'receipt' }, moments, 'Europe/Berlin')?.toISOString();
  assert.equal(end(2, 'day'), '2026-03-29T22:00:00.000Z'); // the 27th by that clock; midnight after the 29th, in summer time
  assert.equal(end(48, 'hour'), '2026-03-29T22:30:00.000Z');
  assert.equal(windowEnd({ count: 1, unit: 'day', from: 'payment' }, moments, 'Europe/Berlin'), null);
  assert.equal(windowEnd(null, moments, 'Europe/Berlin'), null);
});

const ruling = (over: Partial<Ruling>): Ruling => ({
  allowed: true,
  clause: 'old',
  text: { 'zh-CN': '', en: '' },
  version: 1,
  freight: 'buyer',
  evidence: 'photo',
  review: 'reviewed',
  windowEndsAt: at('2026-03-11T16:00:00Z'),
  refusedBecause: null,
  rule: null,
  ...over,
});

test('AFT-2 a newer version decides only where it is better in something and worse in nothing', () => {
  const old = ruling({});
  const later = at('2026-03-12T16:00:00Z');
  const table: [string, Partial<Ruling>, boolean][] = [
    ['the same', {}, false],
    ['pays the freight', { freight: 'seller' }, true],
    ['no freight to pay', { freight: 'none' }, true],
    ['needs no photo', { evidence: 'none' }, true],
    ['needs a film', { evidence: 'video' }, false],
    ['at once', { review: 'instant' }, true],
    ['longer', { windowEndsAt: later }, true],
    ['without end', { windowEndsAt: null }, true],
    ['longer, but with a film', { windowEndsAt: later, evidence: 'video' }, false],
    ['refuses', { allowed: false, freight: 'seller' }, false],
  ];
  for (const [name, over, better] of table) assert.equal(isBetter(ruling(over), old), better, name);
  assert.equal(isBetter(ruling({ freight: 'buyer' }), ruling({ allowed: false, freight: 'none' })), true);
  assert.equal(isBetter(ruling({ allowed: false }), ruling({ allowed: false, freight: 'buyer' })), false);
});

test('AFT-2 of several lines the strictest answers for all, in each respect', () => {
  const all = strictest([
    ruling({ clause: 'a', freight: 'seller', evidence: 'video', windowEndsAt: null }),
    ruling({ clause: 'b', freight: 'buyer', evidence: 'none', review: 'instant' }),
  ]);
  assert.deepEqual(
    [all.clause, all.freight, all.evidence, all.review, all.windowEndsAt?.toISOString()],
    ['b', 'buyer', 'video', 'reviewed', '2026-03-11T16:00:00.000Z'],
  );
  const refused = strictest([
    ruling({ clause: 'a' }),
    ruling({ clause: 'c', allowed: false, refusedBecause: 'clause' }),
  ]);
  assert.deepEqual([refused.allowed, refused.clause, refused.refusedBecause], [false, 'c', 'clause']);
});
