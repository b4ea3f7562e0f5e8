import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Actor, type Ctx, SYSTEM_ACTOR, systemCtx } from '#kernel/context.ts';
import { useFieldCrypto } from '#kernel/crypto/index.ts';
import { Db, one, type Tx } from '#kernel/db/index.ts';
import { buildHttp } from '#kernel/http/server.ts';
import { newId } from '#kernel/ids.ts';
import { runJobsOnce } from '#kernel/jobs/index.ts';
import { silentLog } from '#kernel/log.ts';
import { drainSubscribers } from '#kernel/outbox/subscribers.ts';
import { freshDatabase } from '#kernel/testing/database.ts';
import { approvalsModule } from '#kernel/approvals/index.ts';
import { sweepDeadlines } from '#kernel/deadlines/index.ts';
import { DiskFileStore, useFileStore } from '#kernel/files/index.ts';
import { createPayment, openNow, paymentNow, paymentsModule, type PaymentSubject, usePayments } from '../index.ts';
import type { NewPayment } from '../commands/create-payment.ts';
import type { PaymentView } from '../schema.ts';

type SubjectRow = { id: string; no: string; total: number; paid: number; refunded: number; open: boolean };

const lockRow = async (tx: Tx, id: string): Promise<SubjectRow> =>
  one(
    await tx.query<SubjectRow>(
      'select id, no, total, paid, refunded, open from public.subjects where id = $1 for update',
      [id],
    ),
  );

/** Stands in for orders: something that owes money, with the same promises about locks. */
const subjects: PaymentSubject = {
  lock: async (tx, _ctx, id) => {
    const row = await lockRow(tx, id);
    return {
      no: row.no,
      due: { amount: row.total - row.paid, currency: 'CNY' },
      payable: row.open && row.paid < row.total,
    };
  },
  paid: async (tx, _ctx, id, payment) => {
    const row = await lockRow(tx, id);
    if (!row.open || row.paid + payment.amount.amount > row.total) return 'unwanted';
    await tx.query('update public.subjects set paid = paid + $2 where id = $1', [id, payment.amount.amount]);
    return 'accepted';
  },
  refunded: async (tx, _ctx, id, refund) => {
    await tx.query('update public.subjects set refunded = refunded + $2 where id = $1', [id, refund.amount.amount]);
  },
};

export type Harness = Awaited<ReturnType<typeof startHarness>>;

/** People of the tests by the word after `Bearer`: a second person decides what the first may not decide alone. */
const PEOPLE: Readonly<Record<string, Actor>> = {
  test: { ...SYSTEM_ACTOR, kind: 'user', id: 'user-1', name: 'Tester' },
  second: { ...SYSTEM_ACTOR, kind: 'user', id: 'user-2', name: 'Second' },
  junior: { ...SYSTEM_ACTOR, kind: 'user', id: 'user-3', name: 'Junior', limits: new Map([['payments.refund', 100]]) },
};

/** Payments on a real database behind a real HTTP server, paying for subjects of its own. */
export async function startHarness(channelUrls: { wechat?: string; alipay?: string; unionpay?: string } = {}) {
  const database = await freshDatabase();
  const db = new Db({ url: database.url, poolMax: 40 });
  useFieldCrypto({ db, secret: 'a secret for these tests only' });
  const orgId = newId();
  await db.systemTx(async (tx) => {
    await tx.query(`insert into kernel.orgs (id, code, name) values ($1, $2, 'Test')`, [orgId, `t${orgId.slice(-12)}`]);
    await tx.query(`create table public.subjects (id uuid primary key, no text, total bigint, paid bigint default 0 check (paid <= total),
      refunded bigint default 0 check (refunded <= paid), open boolean default true); grant all on public.subjects to zhanggui_app`);
  });
  const clock = { offsetMs: 0 };
  const now = (): Date => new Date(Date.now() + clock.offsetMs);
  const actor = PEOPLE['test'] as Actor;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'zhanggui-payments-'));
  useFileStore(new DiskFileStore(dataDir));
  const http: FastifyInstance = await buildHttp({
    env: { db, log: silentLog, now },
    routes: [...(paymentsModule.routes ?? []), ...approvalsModule.routes],
    authenticate: async (request) => {
      const who = PEOPLE[request.headers.authorization?.replace('Bearer ', '') ?? ''];
      return who ? { orgId, actor: who } : null;
    },
  });
  await http.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  usePayments({
    subject: subjects,
    shopOf: async () => ({ name: '一号店', currency: 'CNY' }),
    baseUrl: () => url,
    channelUrls,
  });
  const ctx = (): Ctx => ({ ...systemCtx(orgId, now(), randomUUID()), actor });
  const env = { db, log: silentLog };
  return {
    db,
    url,
    orgId,
    clock,
    env,
    ctx,
    /** An order of `total` fen that waits for its money. */
    subject: async (total: number): Promise<string> => {
      const id = newId();
      await db.inTx({ orgId }, (tx) =>
        tx.query('insert into public.subjects (id, no, total) values ($1, $2, $3)', [id, `NO-${id.slice(-6)}`, total]),
      );
      return id;
    },
    cancelSubject: (id: string) =>
      db.inTx({ orgId }, (tx) => tx.query('update public.subjects set open = false where id = $1', [id])),
    readSubject: (id: string) => db.inTx({ orgId }, (tx) => lockRow(tx, id)),
    pay: (subjectId: string, amount?: number): Promise<PaymentView> =>
      db.inTx({ orgId }, (tx) =>
        createPayment(tx, ctx(), {
          subjectId,
          channel: 'sandbox',
          ...(amount === undefined ? {} : { amount: { amount, currency: 'CNY' } }),
        }),
      ),
    /** A payment through any channel, opened at it as the request that makes it does. */
    payBy: async (channel: string, subjectId: string, more: Partial<NewPayment> = {}): Promise<PaymentView> => {
      const made = await db.inTx({ orgId }, (tx) => createPayment(tx, ctx(), { subjectId, channel, ...more }));
      await openNow(env, ctx(), made.id);
      return db.read({ orgId }, (tx) => paymentNow(tx, ctx(), made.id));
    },
    /** Lets deadlines pass whose time has come. */
    sweep: () => sweepDeadlines(db, approvalsModule.deadlines, now(), silentLog),
    /** Lets everything happen that is due: events handled, jobs run. */
    settleDown: async (): Promise<void> => {
      for (let round = 0; round < 3; round += 1) {
        await drainSubscribers(db, orgId, paymentsModule.subscribers ?? []);
        await runJobsOnce(env, paymentsModule.jobs ?? []);
      }
    },
    get: async (path: string): Promise<{ status: number; body: any }> =>
      answer(await fetch(url + path, { headers: { authorization: 'Bearer test' } })),
    post: (path: string, body: unknown, who = 'test'): Promise<{ status: number; body: any }> =>
      send(url + path, 'POST', body, who),
    put: (path: string, body: unknown): Promise<{ status: number; body: any }> => send(url + path, 'PUT', body, 'test'),
    faults: async (): Promise<string[]> => {
      const found: string[] = [];
      for (const invariant of paymentsModule.invariants ?? [])
        found.push(...(await db.read({ orgId }, (tx) => invariant.check(tx))));
      return found;
    },
    close: async (): Promise<void> => {
      await http.close();
      await db.close();
      await database[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const send = async (url: string, method: string, body: unknown, who: string) =>
  answer(
    await fetch(url, {
      method,
      headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );

// oxlint-disable-next-line no-explicit-any -- tests look into whatever came back
async function answer(response: Response): Promise<{ status: number; body: any }> {
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}
