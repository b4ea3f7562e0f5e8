import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { after, MINUTE_MS, SECOND_MS } from '#kernel/time.ts';
import { receive } from '../commands/receive.ts';
import { openMailbox, type Mailbox } from '../imap.ts';
import { MailServerProblem, problemOf } from '../network.ts';
import { prepare } from '../prepare.ts';
import { mailSettings, type MailSettings } from '../settings.ts';
import {
  type AccountRow,
  findAccount,
  lockAccount,
  openPassword,
  type Problem,
  saveAccount,
} from '../store/accounts.ts';
import { knownUids, markMarked, unmarked } from '../store/incoming.ts';

const LEASE_MS = 3 * MINUTE_MS; // longer than one mail takes; it is extended with each
const BACKOFF_MAX_MS = 30 * MINUTE_MS;
const FAR_FUTURE_ATTEMPTS = 25;
const MB = 1_048_576;

type Lease = { account: AccountRow; settings: MailSettings; token: string };
/** Another node has the mailbox now: what this one began is left to that one. */
class LeaseLost extends Error {}

/**
 * Looks into one mailbox and takes in what is new, then puts itself off until the next look. Each mail is fetched, then recorded
 * together with the ticket in one transaction, and only then marked in the mailbox: whatever is cut off in between is done again and
 * counts once. One node at a time has a mailbox, by a lease; a node that died is succeeded when its lease has run out.
 */
export const fetchMail = defineJob({
  name: 'support.mail_fetch',
  input: z.object({ accountId: z.uuid() }),
  attemptsMax: FAR_FUTURE_ATTEMPTS,
  run: async (env, { accountId }, ctx) => {
    const lease = await env.db.inTx(ctx, (tx) => takeLease(tx, ctx, accountId));
    if (!lease) return;
    await fieldCrypto.load(ctx.orgId);
    let problem: Problem | null = null;
    let isMore = false;
    try {
      isMore = await lookInto(env, ctx, lease);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      problem = problemOf(error);
      if (problem.code === 'failed')
        env.log.error({ err: error, accountId }, 'mail: a mailbox could not be looked into');
    }
    await env.db.inTx(ctx, (tx) => giveBack(tx, ctx, lease, problem, isMore));
  },
});

/** Undefined when there is nothing to do now; the next look is queued then, where there is to be one. */
async function takeLease(tx: Tx, ctx: Ctx, accountId: string): Promise<Lease | undefined> {
  if (!(await findAccount(tx, accountId))) return undefined;
  const row = await lockAccount(tx, accountId);
  if (!row.enabled) return undefined;
  if (row.leased_until !== null && row.leased_until > ctx.now) {
    await fetchMail.enqueue(tx, ctx, { accountId }, { key: accountId, runAt: row.leased_until });
    return undefined;
  }
  const settings = await mailSettings.get(tx);
  const token = randomUUID();
  const account = await saveAccount(tx, row, {
    lease: token,
    leased_until: after(ctx.now, LEASE_MS),
    tried_at: ctx.now,
  });
  // should this process die, somebody looks again when the lease is over
  await fetchMail.enqueue(tx, ctx, { accountId }, { key: accountId, runAt: after(ctx.now, LEASE_MS) });
  return { account, settings, token };
}

async function giveBack(tx: Tx, ctx: Ctx, lease: Lease, problem: Problem | null, isMore: boolean): Promise<void> {
  const row = await lockAccount(tx, lease.account.id);
  if (row.lease !== lease.token) return;
  const failures = problem === null ? 0 : row.failures + 1;
  const everyMs = lease.settings.everySeconds * SECOND_MS;
  const waitMs =
    problem === null ? (isMore ? 0 : everyMs) : Math.min(everyMs * 2 ** Math.min(failures, 10), BACKOFF_MAX_MS);
  const nextAt = after(new Date(), waitMs);
  await saveAccount(tx, row, {
    lease: null,
    leased_until: null,
    failures,
    problem,
    next_at: nextAt,
    ...(problem === null ? { fetched_at: ctx.now } : {}),
  });
  if (row.enabled) await fetchMail.enqueue(tx, ctx, { accountId: row.id }, { key: row.id, runAt: nextAt });
}

/** Extends the lease in the transaction that records something. @throws LeaseLost */
async function holdLease(tx: Tx, lease: Lease): Promise<AccountRow> {
  const row = await lockAccount(tx, lease.account.id);
  if (row.lease !== lease.token) throw new LeaseLost();
  return saveAccount(tx, row, { leased_until: after(new Date(), LEASE_MS) });
}

/** Returns whether there is more to take at once. */
async function lookInto(env: JobEnv, ctx: Ctx, lease: Lease): Promise<boolean> {
  const { account, settings } = lease;
  const password = openPassword(ctx.orgId, account, 'imap');
  if (password === undefined) throw new MailServerProblem('no_password');
  const limits = { allowInside: settings.allowInside, bytesMax: settings.sizeMaxMb * MB };
  const box = await openMailbox({ ...account.imap, password }, limits);
  try {
    const after_ = await env.db.inTx(ctx, (tx) => whereWeWere(tx, lease, box.uidValidity));
    await settleOld(env, ctx, lease, box);
    const uids = await box.search(after_, account.since, settings.perTurn + 1);
    const turn = uids.slice(0, settings.perTurn);
    const known = await env.db.read(ctx, (tx) => knownUids(tx, account.id, box.uidValidity, turn));
    for (const uid of turn) {
      if (!known.has(uid)) await takeOne(env, ctx, lease, box, uid);
      await env.db.inTx(ctx, async (tx) => saveAccount(tx, await holdLease(tx, lease), { last_uid: uid }));
    }
    await settleOld(env, ctx, lease, box);
    return uids.length > turn.length;
  } finally {
    await box.close();
  }
}

/** The last number that was taken. When the server has numbered anew, all are looked at again: what came before is known by itself. */
async function whereWeWere(tx: Tx, lease: Lease, uidValidity: number): Promise<number> {
  const row = await holdLease(tx, lease);
  if (row.uid_validity === uidValidity) return row.last_uid;
  await saveAccount(tx, row, { uid_validity: uidValidity, last_uid: 0 });
  return 0;
}

async function takeOne(env: JobEnv, ctx: Ctx, lease: Lease, box: Mailbox, uid: number): Promise<void> {
  const arrived = await box.fetch(uid);
  if (!arrived) return; // somebody took it out of the mailbox meanwhile
  const prepared = await prepare(ctx, lease.settings, arrived);
  await env.db.inTx(ctx, async (tx) => {
    const account = await holdLease(tx, lease);
    await receive(tx, ctx, { account, prepared, uidValidity: box.uidValidity, uid });
  });
}

/** Marks or moves in the mailbox what is recorded, also of looks that were cut off. */
async function settleOld(env: JobEnv, ctx: Ctx, lease: Lease, box: Mailbox): Promise<void> {
  const accountId = lease.account.id;
  const uids = await env.db.read(ctx, (tx) => unmarked(tx, accountId, box.uidValidity));
  if (uids.length === 0) return;
  await box.settle(uids);
  const where = { accountId, uidValidity: box.uidValidity, uids };
  await env.db.inTx(ctx, (tx) => markMarked(tx, where, new Date()));
}
