import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type CartonPlan, type CartonType, chooseCarton, type Goods, LAID_OUT_MAX, PLANNED_MAX } from './cartons.ts';

const RULES = { fillPercent: 70, unmeasuredCm3: 500 };
const carton = (code: string, side: readonly [number, number, number], more: Partial<CartonType> = {}): CartonType => ({
  code,
  lengthMm: side[0],
  widthMm: side[1],
  heightMm: side[2],
  tareG: 100,
  maxG: 10_000,
  cost: 100,
  ...more,
});
const goods = (
  sku: string,
  quantity: number,
  side: readonly [number, number, number],
  more: Partial<Goods> = {},
): Goods => ({
  sku,
  quantity,
  lengthMm: side[0],
  widthMm: side[1],
  heightMm: side[2],
  weightG: 100,
  fragile: false,
  ...more,
});

const side = fc.integer({ min: 10, max: 400 });
const someGoods = fc.uniqueArray(
  fc.record({
    sku: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    quantity: fc.integer({ min: 1, max: 6 }),
    lengthMm: side,
    widthMm: side,
    heightMm: side,
    weightG: fc.integer({ min: 0, max: 3_000 }),
    fragile: fc.boolean(),
  }),
  { selector: (g) => g.sku, minLength: 1, maxLength: 5 },
);
const someCartons = fc.uniqueArray(
  fc.record({
    code: fc.constantFrom('C1', 'C2', 'C3', 'C4'),
    lengthMm: fc.integer({ min: 100, max: 600 }),
    widthMm: fc.integer({ min: 100, max: 600 }),
    heightMm: fc.integer({ min: 100, max: 600 }),
    tareG: fc.integer({ min: 50, max: 500 }),
    maxG: fc.integer({ min: 1_000, max: 20_000 }),
    cost: fc.integer({ min: 10, max: 500 }),
  }),
  { selector: (c) => c.code, minLength: 1, maxLength: 4 },
);

/** Looked at from outside: nothing sticks out, nothing is in two places at once, nothing is too heavy, nothing is lost. */
function checkPlan(plan: CartonPlan, of: readonly Goods[], cartons: readonly CartonType[]): void {
  const weightOf = new Map(of.map((g) => [g.sku, g.weightG]));
  for (const used of plan.cartons) {
    const box = cartons.find((c) => c.code === used.code) as CartonType;
    const inner = [box.lengthMm, box.widthMm, box.heightMm];
    const weight = used.pieces.reduce((sum, p) => sum + p.quantity * (weightOf.get(p.sku) ?? 0), box.tareG);
    assert.equal(used.weightG, weight);
    assert.ok(weight <= box.maxG, 'not too heavy');
    for (const [i, p] of used.placements.entries()) {
      const dimensions = of.find((g) => g.sku === p.sku) as Goods;
      assert.deepEqual(
        [...p.size].toSorted((a, b) => a - b),
        [dimensions.lengthMm, dimensions.widthMm, dimensions.heightMm].toSorted((a, b) => a - b),
        'a piece is turned, not squeezed',
      );
      assert.ok(
        p.at.every((from, axis) => from >= 0 && from + (p.size[axis] as number) <= (inner[axis] as number)),
        'inside',
      );
      for (const q of used.placements.slice(i + 1)) {
        const apart = [0, 1, 2].some(
          (a) =>
            (p.at[a] as number) + (p.size[a] as number) <= (q.at[a] as number) ||
            (q.at[a] as number) + (q.size[a] as number) <= (p.at[a] as number),
        );
        assert.ok(apart, 'no two pieces in one place');
      }
    }
  }
  if (plan.how === 'none' || plan.how === 'too_many') return;
  for (const g of of) {
    const packed = plan.cartons.flatMap((c) => c.pieces).filter((p) => p.sku === g.sku);
    assert.equal(
      packed.reduce((sum, p) => sum + p.quantity, 0),
      g.quantity,
      'every piece is in one carton',
    );
  }
  assert.equal(plan.cartons.length === 1, plan.how === 'one');
}

test('FUL-5 whatever is packed: everything inside, nothing overlaps, the weight is right, and the answer is always the same', () => {
  fc.assert(
    fc.property(someGoods, someCartons, (of, cartons) => {
      const plan = chooseCarton(of, cartons, RULES);
      checkPlan(plan, of, cartons);
      assert.deepEqual(chooseCarton(of.toReversed(), cartons.toReversed(), RULES), plan);
    }),
    { numRuns: 300 },
  );
});

test('FUL-5 goods nobody has measured are packed by volume, and none is lost', () => {
  const unmeasured = fc.uniqueArray(
    fc.record({
      sku: fc.constantFrom('A', 'B', 'C'),
      quantity: fc.integer({ min: 1, max: 40 }),
      lengthMm: fc.constantFrom(0, 80),
      widthMm: fc.constant(60),
      heightMm: fc.constant(50),
      weightG: fc.integer({ min: 0, max: 400 }),
      fragile: fc.boolean(),
    }),
    { selector: (g) => g.sku, minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(unmeasured, someCartons, (of, cartons) => {
      checkPlan(chooseCarton(of, cartons, RULES), of, cartons);
    }),
  );
});

test('FUL-5 the cheapest carton that takes everything is chosen, and what is passed over says why', () => {
  const cartons = [
    carton('S', [150, 100, 100], { cost: 50 }),
    carton('WEAK', [400, 300, 300], { cost: 60, maxG: 900 }),
    carton('M', [300, 200, 200], { cost: 90 }),
    carton('L', [500, 400, 400], { cost: 200 }),
  ];
  const plan = chooseCarton([goods('A', 4, [190, 140, 90], { weightG: 400 })], cartons, RULES);
  assert.equal(plan.how, 'one');
  assert.equal(plan.cartons[0]?.code, 'M');
  assert.deepEqual(plan.passed, [
    { code: 'S', why: 'too_small' },
    { code: 'WEAK', why: 'too_heavy' },
  ]);
  assert.equal(plan.cartons[0]?.weightG, 1_700);
});

test('FUL-5 volume alone does not decide: a long piece needs a long carton, and pieces are turned to fit', () => {
  const flat = carton('CUBE', [300, 300, 300], { cost: 10 });
  const long = carton('TUBE', [900, 80, 80], { cost: 90 });
  assert.equal(chooseCarton([goods('UMBRELLA', 1, [850, 60, 60])], [flat, long], RULES).cartons[0]?.code, 'TUBE');
  // four half-height bricks fill the cube to the last millimetre
  const full = chooseCarton([goods('BRICK', 4, [150, 300, 150])], [flat], RULES);
  assert.equal(full.how, 'one');
  assert.equal(full.cartons[0]?.filledPercent, 100);
});

test('FUL-5 what fits no carton is named, several cartons are planned, and a pallet is not planned at all', () => {
  const box = carton('BOX', [200, 200, 200], { maxG: 5_000 });
  const none = chooseCarton([goods('SKI', 1, [1_800, 100, 50]), goods('A', 1, [50, 50, 50])], [box], RULES);
  assert.deepEqual([none.how, none.unfit], ['none', [{ sku: 'SKI', quantity: 1 }]]);
  const heavy = chooseCarton([goods('ANVIL', 3, [150, 150, 150], { weightG: 4_000 })], [box], RULES);
  assert.deepEqual([heavy.how, heavy.cartons.length], ['several', 3]);
  assert.equal(chooseCarton([goods('A', PLANNED_MAX + 1, [10, 10, 10])], [box], RULES).how, 'too_many');
  assert.equal(chooseCarton([goods('A', 1, [10, 10, 10])], [], RULES).how, 'none');
});

test('FUL-5 fragile pieces are laid last, on top of the others', () => {
  const plan = chooseCarton(
    [goods('GLASS', 1, [100, 100, 100], { fragile: true }), goods('BOOK', 1, [100, 100, 100])],
    [carton('TOWER', [100, 100, 250])],
    RULES,
  );
  assert.deepEqual(
    plan.cartons[0]?.placements.map((p) => [p.sku, p.at[2]]),
    [
      ['BOOK', 0],
      ['GLASS', 100],
    ],
  );
});

test('FUL-5 many pieces are estimated, in time', () => {
  const began = performance.now();
  const cartons = Array.from({ length: 20 }, (_, i) =>
    carton(`C${i}`, [200 + i * 20, 200, 200], { cost: i, maxG: 100_000 }),
  );
  assert.equal(chooseCarton([goods('A', LAID_OUT_MAX, [60, 50, 40])], cartons, RULES).estimated, false);
  const many = chooseCarton([goods('A', PLANNED_MAX, [60, 50, 40])], cartons, RULES);
  assert.deepEqual([many.how, many.estimated], ['several', true]);
  assert.ok(performance.now() - began < 10_000);
});
