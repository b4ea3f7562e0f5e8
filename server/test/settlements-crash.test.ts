import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { one } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { bookForParty } from '#modules/payments/index.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus } from './support/shop.ts';

/** The power is cut while statements are made (PAY-6). */
let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org('station');
});
after(() => app.close());

const STEPS_MAX = 60;

function build(partyId: string, day: string, killAfter: number): Promise<{ signal: string | null; out: string }> {
  const script = path.join(import.meta.dirname, 'support/settlement-child.ts');
  const child = spawn(process.execPath, [script, app.database.url, org.id, partyId, day, String(killAfter)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  return new Promise((resolve) => child.on('exit', (_code, signal) => resolve({ signal, out })));
}

test('PAY-6 killed after any step, statements are whole or not there, and the next run makes them once', async () => {
  const terms = { cycle: { kind: 'daily', days: 1 }, hold: { rateMillionths: 100_000, days: 5 } };
  const made = expectStatus(
    await org.post('/settlements/parties', { kind: 'station', reference: 'Z', name: '站点', terms }),
    201,
  );
  const day = (n: number): string =>
    new Date(Date.parse(made.settledThrough) + n * 86_400_000).toISOString().slice(0, 10);
  for (const n of [1, 2])
    for (let i = 0; i < 20; i += 1) {
      const ctx = systemCtx(org.id, new Date(`${day(n)}T04:00:00Z`));
      const fact = { kind: 'sale' as const, subject: newId(), subjectNo: `D${i}`, amount: 100, at: ctx.now };
      await app.db.inTx(ctx, (tx) => bookForParty(tx, ctx, { kind: 'station', reference: 'Z' }, fact));
    }
  const stands = () =>
    app.db.read({ orgId: org.id }, async (tx) =>
      one(
        await tx.query<{ statements: number; settled: number; through: string }>(
          `select (select count(*)::int from payments.settlement_statements) as statements, (select count(*)::int from payments.settlement_items where statement_id is not null) as settled,
                  (select settled_through::text from payments.settlement_parties) as through`,
        ),
      ),
    );
  let kills = 0;
  for (let after_ = 1; after_ < STEPS_MAX; after_ += 6) {
    const { signal } = await build(made.id, day(3), after_);
    if (signal !== 'SIGKILL') break;
    kills += 1;
    assert.deepEqual(await stands(), { statements: 0, settled: 0, through: made.settledThrough }, `after ${after_}`);
  }
  assert.ok(kills >= 3, `${kills} kills came in the middle`);
  assert.equal((await stands()).statements, 2);
  assert.deepEqual(await stands(), { statements: 2, settled: 42, through: day(2) });
  assert.equal((await build(made.id, day(3), 0)).out, '0');
  assert.deepEqual(await app.faults(), []);
});
