import { client } from './instance.ts';
import { ApiProblem } from './problem.ts';
import type { Schemas } from './paths.ts';

export type StoredFile = Schemas['File'];
export type UploadPurpose = 'evidence' | 'upload';

/** `waiting`: the connection is gone, and it goes on by itself. `checking`: all is sent, the server looks at it. */
export type UploadState = 'sending' | 'paused' | 'waiting' | 'checking' | 'done' | 'failed';
export type UploadView = { state: UploadState; sent: number; file?: StoredFile; error?: unknown };

/** What an upload needs of the server: played in tests. */
export type UploadServer = {
  begin(name: string, size: number, purpose: UploadPurpose): Promise<{ id: string }>;
  /** How far it has come. */
  offset(id: string): Promise<number>;
  piece(id: string, offset: number, bytes: Blob, signal: AbortSignal): Promise<number>;
  finish(id: string): Promise<StoredFile>;
  cancel(id: string): Promise<unknown>;
  /** Resolves after so long, or earlier when the connection is back. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

export const PIECE_BYTES = 1024 * 1024;
const WAIT_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;

/** Whether trying again may help: silence, a busy or restarting server, a writer that has not ended yet. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  (error.status === 0 ||
    error.status >= 500 ||
    (error.status === 429 && error.code === 'rate_limited') ||
    error.code === 'upload_busy' ||
    error.code === 'upload_offset_conflict' ||
    error.code === 'upload_broke_off');

export type RunningUpload = {
  pause(): void;
  resume(): void;
  /** Gives it up, here and at the server. */
  cancel(): void;
  view(): UploadView;
};

type Sending = {
  file: File;
  purpose: UploadPurpose;
  server: UploadServer;
  id: string | undefined;
  onBegun: (id: string) => void;
  signal: AbortSignal;
  show: (view: UploadView) => void;
};

/** Sends what the server has not yet, and has it judged. */
async function pieces({ file, purpose, server, id: known, onBegun, signal, show }: Sending): Promise<void> {
  const id = known ?? (await server.begin(file.name, file.size, purpose)).id;
  onBegun(id);
  let offset = await server.offset(id);
  while (offset < file.size) {
    if (signal.aborted) return;
    show({ state: 'sending', sent: offset });
    offset = await server.piece(id, offset, file.slice(offset, offset + PIECE_BYTES), signal);
  }
  if (signal.aborted) return;
  show({ state: 'checking', sent: offset });
  const stored = await server.finish(id);
  show({ state: 'done', sent: file.size, file: stored });
}

/**
 * Sends a file in pieces. What the server has counts: after a lost connection, a pause or a page that was loaded anew it is
 * asked how far it came. `known` is the id of an upload begun earlier of the same file.
 */
export function startUpload(
  file: File,
  purpose: UploadPurpose,
  onChange: (view: UploadView) => void,
  more: { known?: string | undefined; onBegun?: (id: string) => void; server?: UploadServer } = {},
): RunningUpload {
  const server = more.server ?? realServer;
  let view: UploadView = { state: 'sending', sent: 0 };
  let id = more.known;
  let stop = new AbortController();
  const show = (next: UploadView): void => {
    view = next;
    onChange(view);
  };

  const onBegun = (begun: string): void => {
    id = begun;
    more.onBegun?.(begun);
  };

  async function run(signal: AbortSignal): Promise<void> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      const before = view.sent;
      try {
        await pieces({ file, purpose, server, id, onBegun, signal, show });
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (
          error instanceof ApiProblem &&
          error.code === 'upload_not_found' &&
          more.known !== undefined &&
          tries === 0
        ) {
          id = undefined; // begun long ago, and swept
          continue;
        }
        if (!isPassing(error)) return show({ state: 'failed', sent: view.sent, error });
        if (view.sent > before) tries = 0;
        show({ state: 'waiting', sent: view.sent });
        await server.wait(WAIT_MS[Math.min(tries, WAIT_MS.length - 1)] ?? 0, signal);
      }
    }
  }

  const halt = (): void => stop.abort();
  void run(stop.signal);
  return {
    pause: () => {
      if (view.state !== 'sending' && view.state !== 'waiting') return;
      halt();
      show({ state: 'paused', sent: view.sent });
    },
    resume: () => {
      if (view.state !== 'paused') return;
      stop = new AbortController();
      show({ state: 'sending', sent: view.sent });
      void run(stop.signal);
    },
    cancel: () => {
      halt();
      if (id !== undefined && view.state !== 'done') void server.cancel(id).catch(() => undefined);
    },
    view: () => view,
  };
}

const realServer: UploadServer = {
  begin: (name, size, purpose) => client.repeatable('/uploads', { body: { name, size, purpose } }),
  offset: async (uploadId) => (await client.get('/uploads/{uploadId}', { path: { uploadId } })).offset,
  piece: (id, offset, bytes, signal) => client.piece(id, offset, bytes, signal),
  finish: (uploadId) => client.repeatable('/uploads/{uploadId}/finish', { path: { uploadId } }),
  cancel: (uploadId) => client.delete('/uploads/{uploadId}', { path: { uploadId } }),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        window.removeEventListener('online', done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      window.addEventListener('online', done);
      signal.addEventListener('abort', done);
    }),
};
