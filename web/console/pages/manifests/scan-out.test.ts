import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Queued } from '../../../ui/scan-queue.ts';
import { judgeOut, type Out, scannedWith } from './scan-out.ts';

const EXPECTED = [
  { id: 'p1', parcelNo: 'BG1', waybillNo: 'SF1' },
  { id: 'p2', parcelNo: 'BG2', waybillNo: 'SF2' },
];
const queued = (code: string, parcelId: string): Queued<Out> => ({ scanId: code, atMs: 0, item: { code, parcelId } });

test('FUL-6 a parcel is known by its number or its waybill; anything else is the server’s to judge', () => {
  assert.deepEqual(judgeOut(' SF1 ', EXPECTED, []), { kind: 'counts', parcelId: 'p1' });
  assert.deepEqual(judgeOut('BG2', EXPECTED, []), { kind: 'counts', parcelId: 'p2' });
  assert.deepEqual(judgeOut('SF9', EXPECTED, []), { kind: 'unknown' });
});

test('FUL-6 a parcel whose scan is on its way is not scanned again, by either of its codes', () => {
  const waiting = [queued('SF1', 'p1'), queued('SF9', '')];
  assert.deepEqual(judgeOut('BG1', EXPECTED, waiting), { kind: 'twice' });
  assert.deepEqual(judgeOut('SF9', EXPECTED, waiting), { kind: 'twice' });
  assert.deepEqual(judgeOut('SF2', EXPECTED, waiting), { kind: 'counts', parcelId: 'p2' });
});

test('FUL-6 what waits to be sent counts on the screen when it is known to belong', () => {
  assert.equal(scannedWith(3, [queued('SF1', 'p1'), queued('SF9', '')]), 4);
  assert.equal(scannedWith(3, []), 3);
});
