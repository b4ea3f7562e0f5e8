import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiProblem } from './problem.ts';
import { PIECE_BYTES, startUpload, type StoredFile, type UploadServer, type UploadView } from './uploads.ts';

const problem = (status: number, code: string): ApiProblem => new ApiProblem({ status, code, title: code });
const fileOf = (bytes: number): File => new File([new Uint8Array(bytes)], 'a.mp4');
const STORED = { id: 'f1' } as StoredFile;

/** A server that keeps what it is sent; `trouble` may refuse a piece before or after it was kept. */
function played(trouble: (piece: number) => { before?: Error; after?: Error } | undefined = () => undefined) {
  const kept: [number, number][] = [];
  let offset = 0;
  let pieces = 0;
  const calls = { begun: 0, cancelled: 0, waited: [] as number[] };
  const server: UploadServer = {
    begin: async () => {
      calls.begun += 1;
      return { id: `u${calls.begun}` };
    },
    offset: async () => offset,
    piece: async (_id, at, bytes, signal) => {
      const fault = trouble((pieces += 1));
      if (fault?.before) throw fault.before;
      if (at !== offset) throw problem(409, 'upload_offset_conflict');
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal.throwIfAborted();
      kept.push([at, bytes.size]);
      offset = at + bytes.size;
      if (fault?.after) throw fault.after;
      return offset;
    },
    finish: async () => STORED,
    cancel: async () => void (calls.cancelled += 1),
    wait: async (ms) => void calls.waited.push(ms),
  };
  return { server, kept, calls };
}

const until = async (views: UploadView[], holds: (view: UploadView) => boolean): Promise<UploadView> => {
  for (let i = 0; i < 2_000; i += 1) {
    const found = views.find(holds);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`it came to ${JSON.stringify(views.at(-1))}`);
};
const whole = (kept: [number, number][], size: number): void => {
  let at = 0;
  for (const [from, length] of kept) {
    assert.equal(from, at, 'no byte twice, none left out');
    at += length;
  }
  assert.equal(at, size);
};

test('AFT-1 a file goes in pieces, each once, and ends as the server’s file', async () => {
  const { server, kept } = played();
  const views: UploadView[] = [];
  const size = 3 * PIECE_BYTES + 5;
  startUpload(fileOf(size), 'evidence', (v) => views.push(v), { server });
  assert.equal((await until(views, (v) => v.state === 'done')).file, STORED);
  whole(kept, size);
  assert.ok(views.some((v) => v.state === 'checking'));
});

test('AFT-1 after lost connections, lost answers and a busy server it goes on from where the server is', async () => {
  const lost = problem(0, 'network');
  const { server, kept, calls } = played((piece) =>
    piece === 1
      ? { before: lost }
      : piece === 3
        ? { after: lost }
        : piece === 4
          ? { before: problem(409, 'upload_busy') }
          : undefined,
  );
  const views: UploadView[] = [];
  const size = 4 * PIECE_BYTES;
  startUpload(fileOf(size), 'evidence', (v) => views.push(v), { server });
  await until(views, (v) => v.state === 'done');
  whole(kept, size);
  assert.equal(calls.begun, 1);
  assert.equal(views.filter((v) => v.state === 'waiting').length, 3);
});

test('AFT-1 a refusal is final and shown; a pause holds until it is resumed; giving up tells the server', async () => {
  const refused = played((piece) => (piece === 2 ? { before: problem(422, 'file_content_mismatch') } : undefined));
  const failed: UploadView[] = [];
  startUpload(fileOf(2 * PIECE_BYTES), 'evidence', (v) => failed.push(v), { server: refused.server });
  const end = await until(failed, (v) => v.state === 'failed');
  assert.equal((end.error as ApiProblem).code, 'file_content_mismatch');
  assert.deepEqual(refused.calls.waited, []);

  const { server, kept, calls } = played();
  const views: UploadView[] = [];
  const size = 5 * PIECE_BYTES;
  const running = startUpload(fileOf(size), 'evidence', (v) => views.push(v), { server });
  await until(views, (v) => v.sent >= PIECE_BYTES);
  running.pause();
  const had = kept.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(kept.length <= had + 1 && running.view().state === 'paused');
  running.resume();
  await until(views, (v) => v.state === 'done');
  whole(kept, size);

  const given = played();
  const more: UploadView[] = [];
  const other = startUpload(fileOf(size), 'evidence', (v) => more.push(v), { server: given.server });
  await until(more, (v) => v.sent >= PIECE_BYTES);
  other.cancel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(given.calls.cancelled, 1);
  assert.ok(given.kept.length < 5);
  assert.equal(calls.cancelled, 0);
});

test('AFT-1 a page loaded anew goes on with the upload it had begun, or begins again when that is gone', async () => {
  const { server, calls } = played();
  const views: UploadView[] = [];
  startUpload(fileOf(10), 'evidence', (v) => views.push(v), { server, known: 'u-before' });
  await until(views, (v) => v.state === 'done');
  assert.equal(calls.begun, 0);

  const gone = played();
  let asked = 0;
  const offset = gone.server.offset;
  gone.server.offset = (id) => ((asked += 1) === 1 ? Promise.reject(problem(404, 'upload_not_found')) : offset(id));
  const again: UploadView[] = [];
  startUpload(fileOf(10), 'evidence', (v) => again.push(v), { server: gone.server, known: 'u-before' });
  await until(again, (v) => v.state === 'done');
  assert.equal(gone.calls.begun, 1);
});
