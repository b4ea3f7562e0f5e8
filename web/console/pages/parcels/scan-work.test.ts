import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScanLine } from '../../../api/types.ts';
import type { Queued } from '../../../ui/scan-queue.ts';
import { judgePiece, left, type Piece, touched, withWaiting, type Work } from './scan-work.ts';

const line = (lineId: string, quantity: number, scanned: number): ScanLine => ({
  lineId,
  sku: lineId,
  barcode: null,
  title: lineId,
  quantity,
  scanned,
});

test('FUL-4 what is left to scan counts pieces, and a surplus never makes up for a missing one', () => {
  assert.equal(left([line('a', 3, 1), line('b', 1, 1)]), 2);
  assert.equal(left([line('a', 1, 5), line('b', 2, 0)]), 2);
  assert.equal(left([]), 0);
});

test('FUL-4 the line a scan went to is the one whose count rose', () => {
  const before = [line('a', 3, 1), line('b', 1, 0)];
  assert.equal(touched(before, [line('a', 3, 1), line('b', 1, 1)])?.lineId, 'b');
  assert.equal(touched(before, before), undefined);
});

const waiting = (workId: string, lineId: string): Queued<Piece> => ({
  scanId: `${workId} ${lineId}`,
  atMs: 0,
  item: { mode: 'pack', workId, no: workId, code: lineId, lineId },
});
const WORK: Work = {
  mode: 'pack',
  id: 'P1',
  no: 'P1',
  orderNo: 'O1',
  status: 'created',
  lines: [{ ...line('tea', 2, 0), barcode: '690' }, line('cup', 1, 1)],
};

test('FUL-4 what waits to be sent counts on the table at once, only for its own parcel, and not where no line is known', () => {
  const shown = withWaiting(WORK, [
    waiting('P1', 'tea'),
    waiting('P2', 'tea'),
    waiting('P1', ''),
    waiting('P1', 'tea'),
  ]);
  assert.deepEqual(
    shown.lines.map((l) => [l.scanned, l.waiting]),
    [
      [2, 2],
      [1, undefined],
    ],
  );
  assert.equal(left(shown.lines), 0);
  assert.equal(left(withWaiting(WORK, [waiting('P1', 'tea')]).lines), 1, 'one that was refused is taken off again');
  assert.equal(withWaiting(WORK, []), WORK);
});

test('FUL-4 a code counts by barcode or SKU code in any case, while its line needs it; with what is on its way', () => {
  const kind = (work: Work, code: string): string => judgePiece(work.lines, code).kind;
  assert.deepEqual(judgePiece(WORK.lines, ' 690'), { kind: 'counts', line: WORK.lines[0] });
  assert.equal(kind(WORK, 'TEA'), 'counts');
  assert.equal(kind(WORK, 'cup'), 'surplus');
  assert.equal(kind(WORK, '691'), 'unknown');
  assert.equal(kind(withWaiting(WORK, [waiting('P1', 'tea'), waiting('P1', 'tea')]), '690'), 'surplus');
});

test('FUL-4 of two lines with the same goods the first that needs more is meant', () => {
  const two = [line('a', 1, 0), line('b', 2, 0)].map((l) => ({ ...l, sku: 'TEA' }));
  const first = judgePiece(two, 'tea');
  assert.equal(first.kind === 'counts' && first.line.lineId, 'a');
  const second = judgePiece(withWaiting({ ...WORK, lines: two }, [waiting('P1', 'a')]).lines, 'tea');
  assert.equal(second.kind === 'counts' && second.line.lineId, 'b');
});
