import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../context.ts';
import { useFieldCrypto } from '../crypto/index.ts';
import { defineRefusal, PreconditionFailed } from '../errors.ts';
import { someCtx, testDb, type TestDb } from '../testing/db.ts';
import { DAY_MS } from '../time.ts';
import { pruneIdempotency } from './idempotency.ts';
import { decodeCursor, listInput, listOf, pageOf } from './list.ts';
import { defineRoute, type Route } from './route.ts';
import { BODY_LIMIT_BYTES, buildHttp } from './server.ts';

const TestRefused = defineRefusal('precondition_of_test', 422);
const tags = ['test'];
const Item = z.object({ id: z.string(), n: z.int(), version: z.int() });
let effects = 0;
let logged: string[] = [];

const routes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/items',
    permission: 'test.item.write',
    tags,
    summary: 'Make',
    status: 201,
    output: Item,
    input: z.object({
      n: z.int().min(1),
      name: z.string().max(5),
      list: z
        .array(z.object({ a: z.string() }))
        .max(3)
        .optional(),
    }),
    run: async (tx, ctx, { n }) => {
      await tx.query(
        `insert into kernel.settings (org_id, section, value, updated_at, updated_by) values ($1, 's' || $2, '{}', $3, 'x')`,
        [ctx.orgId, n, ctx.now],
      );
      if (n === 13) throw new TestRefused({ n });
      effects += 1;
      return { id: `i${n}`, n, version: 1 };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/items/{id}',
    permission: 'test.item.read',
    tags,
    summary: 'Show',
    input: z.object({ id: z.string(), deep: z.coerce.number().optional() }),
    output: Item,
    run: async (_tx, _ctx, { id }) => ({ id, n: 1, version: 7 }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/items/{id}',
    permission: 'test.item.write',
    tags,
    summary: 'Change',
    input: z.object({ id: z.string(), n: z.int() }),
    output: Item,
    run: async (_tx, ctx, { id, n }) => {
      if (ctx.ifMatch !== undefined && ctx.ifMatch !== 7) throw new PreconditionFailed({ version: 7 });
      return { id, n, version: 8 };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/items',
    permission: 'session',
    tags,
    summary: 'List',
    input: z.object(listInput),
    output: listOf(Item),
    run: async (tx, _ctx, { limit, cursor }) => {
      const from = cursor === undefined ? 0 : Number(decodeCursor('items', cursor, 1)[0]);
      const rows = await tx.query<{ n: number }>('select n::int from generate_series($1::int + 1, 10) n limit $2', [
        from,
        limit + 1,
      ]);
      return pageOf(
        rows,
        limit,
        'items',
        (r) => [r.n],
        (r) => ({ id: String(r.n), n: r.n, version: 1 }),
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/public',
    permission: 'public',
    tags,
    summary: 'Anybody',
    input: z.object({}),
    output: z.object({ who: z.string() }),
    mode: 'raw',
    run: async (_env, ctx) => ({ who: ctx.actor.kind }),
  }),
  defineRoute({
    method: 'POST',
    path: '/broken',
    permission: 'public',
    tags,
    summary: 'Breaks',
    input: z.object({}),
    output: z.object({}),
    mode: 'raw',
    run: async () => Promise.reject(new Error('secret detail of ours')),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/items/{id}',
    permission: 'test.item.write',
    tags,
    summary: 'Delete',
    input: z.object({ id: z.string() }),
    output: z.object({}),
    status: 204,
    run: async () => ({}),
  }),
  defineRoute({
    method: 'GET',
    path: '/guess',
    permission: 'public',
    tags,
    summary: 'Guess',
    ratePerMinute: 3,
    input: z.object({}),
    output: z.object({}),
    mode: 'raw',
    run: async () => ({}),
  }),
];

let house: TestDb;
let app: FastifyInstance;
before(async () => {
  house = await testDb();
  useFieldCrypto({ db: house.db, secret: 'the secret of these tests' });
  const orgId = await house.org();
  const actor = (can: string[]): Actor => ({
    kind: 'user',
    id: `u-${can.join()}`,
    name: 'U',
    can: new Set(can),
    shops: null,
    warehouses: null,
  });
  app = await buildHttp({
    env: {
      db: house.db,
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (facts, says) => void logged.push(says + String((facts as { err?: Error }).err?.message)),
      },
      now: () => someCtx(orgId).now,
    },
    routes,
    shedAboveMs: 60_000,
    authenticate: async ({ headers }) =>
      headers.authorization === undefined
        ? null
        : { orgId, actor: actor(headers.authorization === 'all' ? ['*'] : headers.authorization.split(' ')) },
  });
});
after(async () => {
  await app.close();
  await house.close();
});

type Problem = {
  status: number;
  code: string;
  title: string;
  detail: string;
  type: string;
  requestId: string;
  errors?: { path: string; code: string; message: string }[];
};
const send = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  over: Partial<InjectOptions> & { headers?: Record<string, string> } = {},
): Promise<LightMyRequestResponse> =>
  app.inject({
    method,
    url: `/api/v1${url}`,
    ...over,
    headers: { authorization: 'all', 'accept-language': 'en', ...over.headers },
  });
const post = (body: object, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
  send('POST', '/items', { payload: body, headers });
const problem = (r: LightMyRequestResponse): Problem => {
  assert.match(String(r.headers['content-type']), /^application\/problem\+json/);
  const said = r.json<Problem>();
  assert.deepEqual(
    [said.status, said.type, said.requestId],
    [r.statusCode, `/problems/${said.code}`, r.headers['x-request-id']],
  );
  assert.ok(said.title && said.detail && !said.detail.includes('{'));
  return said;
};
let unused = 100;
const fresh = (): number => (unused += 1);

test('PLT-3 every problem of a request is told at once, in the language asked for', async () => {
  const bad = { n: 0, name: 'too long a name', list: [{}, { a: 1 }] };
  const said = problem(await post(bad));
  assert.deepEqual([said.status, said.code], [400, 'invalid_request']);
  assert.deepEqual(said.errors?.map((e) => `${e.path}: ${e.code}`).toSorted(), [
    'list[0].a: required',
    'list[1].a: invalid_type',
    'n: too_small',
    'name: too_big',
  ]);
  const zh = problem(await post(bad, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }));
  assert.match(zh.title + zh.detail + zh.errors?.[0]?.message, /[\u4e00-\u9fff]/);
  assert.doesNotMatch(said.title + said.detail, /[\u4e00-\u9fff]/);
});

test('PLT-3 what is not JSON, too large, of a strange type or nowhere is a problem too, in both languages', async () => {
  const json = { 'content-type': 'application/json' };
  const cases: [number, string, Promise<LightMyRequestResponse>][] = [
    [400, 'invalid_json', send('POST', '/items', { payload: '{"n": 1,', headers: json })],
    [400, 'invalid_json', send('POST', '/items', { payload: '{"__proto__": {"x": 1}}', headers: json })],
    [
      413,
      'payload_too_large',
      send('POST', '/items', { payload: JSON.stringify({ name: 'x'.repeat(BODY_LIMIT_BYTES) }), headers: json }),
    ],
    [
      415,
      'unsupported_media_type',
      send('POST', '/items', { payload: '<n/>', headers: { 'content-type': 'application/xml' } }),
    ],
    [404, 'not_found', send('GET', '/nothing/here')],
    [404, 'not_found', app.inject({ method: 'GET', url: '/api/v9', headers: { 'accept-language': 'en' } })],
    [400, 'invalid_request', send('GET', '/items?limit=999')],
    [400, 'invalid_request', send('GET', '/items/1?deep=x')],
  ];
  for (const [status, code, answer] of cases)
    assert.deepEqual([problem(await answer).status, problem(await answer).code], [status, code]);
  assert.match(
    problem(await send('GET', '/nothing', { headers: { 'accept-language': 'zh-CN' } })).title,
    /[\u4e00-\u9fff]/,
  );
});

test('PLT-3 a request line no router can read is a problem, not a page of somebody else’s', async () => {
  const answer = await app.inject({ method: 'GET', url: '/api/v1/items/%zz', headers: { authorization: 'all' } });
  assert.ok(answer.statusCode === 400 || answer.statusCode === 404, String(answer.statusCode));
  problem(answer);
});

test('PLT-3 JSON nested without end is refused before anything walks it', async () => {
  const deep = `{"n": 1, "name": "x", "more": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  for (const headers of [{}, { 'idempotency-key': 'deep' }]) {
    const said = problem(
      await send('POST', '/items', { payload: deep, headers: { 'content-type': 'application/json', ...headers } }),
    );
    assert.deepEqual([said.status, said.code], [400, 'invalid_json']);
  }
  const inText = await post({ n: fresh(), name: '[[[[[', list: [{ a: '{"\\"['.repeat(5000) }] });
  assert.equal(inText.statusCode, 201, 'brackets in a text are text');
});

test('PLT-3 without a credential 401, without the permission 403 naming it, whatever else is wrong', async () => {
  assert.equal(
    problem(await app.inject({ method: 'POST', url: '/api/v1/items', payload: {} })).code,
    'unauthenticated',
  );
  const said = problem(await post({}, { authorization: 'test.item.read' })) as Problem & { permission: string };
  assert.deepEqual([said.status, said.code, said.permission], [403, 'forbidden', 'test.item.write']);
  assert.equal((await send('GET', '/items', { headers: { authorization: 'none' } })).statusCode, 200, 'any session');
  assert.equal((await app.inject({ method: 'GET', url: '/api/v1/public' })).json<{ who: string }>().who, 'public');
});

test('PLT-3 the same key and body are answered the stored answer, and have one effect', async () => {
  const body = { n: fresh(), name: 'a' };
  const before = effects;
  const [first, again] = [await post(body, { 'idempotency-key': 'k1' }), await post(body, { 'idempotency-key': 'k1' })];
  assert.deepEqual([first.statusCode, again.statusCode, again.body], [201, 201, first.body]);
  assert.deepEqual(
    [first.headers['idempotency-replayed'], again.headers['idempotency-replayed'], effects],
    [undefined, 'true', before + 1],
  );
  assert.equal(problem(await post({ ...body, name: 'b' }, { 'idempotency-key': 'k1' })).code, 'idempotency_key_reused');
  assert.equal(
    (await post({ n: fresh(), name: 'a' }, { 'idempotency-key': 'k1', authorization: 'test.item.write' })).statusCode,
    201,
    'another caller’s key is another',
  );
});

test('PLT-3 twenty at once with one key have one effect; the others get its answer', async () => {
  const body = { n: fresh(), name: 'a' };
  const before = effects;
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(body, { 'idempotency-key': 'k20' })));
  assert.deepEqual(
    [[...new Set(answers.map((a) => a.statusCode))], new Set(answers.map((a) => a.body)).size, effects - before],
    [[201], 1, 1],
  );
  assert.equal(answers.filter((a) => a.headers['idempotency-replayed'] === 'true').length, 19);
});

test('PLT-3 a refused request leaves neither its effect nor its key', async () => {
  for (let i = 0; i < 2; i += 1)
    assert.equal(problem(await post({ n: 13, name: 'a' }, { 'idempotency-key': 'k13' })).code, 'precondition_of_test');
  const [row] = await house.db.systemTx((tx) =>
    tx.query<{ n: number }>(
      `select (select count(*) from kernel.settings where section = 's13') + (select count(*) from kernel.idempotency where key like '%:k13') as n`,
    ),
  );
  assert.equal(row?.n, 0);
  for (const key of ['', 'x'.repeat(121)])
    assert.equal(
      problem(await post({ n: fresh(), name: 'a' }, { 'idempotency-key': key })).errors?.[0]?.path,
      'Idempotency-Key',
    );
});

test('the answer kept for a key is sealed, and forgotten after 30 days', async () => {
  const body = { n: fresh(), name: 'a' };
  const kept = () =>
    house.db.systemTx((tx) =>
      tx.query<{ plain: string | null; sealed: Buffer; at: Date }>(
        `select response::text as plain, sealed, created_at as at from kernel.idempotency where key like '%:k-sealed'`,
      ),
    );
  const first = await post(body, { 'idempotency-key': 'k-sealed' });
  const [row] = await kept();
  assert.equal(row?.plain, null);
  assert.ok(!row.sealed.includes(`i${body.n}`) && row.sealed.length > first.body.length);
  const later = (days: number): Date => new Date(row.at.getTime() + days * DAY_MS);
  await pruneIdempotency(house.db, later(29));
  assert.deepEqual((await post(body, { 'idempotency-key': 'k-sealed' })).json(), first.json());
  await pruneIdempotency(house.db, later(31));
  assert.equal((await kept()).length, 0);
});

test('PLT-3 two who ask for the same thing at once: one gets it, the other a conflict, nobody a failure', async () => {
  const n = fresh();
  const answers = await Promise.all([post({ n, name: 'a' }), post({ n, name: 'a' })]);
  assert.deepEqual(answers.map((a) => a.statusCode).toSorted(), [201, 409]);
  assert.equal(problem(answers.find((a) => a.statusCode === 409) as LightMyRequestResponse).code, 'conflict');
});

test('PLT-3 answers carry their version; a change names the version it has seen, or none', async () => {
  assert.equal((await send('GET', '/items/1')).headers['etag'], '"7"');
  const patch = (ifMatch?: string) =>
    send('PATCH', '/items/1', { payload: { n: 2 }, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
  for (const [header, status] of [
    [undefined, 200],
    ['"7"', 200],
    ['W/"7"', 200],
    ['*', 200],
    ['"6"', 412],
    ['"abc"', 412],
    ['7', 412],
    ['""', 412],
  ] as const)
    assert.equal((await patch(header)).statusCode, status, String(header));
  assert.equal(problem(await patch('"6"')).code, 'precondition_failed');
});

test('PLT-3 pages end; a cursor of another list, or made up, is refused', async () => {
  const first = (await send('GET', '/items?limit=4')).json<{ items: { n: number }[]; nextCursor: string }>();
  const second = (await send('GET', `/items?limit=6&cursor=${first.nextCursor}`)).json<typeof first>();
  assert.deepEqual(
    [first.items.length, second.items.map((i) => i.n), second.nextCursor],
    [4, [5, 6, 7, 8, 9, 10], null],
  );
  const forged = (v: unknown): string => Buffer.from(JSON.stringify(v)).toString('base64url');
  for (const cursor of [
    '',
    '%%%',
    'AAAA',
    forged(null),
    forged(['items']),
    forged(['items', {}]),
    forged(['items', 1, 2]),
    forged(['other', 1]),
    forged(['items', 'x']),
    forged(['items', 1e300]),
  ])
    assert.equal(
      problem(await send('GET', `/items?cursor=${encodeURIComponent(cursor)}`)).code,
      'invalid_cursor',
      cursor,
    );
  assert.equal((await send('GET', `/items?cursor=${'x'.repeat(501)}`)).statusCode, 400);
});

test('PLT-4 a request keeps the id it came with, if it is one; else it is given one', async () => {
  assert.equal(
    (await send('GET', '/public', { headers: { 'x-request-id': 'abc-1:2.3_4' } })).headers['x-request-id'],
    'abc-1:2.3_4',
  );
  for (const bad of ['a b', 'x'.repeat(81), '<script>'])
    assert.match(
      String((await send('GET', '/public', { headers: { 'x-request-id': bad } })).headers['x-request-id']),
      /^[0-9a-f-]{36}$/,
    );
});

test('PLT-4 a failure of ours says nothing of itself, and is logged', async () => {
  logged = [];
  const answer = await send('POST', '/broken', { payload: {} });
  assert.deepEqual(
    [answer.statusCode, problem(answer).code, answer.body.includes('secret')],
    [500, 'internal_error', false],
  );
  assert.match(logged.join(), /secret detail of ours/);
  logged = [];
  problem(await post({}));
  assert.deepEqual(logged, [], 'a refusal is no failure');
});

test('PLT-3 answers without content, and those asked for too often', async () => {
  const deleted = await send('DELETE', '/items/1');
  assert.deepEqual([deleted.statusCode, deleted.body], [204, '']);
  const statuses: number[] = [];
  for (let i = 0; i < 5; i += 1) statuses.push((await send('GET', '/guess')).statusCode);
  assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
  const limited = await send('GET', '/guess');
  assert.equal(problem(limited).code, 'rate_limited');
  assert.ok(Number(limited.headers['retry-after']) > 0);
});

test('CMP-1 answers forbid being sniffed, framed or cached', async () => {
  const { headers } = await send('GET', '/items/1');
  assert.deepEqual([headers['x-content-type-options'], headers['cache-control']], ['nosniff', 'no-store']);
  assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
});
