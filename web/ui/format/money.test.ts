import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney, lineTotal, minorDigits, parseMoney, toDecimal } from './money.ts';

test('money in minor units becomes exact decimal text', () => {
  assert.equal(toDecimal({ amount: 19905, currency: 'CNY' }), '199.05');
  assert.equal(toDecimal({ amount: 5, currency: 'CNY' }), '0.05');
  assert.equal(toDecimal({ amount: -5, currency: 'CNY' }), '-0.05');
  assert.equal(toDecimal({ amount: 1200, currency: 'JPY' }), '1200');
  assert.equal(toDecimal({ amount: Number.MAX_SAFE_INTEGER, currency: 'CNY' }), '90071992547409.91');
});

test('yuan reads the same in Chinese and English, with grouping', () => {
  assert.equal(formatMoney({ amount: 123456789, currency: 'CNY' }, 'zh-CN'), '¥1,234,567.89');
  assert.equal(formatMoney({ amount: 123456789, currency: 'CNY' }, 'en'), '¥1,234,567.89');
  assert.equal(formatMoney({ amount: Number.MAX_SAFE_INTEGER, currency: 'CNY' }, 'en'), '¥90,071,992,547,409.91');
});

test('a currency without decimals and an unknown one are shown all the same', () => {
  assert.equal(minorDigits('JPY'), 0);
  assert.match(formatMoney({ amount: 1200, currency: 'JPY' }, 'zh-CN'), /1,200$/);
  assert.equal(formatMoney({ amount: 1200, currency: 'nope' }, 'zh-CN'), '12.00 nope');
});

test('typed amounts are read to the fen, and nothing that is not an amount is accepted', () => {
  assert.equal(parseMoney('1,299.5', 'CNY'), 129950);
  assert.equal(parseMoney('¥ 0.05', 'CNY'), 5);
  assert.equal(parseMoney('12', 'JPY'), 12);
  assert.equal(parseMoney('-3.20', 'CNY'), -320);
  for (const bad of ['', '1.234', 'abc', '1e3', '1.2.3', '99999999999999999'])
    assert.equal(parseMoney(bad, 'CNY'), undefined, bad);
  assert.equal(parseMoney('1.5', 'JPY'), undefined);
});

test('a cart adds up in whole minor units', () => {
  assert.equal(
    lineTotal([
      { quantity: 3, unitAmount: 1999 },
      { quantity: 1, unitAmount: 1 },
    ]),
    5998,
  );
  assert.equal(lineTotal([]), 0);
});
