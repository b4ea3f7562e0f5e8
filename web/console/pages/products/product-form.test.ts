import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Product } from '../../../api/types.ts';
import { pictureOf, renameMoney, toChange, toForm, toNew } from './product-form.ts';

const product: Product = {
  id: 'p',
  code: 'P1',
  title: '大米',
  category: '食品/粮油',
  attributes: {},
  status: 'on_sale',
  pictureId: null,
  version: 3,
  createdAt: '2026-01-01T00:00:00Z',
  skus: [
    {
      id: 's',
      sku: 'P1-5KG',
      barcode: '690',
      title: '大米 5kg',
      price: { amount: 5990, currency: 'CNY' },
      weightG: 5000,
      reserveOn: 'payment',
      status: 'on_sale',
      backorder: true,
      availableFrom: null,
      storage: 'chilled',
      lengthMm: 300,
      widthMm: 200,
      heightMm: 80,
      fragile: false,
    },
  ],
};

test('a product goes through the form unchanged, to the fen', () => {
  assert.deepEqual(toChange(toForm(product)), {
    title: '大米',
    category: '食品/粮油',
    status: 'on_sale',
    pictureId: null,
    skus: [
      {
        sku: 'P1-5KG',
        title: '大米 5kg',
        price: { amount: 5990, currency: 'CNY' },
        weightG: 5000,
        status: 'on_sale',
        backorder: true,
        availableFrom: null,
        storage: 'chilled',
        lengthMm: 300,
        widthMm: 200,
        heightMm: 80,
        fragile: false,
      },
    ],
  });
});

test('a new product has its code and no status, and empty fields are left out', () => {
  const body = toNew({
    ...toForm(undefined),
    code: ' N1 ',
    title: 'n',
    category: 'c',
    skus: [{ sku: 'N1', price: '3', barcode: ' ' }],
  });
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

test('the address of a picture changes with the picture', () => {
  assert.equal(pictureOf(product), null);
  assert.equal(pictureOf({ id: 'p', pictureId: 'f' }), '/api/v1/products/p/picture?v=f');
});
