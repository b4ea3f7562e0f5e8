import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { type Actor, type Ctx, systemCtx } from '../context.ts';
import { Db } from '../db/index.ts';
import { newId } from '../ids.ts';
import { defineEvent } from '../outbox/index.ts';
import { drainSubscribers } from '../outbox/subscribers.ts';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
import { type AuditVerdict, defineReveal, sealEvents, verifyAudit } from './index.ts';
import { complianceSettings } from './looks.ts';
import { reveal } from './reveal.ts';
import { sealsHold } from './verify.ts';

const Noted = defineEvent('audit_test.noted.v1', z.object({ text: z.string() }));

let database: FreshDatabase;
let db: Db;
before(async () => {
  database = await freshDatabase();
  db = new Db({ url: database.url });
});
after(async () => {
  await db.close();
  await database[Symbol.asyncDispose]();
});

async function newOrg(): Promise<string> {
  const id = newId();
  await db.systemTx((tx) =>
    tx.query('insert into kernel.orgs (id, code, name) values ($1, $2, $3)', [id, `o${id.slice(-12)}`, 'Org']),
  );
  return id;
}

/**
 * An organisation with three seals of four events each. Other test files keep transactions open on the same server, and
 * events settle only behind those: where that cut a seal in two, another organisation is made.
 */
async function sealedOrg(): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const orgId = await newOrg();
    for (let s = 0; s < 3; s += 1) {
      for (let e = 0; e < 4; e += 1) await note(orgId, `event ${s}.${e}`);
      await drainSubscribers(db, orgId, [sealEvents]);
    }
    const seals = await db.systemTx((tx) =>
      tx.query<{ count: number }>('select count from kernel.audit_seals where org_id = $1 order by no', [orgId]),
    );
    if (seals.map((s) => s.count).join() === '4,4,4') return orgId;
  }
  throw new Error('no organisation got its three seals');
}

const note = (orgId: string, text: string): Promise<void> =>
  db.inTx({ orgId }, (tx) => Noted.emit(tx, systemCtx(orgId), 'subject', { text }));
const verify = (orgId: string): Promise<AuditVerdict> => db.read({ orgId }, (tx) => verifyAudit(tx));
const asOwner = (sql: string, params: unknown[]): Promise<unknown[]> => db.systemTx((tx) => tx.query(sql, params));

test('CMP-3 untouched events verify, seal by seal, and the head moves with each seal', async () => {
  const orgId = await sealedOrg();
  const before_ = await verify(orgId);
  assert.deepEqual({ ...before_, head: '' }, { ok: true, seals: 3, events: 12, head: '', breach: null });
  await note(orgId, 'one more');
  assert.deepEqual(await verify(orgId), before_, 'an event not yet sealed is not judged');
  await drainSubscribers(db, orgId, [sealEvents]);
  const later = await verify(orgId);
  assert.equal(later.seals, 4);
  assert.notEqual(later.head, before_.head);
  assert.deepEqual(await db.read({ orgId }, (tx) => sealsHold.check(tx)), []);
});

const TAMPERINGS: { name: string; kind: string; seal: number; sql: string }[] = [
  {
    name: 'what an event says',
    kind: 'event_changed',
    seal: 2,
    sql: `update kernel.outbox set data = '{"text":"nothing happened"}' where org_id = $1 and data ->> 'text' = 'event 1.2'`,
  },
  {
    name: 'when an event happened',
    kind: 'event_changed',
    seal: 2,
    sql: `update kernel.outbox set at = at - interval '1 microsecond' where org_id = $1 and data ->> 'text' = 'event 1.2'`,
  },
  {
    name: 'who did it',
    kind: 'event_changed',
    seal: 1,
    sql: `update kernel.outbox set actor_id = 'somebody else' where org_id = $1 and data ->> 'text' = 'event 0.0'`,
  },
  {
    name: 'what it was about',
    kind: 'event_changed',
    seal: 3,
    sql: `update kernel.outbox set key = 'other' where org_id = $1 and data ->> 'text' = 'event 2.3'`,
  },
  {
    name: 'the type',
    kind: 'event_changed',
    seal: 1,
    sql: `update kernel.outbox set type = 'audit_test.other.v1' where org_id = $1 and data ->> 'text' = 'event 0.1'`,
  },
  {
    name: 'a first event away',
    kind: 'event_deleted',
    seal: 1,
    sql: `delete from kernel.outbox where org_id = $1 and data ->> 'text' = 'event 0.0'`,
  },
  {
    name: 'a last event away',
    kind: 'event_deleted',
    seal: 3,
    sql: `delete from kernel.outbox where org_id = $1 and data ->> 'text' = 'event 2.3'`,
  },
  {
    name: 'an event in between',
    kind: 'event_inserted',
    seal: 2,
    sql: `insert into kernel.outbox (org_id, xid, at, type, key, actor_kind, actor_id, request_id, data)
          select org_id, xid, at, type, key, actor_kind, actor_id, request_id, data from kernel.outbox where org_id = $1 and data ->> 'text' = 'event 1.1'`,
  },
  {
    name: 'the hash of a seal',
    kind: 'seal_changed',
    seal: 2,
    sql: `update kernel.audit_seals set hash = sha256(hash) where org_id = $1 and no = 2`,
  },
  {
    name: 'the hash before a seal',
    kind: 'seal_changed',
    seal: 3,
    sql: `update kernel.audit_seals set prev_hash = sha256(prev_hash) where org_id = $1 and no = 3`,
  },
  {
    name: 'the marks of a seal',
    kind: 'seal_changed',
    seal: 2,
    sql: `update kernel.audit_seals set marks = substr(sha256(marks) || sha256(marks), 1, length(marks)) where org_id = $1 and no = 2`,
  },
  {
    name: 'the number of events of a seal',
    kind: 'seal_changed',
    seal: 1,
    sql: `update kernel.audit_seals set first_seq = first_seq - 1 where org_id = $1 and no = 1`,
  },
  {
    name: 'a seal away',
    kind: 'seal_missing',
    seal: 2,
    sql: `delete from kernel.audit_seals where org_id = $1 and no = 2`,
  },
  {
    name: 'the last seal away',
    kind: 'events_unsealed',
    seal: 3,
    sql: `delete from kernel.audit_seals where org_id = $1 and no = 3`,
  },
];
for (const { name, kind, seal, sql } of TAMPERINGS) {
  test(`CMP-3 the owner of the tables changes ${name}: ${kind} is named`, async () => {
    const orgId = await sealedOrg();
    const wrongSeq =
      kind === 'event_changed'
        ? await db.systemTx((tx) =>
            tx.query<{ seq: number; text: string }>(
              `select seq, data ->> 'text' as text from kernel.outbox where org_id = $1`,
              [orgId],
            ),
          )
        : [];
    await asOwner(sql, [orgId]);
    const verdict = await verify(orgId);
    assert.equal(verdict.ok, false);
    assert.equal(verdict.breach?.kind, kind);
    assert.equal(verdict.breach?.seal, seal);
    const text = /'(event \d\.\d)'/.exec(sql)?.[1];
    if (wrongSeq.length > 0) assert.equal(verdict.breach?.seq, wrongSeq.find((e) => e.text === text)?.seq);
    const [says] = await db.read({ orgId }, (tx) => sealsHold.check(tx));
    assert.match(says ?? '', new RegExp(`^seal ${seal}: `));
  });
}

test('CMP-3 a deleted seal is not healed by the next one', async () => {
  const orgId = await sealedOrg();
  await asOwner('delete from kernel.audit_seals where org_id = $1 and no = 3', [orgId]);
  await note(orgId, 'afterwards');
  await drainSubscribers(db, orgId, [sealEvents]);
  const verdict = await verify(orgId);
  assert.equal(verdict.ok, false);
  assert.equal(verdict.breach?.seal, 3);
});

test('CMP-3 the application role can neither change nor delete an event or a seal', async () => {
  const orgId = await sealedOrg();
  for (const sql of [
    'update kernel.outbox set key = key',
    'delete from kernel.outbox',
    'update kernel.audit_seals set no = no',
    'delete from kernel.audit_seals',
    'truncate kernel.outbox',
  ]) {
    await assert.rejects(() => db.inTx({ orgId }, (tx) => tx.query(sql)), /permission denied/, sql);
  }
});

test('CMP-3 events written by many at once are sealed in one chain', async () => {
  const orgId = await newOrg();
  const writers = Array.from({ length: 60 }, (_, i) => note(orgId, `n ${i}`));
  const sealers = Array.from({ length: 6 }, () => drainSubscribers(db, orgId, [sealEvents]));
  await Promise.all([...writers, ...sealers]);
  await drainSubscribers(db, orgId, [sealEvents]);
  const verdict = await verify(orgId);
  assert.equal(verdict.ok, true);
  assert.equal(verdict.events, 60);
});

test('PLT-1 seals of another organisation are invisible', async () => {
  const [mine, theirs] = [await newOrg(), await sealedOrg()];
  const seen = await db.read({ orgId: mine }, (tx) =>
    tx.query('select from kernel.audit_seals where org_id = $1', [theirs]),
  );
  assert.equal(seen.length, 0);
});

const PEOPLE = { p1: { name: '张三', phone: '13800138000' } };
defineReveal({
  kind: 'audit_test_person',
  permission: 'audit_test.person.read',
  load: async (_tx, id) => PEOPLE[id as 'p1'],
});
const agent = (orgId: string, can: string[], id = 'agent-1'): Ctx => {
  const actor: Actor = { kind: 'user', id, name: 'Agent', can: new Set(can), shops: null, warehouses: null };
  return { ...systemCtx(orgId, new Date('2026-01-02T03:04:05Z')), actor };
};
const look = (ctx: Ctx, fields?: string[]) =>
  db.inTx(ctx, (tx) =>
    reveal(tx, ctx, { kind: 'audit_test_person', id: 'p1', fields, reason: 'customer asked on the phone' }),
  );

test('CMP-1 a look at personal data is recorded with who, what and why, without the data', async () => {
  const orgId = await newOrg();
  const answer = await look(agent(orgId, ['audit_test.person.read']), ['phone']);
  assert.deepEqual(answer, { fields: { phone: '13800138000' } });
  const [event] = await db.systemTx((tx) =>
    tx.query<{ type: string; actor_id: string; data: object }>(
      'select type, actor_id, data from kernel.outbox where org_id = $1',
      [orgId],
    ),
  );
  assert.deepEqual(event, {
    type: 'kernel.personal_data_seen.v1',
    actor_id: 'agent-1',
    data: { kind: 'audit_test_person', subjectId: 'p1', fields: ['phone'], reason: 'customer asked on the phone' },
  });
});

test('CMP-1 the permission of the kind is needed too', async () => {
  const orgId = await newOrg();
  await assert.rejects(() => look(agent(orgId, ['compliance.personal_data.reveal'])), { code: 'forbidden' });
  await assert.rejects(
    () => db.inTx({ orgId }, (tx) => reveal(tx, agent(orgId, []), { kind: 'none', id: 'p1', reason: 'because' })),
    { code: 'reveal_unknown' },
  );
});

test('CMP-4 looks are limited per person and day, and many are told', async () => {
  const orgId = await newOrg();
  const ctx = agent(orgId, ['audit_test.person.read']);
  await db.inTx(ctx, (tx) => complianceSettings.put(tx, ctx, { revealsPerDay: 5, revealsWarnAt: 3 }));
  const results = await Promise.allSettled(Array.from({ length: 9 }, () => look(ctx)));
  assert.equal(results.filter((r) => r.status === 'fulfilled').length, 5, 'also when all come at once');
  const refused = results.find((r) => r.status === 'rejected');
  assert.equal(refused?.reason.code, 'reveal_limit_reached');
  const count = async (type: string): Promise<number> =>
    (await db.systemTx((tx) => tx.query('select from kernel.outbox where org_id = $1 and type = $2', [orgId, type])))
      .length;
  assert.equal(await count('kernel.personal_data_seen.v1'), 5);
  assert.equal(await count('kernel.many_looks.v1'), 1);
  await look(agent(orgId, ['audit_test.person.read'], 'agent-2'));
  await look({ ...ctx, now: new Date('2026-01-02T16:00:00Z') }); // midnight in Shanghai has passed
});
