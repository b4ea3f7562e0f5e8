import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { checkForbiddenWords, checkSqlOwnership, checkTexts } from './source-rules.ts';

function plant(t: TestContext, files: Record<string, string>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-rules-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

const M = 'server/src/modules';

test('a module may read and write its own tables and the kernel’s, and call another module’s functions', (t) => {
  const root = plant(t, {
    [`${M}/orders/store/a.ts`]:
      'const sql = `select 1 from orders.orders o join kernel.outbox using (id), lateral inventory.take($1) t`;\n// from catalog.products\n',
    [`${M}/orders/migrations/0001-a.sql`]:
      '-- from catalog.products\ncreate table orders.lines (n int references orders.orders);\nselect * from inventory.take (1);\n',
    [`${M}/orders/a.test.ts`]: "const sql = 'select from catalog.products';\n",
    [`${M}/identity/store/a.ts`]: "const sql = 'select from auth.session';\n",
    [`${M}/orders/events.ts`]: "import { x } from 'catalog.js';\nconst type = 'catalog.product_added.v1';\n",
  });
  assert.deepEqual(checkSqlOwnership(root), []);
});

const FOREIGN = [
  'select * from catalog.products',
  'select * from orders.orders o\n  left join catalog.products p on true',
  'insert into catalog.products values (1)',
  'insert into catalog.products (a, b) values (1, 2)',
  'update only catalog.products set n = 1',
  'truncate table catalog.products',
  'delete from orders.orders using catalog.products',
  'alter table if exists catalog.products add n int',
  'create table orders.x (n int references catalog.products (n))',
];
for (const sql of FOREIGN) {
  test(`another module’s table is refused: ${sql.replaceAll(/\s+/g, ' ')}`, (t) => {
    const inCode = plant(t, { [`${M}/orders/store/a.ts`]: `export const sql = \`${sql}\`;\n` });
    assert.equal(checkSqlOwnership(inCode).length, 1);
    const inSql = plant(t, { [`${M}/orders/migrations/0001-a.sql`]: `-- why\n${sql};\n` });
    assert.equal(checkSqlOwnership(inSql).length, 1);
  });
}

test('the query builder is no way round: nor is the kernel above the modules', (t) => {
  const root = plant(t, {
    [`${M}/orders/store/a.ts`]: "db.selectFrom('orders.orders').innerJoin('catalog.products', 'a', 'b');\n",
    'server/src/kernel/outbox/a.ts': "const sql = 'select from orders.orders';\n",
  });
  assert.equal(checkSqlOwnership(root).length, 2);
});

const BANNED: Record<string, string> = {
  'const tx = pool as Tx;': `${M}/orders/a.ts`,
  'const tx = pool as unknown as Tx;': 'server/src/kernel/outbox/a.ts',
  "test.skip('x', () => {});": 'server/test/a.test.ts',
  "describe.only('x', () => {});": 'web/ui/a.test.ts',
  "test('x', { skip: true }, () => {});": 'server/test/a.test.ts',
  '// @ts-ignore': 'web/ui/a.tsx',
  '/* oxlint-disable */': 'web/ui/a.tsx',
  '// oxlint-disable-next-line no-console': 'web/ui/a.tsx',
  '// TODO later': 'bench/a.ts',
};
for (const [line, file] of Object.entries(BANNED)) {
  test(`refused in ${file}: ${line}`, (t) => {
    assert.equal(checkForbiddenWords(plant(t, { [file]: `${line}\n` })).length, 1);
  });
}

test('words that only look like it are let through', (t) => {
  const root = plant(t, {
    'server/src/kernel/db/index.ts': 'const tx = client as unknown as Tx;\n',
    'server/src/kernel/a.ts': 'list({ skip: 3 }); const x = y as TxOptions;\n',
    'web/ui/a.tsx': '// oxlint-disable-next-line react/exhaustive-deps -- the chart is made once\n',
  });
  assert.deepEqual(checkForbiddenWords(root), []);
});

test('PLT-3 both languages must have the same texts with the same facts', (t) => {
  const folder = `${M}/orders/i18n`;
  const check = (zh: object, en: object): string[] =>
    checkTexts(plant(t, { [`${folder}/zh-CN.json`]: JSON.stringify(zh), [`${folder}/en.json`]: JSON.stringify(en) }));
  assert.deepEqual(
    check(
      { a: '订单{id}', n_other: '{{count}}天' },
      { a: 'Order {id}', n_one: '{{count}} day', n_other: '{{count}} days' },
    ),
    [],
  );
  assert.equal(check({ a: '甲', b: '乙' }, { a: 'A' }).length, 1);
  assert.equal(check({ a: '甲' }, { a: 'A', b: { c: 'C' } }).length, 1);
  assert.equal(check({ a: '甲{x}' }, { a: 'A {y}' }).length, 1);
  assert.equal(check({ a: ' ' }, { a: 'A' }).length, 1);
  assert.equal(checkTexts(plant(t, { [`${folder}/en.json`]: '{}' })).length, 1);
});
