import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { agrees, type Agreed, compare, dueOf, type Kept, type Recomputed } from './compare.ts';

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 9 }),
  unitPrice: fc.integer({ min: 0, max: 10_000 }),
  off: fc.integer({ min: 0, max: 5_000 }),
  offRules: fc.integer({ min: 0, max: 5_000 }),
  kept: fc.integer({ min: 0, max: 9 }),
});
const lines = fc.array(line, { minLength: 1, maxLength: 6 });
type Line = { quantity: number; unitPrice: number; off: number; offRules: number; kept: number };

function sides(all: readonly Line[], freight = 0): { agreed: Agreed; recomputed: Recomputed; kept: Kept } {
  const of = (l: Line, off: number): number => Math.max(l.unitPrice * l.quantity - off, 0);
  const sum = (f: (l: Line) => number): number => all.reduce((n, l) => n + f(l), 0);
  const goods = sum((l) => l.unitPrice * l.quantity);
  const totals = (off: (l: Line) => number, sent: number) => {
    const payable = sum((l) => of(l, off(l)));
    return { goods, discount: goods - payable, freight: sent, total: payable + sent };
  };
  const discounts = (l: Line, off: number) => [{ offer: 'O', amount: l.unitPrice * l.quantity - of(l, off) }];
  return {
    agreed: {
      ...totals((l) => l.off, freight),
      offers: [],
      lines: all.map((l, i) => ({
        id: String(i),
        sku: `S${i}`,
        title: '',
        kind: 'goods',
        agreed: false,
        quantity: l.quantity,
        listPrice: l.unitPrice,
        unitPrice: l.unitPrice,
        discounts: discounts(l, l.off),
        payable: of(l, l.off),
      })),
    },
    recomputed: {
      ...totals((l) => l.offRules, 0),
      applied: [],
      rejected: [],
      lines: all.map((l) => ({
        unitPrice: l.unitPrice,
        discounts: discounts(l, l.offRules),
        payable: of(l, l.offRules),
      })),
    },
    kept: new Map(all.map((l, i) => [String(i), { agreed: l.quantity, kept: Math.min(l.kept, l.quantity) }])),
  };
}
const WITHOUT_END = Number.MAX_SAFE_INTEGER;

test('ORD-16 what is compared with itself agrees, and differences of lines add up to that of the total', () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 0, max: 900 }), (all, freight) => {
      const same = sides(
        all.map((l) => ({ ...l, offRules: l.off })),
        0,
      );
      assert.ok(agrees(compare(same.agreed, same.recomputed)));
      const { agreed, recomputed } = sides(all, freight);
      const c = compare(agreed, recomputed);
      assert.equal(c.difference, c.lines.reduce((n, l) => n + l.difference, 0) + freight);
    }),
  );
});

test('ORD-16 what is due is never negative, never above what is left, and all of the difference when everything is kept', () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 0, max: 9_000 }), (all, before, left) => {
      const { agreed, recomputed, kept } = sides(all);
      const c = compare(agreed, recomputed);
      const due = dueOf(c, kept, before, left);
      assert.ok(due >= 0 && due <= left);
      const whole = new Map(all.map((l, i) => [String(i), { agreed: l.quantity, kept: l.quantity }]));
      assert.equal(dueOf(c, whole, 0, WITHOUT_END), Math.max(c.difference, 0));
      assert.equal(dueOf(c, whole, Math.max(c.difference, 0), WITHOUT_END), 0, 'given once');
      const none = new Map(all.map((l, i) => [String(i), { agreed: l.quantity, kept: 0 }]));
      assert.equal(dueOf(c, none, 0, WITHOUT_END), 0, 'nothing of what was given back with the goods');
    }),
  );
});
