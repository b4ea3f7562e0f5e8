import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { eraseFile, fileStore, getFile, type TakenFile } from '#kernel/files/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { RawMailGone } from './errors.ts';
import { getIncoming, type IncomingRow, lockIncoming, saveIncoming } from './store/incoming.ts';

const PURPOSE = 'support.mail_raw';
export const RAW_FILE_PURPOSE = 'mail';

/** Keeps the bytes of a mail as they came, sealed: outside any transaction. The keys of the organisation must be loaded. */
export async function keepRaw(orgId: string, bytes: Buffer): Promise<TakenFile> {
  const sealed = fieldCrypto.seal(orgId, bytes.toString('base64'), PURPOSE);
  const sha256 = createHash('sha256').update(sealed).digest('hex');
  const path = await fileStore().incoming();
  try {
    await writeFile(path, sealed, { mode: 0o600 });
    await fileStore().keep(orgId, sha256, path);
  } finally {
    await rm(path, { force: true });
  }
  const size = sealed.length;
  const name = `${randomUUID()}.eml.sealed`;
  return { sha256, mediaType: 'application/octet-stream', kind: 'text', size, name, width: null, height: null };
}

/** The bytes of a mail as they came. @throws RawMailGone */
export async function openRaw(tx: Tx, ctx: Ctx, row: Pick<IncomingRow, 'raw_file'>): Promise<Buffer> {
  if (row.raw_file === null) throw new RawMailGone();
  const file = await getFile(tx, ctx, row.raw_file);
  const stream = await fileStore().read(ctx.orgId, file.sha256);
  if (!stream) throw new RawMailGone();
  return Buffer.from(fieldCrypto.open(ctx.orgId, await buffer(stream), PURPOSE), 'base64');
}

/** When the bytes of a mail have been kept for long enough they go; what was said stays in its ticket. */
export const rawTimer = defineDeadline({
  kind: 'support.mail_raw',
  told: false,
  onBreach: async (tx, ctx, incomingId) => {
    const row = await lockIncoming(tx, incomingId);
    if (row.raw_file === null) return;
    await saveIncoming(tx, row.id, { raw_file: null });
    await eraseFile(tx, ctx, row.raw_file);
  },
});

export const eraseLater = (tx: Tx, ctx: Ctx, incomingId: string, days: number): Promise<void> =>
  rawTimer.open(tx, ctx, [{ subject: incomingId, startsAt: ctx.now, dueAt: after(ctx.now, days * DAY_MS) }]);

/** The bytes of a mail that came in. @throws IncomingNotFound, RawMailGone */
export const rawOf = async (tx: Tx, ctx: Ctx, incomingId: string): Promise<Buffer> =>
  openRaw(tx, ctx, await getIncoming(tx, incomingId));
