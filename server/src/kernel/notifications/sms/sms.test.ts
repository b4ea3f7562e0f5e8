import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { type Ctx, systemCtx } from '../../context.ts';
import { fieldCrypto, useFieldCrypto } from '../../crypto/index.ts';
import { Db } from '../../db/index.ts';
import { newId } from '../../ids.ts';
import { type JobEnv, runJobsOnce } from '../../jobs/index.ts';
import { silentLog } from '../../log.ts';
import { freshDatabase } from '../../testing/database.ts';
import { type Notice, notify, sendSms } from '../index.ts';
import '../routes.ts';
import { signAliyun } from './aliyun-signature.ts';
import { sandboxMessages } from './sandbox.ts';
import { putSmsSecrets } from './secrets.ts';
import { smsSettings } from './settings.ts';

const KEY_ID = 'LTAI-test';
const SECRET = 'the access key secret';
type Got = { query: URLSearchParams; headers: Record<string, unknown> };
const got: Got[] = [];
let answer: () => { status: number; body: string } = () => ({ status: 200, body: '{"Code":"OK"}' });

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Alibaba Cloud's gateway: checks the signature by the headers it names, as its documentation says, then answers. */
const peer = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://peer');
  const auth = /^ACS3-HMAC-SHA256 Credential=(.+),SignedHeaders=(.+),Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  );
  const [, id, names = '', signature] = auth ?? [];
  const lines = names.split(';').map((name) => `${name}:${String(request.headers[name])}\n`);
  const canonical = `${request.method}\n${url.pathname}\n${url.search.slice(1)}\n${lines.join('')}\n${names}\n${hex('')}`;
  const right = createHmac('sha256', SECRET)
    .update(`ACS3-HMAC-SHA256\n${hex(canonical)}`)
    .digest('hex');
  const fresh = Math.abs(Date.now() - Date.parse(String(request.headers['x-acs-date']))) < 15 * 60_000;
  const reply =
    id !== KEY_ID
      ? { status: 404, body: '{"Code":"InvalidAccessKeyId.NotFound"}' }
      : signature !== right || !fresh
        ? { status: 400, body: '{"Code":"SignatureDoesNotMatch"}' }
        : answer();
  if (reply.status === 200) got.push({ query: url.searchParams, headers: request.headers });
  response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
});
await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));

const database = await freshDatabase();
const db = new Db({ url: database.url });
const env: JobEnv = { db, log: silentLog };
useFieldCrypto({ db, secret: 'the secret of these tests' });
const orgId = newId();
const ctx: Ctx = systemCtx(orgId);

before(async () => {
  await fieldCrypto.load(orgId);
  const port = (peer.address() as AddressInfo).port;
  await db.inTx(ctx, async (tx) => {
    await smsSettings.put(tx, ctx, {
      provider: 'aliyun',
      signName: '掌柜',
      templates: { 'kernel.mail_check': 'SMS_1' },
      aliyunUrl: `http://127.0.0.1:${port}`,
    });
    await putSmsSecrets(tx, ctx, { aliyun_access_key_id: KEY_ID, aliyun_access_key_secret: SECRET });
  });
});
after(async () => {
  await new Promise<void>((resolve) => peer.close(() => resolve()));
  await db.close();
  await database[Symbol.asyncDispose]();
});
beforeEach(() => {
  got.length = 0;
  answer = () => ({ status: 200, body: '{"Code":"OK"}' });
});

let told = 0;
const notice = (over: Partial<Notice> = {}): Notice => ({
  template: 'kernel.mail_check',
  to: { kind: 'customer', id: 'c1', phone: '13800138000' },
  dedupeKey: `sms-${(told += 1)}`,
  data: { sentAt: '2026-02-03T04:05:06Z' },
  secret: { code: '123456' },
  channels: ['sms'],
  ...over,
});
async function tell(given: Notice): Promise<{ id: string }> {
  await db.inTx(ctx, (tx) => notify(tx, ctx, given));
  const [row] = await db.read(ctx, (tx) =>
    tx.query<{ id: string }>(`select id from kernel.notifications where org_id = $1 and dedupe_key like $2`, [
      orgId,
      `${given.dedupeKey}/%`,
    ]),
  );
  assert.ok(row);
  return row;
}
type Row = { state: string; attempts: number; last_error: string | null; all: string };
async function rowOf(id: string): Promise<Row> {
  const [row] = await db.read(ctx, (tx) =>
    tx.query<Row>(
      `select state, attempts, last_error, n::text as all from kernel.notifications n where org_id = $1 and id = $2`,
      [orgId, id],
    ),
  );
  assert.ok(row);
  return row;
}
const send = (id: string, at = new Date()): Promise<void> =>
  sendSms.run(env, { notificationId: id }, { ...ctx, now: at });

test('PLT-2 the signature is that of the example in Alibaba Cloud’s documentation', () => {
  const { headers } = signAliyun('YourAccessKeyId', 'YourAccessKeySecret', {
    host: 'ecs.cn-shanghai.aliyuncs.com',
    action: 'RunInstances',
    version: '2014-05-26',
    date: '2023-10-26T10:22:32Z',
    nonce: '3156853299f313e23d1673dc12e1703d',
    query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
  });
  assert.equal(
    headers['authorization'],
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
      'Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

test('PLT-2 an SMS goes through the queue once, signed, by the template the carrier approved; code and number lie sealed', async () => {
  const { id } = await tell(notice());
  const { all } = await rowOf(id);
  assert.ok(!all.includes('123456') && !all.includes('13800138000'));
  await runJobsOnce(env, [sendSms]);
  await runJobsOnce(env, [sendSms]);
  assert.equal(got.length, 1);
  const { query } = got[0] as Got;
  assert.deepEqual(
    ['PhoneNumbers', 'SignName', 'TemplateCode', 'OutId'].map((name) => query.get(name)),
    ['13800138000', '掌柜', 'SMS_1', id],
  );
  assert.equal(JSON.parse(query.get('TemplateParam') ?? '{}').code, '123456');
  assert.equal((await rowOf(id)).state, 'sent');
});

test('PLT-2 what Alibaba Cloud cannot send now is tried again; what it will never send is given up, without its words', async () => {
  const later = await tell(notice());
  answer = () => ({ status: 200, body: '{"Code":"isv.BUSINESS_LIMIT_CONTROL","Message":"13800138000 is limited"}' });
  await assert.rejects(send(later.id), { message: 'isv.BUSINESS_LIMIT_CONTROL' });
  assert.equal((await rowOf(later.id)).state, 'queued');
  answer = () => ({ status: 500, body: 'oops' });
  await assert.rejects(send(later.id), { message: 'unreachable' });
  answer = () => ({ status: 200, body: '{"Code":"OK"}' });
  await send(later.id);
  assert.deepEqual([(await rowOf(later.id)).state, (await rowOf(later.id)).attempts], ['sent', 3]);

  const never = await tell(notice());
  answer = () => ({ status: 200, body: '{"Code":"isv.MOBILE_NUMBER_ILLEGAL","Message":"13800138000"}' });
  await send(never.id);
  const row = await rowOf(never.id);
  assert.deepEqual([row.state, row.last_error], ['failed', 'isv.MOBILE_NUMBER_ILLEGAL']);
});

test('PLT-2 a code that has run out is not sent any more; without a provider nothing is, and says so', async () => {
  const late = await tell(notice({ expiresAt: new Date(Date.now() + 60_000) }));
  await send(late.id, new Date(Date.now() + 61_000));
  assert.deepEqual([(await rowOf(late.id)).state, (await rowOf(late.id)).last_error], ['skipped', 'too_late']);
  await db.inTx(ctx, (tx) => smsSettings.put(tx, ctx, { provider: 'none' }));
  const none = await tell(notice());
  await send(none.id);
  assert.deepEqual([(await rowOf(none.id)).state, (await rowOf(none.id)).last_error], ['skipped', 'no_sms_provider']);
  assert.equal(got.length, 0);
});

test('PLT-2 the sandbox shows what it was given for a day, sealed at rest', async () => {
  await db.inTx(ctx, (tx) => smsSettings.put(tx, ctx, { provider: 'sandbox' }));
  await send((await tell(notice())).id);
  const messages = await db.read(ctx, (tx) => sandboxMessages(tx));
  assert.equal(messages[0]?.phone, '13800138000');
  const [stored] = await db.systemTx((tx) =>
    tx.query<{ all: string }>('select s::text as all from kernel.sandbox_sms s'),
  );
  assert.ok(stored && !stored.all.includes('13800138000'));
  await send((await tell(notice())).id, new Date(Date.now() + 25 * 3_600_000));
  assert.equal((await db.read(ctx, (tx) => sandboxMessages(tx))).length, 1);
});

test('PLT-2 whoever has no e-mail address is told by SMS what the organisation names, in words the template’s names stand for', async () => {
  const plain = (over: Partial<Notice> = {}): Notice => {
    const { channels: _channels, ...rest } = notice(over);
    return rest;
  };
  const channelsOf = async (given: Notice): Promise<string[]> => db.inTx(ctx, (tx) => notify(tx, ctx, given));
  await db.inTx(ctx, (tx) => smsSettings.put(tx, ctx, { provider: 'aliyun' }));
  assert.deepEqual(await channelsOf(plain()), ['in_app', 'sms']);
  await runJobsOnce(env, [sendSms]);
  const { query } = got.at(-1) as Got;
  assert.equal(JSON.parse(query.get('TemplateParam') ?? '').sentAt, '2026/02/03 12:05');
  const both = { kind: 'customer' as const, id: 'c1', phone: '13800138000', email: 'wang@customer.example' };
  assert.deepEqual(await channelsOf(plain({ to: both })), ['in_app', 'email'], 'an e-mail costs nothing');
  assert.deepEqual(
    await channelsOf(plain({ to: { ...both, email: '' } })),
    ['in_app', 'sms'],
    'an empty address is none',
  );
  const set = (templates: Record<string, string>) => db.inTx(ctx, (tx) => smsSettings.put(tx, ctx, { templates }));
  await set({});
  assert.deepEqual(await channelsOf(plain()), ['in_app'], 'not named, not sent');
  await set({ 'kernel.mail_check': 'SMS_1' });
});
