import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { type SMTPServerAddress, SMTPServer } from 'smtp-server';
import { type Ctx, systemCtx } from '../context.ts';
import { useFieldCrypto } from '../crypto/index.ts';
import { Db, type Tx } from '../db/index.ts';
import { buildHttp } from '../http/server.ts';
import { newId } from '../ids.ts';
import { type JobEnv, runJobsOnce } from '../jobs/index.ts';
import { silentLog } from '../log.ts';
import { freshDatabase } from '../testing/database.ts';
import { forgetAddresses, type Notice, notify, sendEmail, useMailer } from './index.ts';
import { notificationsModule } from './routes.ts';

type Received = { to: string; text: string };
const mails: Received[] = [];
let answer: (address: string) => number | undefined = () => undefined;

/** A real mail server. `answer` refuses a recipient with a code. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (address: SMTPServerAddress, _session, done) => {
    const responseCode = answer(address.address);
    if (responseCode === undefined) done();
    else done(Object.assign(new Error(`no mail for ${address.address}`), { responseCode }));
  },
  onData: (stream, session, done) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    stream.on('end', () => {
      mails.push({ to: session.envelope.rcptTo.map((r) => r.address).join(), text });
      done();
    });
  },
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const port = (server.server.address() as { port: number }).port;

const database = await freshDatabase();
const db = new Db({ url: database.url });
const env: JobEnv = { db, log: silentLog };
useFieldCrypto({ db, secret: 'notifications test secret' });
const SMTP = { url: `smtp://127.0.0.1:${port}`, from: '掌柜 <no-reply@shop.example>' };
let mailer = useMailer(SMTP);
const orgId = newId();
const ctx: Ctx = systemCtx(orgId);

after(async () => {
  mailer.close();
  await new Promise<void>((resolve) => server.close(resolve));
  await db.close();
  await database[Symbol.asyncDispose]();
});
beforeEach(() => {
  mails.length = 0;
  answer = () => undefined;
});

const notice = (dedupeKey: string, over: Partial<Notice['to']> = {}): Notice => ({
  template: 'kernel.mail_check',
  to: { kind: 'user', id: 'wang', email: 'wang@example.com', ...over },
  dedupeKey,
  data: { sentAt: '2026-02-03T04:05:06Z' },
});
const tell = (given: Notice) => db.inTx(ctx, (tx) => notify(tx, ctx, given));

type Row = {
  id: string;
  channel: string;
  state: string;
  attempts: number;
  last_error: string | null;
  sent_at: Date | null;
};
const rowsOf = (dedupeKey: string) =>
  db.read(ctx, (tx) =>
    tx.query<Row>(
      `select id, channel, state, attempts, last_error, sent_at from kernel.notifications
        where org_id = $1 and dedupe_key like $2 order by channel desc`,
      [orgId, `${dedupeKey}/%`],
    ),
  );
async function emailOf(dedupeKey: string): Promise<Row> {
  const row = (await rowsOf(dedupeKey)).find((r) => r.channel === 'email');
  assert.ok(row, `${dedupeKey} has an e-mail`);
  return row;
}
const send = (id: string, with_ = env, at = new Date()) =>
  sendEmail.run(with_, { notificationId: id }, { ...ctx, now: at });
const headerOf = (mail: Received | undefined, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(mail?.text ?? '')?.[1]?.trim();

test('PLT-2 a notice is told once in the app and once by e-mail, through the queue', async () => {
  assert.deepEqual(await tell(notice('told')), ['in_app', 'email']);
  assert.deepEqual(await tell(notice('told')), []);
  await runJobsOnce(env, [sendEmail]);
  await runJobsOnce(env, [sendEmail]);
  assert.equal(mails.length, 1);
  const [mail] = mails;
  assert.equal(mail?.to, 'wang@example.com');
  assert.match(headerOf(mail, 'From') ?? '', /<no-reply@shop\.example>/);
  assert.equal(headerOf(mail, 'Auto-Submitted'), 'auto-generated');
  assert.deepEqual(
    (await rowsOf('told')).map((r) => [r.channel, r.state]),
    [
      ['in_app', 'sent'],
      ['email', 'sent'],
    ],
  );
});

test('PLT-2 two people are told of the same thing', async () => {
  await tell(notice('both'));
  assert.deepEqual(await tell(notice('both', { id: 'li', email: 'li@example.com' })), ['in_app', 'email']);
  await runJobsOnce(env, [sendEmail]);
  assert.deepEqual(mails.map((mail) => mail.to).toSorted(), ['li@example.com', 'wang@example.com']);
});

test('PLT-2 nothing is told when the transaction does not commit', async () => {
  await assert.rejects(
    db.inTx(ctx, async (tx) => {
      await notify(tx, ctx, notice('undone'));
      throw new Error('the change failed');
    }),
  );
  assert.deepEqual(await rowsOf('undone'), []);
  await runJobsOnce(env, [sendEmail]);
  assert.equal(mails.length, 0);
});

test('PLT-2 fifty transactions that tell the same thing at once tell it once', async () => {
  await Promise.all(Array.from({ length: 50 }, () => tell(notice('storm'))));
  assert.equal((await rowsOf('storm')).length, 2);
  await runJobsOnce(env, [sendEmail]);
  assert.equal(mails.length, 1);
});

test('PLT-2 a job that runs twice, also at the same time, sends once', async () => {
  await tell(notice('twice'));
  const { id } = await emailOf('twice');
  const outcomes = await Promise.allSettled([send(id), send(id), send(id)]);
  assert.ok(outcomes.some((o) => o.status === 'fulfilled'));
  await send(id);
  assert.equal(mails.length, 1);
  assert.equal((await emailOf('twice')).state, 'sent');
});

test('PLT-2 a crash after the server took the mail sends it again under the same Message-ID', async () => {
  await tell(notice('crash'));
  const { id } = await emailOf('crash');
  let transactions = 0;
  const dying = {
    inTx: <T>(c: { orgId: string }, work: (tx: Tx) => Promise<T>) => {
      transactions += 1;
      return transactions === 1 ? db.inTx(c, work) : Promise.reject(new Error('killed'));
    },
  } as unknown as Db;
  await assert.rejects(send(id, { ...env, db: dying }), /killed/);
  await assert.rejects(send(id), /another worker/); // until the lease is over, nobody knows that it died
  await send(id, env, new Date(Date.now() + 180_000));
  assert.equal(mails.length, 2);
  assert.equal(headerOf(mails[0], 'Message-ID'), headerOf(mails[1], 'Message-ID'));
  assert.match(headerOf(mails[0], 'Message-ID') ?? '', /^<[0-9a-f]{32}@shop\.example>$/);
});

test('PLT-2 an e-mail refused for now is tried again', async () => {
  await tell(notice('later'));
  const { id } = await emailOf('later');
  answer = () => 450;
  await assert.rejects(send(id), { message: 'EENVELOPE 450' });
  assert.deepEqual([(await emailOf('later')).state, (await emailOf('later')).last_error], ['queued', 'EENVELOPE 450']);
  answer = () => undefined;
  await send(id);
  const row = await emailOf('later');
  assert.deepEqual([row.state, row.attempts, row.last_error], ['sent', 2, null]);
});

test('PLT-2 an e-mail refused for good is given up at once, without the address in its error', async () => {
  await tell(notice('gone'));
  const { id } = await emailOf('gone');
  answer = () => 550;
  await send(id);
  const row = await emailOf('gone');
  assert.deepEqual([row.state, row.attempts, row.last_error, row.sent_at], ['failed', 1, 'EENVELOPE 550', null]);
  await send(id);
  assert.equal((await emailOf('gone')).attempts, 1);
});

test('PLT-2 after the last attempt an e-mail is failed, not forgotten', async () => {
  await tell(notice('never'));
  const { id } = await emailOf('never');
  answer = () => 451;
  for (let i = 1; i < sendEmail.attemptsMax; i += 1) await assert.rejects(send(id));
  await send(id);
  assert.deepEqual(
    [(await emailOf('never')).state, (await emailOf('never')).attempts],
    ['failed', sendEmail.attemptsMax],
  );
});

test('PLT-2 a mail server that is away is tried again', async () => {
  await tell(notice('away'));
  const { id } = await emailOf('away');
  mailer.close();
  mailer = useMailer({ ...SMTP, url: 'smtp://127.0.0.1:1' });
  await assert.rejects(send(id), /^Error: (ESOCKET|ECONNECTION|ECONNREFUSED)$/);
  mailer.close();
  mailer = useMailer(SMTP);
  await send(id);
  assert.equal((await emailOf('away')).state, 'sent');
});

test('PLT-2 without a mail server or an address e-mails are skipped and say why', async () => {
  mailer.close();
  mailer = useMailer(undefined);
  await tell(notice('no-server'));
  assert.deepEqual(
    [(await emailOf('no-server')).state, (await emailOf('no-server')).last_error],
    ['skipped', 'no_mail_server'],
  );
  mailer = useMailer(SMTP);
  assert.deepEqual(await tell({ ...notice('no-address'), to: { kind: 'customer', id: 'c1' } }), ['in_app']);
});

test('CMP-1 addresses lie in the database sealed, and can be erased', async () => {
  await tell(notice('sealed', { id: 'erased' }));
  const read = () =>
    db.read(ctx, (tx) =>
      tx.query<{ all: string }>('select n::text as all from kernel.notifications n where org_id = $1', [orgId]),
    );
  for (const { all } of await read()) assert.equal(all.includes('example.com'), false);
  await db.inTx(ctx, (tx) => forgetAddresses(tx, { kind: 'user', id: 'erased' }));
  const { id } = await emailOf('sealed');
  await send(id);
  assert.deepEqual([(await emailOf('sealed')).state, mails.length], ['skipped', 0]);
});

test('PLT-2 people see their own notifications, newest first, and mark them as read', async () => {
  const own = newId();
  const app = await buildHttp({
    env: { db, log: silentLog, now: () => new Date() },
    routes: notificationsModule.routes,
    authenticate: async (request) => {
      const id = String(request.headers['x-who']);
      const kind = id === 'key' ? 'key' : 'user';
      return { orgId: own, actor: { kind, id, name: id, can: new Set(), shops: null, warehouses: null } };
    },
  });
  const call = async (method: 'GET' | 'POST', url: string, who = 'wang') => {
    const response = await app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { 'x-who': who, 'accept-language': 'en' },
    });
    return {
      status: response.statusCode,
      body: response.json() as {
        items: { id: string; title: string; body: string }[];
        nextCursor: string;
        count: number;
        unread: number;
        read: number;
      },
    };
  };
  const mine = systemCtx(own);
  for (let i = 0; i < 5; i += 1)
    await db.inTx(mine, (tx) => notify(tx, mine, { ...notice(`n${i}`), channels: ['in_app'] }));
  await db.inTx(mine, (tx) => notify(tx, mine, { ...notice('other', { id: 'li' }), channels: ['in_app'] }));

  const first = await call('GET', '/notifications?limit=3');
  assert.equal(first.body.items.length, 3);
  assert.equal(first.body.items[0]?.title, 'Zhanggui: e-mail test');
  assert.match(first.body.items[0]?.body ?? '', /sent Feb 3, 2026, 12:05/);
  const second = await call('GET', `/notifications?limit=3&cursor=${first.body.nextCursor}`);
  assert.deepEqual([second.body.items.length, second.body.nextCursor], [2, null]);
  const ids = [...first.body.items, ...second.body.items].map((n) => n.id);
  assert.deepEqual(ids, ids.toSorted().toReversed());

  assert.equal((await call('GET', '/notifications/unread')).body.count, 5);
  assert.equal((await call('POST', `/notifications/${ids[0]}/read`)).body.unread, 4);
  assert.equal((await call('POST', `/notifications/${ids[0]}/read`)).body.unread, 4);
  assert.equal((await call('GET', '/notifications?unread=true')).body.items.length, 4);
  assert.equal((await call('POST', `/notifications/${ids[0]}/read`, 'li')).status, 404);
  assert.equal((await call('POST', '/notifications/read')).body.read, 4);
  assert.equal((await call('GET', '/notifications/unread', 'li')).body.count, 1);
  assert.equal((await call('GET', '/notifications', 'key')).status, 403);
  assert.equal((await call('GET', '/notifications?cursor=abc')).status, 400);
  await app.close();
});
