import { Worker } from 'node:worker_threads';
import { Overloaded } from '../errors.ts';
import { MINUTE_MS, SECOND_MS } from '../time.ts';

/** Part of a document as pdfmake takes it: text, columns, tables, pictures as data URLs. Plain data, no functions. */
export type PdfNode = string | PdfNode[] | { [key: string]: unknown };

export type PdfDefinition = {
  /** Shown by readers in the window's title. */
  title: string;
  content: PdfNode[];
  /** Named looks beside `title`, `heading`, `muted` and `strong`. */
  styles?: Record<string, Record<string, unknown>>;
  /** A4 when left out. All in points, 1/72 inch. */
  page?: { width: number; height: number; margins: number };
  /** Below each page; `{page}` and `{pages}` stand for the numbers. */
  foot?: { left: string; pages: string };
};

const IDLE_MS = MINUTE_MS;
const GIVEN_UP_MS = 30 * SECOND_MS;
const WAITING_MAX = 200;
const HEAP_MB = 384;

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * A document as PDF bytes. One at a time, in a thread of its own, in the order asked for. Outside of transactions: it takes
 * some 0.2 s a page. @throws Overloaded when too many wait, Error when the definition is none.
 */
export async function renderPdf(definition: PdfDefinition): Promise<Buffer> {
  if (waiting >= WAITING_MAX) throw new Overloaded();
  waiting += 1;
  const mine = last.then(() => renderNow(definition));
  last = mine.catch(() => undefined);
  try {
    return await mine;
  } finally {
    waiting -= 1;
  }
}

/** Headers of an answer that is a PDF: shown in the browser, saved under the name. */
export const pdfHeaders = (name: string): Record<string, string> => ({
  'content-type': 'application/pdf',
  'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}`,
  'cache-control': 'private, no-store',
});

/** Ends the thread; a process that has nothing else to do ends without it. */
function stop(): void {
  const ending = worker;
  worker = undefined;
  void ending?.terminate();
}

function start(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  made.unref();
  made.on('error', () => undefined); // told to whoever waits; between documents nobody does
  made.on('exit', () => {
    if (worker === made) worker = undefined;
  });
  return made;
}

function renderNow(definition: PdfDefinition): Promise<Buffer> {
  clearTimeout(idle);
  const used = (worker ??= start());
  return new Promise<Buffer>((resolve, reject) => {
    const over = setTimeout(
      () => fail(new Error(`the document took more than ${GIVEN_UP_MS / SECOND_MS} s`)),
      GIVEN_UP_MS,
    );
    const done = (): void => {
      clearTimeout(over);
      used.off('error', fail).off('exit', ended).off('message', answered);
      idle = setTimeout(stop, IDLE_MS);
      idle.unref();
    };
    const fail = (error: Error): void => {
      done();
      stop();
      reject(error);
    };
    const ended = (): void => fail(new Error('the thread that makes documents ended'));
    const answered = (answer: { pdf?: Uint8Array; error?: string }): void => {
      done();
      if (answer.pdf) resolve(Buffer.from(answer.pdf));
      else reject(new Error(`not a document: ${answer.error}`));
    };
    used.on('error', fail).on('exit', ended).on('message', answered);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    used.postMessage(definition);
  });
}
