import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkDigit, isSandboxWaybill, normaliseWaybill, recogniseCarrier, sandboxWaybill } from './waybill.ts';

test('SHP-3 the carrier is recognised from the waybill number', () => {
  const expected: [string, string | undefined][] = [
    ['SF1234567890123', 'sf'],
    ['sf 1234 5678 90123', 'sf'],
    ['ＳＦ１２３４５６７８９０１２３', 'sf'],
    ['YT1234567890123', 'yto'],
    ['YT123456789012345', 'yto'],
    ['75312345678901', 'zto'],
    ['78912345678901', 'zto'],
    ['773123456789012', 'sto'],
    ['JDVA01234567890', 'jd'],
    ['JT1234567890123', 'jt'],
    ['DPK210123456789', 'deppon'],
    ['EA123456789CN', 'ems'],
    ['1234567890', undefined],
    ['SF12345', undefined],
    ['', undefined],
  ];
  for (const [no, carrier] of expected) assert.equal(recogniseCarrier(no), carrier, no);
});

test('SHP-3 sandbox waybill numbers carry a check digit that finds a mistyped digit', () => {
  assert.equal(checkDigit('7992739871'), 3); // the textbook example
  fc.assert(
    fc.property(
      fc.nat({ max: 99_999_999_999 }),
      fc.nat({ max: 11 }),
      fc.integer({ min: 1, max: 9 }),
      (series, place, off) => {
        const no = sandboxWaybill(series);
        assert.match(no, /^SBX\d{12}$/);
        assert.ok(isSandboxWaybill(no));
        assert.equal(recogniseCarrier(no.toLowerCase()), 'sandbox');
        const i = 3 + place;
        const wrong = no.slice(0, i) + String((Number(no[i]) + off) % 10) + no.slice(i + 1);
        assert.ok(!isSandboxWaybill(wrong));
      },
    ),
  );
});

test('SHP-3 numbers are read as printed, with spaces, dashes and small letters', () => {
  assert.equal(normaliseWaybill(' sf-123 456 '), 'SF123456');
});
