import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { PARCEL_STATES, type ParcelEvent, parcelFlow, PICK_STATES, type PickEvent, pickFlow } from './flows.ts';
import { warehouseFor } from './packing.ts';
import { isParcelNo, parcelNo } from './parcel-no.ts';
import { isComplete, judgeScan, linesFor, normaliseCode, type ScanTarget } from './scan.ts';

const PICK_EVENTS: PickEvent[] = ['finish', 'ship', 'cancel'];
const PICK_EXPECTED = new Map([
  ['picking>finish', 'picked'],
  ['picking>ship', 'shipped'],
  ['picking>cancel', 'cancelled'],
  ['picked>ship', 'shipped'],
  ['picked>cancel', 'cancelled'],
]);
for (const from of PICK_STATES) {
  for (const event of PICK_EVENTS) {
    const to = PICK_EXPECTED.get(`${from}>${event}`);
    test(`FUL-4 pick: ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(pickFlow, from, event), to);
      else assert.throws(() => step(pickFlow, from, event), TransitionRefused);
    });
  }
}

const PARCEL_EVENTS: ParcelEvent[] = ['verify', 'reject', 'ship', 'deliver', 'bring_back', 'cancel'];
const PARCEL_EXPECTED = new Map([
  ['created>verify', 'verified'],
  ['created>cancel', 'cancelled'],
  ['verified>reject', 'created'],
  ['verified>ship', 'shipped'],
  ['verified>cancel', 'cancelled'],
  ['shipped>deliver', 'delivered'],
  ['shipped>bring_back', 'returned'],
]);
for (const from of PARCEL_STATES) {
  for (const event of PARCEL_EVENTS) {
    const to = PARCEL_EXPECTED.get(`${from}>${event}`);
    test(`FUL-6 parcel: ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(parcelFlow, from, event), to);
      else assert.throws(() => step(parcelFlow, from, event), TransitionRefused);
    });
  }
}

test('FUL-4 both tables are sound', () => {
  assert.deepEqual(checkFlow(pickFlow, ['picking']), []);
  assert.deepEqual(checkFlow(parcelFlow, ['created']), []);
});

const line = fc.record({
  lineId: fc.uuid(),
  skuId: fc.constantFrom('s1', 's2'),
  sku: fc.constantFrom('TEA-A', 'TEA-B'),
  barcode: fc.constantFrom('1', '2', null),
  quantity: fc.integer({ min: 1, max: 9 }),
  scanned: fc.constant(0),
});

test('FUL-4 scans never count more than was asked, and count either all pieces or none', () => {
  const scans = fc.array(
    fc.record({ code: fc.constantFrom('1', '2', 'TEA-A', 'tea-b', 'X'), quantity: fc.integer({ min: 1, max: 6 }) }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(fc.uniqueArray(line, { selector: (l) => l.lineId, maxLength: 6 }), scans, (start, all) => {
      let lines: ScanTarget[] = start;
      for (const { code, quantity } of all) {
        const before = lines.reduce((sum, l) => sum + l.scanned, 0);
        const verdict = judgeScan(linesFor(lines, code), quantity);
        const adds = new Map(verdict.kind === 'counts' ? verdict.adds.map((a) => [a.lineId, a.quantity]) : []);
        lines = lines.map((l) => ({ ...l, scanned: l.scanned + (adds.get(l.lineId) ?? 0) }));
        assert.equal(
          lines.reduce((sum, l) => sum + l.scanned, 0),
          before + (verdict.kind === 'counts' ? quantity : 0),
        );
        assert.ok(lines.every((l) => l.scanned <= l.quantity));
      }
      assert.equal(
        isComplete(lines),
        lines.every((l) => l.scanned === l.quantity),
      );
    }),
  );
});

test('FUL-4 a code is read as scanners send it', () => {
  assert.equal(normaliseCode('  6900000000001\r\n'), '6900000000001');
  assert.equal(normaliseCode('６９０１'), '6901');
});

test('FUL-6 parcel numbers are 16 digits with a check digit that finds a mistyped one', () => {
  fc.assert(
    fc.property(fc.nat({ max: 999_999_999 }), fc.nat({ max: 15 }), fc.integer({ min: 1, max: 9 }), (random, i, off) => {
      const no = parcelNo(new Date('2026-11-21T00:00:00Z'), random);
      assert.match(no, /^261121\d{10}$/);
      assert.ok(isParcelNo(no));
      assert.ok(!isParcelNo(no.slice(0, i) + String((Number(no[i]) + off) % 10) + no.slice(i + 1)));
    }),
  );
});

test('FUL-6 a parcel is packed in one warehouse that has all of it', () => {
  const packable = [
    { lineId: 'a', warehouseId: 'w1', free: 1 },
    { lineId: 'a', warehouseId: 'w2', free: 2 },
    { lineId: 'b', warehouseId: 'w2', free: 1 },
  ];
  assert.equal(warehouseFor(packable, undefined, ['w1', 'w2']), 'w1');
  assert.equal(warehouseFor(packable, [{ lineId: 'a', quantity: 2 }], ['w1', 'w2']), 'w2');
  assert.equal(warehouseFor(packable, [{ lineId: 'a' }, { lineId: 'b' }], ['w1', 'w2']), 'w2');
  assert.equal(warehouseFor(packable, [{ lineId: 'a', quantity: 3 }], ['w1', 'w2']), undefined);
  assert.equal(warehouseFor(packable, undefined, ['w3']), undefined);
});
