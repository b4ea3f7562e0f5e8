import { PassThrough, type Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Forbidden } from '../errors.ts';
import { defineRoute } from '../http/route.ts';
import type { Module } from '../module.ts';
import { FileMissing, openFile, READ_ANY_FILE, type StoredFile, storeFile, takeFile } from './index.ts';

const FILE_BYTES_MAX = 50 * 1024 * 1024;

export const FileView = z
  .object({
    id: z.uuid(),
    mediaType: z.string(),
    size: z.int(),
    sha256: z.string(),
    name: z.string(),
    width: z.int().nullable(),
    height: z.int().nullable(),
  })
  .meta({ id: 'File' });

const presentFile = (file: StoredFile): z.input<typeof FileView> => ({
  id: file.id,
  mediaType: file.mediaType,
  size: file.size,
  sha256: file.sha256,
  name: file.name,
  width: file.width,
  height: file.height,
});

export const uploadFile = defineRoute({
  method: 'POST',
  path: '/files',
  permission: 'session',
  tags: ['files'],
  summary: 'Upload a file (multipart field `file`): image, PDF, spreadsheet, text, video or audio, up to 50 MB',
  input: z.object({}),
  multipart: z.object({ file: z.string().meta({ format: 'binary' }) }),
  output: FileView,
  status: 201,
  mode: 'raw',
  run: async (env, ctx, _input, request) => {
    if (ctx.actor.kind === 'customer') throw new Forbidden(); // nothing a customer does needs a file yet
    const part = request.isMultipart() ? await request.file() : undefined;
    if (!part) throw new FileMissing();
    const taken = await takeFile(ctx, {
      source: withoutStalling(part.file),
      name: part.filename,
      maxBytes: FILE_BYTES_MAX,
      accept: ['image', 'pdf', 'spreadsheet', 'text', 'video', 'audio'],
    });
    return presentFile(await env.db.inTx(ctx, (tx) => storeFile(tx, ctx, taken, 'upload')));
  },
});

/**
 * The same bytes, but a reader that gives up does not stop the request: its rest is thrown away. A request that
 * nobody reads to its end would hold its connection open, and the sender would never see the refusal.
 */
function withoutStalling(file: Readable): Readable {
  const read = new PassThrough();
  read.once('close', () => file.resume());
  file.once('error', (error) => read.destroy(error));
  file.once('close', () => void (file.readableEnded || read.destroy(new Error('the upload broke off'))));
  return file.pipe(read);
}

export const downloadFile = defineRoute({
  method: 'GET',
  path: '/files/{fileId}',
  permission: 'session',
  tags: ['files'],
  summary: 'The bytes of a file',
  input: z.object({ fileId: z.uuid() }),
  output: z.unknown(),
  mode: 'raw',
  run: async (env, ctx, { fileId }, _request, reply): Promise<FastifyReply> => {
    const opened = await env.db.read(ctx, (tx) => openFile(tx, ctx, fileId));
    return reply.headers(opened.headers).send(await opened.stream());
  },
});

/** Listed by the composition root. */
export const filesModule = {
  name: 'files',
  routes: [uploadFile, downloadFile],
  permissions: { [READ_ANY_FILE]: 'Open files uploaded by others' },
} satisfies Module;
