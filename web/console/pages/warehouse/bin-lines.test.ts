import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBinLines } from './bin-lines.ts';

test('INV-1 pasted bins are read a line each, with or without a zone, in any of the usual columns', () => {
  assert.deepEqual(readBinLines('A-1\r\n A-2\tCOLD \n\nA-3,COLD\nA-4，COLD\nA-5;\n'), {
    bins: [
      { code: 'A-1' },
      { code: 'A-2', zone: 'COLD' },
      { code: 'A-3', zone: 'COLD' },
      { code: 'A-4', zone: 'COLD' },
      { code: 'A-5' },
    ],
    bad: [],
  });
});

test('INV-1 lines that cannot be a bin are named by their number, and the others are kept', () => {
  const { bins, bad } = readBinLines(`A-1\nA-1\n,COLD\n${'X'.repeat(61)}\nA,B,C`);
  assert.deepEqual(bins, [{ code: 'A-1' }]);
  assert.deepEqual(
    bad.map(({ line, why }) => [line, why]),
    [
      [2, 'twice'],
      [3, 'columns'],
      [4, 'long'],
      [5, 'columns'],
    ],
  );
});
