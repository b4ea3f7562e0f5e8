import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divideFunds } from './divide-funds.ts';
import { mergedFreight, type Mergeable, mergeProblems } from './merge-orders.ts';
import { type Account, excessOf, owed } from './money-owed.ts';
import { scaleDiscount, share, shareDiscount } from './shares.ts';
import { fullGroups, groupsByAvailability, groupsByWarehouse, type SplitLine, splitOrder } from './split-order.ts';

const sum = (ns: readonly number[]): number => ns.reduce((a, b) => a + b, 0);

test('ORD-9 shares are never more than their weights and add up to the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { minLength: 1, maxLength: 12 }), fc.nat(1000), (weights, permille) => {
      const whole = Math.floor((sum(weights) * permille) / 1000);
      const parts = share(whole, weights, 'CNY');
      assert.equal(sum(parts), whole);
      assert.ok(parts.every((p, i) => p >= 0 && p <= (weights[i] ?? 0)));
    }),
  );
});

test('ORD-9 a discount is shared so that no part has more of it than its goods cost, nor an offer more or less than it gave', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(300), { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(1000), { maxLength: 4 }),
      (amounts, cuts) => {
        let left = sum(amounts);
        const items = cuts.map((cut, i) => {
          const amount = Math.floor((left * cut) / 1000);
          left -= amount;
          return { offer: `O${i}`, amount };
        });
        const discount = sum(items.map((i) => i.amount));
        const parts = shareDiscount(discount, items, amounts, 'CNY');
        assert.equal(sum(parts.map((p) => p.discount)), discount);
        assert.ok(parts.every((p, i) => p.discount <= (amounts[i] ?? 0)));
        assert.ok(parts.every((p) => sum(p.discounts.map((d) => d.amount)) === p.discount));
        for (const item of items)
          assert.equal(
            sum(parts.flatMap((p) => p.discounts.filter((d) => d.offer === item.offer)).map((d) => d.amount)),
            item.amount,
          );
      },
    ),
  );
});

test('ORD-8 a discount comes back to the cent when the quantity does, whatever lay between', () => {
  const offers = fc.array(fc.record({ offer: fc.constantFrom('A', 'B'), amount: fc.nat(400) }), { maxLength: 2 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      offers,
      fc.array(fc.integer({ min: 1, max: 60 })),
      (quantity, discounts, steps) => {
        const base = { quantity, discounts };
        const price = 1000;
        for (const to of [...steps, quantity]) {
          const given = sum(scaleDiscount(base, to, price).map((d) => d.amount));
          assert.ok(given <= price * to);
          if (to === quantity) assert.equal(given, sum(discounts.map((d) => d.amount)));
        }
      },
    ),
  );
});

type Drawn = { lines: SplitLine[]; sums: Parameters<typeof splitOrder>[0]; groups: ReturnType<typeof fullGroups> };

/** An order somebody could have: bought, discounted, partly given back, reserved or short, and how it is divided. */
const anOrder: fc.Arbitrary<Drawn> = fc
  .record({
    lines: fc.array(
      fc.record({
        unitPrice: fc.nat(3000),
        open: fc.integer({ min: 0, max: 12 }),
        cancelled: fc.nat(2),
        off: fc.nat(1000),
        back: fc.nat(1000),
        w1: fc.nat(12),
        w2: fc.nat(12),
        cut: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    freight: fc.nat(2000),
    how: fc.constantFrom('hand', 'warehouse', 'availability'),
    paid: fc.constantFrom('all', 'none', 'over'),
    repriced: fc.nat(500),
    goodwill: fc.nat(1000),
  })
  .map(({ lines: drawn, freight, how, paid, repriced, goodwill }) => {
    const lines = drawn.map((l, i): SplitLine => {
      const quantity = l.open + l.cancelled;
      const discount = Math.floor((l.unitPrice * quantity * l.off) / 1000);
      const first = Math.floor(discount / 3);
      const w1 = Math.min(l.w1, l.open);
      const w2 = Math.min(l.w2, l.open - w1);
      return {
        id: `l${i}`,
        unitPrice: l.unitPrice,
        quantity,
        cancelled: l.cancelled,
        discount,
        discounts:
          discount > 0
            ? [
                { offer: 'A', amount: first },
                { offer: 'B', amount: discount - first },
              ]
            : [],
        refunded: 0,
        held: [
          ...(w1 > 0 ? [{ warehouseId: 'w1', quantity: w1 }] : []),
          ...(w2 > 0 ? [{ warehouseId: 'w2', quantity: w2 }] : []),
        ],
      };
    });
    const payable = sum(lines.map((l) => l.unitPrice * l.quantity - l.discount));
    const total = payable + freight;
    const kept = paid === 'none' ? 0 : paid === 'all' ? total : total + 77;
    const back = paid === 'none' ? 0 : repriced;
    const refunded = back + Math.floor((kept * goodwill) / 1000);
    const hand = [0, 1, 2].map((g) =>
      lines.flatMap((l, i) => {
        const cuts = drawn[i]?.cut ?? [];
        const quantity = Math.floor(((l.quantity - l.cancelled) * (cuts[g] ?? 0)) / (sum(cuts) || 1));
        return quantity > 0 ? [{ lineId: l.id, quantity }] : [];
      }),
    );
    const groups =
      how === 'hand'
        ? fullGroups(lines, hand)
        : how === 'warehouse'
          ? groupsByWarehouse(lines)
          : groupsByAvailability(lines);
    return {
      lines,
      groups,
      sums: { currency: 'CNY' as const, total, freight, paid: kept + back, refunded, repriced: back, cancelled: 0 },
    };
  })
  .filter(({ groups }) => groups.length > 0);

test('ORD-9 however an order is divided: units, goods, discounts of each offer, freight, payments and reservations are in one part each', () => {
  fc.assert(
    fc.property(anOrder, ({ lines, sums, groups }) => {
      const parts = splitOrder(sums, lines, groups);
      for (const which of ['freight', 'total', 'paid', 'refunded', 'repriced'] as const)
        assert.equal(sum(parts.map((p) => p[which])), sums[which], which);
      for (const line of lines) {
        const own = parts.flatMap((p) => p.lines.filter((l) => l.origin === line.id));
        if (line.quantity > 0) assert.equal(sum(own.map((l) => l.quantity)), line.quantity);
        assert.equal(sum(own.map((l) => l.cancelled)), line.cancelled);
        assert.equal(sum(own.map((l) => l.discount)), line.discount);
        assert.equal(sum(own.flatMap((l) => l.held.map((h) => h.quantity))), sum(line.held.map((h) => h.quantity)));
        for (const l of own) {
          assert.ok(l.discount <= l.quantity * line.unitPrice && l.quantity > 0);
          assert.equal(l.short, l.quantity - l.cancelled - sum(l.held.map((h) => h.quantity)));
          assert.ok(l.short >= 0);
        }
      }
      for (const p of parts) {
        assert.ok(p.lines.length > 0 && p.total >= 0 && p.repriced <= p.paid && p.refunded <= p.paid);
        assert.equal(p.total, p.goods - p.discount + p.freight);
      }
    }),
    { numRuns: 500 },
  );
});

test('ORD-9 a part that was paid for in full owes nothing, and has nothing too much', () => {
  fc.assert(
    fc.property(anOrder, ({ lines, sums, groups }) => {
      fc.pre(sums.paid - sums.repriced === sums.total);
      for (const p of splitOrder(sums, lines, groups)) assert.equal(p.paid - p.repriced, p.total);
    }),
  );
});

test('ORD-9 payers’ money is divided once, and no part got more back than it has', () => {
  const need = fc.record({ paid: fc.nat(900), part: fc.nat(100) });
  fc.assert(
    fc.property(
      fc.array(need, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(100), { minLength: 1, maxLength: 4 }),
      (needs, cuts) => {
        const parts = needs.map((n) => ({ paid: n.paid, refunded: Math.floor((n.paid * n.part) / 100) }));
        const total = sum(parts.map((p) => p.paid));
        const back = sum(parts.map((p) => p.refunded));
        const weights = cuts.map((c) => c + 1);
        const backs = share(back, weights, 'CNY');
        const keeps = share(total - back, weights, 'CNY');
        const funds = weights.map((_, i) => ({
          payer: `p${i}`,
          amount: (backs[i] ?? 0) + (keeps[i] ?? 0),
          refunded: backs[i] ?? 0,
        }));
        const divided = divideFunds(funds, parts);
        divided.forEach((own, i) => {
          assert.equal(sum(own.map((f) => f.amount)), parts[i]?.paid);
          assert.equal(sum(own.map((f) => f.refunded)), parts[i]?.refunded);
          assert.ok(own.every((f) => f.refunded <= f.amount));
        });
        for (const f of funds)
          assert.equal(
            sum(
              divided
                .flat()
                .filter((d) => d.payer === f.payer)
                .map((d) => d.amount),
            ),
            f.amount,
          );
      },
    ),
  );
});

const alike: Mergeable = {
  orderNo: '1',
  shopId: 's',
  customerId: 'c',
  currency: 'CNY',
  status: 'paid',
  payment: 'online',
  address: 'a',
  warehouses: 'w',
  superseded: false,
  historical: false,
  holds: [],
  presale: false,
  shipped: false,
  picking: false,
  refunding: false,
  balanceDue: false,
};

test('ORD-9 every reason against a merge is named, of every order', () => {
  const reasons = (over: Partial<Mergeable>): string[] =>
    mergeProblems([alike, { ...alike, ...over }]).map((p) => p.code);
  assert.deepEqual(reasons({}), []);
  const table: [Partial<Mergeable>, string][] = [
    [{ shopId: 'x' }, 'different_shop'],
    [{ customerId: 'x' }, 'different_customer'],
    [{ currency: 'USD' }, 'different_currency'],
    [{ status: 'pending_payment' }, 'different_status'],
    [{ payment: 'cod' }, 'different_payment'],
    [{ address: 'x' }, 'different_address'],
    [{ warehouses: 'x' }, 'different_warehouse'],
    [{ superseded: true }, 'order_superseded'],
    [{ historical: true }, 'order_not_open'],
    [{ holds: ['manual'] }, 'is_on_hold'],
    [{ presale: true }, 'presale_order'],
    [{ shipped: true }, 'partly_shipped'],
    [{ picking: true }, 'picking_begun'],
    [{ refunding: true }, 'refund_under_way'],
    [{ balanceDue: true }, 'balance_due'],
  ];
  for (const [over, code] of table) assert.deepEqual(reasons(over), [code]);
  const all = Object.assign({}, ...table.map(([over]) => over)) as Partial<Mergeable>;
  assert.equal(reasons(all).length, table.length);
  assert.deepEqual(
    mergeProblems([{ ...alike, status: 'shipped' }, alike]).map((p) => [p.path, p.code]),
    [
      ['orderIds[0]', 'order_not_open'],
      ['orderIds[1]', 'different_status'],
    ],
  );
});

test('ORD-9 orders together never pay more freight than apart', () => {
  const orders = [
    { goods: 3000, discount: 0, freight: 0 },
    { goods: 4000, discount: 500, freight: 800 },
  ];
  assert.equal(mergedFreight(orders, { freightAmount: 800, freightFreeFrom: null }), 800);
  assert.equal(mergedFreight(orders, { freightAmount: 1200, freightFreeFrom: null }), 800);
  assert.equal(mergedFreight(orders, { freightAmount: 800, freightFreeFrom: 6500 }), 0);
});

test('ORD-8 what is owed and what is too much: never both, and goodwill is no price', () => {
  const account: Account = {
    status: 'paid',
    superseded: null,
    payment_method: 'online',
    total_amount: 100,
    paid_amount: 100,
    repriced_amount: 0,
    came_back_amount: 0,
    cancelled_amount: 0,
    cancelled_at: null,
  };
  const say = (over: Partial<Account>) => [owed({ ...account, ...over }), excessOf({ ...account, ...over })];
  assert.deepEqual(say({}), [0, 0]);
  assert.deepEqual(say({ total_amount: 130 }), [30, 0]);
  assert.deepEqual(say({ total_amount: 70 }), [0, 30]);
  assert.deepEqual(say({ total_amount: 70, repriced_amount: 30 }), [0, 0]);
  assert.deepEqual(say({ repriced_amount: 30 }), [30, 0], 'what went back is owed again');
  assert.deepEqual(say({ total_amount: 130, status: 'shipped' }), [0, 0]);
  assert.deepEqual(say({ total_amount: 130, superseded: 'split' }), [0, 0]);
  assert.deepEqual(say({ paid_amount: 0, payment_method: 'cod', status: 'shipped' }), [100, 0]);
});
