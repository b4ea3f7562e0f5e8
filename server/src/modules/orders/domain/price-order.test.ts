import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkAddress } from '../review/divisions.ts';
import { isPhone, regionOf } from './check-address.ts';
import { type AskedLine, type PricedSku, priceOrder } from './price-order.ts';

const RULES = {
  quantityMax: 1000,
  priceLowPercent: 30,
  priceHighPercent: 300,
  freightAmount: 0,
  freightFreeFrom: null,
};
const sku = (code: string, price: number, over: Partial<PricedSku> = {}): PricedSku => ({
  id: code,
  sku: code,
  title: code,
  price_amount: price,
  currency: 'CNY',
  weight_g: 0,
  reserve_on: 'order',
  status: 'on_sale',
  version: 1,
  ...over,
});
const catalogue = new Map(
  [
    sku('A', 1990),
    sku('B', 500),
    sku('FREE', 0),
    sku('OFF', 100, { status: 'off_sale' }),
    sku('USD', 100, { currency: 'USD' }),
  ].map((s) => [s.sku, s]),
);
const price = (lines: AskedLine[], total?: number) => priceOrder({ lines, total }, catalogue, 'CNY', RULES);
const said = (problems: readonly { path: string; code: string }[]): string[] =>
  problems.map((p) => `${p.path}: ${p.code}`);

test('ORD-2 prices come from the catalogue unless the order names its own; lines and totals add up', () => {
  const { priced, problems } = price([
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 3, unitPrice: 450 },
    { sku: 'FREE', quantity: 1 },
  ]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    priced.lines.map((l) => [l.lineNo, l.unitPrice, l.amount, l.payable]),
    [
      [1, 1990, 3980, 3980],
      [2, 450, 1350, 1350],
      [3, 0, 0, 0],
    ],
  );
  assert.deepEqual([priced.goods, priced.total, priced.units, priced.holds], [5330, 5330, 6, []]);
});

test('ORD-2 every problem of every line is named', () => {
  const { problems } = price([
    { sku: 'NONE', quantity: 0, unitPrice: -1 },
    { sku: 'OFF', quantity: 1.5 },
    { sku: 'USD', quantity: 1001, unitPrice: 1.5 },
    { sku: 'A', quantity: 1 },
  ]);
  assert.deepEqual(said(problems), [
    'lines[0].quantity: bad_quantity',
    'lines[0].unitPrice: bad_price',
    'lines[0].sku: unknown_sku',
    'lines[1].quantity: bad_quantity',
    'lines[1].sku: not_on_sale',
    'lines[2].quantity: bad_quantity',
    'lines[2].unitPrice: bad_price',
    'lines[2].sku: currency_mismatch',
  ]);
});

test('ORD-2 numbers that are no quantities, prices or sums are refused, never rounded', () => {
  for (const quantity of [NaN, Infinity, -1, 0, 0.5, 2 ** 53, 1e300])
    assert.deepEqual(said(price([{ sku: 'A', quantity }]).problems).slice(0, 1), ['lines[0].quantity: bad_quantity']);
  for (const unitPrice of [NaN, Infinity, -1, 0.5, 2 ** 53])
    assert.ok(said(price([{ sku: 'A', quantity: 1, unitPrice }]).problems).includes('lines[0].unitPrice: bad_price'));
  assert.deepEqual(said(price([{ sku: 'A', quantity: 1000, unitPrice: Number.MAX_SAFE_INTEGER }]).problems), [
    'lines: total_too_large',
  ]);
});

test('ORD-2 a total that differs from the computed one is refused, and said what it is', () => {
  assert.deepEqual(price([{ sku: 'A', quantity: 2 }], 3980).problems, []);
  assert.deepEqual(price([{ sku: 'A', quantity: 2 }], 3981).problems, [
    { path: 'total', code: 'total_mismatch', facts: { expected: 3980, actual: 3981 } },
  ]);
});

test('ORD-5 a price far from the list price is legal and held; the limits themselves are not doubtful', () => {
  const holds = (unitPrice: number): string[] => price([{ sku: 'B', quantity: 1, unitPrice }]).priced.holds;
  assert.deepEqual([149, 150, 1500, 1501].map(holds), [['price_anomaly'], [], [], ['price_anomaly']]);
  assert.deepEqual(price([{ sku: 'FREE', quantity: 1, unitPrice: 100 }]).priced.holds, []);
});

test('ORD-2 whatever is asked, what is accepted adds up to the unit', () => {
  const line = fc.record({
    sku: fc.constantFrom('A', 'B', 'FREE', 'OFF', 'NONE'),
    quantity: fc.oneof(fc.integer({ min: -2, max: 1100 }), fc.double()),
    unitPrice: fc.option(fc.oneof(fc.integer({ min: -5, max: 10_000 }), fc.double()), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      const { priced, problems } = price(lines);
      if (problems.length > 0) return;
      assert.equal(priced.lines.length, lines.length);
      assert.equal(
        priced.total,
        priced.lines.reduce((n, l) => n + l.quantity * l.unitPrice, 0),
      );
      assert.ok(priced.lines.every((l) => l.amount >= 0 && Number.isSafeInteger(l.amount) && l.payable === l.amount));
    }),
  );
});

test('ORD-2 telephone numbers: mobile and landline at home, E.164 abroad', () => {
  for (const good of ['13800138000', '19912345678', '057188886666', '01012345678', '+14155550100', '+85291234567'])
    assert.ok(isPhone(good), good);
  for (const bad of ['', '12345678901', '1380013800', '138001380000', '+0123456789', '+1', 'abc', '4008001234x'])
    assert.ok(!isPhone(bad), bad);
});

test('ORD-2 an address at home needs every level, one abroad a city and a street', () => {
  const empty = { name: ' ', phone: '', province: '', city: '', district: '', address: '' };
  assert.deepEqual(said(checkAddress(empty).problems), [
    'shipTo.phone: bad_phone',
    'shipTo.name: required',
    'shipTo.province: required',
    'shipTo.city: required',
    'shipTo.district: required',
    'shipTo.address: required',
  ]);
  assert.deepEqual(
    checkAddress({ ...empty, name: 'J', phone: '+33612345678', city: 'Paris', address: '1 rue', country: 'FR' })
      .problems,
    [],
  );
  assert.equal(regionOf({ ...empty, province: '浙江省', city: '杭州市', district: '西湖区' }), '浙江省/杭州市/西湖区');
  assert.equal(regionOf({ ...empty, city: 'Paris', country: 'FR' }), 'FR/Paris');
});
