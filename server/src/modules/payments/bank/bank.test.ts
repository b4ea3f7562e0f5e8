import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { columnsOf } from '#kernel/transfers/index.ts';
import { COLUMNS } from './domain/columns.ts';
import { readLine, readMoment } from './domain/read-line.ts';
import { runOf } from './domain/run-of.ts';

const ACCOUNT = { currency: 'CNY', timeZone: 'Asia/Shanghai' };
/** What a row under these columns is read as. */
const read = (header: string, row: string) => {
  const columns = columnsOf(header.split(','), COLUMNS);
  return readLine({ line: 7, cells: row.split('|') }, columns, ACCOUNT);
};
const amountIn = (header: string, row: string): unknown => {
  const line = read(header, row);
  return line === undefined ? undefined : 'amount' in line ? line.amount : line.map((r) => `${r.path}: ${r.code}`);
};

test('PAY-1 amounts are read as the large banks write them', () => {
  const two = '交易日期,支出金额,收入金额';
  assert.equal(amountIn(two, '2026-11-20||1,234.50'), 123_450);
  assert.equal(amountIn(two, '2026-11-20|0.00|￥88.00'), 8_800);
  assert.equal(amountIn(two, '2026-11-20|3.5|-'), -350);
  assert.equal(amountIn(two, '2026-11-20|-3.50|0.00'), -350);
  assert.equal(amountIn(two, '2026-11-20||'), undefined, 'it moves nothing');
  assert.equal(amountIn(two, '合计|12.00|13.00'), undefined, 'a total is no movement');
  assert.deepEqual(amountIn(two, '2026-11-20||1.005'), ['income: invalid_amount']);
  assert.deepEqual(amountIn(two, '2026-02-30||1.00'), ['at: invalid_date']);
  const one = '交易时间,交易金额,借贷标志';
  assert.equal(amountIn(one, '20261120101500|5.00|借'), -500);
  assert.equal(amountIn(one, '20261120101500|5.00|贷'), 500);
  assert.deepEqual(amountIn(one, '20261120101500|5.00|？'), ['side: invalid_amount']);
  const signed = '日期,金额';
  assert.equal(amountIn(signed, '2026年11月20日|-7.25'), -725);
  assert.equal(amountIn(signed, '`2026/1/2|`7.25'), 725);
  assert.deepEqual(amountIn('日期,金额,币种', '2026-11-20|1.00|美元'), ['currency: wrong_currency']);
});

test('PAY-1 a moment is of the account’s place, with or without its time', () => {
  const at = (text: string, clock = ''): string | undefined => readMoment(text, clock, 'Asia/Shanghai')?.toISOString();
  assert.equal(at('2026-11-20 10:15:30'), '2026-11-20T02:15:30.000Z');
  assert.equal(at('20261120', '101530'), '2026-11-20T02:15:30.000Z');
  assert.equal(at('2026/11/20', '10:15'), '2026-11-20T02:15:00.000Z');
  assert.equal(at('2026-11-20'), '2026-11-19T16:00:00.000Z');
  for (const bad of ['', '20261320', '2026-02-29', '2026-11-20 24:00', 'gestern'])
    assert.equal(at(bad), undefined, bad);
});

test('PAY-1 whatever a statement says, a row is read or refused, and never half', () => {
  const header = columnsOf(['交易日期', '支出金额', '收入金额', '余额', '附言'], COLUMNS);
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40, unit: 'binary' }), { maxLength: 8 }), (cells) => {
      const line = readLine({ line: 2, cells }, header, ACCOUNT);
      if (line === undefined) return;
      if (Array.isArray(line)) assert.ok(line.every((r) => r.line === 2));
      else assert.ok(Number.isSafeInteger(line.amount) && !Number.isNaN(line.at.getTime()));
    }),
    { numRuns: 2_000 },
  );
});

test('PAY-5 the days of a payout are an unbroken run that comes to it, the earliest', () => {
  const days = [5, 7, 0, 3, 7].map((amount, i) => ({ on: i, amount }));
  const at = (amount: number): number[] | undefined => runOf(days, amount)?.map((d) => d.on);
  assert.deepEqual(at(12), [0, 1]);
  assert.deepEqual(at(10), [1, 2, 3], 'the earliest of two');
  assert.equal(at(8), undefined, 'not days picked out of order');
  assert.equal(at(99), undefined);
});
