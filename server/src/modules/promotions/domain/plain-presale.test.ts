import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priceCart } from './price-cart.ts';
import { DEFAULT_STACKING, type Offer } from './terms.ts';

const offer = (code: string, over: Partial<Offer>): Offer => ({
  id: code,
  code,
  version: 1,
  title: code,
  startsAt: 0,
  endsAt: 1000,
  shops: null,
  skus: null,
  categories: null,
  terms: { kind: 'presale', deposit: 100, expandsTo: 100, balanceFrom: 2000, balanceTo: 3000, quota: null },
  ...over,
});
const line = (sku: string, quantity: number) => ({ shop: 'S', sku, category: 'C', quantity, unitPrice: 1_000 });
const cart = (lines: ReturnType<typeof line>[], left?: ReadonlyMap<string, number>) => ({
  lines,
  at: 500,
  coupons: [],
  stacking: DEFAULT_STACKING,
  ...(left ? { left } : {}),
});

test('PRO-1 a presale whose deposit does not grow takes nothing off, and holds: the deposit is due at once', () => {
  const found = priceCart(cart([line('A', 3), line('B', 1)]), [offer('PRE', { skus: new Set(['A']) })]);
  assert.deepEqual(found.presale, { offer: 'PRE', deposit: 300, balanceFrom: 2000, balanceTo: 3000, lines: [0] });
  assert.deepEqual([found.total, found.discount], [4_000, 0]);
  assert.deepEqual(
    found.applied.map((a) => [a.offer, a.amount, a.units]),
    [['PRE', 0, 3]],
  );
  assert.deepEqual(found.rejected, []);
});

test('PRO-1 it holds beside one that grows, on other lines; not when it is over or used up', () => {
  const grows = offer('GROWS', {
    skus: new Set(['B']),
    terms: { kind: 'presale', deposit: 100, expandsTo: 300, balanceFrom: 2500, balanceTo: 2800, quota: null },
  });
  const found = priceCart(cart([line('A', 1), line('B', 1)]), [offer('PRE', { skus: new Set(['A']) }), grows]);
  assert.deepEqual(found.presale, { offer: 'GROWS', deposit: 200, balanceFrom: 2500, balanceTo: 2800, lines: [0, 1] });
  assert.equal(found.total, 1_800);
  assert.equal(priceCart(cart([line('A', 1)]), [offer('PRE', { endsAt: 400 })]).presale, null);
  assert.equal(priceCart(cart([line('A', 2)], new Map([['PRE', 1]])), [offer('PRE', {})]).presale, null);
});
