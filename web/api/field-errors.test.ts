import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePath, placeErrors } from './field-errors.ts';

const error = (path: string, message = path) => ({ path, code: 'bad', message });

test('ORD-2 paths of a problem become field names', () => {
  assert.deepEqual(parsePath('lines[0].sku'), ['lines', 0, 'sku']);
  assert.deepEqual(parsePath('shipTo.phone'), ['shipTo', 'phone']);
  assert.deepEqual(parsePath('/lines/12/quantity'), ['lines', 12, 'quantity']);
  assert.deepEqual(parsePath(''), []);
});

test('ORD-2 every error of an order is shown: beside its field, or above the form', () => {
  const known = [['shop'], ['lines', 0, 'sku'], ['lines', 1, 'quantity'], ['shipTo', 'phone']];
  const placed = placeErrors(
    [error('shipTo.phone'), error('lines[1].quantity'), error('lines[7].sku'), error('', 'whole order')],
    known,
  );
  assert.deepEqual(placed.fields, [
    { name: ['shipTo', 'phone'], errors: ['shipTo.phone'] },
    { name: ['lines', 1, 'quantity'], errors: ['lines[1].quantity'] },
  ]);
  assert.deepEqual(
    placed.rest.map((e) => e.message),
    ['lines[7].sku', 'whole order'],
  );
});

test('an error below a field goes to that field, and the same words are not said twice', () => {
  const placed = placeErrors(
    [error('price.amount', 'x'), error('price.currency', 'x'), error('price', 'y')],
    [['price']],
  );
  assert.deepEqual(placed.fields, [{ name: ['price'], errors: ['x', 'y'] }]);
});

test('a form may call a field otherwise than the request does', () => {
  const placed = placeErrors([error('skus[0].price.amount')], [['skus', 0, 'yuan']], (name) =>
    name.map((part) => (part === 'price' ? 'yuan' : part)),
  );
  assert.deepEqual(placed.fields, [{ name: ['skus', 0, 'yuan'], errors: ['skus[0].price.amount'] }]);
});
