import { PassThrough, type Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Forbidden } from '../errors.ts';
import { defineRoute } from '../http/route.ts';
import type { Module } from '../module.ts';
import { FileMissing, openFile, type OpenedFile, openThumb, READ_ANY_FILE, storeFile, takeFile } from './index.ts';
import { RangeOutside } from './errors.ts';
import { FileView, presentFile } from './present.ts';
import { spanOf } from './range.ts';
import { uploadRoutes } from './uploads/routes.ts';

const FILE_BYTES_MAX = 50 * 1024 * 1024;

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
    if (ctx.actor.kind === 'customer') throw new Forbidden(); // theirs come by resumable upload, which is counted
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
  run: async (env, ctx, { fileId }, request, reply): Promise<FastifyReply> =>
    sendFile(request, reply, await env.db.read(ctx, (tx) => openFile(tx, ctx, fileId))),
});

/**
 * Sends a file, or the part of it that is asked for: a player of films reads them in parts, and some play nothing else.
 * For routes of modules with rules of their own. @throws RangeOutside
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, headers, stream }: OpenedFile,
): Promise<FastifyReply> {
  const ifRange = request.headers['if-range'];
  const same = ifRange === undefined || ifRange === headers['etag'];
  const part = same ? spanOf(request.headers.range, file.size) : 'whole';
  if (part === 'outside') {
    void reply.header('content-range', `bytes */${file.size}`);
    throw new RangeOutside({ size: file.size });
  }
  void reply.headers({ ...headers, 'accept-ranges': 'bytes' });
  if (part === 'whole') return reply.send(await stream());
  const sent = {
    'content-length': String(part.to - part.from + 1),
    'content-range': `bytes ${part.from}-${part.to}/${file.size}`,
  };
  return reply
    .code(206)
    .headers(sent)
    .send(await stream(part));
}

/** What stands for a file that has no picture of its own. */
const NO_PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" width="320" height="240"><rect width="320" height="240" fill="#2b313a"/><circle cx="160" cy="120" r="44" fill="none" stroke="#fff" stroke-width="6"/><path d="M147 98l36 22-36 22z" fill="#fff"/></svg>`;

/** Sends a small picture, or the one that stands for what has none. For routes of modules with rules of their own. */
export async function sendThumb(reply: FastifyReply, thumb: OpenedFile | undefined): Promise<FastifyReply> {
  if (thumb) return reply.headers(thumb.headers).send(await thumb.stream());
  const headers = {
    'content-type': 'image/svg+xml; charset=utf-8',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600',
  };
  return reply.headers(headers).send(NO_PICTURE);
}

export const downloadThumb = defineRoute({
  method: 'GET',
  path: '/files/{fileId}/thumbnail',
  permission: 'session',
  tags: ['files'],
  summary: 'A small picture of a file (WebP); of a film one that stands for it',
  input: z.object({ fileId: z.uuid() }),
  output: z.unknown(),
  mode: 'raw',
  run: async (env, ctx, { fileId }, _request, reply): Promise<FastifyReply> =>
    sendThumb(reply, await env.db.read(ctx, (tx) => openThumb(tx, ctx, fileId))),
});

/** Listed by the composition root. */
export const filesModule = {
  name: 'files',
  routes: [uploadFile, downloadFile, downloadThumb, ...uploadRoutes],
  permissions: { [READ_ANY_FILE]: 'Open files uploaded by others' },
} satisfies Module;
