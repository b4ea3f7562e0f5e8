import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import { fetchMail } from '../src/modules/support/mail/jobs/fetch.ts';
import { ImapServer } from '../src/modules/support/testing/imap-server.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { letter } from './support/mails.ts';
import { expectStatus } from './support/shop.ts';

/** Mail servers fail, connections break, nodes are killed: each mail counts once (SUP-1). */
let app: TestApp;
let second: TestApp;
let org: TestOrg;
let imap: ImapServer;
let accountId: string;
before(async () => {
  [app, imap] = [await testApp({ poolMax: 20 }), await ImapServer.start()];
  second = await testApp({ database: app.database, clock: app.clock });
  org = await app.org();
  expectStatus(
    await org.api('PUT', '/settings/mail', { values: { allowInside: true, perTurn: 5, perSenderHour: 1000 } }),
    200,
  );
  accountId = expectStatus(await org.post('/mail-accounts', account({})), 201).id;
  await app.settleDown();
});
after(async () => {
  await second.stop();
  await imap.close();
  await app.close();
});
beforeEach(() => void (imap.faults = {}));

const SERVER = () => ({ host: '127.0.0.1', port: imap.port, security: 'none', user: 'support', password: 'secret' });
const account = (over: object) => ({
  name: 'Support',
  address: 'support@shop.example',
  acknowledge: false,
  imap: { ...SERVER(), ...over },
});
const machine = (): Ctx => systemCtx(org.id, app.clock.now());
const rows = <T>(sql: string, ...params: unknown[]): Promise<T[]> =>
  app.db.read(machine(), (tx) => tx.query(sql, params) as Promise<T[]>);
async function look(): Promise<void> {
  expectStatus(await org.post(`/mail-accounts/${accountId}/fetch`), 200);
  await app.settleDown();
}
const stateOf = async () => expectStatus(await org.get(`/mail-accounts/${accountId}`), 200);
const opened = async (like: string): Promise<number> =>
  (await rows<{ id: string }>(`select id from support.messages where channel = 'mail'`)).length === 0
    ? 0
    : (await org.get('/tickets?limit=200')).body.items.filter((t: { subject: string }) => t.subject.startsWith(like))
        .length;
const freeLease = () =>
  app.db.inTx(machine(), (tx) => tx.query(`update support.mail_accounts set lease = null, leased_until = null`));

test('SUP-1 a connection that breaks in the middle of a mail loses none and doubles none', async () => {
  for (let i = 0; i < 7; i += 1) imap.deliver(letter({ subject: `cut ${i}` }));
  imap.faults = { dropAtFetch: 3 };
  await look();
  const failing = await stateOf();
  assert.deepEqual([failing.state, failing.problem.code, failing.failures], ['failing', 'connection_lost', 1]);
  assert.equal(await opened('cut'), 2);
  await look();
  assert.equal(await opened('cut'), 7, 'more than one turn takes follows at once');
  assert.equal((await stateOf()).state, 'fine');
  assert.ok(imap.inbox().every((m) => m.flags.has('\\Seen')));
});

test('SUP-1 a mail the server does not hand over now is not passed over', async () => {
  imap.deliver(letter({ subject: 'not now' }));
  imap.faults = { refuseFetch: true };
  await look();
  assert.equal((await stateOf()).problem.code, 'fetch_refused');
  imap.faults = {};
  await look();
  assert.equal(await opened('not now'), 1);
});

test('SUP-1 what could not be marked is marked later, and counts once', async () => {
  imap.deliver(letter({ subject: 'unmarked' }));
  imap.faults = { dropBefore: 'STORE' };
  await look();
  assert.equal(await opened('unmarked'), 1);
  assert.equal(imap.inbox().at(-1)?.flags.has('\\Seen'), false);
  imap.faults = {};
  await look();
  assert.equal(await opened('unmarked'), 1);
  assert.equal(imap.inbox().at(-1)?.flags.has('\\Seen'), true);
});

test('SUP-1 a server that numbers all anew brings nothing twice; the same mail under two numbers counts once', async () => {
  const before_ = (await rows(`select 1 from support.tickets`)).length;
  imap.renumber();
  await look();
  await look();
  await look();
  assert.equal((await rows(`select 1 from support.tickets`)).length, before_);
  const raw = letter({ subject: 'copied' });
  imap.deliver(raw);
  imap.deliver(raw);
  await look();
  assert.equal(await opened('copied'), 1);
  assert.equal((await rows(`select 1 from support.mail_incoming where what = 'duplicate'`)).length > 0, true);
  imap.deliver(letter({ subject: 'after' }));
  await look();
  assert.equal(await opened('after'), 1);
});

test('SUP-1 a mail to two mailboxes of ours is one message', async () => {
  const other = expectStatus(
    await org.post('/mail-accounts', { ...account({ folder: 'Sales' }), address: 'sales@shop.example' }),
    201,
  );
  imap.boxes.set('Sales', []);
  const raw = letter({ subject: 'to both', to: 'support@shop.example, sales@shop.example' });
  imap.deliver(raw);
  imap.box('Sales')?.push({ uid: imap.nextUid(), bytes: raw, flags: new Set(), at: new Date() });
  await Promise.all([look(), org.post(`/mail-accounts/${other.id}/fetch`)]);
  await app.settleDown();
  assert.equal(await opened('to both'), 1);
  assert.equal((await rows(`select 1 from support.mail_incoming where account_id = $1`, other.id)).length, 1);
});

test('SUP-1 mail that is too large is opened with its beginning; a server that sends too much is cut off', async () => {
  expectStatus(await org.api('PUT', '/settings/mail', { values: { sizeMaxMb: 1 } }), 200);
  imap.deliver(
    letter({
      subject: 'huge',
      text: 'see the film',
      attachments: [{ name: 'film.bin', type: 'video/mp4', bytes: Buffer.alloc(3_000_000) }],
    }),
  );
  await look();
  assert.equal(await opened('huge'), 1);
  const [{ items }] = [(await org.get('/mail/incoming?limit=1')).body];
  assert.deepEqual(
    [items[0].isCut, items[0].refused[0].code, items[0].size > 3_000_000],
    [true, 'mail_too_large', true],
  );
  imap.deliver(letter({ subject: 'lying server' }));
  imap.faults = { literalBytes: 5_000_000 };
  await look();
  assert.deepEqual([(await stateOf()).problem.code, await opened('lying')], ['answer_too_large', 0]);
  imap.faults = {};
  await look();
  assert.equal(await opened('lying'), 1);
});

test('SUP-1 taken mail is moved where the mailbox says so, by MOVE or by COPY, into a folder that is made', async () => {
  const path_ = `/mail-accounts/${accountId}`;
  expectStatus(
    await org.api('PUT', path_, { ...account({ moveTo: 'Done' }), imap: { ...SERVER(), moveTo: 'Done' } }),
    200,
  );
  imap.deliver(letter({ subject: 'move me' }));
  await look();
  assert.deepEqual([await opened('move me'), imap.box('Done')?.length], [1, 1]);
  imap.hasMove = false;
  imap.deliver(letter({ subject: 'copy me' }));
  await look();
  assert.deepEqual([await opened('copy me'), imap.box('Done')?.length], [1, 2]);
  imap.hasMove = true;
});

test('SUP-1 two nodes that look at once take each mail once; the lease of a dead one runs out', async () => {
  for (let i = 0; i < 5; i += 1) imap.deliver(letter({ subject: `race ${i}` }));
  const run = (node: TestApp) => fetchMail.run({ db: node.db, log: node.app.log }, { accountId }, systemCtx(org.id));
  await freeLease();
  imap.faults = { delayMs: 5 };
  await Promise.all([run(app), run(second), run(app), run(second)]);
  await app.settleDown();
  assert.equal(await opened('race'), 5);
  await app.db.inTx(machine(), (tx) =>
    tx.query(
      `update support.mail_accounts set lease = gen_random_uuid(), leased_until = now() + interval '3 minutes' where id = $1`,
      [accountId],
    ),
  );
  imap.faults = {};
  imap.deliver(letter({ subject: 'behind a lease' }));
  await look();
  assert.equal(await opened('behind a lease'), 0, 'another node has it');
  await app.db.inTx(machine(), (tx) =>
    tx.query(`update support.mail_accounts set leased_until = now() where id = $1`, [accountId]),
  );
  await look();
  assert.equal(await opened('behind a lease'), 1);
});

test('SUP-1 killed after any statement, a mail is taken whole or not at all, and the next look takes it once', async () => {
  const script = path.join(import.meta.dirname, 'support/mail-child.ts');
  const { dataDir, secret } = app.app.config;
  const child = (killAfter: number): Promise<string | null> => {
    const args = [script, app.database.url, dataDir, secret, org.id, accountId, String(killAfter)];
    const started = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    return new Promise((resolve) => started.on('exit', (_code, signal) => resolve(signal)));
  };
  let kills = 0;
  for (let killAfter = 4; killAfter < 120; killAfter += 9) {
    await freeLease();
    imap.deliver(letter({ subject: `kill ${killAfter}.` }));
    if ((await child(killAfter)) !== 'SIGKILL') break;
    kills += 1;
    const [whole] = await rows<{ halves: number }>(
      `select (select count(*)::int from support.mail_incoming i where what = 'ticket' and not exists (select from support.messages m where m.id = i.message_id))
            + (select count(*)::int from support.messages m where channel = 'mail' and kind = 'inbound'
                and not exists (select from support.mail_incoming i where i.message_id = m.id)) as halves`,
    );
    assert.equal(whole?.halves, 0, `after ${killAfter}`);
    await freeLease();
    await look();
    assert.equal(await opened(`kill ${killAfter}.`), 1, `after ${killAfter}`);
  }
  assert.ok(kills >= 5, `${kills} kills came in the middle`);
  assert.deepEqual(await app.faults(), []);
});

test('SUP-1 the test of a mailbox says in words what is wrong', async () => {
  const tried = async (over: object) =>
    expectStatus(await org.post('/mail-accounts/test', { imap: { ...SERVER(), ...over } }), 200).imap;
  assert.deepEqual((await tried({})).ok, true);
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as { port: number };
  await new Promise<void>((resolve) => closed.close(() => resolve()));
  const cases: [object, string, RegExp][] = [
    [{ password: 'wrong' }, 'log_in_refused', /password made for programs/],
    [{ folder: 'Nowhere' }, 'no_such_folder', /there are: .*INBOX/],
    [{ port }, 'connection_refused', /check the port/],
    [{ security: 'tls' }, 'not_tls', /STARTTLS/],
    [{ security: 'starttls' }, 'no_starttls', /SSL\/TLS/],
    [{ host: 'nowhere.invalid' }, 'name_not_found', /nowhere\.invalid/],
    [{ moveTo: 'INBOX' }, 'same_folder', /INBOX/],
  ];
  for (const [over, code, says] of cases) {
    const { ok, problem } = await tried(over);
    assert.deepEqual([ok, problem?.code], [false, code], JSON.stringify([over, problem]));
    assert.match(problem.says, says);
  }
  imap.faults = { greeting: 'SSH-2.0-OpenSSH_9.6' };
  assert.ok(
    ['not_understood', 'no_greeting', 'connection_lost', 'timeout', 'closed_at_once'].includes(
      (await tried({})).problem.code,
    ),
  );
  imap.faults = {};
  expectStatus(await org.api('PUT', '/settings/mail', { values: { allowInside: false } }), 200);
  assert.equal((await tried({})).problem.code, 'plain_refused');
  assert.equal((await tried({ security: 'tls' })).problem.code, 'inside_refused');
  expectStatus(await org.api('PUT', '/settings/mail', { values: { allowInside: true } }), 200);
});

test('SUP-1 passwords are sealed, never answered, and sent only to the server they belong to', async () => {
  const shown = JSON.stringify([await stateOf(), (await org.get('/mail-accounts')).body]);
  const stored = JSON.stringify(await rows('select imap, imap_secret from support.mail_accounts'));
  assert.ok(!shown.includes('secret') && !stored.includes('"secret"'));
  const { password, ...imap_ } = SERVER();
  assert.equal(password, 'secret');
  const test_ = async (over: object) =>
    expectStatus(await org.post('/mail-accounts/test', { mailboxId: accountId, imap: { ...imap_, ...over } }), 200)
      .imap;
  assert.equal((await test_({})).ok, true, 'the one that is kept');
  assert.equal((await test_({ host: 'localhost' })).problem.code, 'no_password', 'another server never gets it');
  assert.equal((await org.post('/mail-accounts', account({}))).body.code, 'mail_account_taken');
});
