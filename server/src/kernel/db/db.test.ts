import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { InvariantBroken } from '../assert.ts';
import { someCtx, testDb, type TestDb } from '../testing/db.ts';
import { maybeOne, one, sqlState, type Tx } from './index.ts';

let house: TestDb;
let a: { orgId: string };
let b: { orgId: string };
before(async () => {
  house = await testDb();
  a = someCtx(await house.org());
  b = someCtx(await house.org());
  await house.db.systemTx(async (tx) => {
    await tx.query(
      'create table public.things (org_id uuid not null, id int not null, n int not null default 0, primary key (org_id, id))',
    );
    await tx.query(`select kernel.tenant_table('public.things')`);
    await tx.query('create table public.log (org_id uuid not null, says text)');
    await tx.query(`select kernel.append_only_table('public.log')`);
    for (const org of [a, b])
      await tx.query('insert into public.things (org_id, id) values ($1, 1), ($1, 2)', [org.orgId]);
  });
});
after(() => house.close());

const add = (tx: Tx, id: number): Promise<unknown> =>
  tx.query('update public.things set n = n + 1 where id = $1', [id]);
const sums = async (org: { orgId: string }): Promise<number[]> =>
  (await house.db.read(org, (tx) => tx.query<{ n: number }>('select n from public.things order by id'))).map(
    (r) => r.n,
  );

test('PLT-1 a transaction commits when its work resolves and rolls back when it throws', async () => {
  await house.db.inTx(a, (tx) => add(tx, 1));
  await assert.rejects(
    () => house.db.inTx(a, async (tx) => (await add(tx, 1), Promise.reject(new Error('no')))),
    /^Error: no$/,
  );
  assert.deepEqual(await sums(a), [1, 0]);
});

test('PLT-1 a deadlock between two transactions is retried from the start of the loser: both happen', async () => {
  const before = await sums(a);
  const attempts = [0, 0];
  const both = [0, 1].map((who) =>
    house.db.inTx(a, async (tx) => {
      attempts[who] = (attempts[who] as number) + 1;
      const [first, second] = who === 0 ? [1, 2] : [2, 1];
      await add(tx, first as number);
      if (attempts[who] === 1) while (attempts[1 - who] === 0) await wait(2); // both hold their first row now
      await wait(attempts[who] === 1 ? 20 : 0);
      await add(tx, second as number);
    }),
  );
  await Promise.all(both);
  assert.deepEqual(
    await sums(a),
    before.map((n) => n + 2),
  );
  assert.equal((attempts[0] as number) + (attempts[1] as number), 3, 'one of them was the loser, once');
});

test('PLT-1 a serialization failure is retried four times in all, another error never', async () => {
  const failing = async (code: string): Promise<number> => {
    let attempts = 0;
    await assert.rejects(
      () =>
        house.db.inTx(
          a,
          (tx) => ((attempts += 1), tx.query(`do $$ begin raise exception 'x' using errcode = '${code}'; end $$`)),
        ),
      (error) => sqlState(error) === code,
    );
    return attempts;
  };
  assert.deepEqual([await failing('40001'), await failing('40P01'), await failing('23505')], [4, 4, 1]);
});

test('PLT-1 an error that somebody swallowed is not taken for a commit', async () => {
  const before = await sums(a);
  await assert.rejects(
    () =>
      house.db.inTx(a, async (tx) => {
        await add(tx, 1);
        await tx.query('select 1 / 0').catch(() => undefined);
      }),
    InvariantBroken,
  );
  assert.deepEqual(await sums(a), before);
});

test('PLT-1 what runs after the commit runs once, and never after a rollback', async () => {
  let woken = 0;
  await house.db.inTx(a, async (tx) => tx.afterCommit(() => void (woken += 1)));
  await assert.rejects(() =>
    house.db.inTx(a, async (tx) => (tx.afterCommit(() => void (woken += 1)), Promise.reject(new Error('no')))),
  );
  let attempts = 0;
  await house.db.inTx(a, async (tx) => {
    tx.afterCommit(() => void (woken += 1));
    attempts += 1;
    if (attempts < 3) await tx.query(`do $$ begin raise exception 'x' using errcode = '40001'; end $$`);
  });
  assert.equal(woken, 2, 'those of lost attempts are forgotten');
});

test('PLT-1 rows of another organisation are invisible, unchangeable and cannot be made', async () => {
  const seen = await house.db.read(a, (tx) => tx.query<{ org_id: string }>('select org_id from public.things'));
  assert.deepEqual([...new Set(seen.map((r) => r.org_id))], [a.orgId]);
  const changed = await house.db.inTx(a, (tx) =>
    tx.query('update public.things set n = 99 where org_id = $1 returning 1', [b.orgId]),
  );
  const deleted = await house.db.inTx(a, (tx) =>
    tx.query('delete from public.things where org_id = $1 returning 1', [b.orgId]),
  );
  assert.deepEqual([changed, deleted], [[], []]);
  await assert.rejects(
    () => house.db.inTx(a, (tx) => tx.query('insert into public.things (org_id, id) values ($1, 9)', [b.orgId])),
    /row-level security/,
  );
  await assert.rejects(
    () => house.db.inTx(a, (tx) => tx.query('update public.things set org_id = $1', [b.orgId])),
    /row-level security/,
  );
  assert.deepEqual(await sums(b), [0, 0]);
});

test('PLT-1 the organisation ends with the transaction: a connection used again does not remember it', async () => {
  const narrow = await testDb(1);
  try {
    const org = await narrow.org();
    await narrow.db.inTx(someCtx(org), (tx) => tx.query('select 1'));
    const other = await narrow.org();
    const seen = await narrow.db.read(someCtx(other), (tx) => tx.query<{ id: string }>('select id from kernel.orgs'));
    assert.deepEqual(
      seen.map((r) => r.id),
      [other],
    );
    const text = `it's \\ $3 "quoted"`;
    const call = 'jsonb_build_array(kernel.current_org(), $2::text)';
    assert.deepEqual(await narrow.db.call(someCtx(org), call, [text]), [org, text]);
    assert.equal(
      (
        await narrow.db.read(someCtx(other), (tx) =>
          tx.query<{ org: string }>('select kernel.current_org()::text as org'),
        )
      )[0]?.org,
      other,
    );
  } finally {
    await narrow.close();
  }
  for (const bad of ['', 'x', "'; drop table public.things; --"])
    await assert.rejects(() => house.db.inTx({ orgId: bad }, async () => undefined), InvariantBroken);
});

test('PLT-1 a read refuses writes, an append-only table changes, and neither lets itself be taken away', async () => {
  await assert.rejects(() => house.db.read(a, (tx) => add(tx, 1)), /read-only transaction/);
  await house.db.inTx(a, (tx) => tx.query(`insert into public.log values ($1, 'x')`, [a.orgId]));
  for (const sql of [
    `update public.log set says = 'y'`,
    'delete from public.log',
    'truncate public.log',
    'alter table public.log disable row level security',
    'drop table public.log',
    'create table public.mine (n int)',
  ])
    await assert.rejects(() => house.db.inTx(a, (tx) => tx.query(sql)), /permission denied|must be owner/, sql);
});

test('PLT-1 bigints come as numbers or not at all, numerics as text, times as dates', async () => {
  const [row] = await house.db.read(a, (tx) =>
    tx.query<Record<string, unknown>>(
      `select 9007199254740991::int8 as big, 1.10::numeric as dec, '2026-01-01T00:00:00Z'::timestamptz as at`,
    ),
  );
  assert.deepEqual(
    [row?.['big'], row?.['dec'], row?.['at']],
    [Number.MAX_SAFE_INTEGER, '1.10', new Date('2026-01-01')],
  );
  await assert.rejects(() => house.db.read(a, (tx) => tx.query('select 9007199254740993::int8')), InvariantBroken);
  assert.equal(one([1]), 1);
  assert.equal(maybeOne([]), undefined);
  assert.throws(() => one([]), InvariantBroken);
  assert.throws(() => maybeOne([1, 2]), InvariantBroken);
});

test('PLT-1 a connection that breaks in a transaction is an error of that one only', async () => {
  const broken = house.db.inTx(a, async (tx) => {
    const [{ pid } = { pid: 0 }] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await house.db.systemTx((own) => own.query('select pg_terminate_backend($1)', [pid]));
    await wait(20);
    return tx.query('select 1');
  });
  await assert.rejects(broken);
  assert.deepEqual(await house.db.read(a, (tx) => tx.query('select 1 as n')), [{ n: 1 }]);
});
