import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allowedEvents, checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { coveredBy, clockStart, isPaidUp, netOf } from './account.ts';
import { capitalAmount } from './capital-amount.ts';
import { hasOrganisationCode, isCreditCode, judgeTaxId, normaliseTaxId } from './credit-code.ts';
import {
  blueFlow,
  CONFIRMATION_EVENTS,
  CONFIRMATION_STATES,
  confirmationFlow,
  INVOICE_EVENTS,
  INVOICE_STATUSES,
  redFlow,
} from './invoice-flow.ts';
import { blueLines, reverse, shareOut, type SoldLine } from './invoice-lines.ts';
import { TAX_CODE, TAX_RATES_BP, TAX_TOLERANCE, taxOfLines, taxWithin } from './tax.ts';

// Public registrations of well-known organisations.
const CODES = [
  '91440300708461136T', // 腾讯
  '91330100799655058B', // 阿里巴巴（中国）
  '914403001922038216', // 华为
  '91100000100003962T', // 中国工商银行
  '91110000802100433B', // 百度网讯
];
for (const code of CODES) {
  test(`IVC-1 the credit code ${code} is valid, and no other sign at its end is`, () => {
    assert.ok(isCreditCode(code));
    assert.ok(hasOrganisationCode(code));
    for (const sign of '0123456789ABCDEFGHJKLMNPQRTUWXY')
      if (sign !== code[17]) assert.ok(!isCreditCode(code.slice(0, 17) + sign), sign);
  });
}

test('IVC-1 one mistyped sign of a credit code is always found', () => {
  const signs = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
  for (const code of CODES)
    for (let i = 0; i < 17; i += 1)
      for (const sign of signs)
        if (sign !== code[i]) assert.ok(!isCreditCode(code.slice(0, i) + sign + code.slice(i + 1)));
});

test('IVC-1 tax ids: what is old, wrong and no tax id at all is told apart', () => {
  assert.equal(judgeTaxId(normaliseTaxId(' 9144 0300-7084 61136t ')), 'valid');
  assert.equal(judgeTaxId('440301708461136'), 'old');
  assert.equal(judgeTaxId('11010519491231002X'), 'old');
  assert.equal(judgeTaxId('91440300708461136A'), 'bad_check');
  assert.equal(judgeTaxId('91440300708461136O'), 'malformed');
  assert.equal(judgeTaxId('123'), 'malformed');
});

// The examples of the rule itself and of the fields' practice, typed in by hand.
const WORDS: [number, string][] = [
  [0, '零圆整'],
  [1, '壹分'],
  [10, '壹角整'],
  [15, '壹角伍分'],
  [100, '壹圆整'],
  [105, '壹圆零伍分'],
  [140_950, '壹仟肆佰零玖圆伍角整'],
  [600_714, '陆仟零柒圆壹角肆分'],
  [168_032, '壹仟陆佰捌拾圆叁角贰分'],
  [10_700_053, '壹拾万柒仟圆伍角叁分'],
  [1_640_902, '壹万陆仟肆佰零玖圆零贰分'],
  [32_504, '叁佰贰拾伍圆零肆分'],
  [1_000_000, '壹万圆整'],
  [1_000_100, '壹万零壹圆整'],
  [10_000_000_000, '壹亿圆整'],
  [10_000_000_100, '壹亿零壹圆整'],
  [10_100_000_000, '壹亿零壹佰万圆整'],
  [100_010_001_000, '壹拾亿零壹拾万零壹拾圆整'],
  [123_456_789_012, '壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾圆壹角贰分'],
  [1_000_000_000_000, '壹佰亿圆整'],
  [100_000_000_000_000, '壹万亿圆整'],
  [100_500_000_000_000, '壹万零伍拾亿圆整'],
  [-1050, '（负数）壹拾圆伍角整'],
];
for (const [fen, words] of WORDS) {
  test(`IVC-1 ${fen} fen are written out as ${words}`, () => assert.equal(capitalAmount(fen), words));
}

test('IVC-1 no two amounts are written out alike, and parts of a fen are refused', () => {
  const amounts = fc.uniqueArray(fc.nat({ max: 10_000_000_000_000 }), { minLength: 2, maxLength: 2 });
  fc.assert(fc.property(amounts, ([a, b]) => capitalAmount(a as number) !== capitalAmount(b as number)));
  assert.throws(() => capitalAmount(1.5), RangeError);
});

const soldLine = fc
  .record({ quantity: fc.integer({ min: 1, max: 50 }), payable: fc.nat({ max: 5_000_000 }), gone: fc.nat({ max: 50 }) })
  .map((l): SoldLine => ({ id: '', sku: 's', title: 't', ...l, gone: Math.min(l.gone, l.quantity) }));
const rate = fc.constantFrom(...TAX_RATES_BP);

test('IVC-1 for any order and any sequence of refunds, blue less red is paid less refunded, line by line and in tax', () => {
  const order = fc.array(fc.tuple(soldLine, rate), { minLength: 1, maxLength: 40 });
  const refunds = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(order, fc.integer({ min: 1, max: 50_000_000 }), refunds, (sold, paid, asked) => {
      const rates = new Map(sold.map(([, bp], i) => [String(i), bp]));
      const parts = shareOut(
        paid,
        'CNY',
        sold.map(([line], i) => ({ ...line, id: String(i) })),
      );
      const lines = blueLines(
        parts.map((p) => ({
          ...p,
          tax: { code: '1', shortName: '', policy: null, unit: '', rateBp: rates.get(p.line.id) ?? 0 },
        })),
      ).map((l) => ({ ...l, reversed: 0, reversedTax: 0 }));
      assert.equal(
        lines.reduce((n, l) => n + l.amount, 0),
        paid,
      );
      let refunded = 0;
      for (const wanted of [...asked, paid]) {
        const amount = Math.min(wanted, paid - refunded);
        if (amount === 0) continue;
        for (const [i, red] of reverse(amount, 'CNY', lines).entries()) {
          const line = lines[i] as (typeof lines)[number];
          assert.ok(red.amount >= 0 && red.tax >= 0 && red.tax <= red.amount);
          line.reversed += red.amount;
          line.reversedTax += red.tax;
          assert.ok(line.reversed <= line.amount && line.reversedTax <= line.tax);
        }
        refunded += amount;
        assert.equal(
          lines.reduce((n, l) => n + l.amount - l.reversed, 0),
          paid - refunded,
        );
      }
      assert.ok(lines.every((l) => l.reversed === l.amount && l.reversedTax === l.tax)); // the last one takes all there is
    }),
  );
});

test('IVC-1 line taxes are within a unit of their own and together within the tolerance of the whole', () => {
  const lines = fc.array(fc.record({ amount: fc.nat({ max: 10_000_000 }), rateBp: rate }), { maxLength: 300 });
  fc.assert(
    fc.property(lines, (all) => {
      const taxes = taxOfLines(all);
      for (const [i, { amount, rateBp }] of all.entries())
        assert.ok(Math.abs((taxes[i] as number) - taxWithin(amount, rateBp)) <= 1);
      for (const bp of TAX_RATES_BP) {
        const of = all.filter((l) => l.rateBp === bp).reduce((n, l) => n + l.amount, 0);
        const sum = taxes.reduce((n, t, i) => n + (all[i]?.rateBp === bp ? t : 0), 0);
        assert.ok(Math.abs(sum - taxWithin(of, bp)) <= TAX_TOLERANCE);
      }
    }),
  );
  assert.equal(taxWithin(11_300, 1300), 1300);
  assert.equal(taxWithin(10_000, 900), 826); // 100 / 1.09 × 0.09 = 8.2569
});

test('IVC-1 gifts are no lines of an invoice; money left when everything came back belongs to what was sold', () => {
  const line = (id: string, payable: number, gone = 0): SoldLine => ({
    id,
    sku: id,
    title: id,
    quantity: 2,
    gone,
    payable,
  });
  const amounts = (total: number, lines: SoldLine[]) => shareOut(total, 'CNY', lines).map((p) => [p.line.id, p.amount]);
  assert.deepEqual(amounts(1000, [line('a', 700), line('gift', 0), line('b', 300)]), [
    ['a', 700],
    ['b', 300],
  ]);
  assert.deepEqual(amounts(350, [line('a', 700, 1), line('b', 300, 2)]), [['a', 350]]);
  assert.deepEqual(amounts(100, [line('a', 700, 2), line('b', 300, 2)]), [
    ['a', 70],
    ['b', 30],
  ]);
});

const BLUE = new Map<string, string>(
  Object.entries({
    'waiting_payment>review': 'pending_review',
    'waiting_payment>clear': 'ready',
    'waiting_payment>cancel': 'cancelled',
    'pending_review>wait': 'waiting_payment',
    'pending_review>clear': 'ready',
    'pending_review>reject': 'rejected',
    'pending_review>cancel': 'cancelled',
    'blocked>wait': 'waiting_payment',
    'blocked>review': 'pending_review',
    'blocked>clear': 'ready',
    'blocked>cancel': 'cancelled',
    'ready>wait': 'waiting_payment',
    'ready>review': 'pending_review',
    'ready>block': 'blocked',
    'ready>send': 'issuing',
    'ready>cancel': 'cancelled',
    'issuing>issue': 'issued',
    'issuing>fail': 'failed',
    'issued>reverse': 'reversed',
    'failed>wait': 'waiting_payment',
    'failed>review': 'pending_review',
    'failed>clear': 'ready',
    'failed>cancel': 'cancelled',
  }),
);
const RED = new Map<string, string>(
  Object.entries({
    'confirming>clear': 'ready',
    'confirming>cancel': 'cancelled',
    'ready>send': 'issuing',
    'issuing>issue': 'issued',
    'issuing>fail': 'failed',
    'failed>clear': 'ready',
  }),
);
const CONFIRMATION = new Map<string, string>(
  Object.entries({
    'applied>confirm': 'buyer_confirmed',
    'applied>reject': 'rejected',
    'applied>expire': 'expired',
    'rejected>apply_again': 'applied',
    'expired>apply_again': 'applied',
  }),
);

test('IVC-1 every state of invoices, red letters and confirmations takes the listed events and no other', () => {
  const walk = <S extends string, E extends string>(
    flow: Readonly<Record<S, Readonly<Partial<Record<E, S>>>>>,
    states: readonly S[],
    events: readonly E[],
    expected: ReadonlyMap<string, string>,
  ): void => {
    for (const from of states)
      for (const event of events) {
        const to = expected.get(`${from}>${event}`);
        if (to === undefined) assert.throws(() => step(flow, from, event), TransitionRefused, `${from}>${event}`);
        else assert.equal(step(flow, from, event), to);
      }
  };
  walk(blueFlow, INVOICE_STATUSES, INVOICE_EVENTS, BLUE);
  walk(redFlow, INVOICE_STATUSES, INVOICE_EVENTS, RED);
  walk(confirmationFlow, CONFIRMATION_STATES, CONFIRMATION_EVENTS, CONFIRMATION);
  assert.deepEqual(checkFlow(blueFlow, ['waiting_payment']), ['confirming is never reached']); // of red letters only
  assert.deepEqual(allowedEvents(redFlow, 'issued'), []);
});

test('IVC-1 the 72 hours run from the payment, or from an application that came a day later or more', () => {
  const at = (h: number) => new Date(Date.UTC(2026, 0, 1, h));
  assert.equal(clockStart(at(1), null), undefined);
  assert.deepEqual(clockStart(at(1), at(5)), at(5));
  assert.deepEqual(clockStart(at(25), at(1)), at(1));
  assert.deepEqual(clockStart(at(26), at(1)), at(26));
});

test('IVC-1 what is invoiced is what was paid for goods and stayed', () => {
  const o = { total_amount: 1000, repriced_amount: 0, came_back_amount: 0, cancelled_amount: 0 };
  assert.equal(netOf({ paid_amount: 1000, refunded_amount: 300, forfeited_amount: 0 }), 700);
  assert.equal(netOf({ paid_amount: 200, refunded_amount: 0, forfeited_amount: 200 }), 0);
  assert.ok(!isPaidUp({ ...o, paid_amount: 0 }));
  assert.ok(!isPaidUp({ ...o, paid_amount: 999 }));
  assert.ok(isPaidUp({ ...o, paid_amount: 1000 }));
  assert.ok(isPaidUp({ ...o, paid_amount: 900, cancelled_amount: 100 }));
  assert.equal(
    coveredBy([
      { amount: 1000, reversed: 300 },
      { amount: 50, reversed: 0 },
    ]),
    750,
  );
  assert.ok(TAX_CODE.test('1090511010000000000') && !TAX_CODE.test('109051101'));
});
