import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
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
import { createPayment, paymentsModule, type PaymentSubject, usePayments } from '../index.ts';
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

/** Payments on a real database behind a real HTTP server, paying for subjects of its own. */
export async function startHarness() {
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
  const actor: Actor = { ...SYSTEM_ACTOR, kind: 'user', id: 'user-1', name: 'Tester' };
  const http: FastifyInstance = await buildHttp({
    env: { db, log: silentLog, now },
    routes: paymentsModule.routes ?? [],
    authenticate: async (request) => (request.headers.authorization === 'Bearer test' ? { orgId, actor } : null),
  });
  await http.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  usePayments({
    subject: subjects,
    shopOf: async () => ({ name: '一号店', currency: 'CNY' }),
    baseUrl: () => url,
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
    /** Lets everything happen that is due: events handled, jobs run. */
    settleDown: async (): Promise<void> => {
      for (let round = 0; round < 3; round += 1) {
        await drainSubscribers(db, orgId, paymentsModule.subscribers ?? []);
        await runJobsOnce(env, paymentsModule.jobs ?? []);
      }
    },
    get: async (path: string): Promise<{ status: number; body: any }> =>
      answer(await fetch(url + path, { headers: { authorization: 'Bearer test' } })),
    post: async (path: string, body: unknown): Promise<{ status: number; body: any }> =>
      answer(
        await fetch(url + path, {
          method: 'POST',
          headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
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
    },
  };
}

// oxlint-disable-next-line no-explicit-any -- tests look into whatever came back
async function answer(response: Response): Promise<{ status: number; body: any }> {
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}
