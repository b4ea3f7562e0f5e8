import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Ctx } from '../../context.ts';
import type { Db, Tx } from '../../db/index.ts';
import { DomainError, Forbidden, PayloadTooLarge } from '../../errors.ts';
import type { HttpEnv } from '../../http/route.ts';
import { newId } from '../../ids.ts';
import { after, DAY_MS, HOUR_MS, SECOND_MS } from '../../time.ts';
import {
  FileTooLarge,
  UploadBrokeOff,
  UploadBusy,
  UploadIncomplete,
  UploadNotFound,
  UploadOffsetConflict,
  UploadQuotaUsed,
  UploadRefused,
} from '../errors.ts';
import { fileStore, getFile, type StoredFile, storeFile, takeFile } from '../index.ts';
import type { MediaKind } from '../kinds.ts';
import { cleanName } from '../take.ts';
import { uploadSettings } from './settings.ts';
import {
  endLease,
  endUpload,
  expireUploads,
  findUpload,
  forgetUploads,
  insertUpload,
  lockSender,
  renewLease,
  saveReceived,
  takeLease,
  type UploadRow,
  usedBy,
} from './store.ts';

export const MB = 1024 * 1024;
const LEASE_MS = 10 * SECOND_MS; // as long a killed server keeps others out
const RENEW_MS = 3 * SECOND_MS;
const SILENCE_MS_MAX = 8 * SECOND_MS; // a connection that died without saying so
const SAVE_EVERY_BYTES = 4 * MB;
const KEPT_DAYS = 30;

/** What an upload is for says which kinds it may be. */
export const PURPOSES = {
  evidence: ['image', 'video'],
  upload: ['image', 'pdf', 'spreadsheet', 'text', 'video', 'audio'],
} as const satisfies Record<string, readonly MediaKind[]>;
export type Purpose = keyof typeof PURPOSES;

export type NewUpload = { name: string; size: number; purpose: Purpose };

/** Begins an upload. @throws FileTooLarge, UploadQuotaUsed, Forbidden for a customer's file that is no evidence */
export async function beginUpload(tx: Tx, ctx: Ctx, input: NewUpload): Promise<UploadRow> {
  const settings = await uploadSettings.get(tx);
  const name = cleanName(input.name);
  if (input.size > settings.fileMbMax * MB) throw new FileTooLarge({ name, maxMb: settings.fileMbMax });
  if (ctx.actor.kind === 'customer') {
    if (input.purpose !== 'evidence') throw new Forbidden();
    await lockSender(tx, ctx);
    const used = await usedBy(tx, ctx, after(ctx.now, -DAY_MS));
    const { customerFilesPerDay: files, customerMbPerDay: mb, customerAtOnce: atOnce } = settings;
    if (used.files >= files || used.bytes + input.size > mb * MB || used.open >= atOnce)
      throw Object.assign(new UploadQuotaUsed({ files, mb, atOnce }), { retryAfterS: HOUR_MS / 1000 });
  }
  const row = {
    id: newId(ctx.now.getTime()),
    name,
    purpose: input.purpose,
    length: input.size,
    expires_at: after(ctx.now, settings.hoursMax * HOUR_MS),
  };
  await insertUpload(tx, ctx, row);
  return { ...row, received: 0, state: 'receiving', file_id: null, refusal: null, created_by: ctx.actor.id };
}

/** One's own upload. @throws UploadNotFound, also when it has run out or was cancelled */
export async function viewUpload(tx: Tx, ctx: Ctx, id: string): Promise<UploadRow> {
  const row = await findUpload(tx, ctx, id);
  const isOver = row?.state === 'cancelled' || row?.state === 'expired';
  if (!row || isOver || (row.state === 'receiving' && row.expires_at <= ctx.now))
    throw new UploadNotFound({ uploadId: id });
  return row;
}

/** Gives an upload up; its bytes go at once. */
export async function cancelUpload(db: Db, ctx: Ctx, id: string): Promise<void> {
  await db.inTx(ctx, async (tx) => {
    const row = await viewUpload(tx, ctx, id);
    if (row.state === 'receiving') await endUpload(tx, id, ctx.now, { state: 'cancelled' });
  });
  await fileStore().dropPart(ctx.orgId, id);
}

type Held = { row: UploadRow; token: string };

/** Runs work as the only one on an upload. Its hold is renewed while the work lasts and ends with the process. */
async function alone<T>(env: HttpEnv, ctx: Ctx, id: string, work: (held: Held) => Promise<T>): Promise<T> {
  const token = randomUUID();
  const until = (): Date => after(env.now(), LEASE_MS);
  const row = await env.db.inTx(ctx, async (tx) => {
    const mine = await viewUpload(tx, ctx, id);
    if (mine.state === 'refused') throw new UploadRefused({ because: mine.refusal?.code });
    return takeLease(tx, id, { token, until: until() }, ctx.now);
  });
  if (!row) throw new UploadBusy({ uploadId: id });
  const renewing = setInterval(() => {
    void env.db
      .inTx(ctx, (tx) => renewLease(tx, id, { token, until: until() }))
      .catch((error: unknown) => env.log.warn({ err: error }, 'the hold on an upload was not renewed'));
  }, RENEW_MS);
  try {
    return await work({ row, token });
  } finally {
    clearInterval(renewing);
    await env.db.inTx(ctx, (tx) => endLease(tx, id, token));
  }
}

/**
 * Writes what a request brings at an offset, and judges the file when that was the last of it. What came before a connection
 * broke is kept. Answers how many bytes there are. @throws UploadOffsetConflict, UploadBusy, PayloadTooLarge, and what judging refuses
 */
export async function append(
  env: HttpEnv,
  ctx: Ctx,
  input: { id: string; offset: number; length: number | undefined },
  body: Readable,
): Promise<number> {
  const known = await env.db.read(ctx, (tx) => viewUpload(tx, ctx, input.id));
  if (known.state === 'done' && input.offset === known.length) return known.length; // the answer was lost on its way
  return alone(env, ctx, input.id, async (held) => {
    const { row } = held;
    if (row.received !== input.offset) throw new UploadOffsetConflict({ offset: row.received });
    if (input.offset + (input.length ?? 0) > row.length) throw new PayloadTooLarge();
    const received = await write(env, ctx, held, body);
    if (received === row.length) await judgeUpload(env, ctx, held);
    return received;
  });
}

async function write(env: HttpEnv, ctx: Ctx, { row, token }: Held, body: Readable): Promise<number> {
  const path = await fileStore().part(ctx.orgId, row.id);
  const file = await open(path, row.received === 0 ? 'w' : 'r+', 0o600);
  let at = row.received;
  let saved = at;
  const save = async (): Promise<void> => {
    if (at === saved) return;
    await file.datasync(); // first the bytes, then the row that says they are there
    if (!(await env.db.inTx(ctx, (tx) => saveReceived(tx, row.id, token, at)))) throw new UploadBusy();
    saved = at;
  };
  const silence = setTimeout(() => body.destroy(new UploadBrokeOff()), SILENCE_MS_MAX);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      silence.refresh();
      if (at + chunk.length > row.length) throw new PayloadTooLarge();
      await file.write(chunk, 0, chunk.length, at);
      at += chunk.length;
      if (at - saved >= SAVE_EVERY_BYTES) await save();
    }
  } catch (error) {
    if (error instanceof DomainError && !(error instanceof UploadBrokeOff)) throw error;
    await save();
    throw new UploadBrokeOff({ offset: at });
  } finally {
    clearTimeout(silence);
    await save().catch(() => undefined); // after a refusal: what was right before it
    await file.close();
  }
  return at;
}

/** Makes a file of an upload whose bytes are all there, once. @throws UploadIncomplete, what judging refuses */
export async function finishUpload(env: HttpEnv, ctx: Ctx, id: string): Promise<StoredFile> {
  const known = await env.db.read(ctx, (tx) => viewUpload(tx, ctx, id));
  if (known.state === 'receiving' && known.received === known.length)
    await alone(env, ctx, id, (held) => judgeUpload(env, ctx, held)).catch(async (error: unknown) => {
      if (!(error instanceof UploadBusy)) throw error; // another request may just have finished it
      const now = await env.db.read(ctx, (tx) => viewUpload(tx, ctx, id));
      if (now.state !== 'done') throw error;
    });
  return env.db.read(ctx, async (tx) => {
    const row = await viewUpload(tx, ctx, id);
    if (row.state === 'refused') throw new UploadRefused({ because: row.refusal?.code });
    if (row.file_id === null) throw new UploadIncomplete({ offset: row.received });
    return getFile(tx, ctx, row.file_id);
  });
}

async function judgeUpload(env: HttpEnv, ctx: Ctx, { row, token }: Held): Promise<void> {
  const path = await fileStore().part(ctx.orgId, row.id);
  try {
    const taken = await takeFile(ctx, {
      source: createReadStream(path, { end: row.length - 1 }),
      name: row.name,
      maxBytes: row.length,
      accept: PURPOSES[row.purpose as Purpose],
    });
    await env.db.inTx(ctx, async (tx) => {
      const { id: fileId } = await storeFile(tx, ctx, taken, row.purpose);
      if (!(await endUpload(tx, row.id, ctx.now, { state: 'done', fileId }, token))) throw new UploadBusy();
    });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'upload_busy') throw error;
    const refusal = { code: error.code, facts: { ...error.facts } };
    await env.db.inTx(ctx, (tx) => endUpload(tx, row.id, ctx.now, { state: 'refused', refusal }, token));
    await fileStore().dropPart(ctx.orgId, row.id);
    throw error;
  }
  await fileStore().dropPart(ctx.orgId, row.id);
}

/** Ends uploads nobody went on with and forgets those that ended long ago. Run it hourly. */
export async function sweepUploads(db: Pick<Db, 'systemTx'>, now: Date): Promise<number> {
  const expired = await db.systemTx(async (tx) => {
    await forgetUploads(tx, after(now, -KEPT_DAYS * DAY_MS));
    return expireUploads(tx, now);
  });
  for (const { org_id, id } of expired) await fileStore().dropPart(org_id, id);
  return expired.length;
}
