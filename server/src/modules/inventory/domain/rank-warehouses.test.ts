import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankWarehouses, type ServiceRow } from './rank-warehouses.ts';

const row = (warehouseId: string, region: string, cost: number | null, days: number | null = null): ServiceRow => ({
  warehouseId,
  region,
  excluded: cost === null,
  cost,
  days,
});
const rank = (warehouses: string[], rows: ServiceRow[], region: string): string => {
  const { ways, out } = rankWarehouses(
    warehouses,
    Map.groupBy(rows, (r) => r.warehouseId),
    region,
  );
  return `${ways.map((w) => `${w.warehouseId}:${w.cost ?? '?'}/${w.days ?? '?'}`).join(' ')} | ${out.join(' ')}`;
};

test('INV-4 the cheapest comes first, then the fastest, then as the warehouses stand; unknown costs come last', () => {
  const rows = [row('a', '', 900, 3), row('b', '', 800, 4), row('c', '', 800, 2), row('e', '', 800, 2)];
  assert.equal(rank(['a', 'b', 'c', 'd', 'e'], rows, '广东省/深圳市'), 'c:800/2 e:800/2 b:800/4 a:900/3 d:?/? | ');
  assert.equal(rank(['y', 'x'], [], '广东省'), 'y:?/? x:?/? | ', 'nobody says anything: by priority');
});

test('INV-4 what is said of the smallest region around the address counts, and only of regions around it', () => {
  const rows = [
    row('a', '', 1000),
    row('a', '广东省', 500),
    row('a', '广东省/深圳市', null),
    row('a', '广东省/深圳市/南山区', 300),
    row('b', '广东', 1),
  ];
  assert.equal(rank(['a', 'b'], rows, '广东省/广州市'), 'a:500/? b:?/? | ', '广东 is not a part of the path 广东省');
  assert.equal(rank(['a', 'b'], rows, '广东省/深圳市/福田区'), 'b:?/? | a');
  assert.equal(rank(['a', 'b'], rows, '广东省/深圳市/南山区'), 'a:300/? b:?/? | ');
  assert.equal(rank(['a'], rows, '浙江省'), 'a:1000/? | ');
  assert.equal(rank(['a'], [row('a', '', null)], '浙江省'), ' | a');
});
