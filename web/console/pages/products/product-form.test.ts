import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Product } from '../../../api/types.ts';
import { renameMoney, toBody, toForm } from './product-form.ts';

const product: Product = {
  id: 'p',
  code: 'P1',
  title: '大米',
  category: '食品/粮油',
  status: 'on_sale',
  pictureUrl: null,
  version: 3,
  updatedAt: '2026-01-01T00:00:00Z',
  skus: [
    {
      sku: 'P1-5KG',
      barcode: '690',
      title: null,
      price: { amount: 5990, currency: 'CNY' },
      weightG: 5000,
      reserveOn: 'payment',
    },
  ],
};

test('a product goes through the form unchanged, to the fen', () => {
  const body = toBody(toForm(product), false);
  assert.deepEqual(body, {
    title: '大米',
    category: '食品/粮油',
    status: 'on_sale',
    skus: [
      { sku: 'P1-5KG', barcode: '690', price: { amount: 5990, currency: 'CNY' }, weightG: 5000, reserveOn: 'payment' },
    ],
  });
});

test('a new product has its code and no status, and empty fields are left out', () => {
  const body = toBody(
    { ...toForm(undefined), code: ' N1 ', title: 'n', category: 'c', skus: [{ sku: 'N1', price: '3', barcode: ' ' }] },
    true,
  );
  assert.deepEqual(body, {
    code: 'N1',
    title: 'n',
    category: 'c',
    skus: [{ sku: 'N1', price: { amount: 300, currency: 'CNY' } }],
  });
});

test('a refused amount is the price field', () => {
  assert.deepEqual(renameMoney(['skus', 0, 'price', 'amount']), ['skus', 0, 'price']);
  assert.deepEqual(renameMoney(['skus', 0, 'sku']), ['skus', 0, 'sku']);
});
