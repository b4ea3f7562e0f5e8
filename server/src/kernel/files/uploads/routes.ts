import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '../../context.ts';
import { InvalidRequest, UnsupportedMediaType } from '../../errors.ts';
import { defineRoute, type HttpEnv, Nothing, type Route } from '../../http/route.ts';
import { TusVersionRefused } from '../errors.ts';
import { getFile, type StoredFile } from '../index.ts';
import { FileView, presentFile } from '../present.ts';
import { uploadSettings } from './settings.ts';
import type { UploadRow } from './store.ts';
import { append, beginUpload, cancelUpload, finishUpload, MB, PURPOSES, type Purpose, viewUpload } from './uploads.ts';

// The tus protocol, https://tus.io/protocols/resumable-upload: core, creation, expiration, termination.

const TUS = '1.0.0';
const BYTES = 'application/offset+octet-stream';
const tags = ['files'];
const permission = 'session';
const UploadRef = z.object({ uploadId: z.uuid() });

export const UploadView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    size: z.int(),
    /** Bytes that have arrived: the next request begins there. */
    offset: z.int(),
    state: z.enum(['receiving', 'done', 'refused']),
    expiresAt: z.iso.datetime(),
    file: FileView.nullable(),
    /** The code its content was refused with. */
    refusal: z.string().nullable(),
  })
  .meta({ id: 'Upload' });

const present = (row: UploadRow, file: StoredFile | undefined): z.input<typeof UploadView> => ({
  id: row.id,
  name: row.name,
  size: row.length,
  offset: row.received,
  state: row.state as 'receiving' | 'done' | 'refused',
  expiresAt: row.expires_at.toISOString(),
  file: file ? presentFile(file) : null,
  refusal: row.refusal?.code ?? null,
});

const headersOf = (row: UploadRow): Record<string, string> => ({
  'tus-resumable': TUS,
  'upload-offset': String(row.received),
  'upload-length': String(row.length),
  'upload-expires': row.expires_at.toUTCString(),
});

/** A client that names a version speaks the protocol; ours may leave it out. @throws TusVersionRefused */
function checkVersion(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('tus-resumable', TUS);
  const asked = request.headers['tus-resumable'];
  if (asked !== undefined && asked !== TUS) {
    void reply.header('tus-version', TUS);
    throw new TusVersionRefused({ version: TUS });
  }
}

function numberIn(request: FastifyRequest, name: string): number | undefined {
  const text = request.headers[name];
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text))
    throw new InvalidRequest({}, [{ path: name, code: 'invalid_format' }]);
  return Number(text);
}

/** `filename 5byX5bqKLm1wNA==,purpose ZXZpZGVuY2U=`: names and their values in base64. */
function metadataIn(request: FastifyRequest): Record<string, string> {
  const text = String(request.headers['upload-metadata'] ?? '');
  const pairs = text.split(',').map((pair) => pair.trim().split(/\s+/));
  return Object.fromEntries(
    pairs.filter(([name]) => name).map(([name, value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

const BeginUpload = z.object({
  name: z.string().min(1).max(400).optional(),
  size: z.int().min(1).max(1_000_000_000_000).optional(),
  purpose: z.enum(Object.keys(PURPOSES) as [Purpose, ...Purpose[]]).optional(),
});

function wanted(request: FastifyRequest, input: z.output<typeof BeginUpload>) {
  const said = metadataIn(request);
  const given = {
    name: input.name ?? said['filename'] ?? said['name'],
    size: input.size ?? numberIn(request, 'upload-length'),
    purpose: input.purpose ?? said['purpose'] ?? 'evidence',
  };
  const problems: { path: string; code: string }[] = (['name', 'size'] as const)
    .filter((field) => given[field] === undefined || given[field] === 0 || given[field] === '')
    .map((field) => ({ path: field, code: 'required' }));
  if (!(given.purpose in PURPOSES)) problems.push({ path: 'purpose', code: 'invalid_value' });
  if (problems.length > 0) throw new InvalidRequest({}, problems);
  return given as { name: string; size: number; purpose: Purpose };
}

async function begin(
  env: HttpEnv,
  ctx: Ctx,
  input: z.output<typeof BeginUpload>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<z.input<typeof UploadView>> {
  checkVersion(request, reply);
  const row = await env.db.inTx(ctx, (tx) => beginUpload(tx, ctx, wanted(request, input)));
  void reply.headers({ ...headersOf(row), location: `/api/v1/uploads/${row.id}` });
  return present(row, undefined);
}

export const uploadRoutes: Route[] = [
  defineRoute({
    method: 'OPTIONS',
    path: '/uploads',
    permission: 'public',
    tags,
    summary: 'What of the tus protocol is spoken',
    documented: false,
    mode: 'raw',
    input: z.object({}),
    output: Nothing,
    status: 204,
    run: async (env, ctx, _input, _request, reply) => {
      const { fileMbMax } =
        ctx.actor.kind === 'public'
          ? uploadSettings.schema.parse({})
          : await env.db.read(ctx, (tx) => uploadSettings.get(tx));
      void reply.headers({
        'tus-resumable': TUS,
        'tus-version': TUS,
        'tus-extension': 'creation,expiration,termination',
        'tus-max-size': String(fileMbMax * MB),
      });
      return {};
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/uploads',
    permission,
    tags,
    summary: 'Begin a resumable upload (tus 1.0.0): by headers as the protocol says, or by this body',
    input: BeginUpload,
    output: UploadView,
    status: 201,
    mode: 'raw',
    run: begin,
  }),
  defineRoute({
    method: 'GET',
    path: '/uploads/{uploadId}',
    permission,
    tags,
    summary: 'How far my upload has come; HEAD answers with the protocol’s headers alone',
    input: UploadRef,
    output: UploadView,
    mode: 'raw',
    run: async (env, ctx, { uploadId }, request, reply) => {
      checkVersion(request, reply);
      const [row, file] = await env.db.read(ctx, async (tx) => {
        const found = await viewUpload(tx, ctx, uploadId);
        return [found, found.file_id === null ? undefined : await getFile(tx, ctx, found.file_id)] as const;
      });
      void reply.headers(headersOf(row));
      return present(row, file);
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: '/uploads/{uploadId}',
    permission,
    tags,
    summary: 'Bytes of my upload from Upload-Offset on; the last of them make it a file',
    input: UploadRef,
    output: Nothing,
    status: 204,
    mode: 'raw',
    streamBody: true,
    run: async (env, ctx, { uploadId }, request, reply) => {
      checkVersion(request, reply);
      await env.db.read(ctx, (tx) => viewUpload(tx, ctx, uploadId)); // to others it does not exist, however they ask
      if (request.headers['content-type'] !== BYTES) throw new UnsupportedMediaType();
      const offset = numberIn(request, 'upload-offset');
      if (offset === undefined) throw new InvalidRequest({}, [{ path: 'upload-offset', code: 'required' }]);
      const length = numberIn(request, 'content-length');
      const received = await append(env, ctx, { id: uploadId, offset, length }, request.body as Readable);
      void reply.header('upload-offset', String(received));
      return {};
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/uploads/{uploadId}/finish',
    permission,
    tags,
    summary: 'The file my upload became; makes it one where the server was stopped just before',
    input: UploadRef,
    output: FileView,
    mode: 'raw',
    run: async (env, ctx, { uploadId }) => presentFile(await finishUpload(env, ctx, uploadId)),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/uploads/{uploadId}',
    permission,
    tags,
    summary: 'Give my upload up',
    input: UploadRef,
    output: Nothing,
    status: 204,
    mode: 'raw',
    run: async (env, ctx, { uploadId }, request, reply) => {
      checkVersion(request, reply);
      await cancelUpload(env.db, ctx, uploadId);
      return {};
    },
  }),
];
