import { isIP } from 'node:net';
import { ImapFlow } from 'imapflow';
import type { ImapTerms, Problem } from './store/accounts.ts';
import { addressOf, MailServerProblem, problemOf } from './network.ts';

export type ImapLogin = ImapTerms & { password: string };
export type ImapLimits = { allowInside: boolean; bytesMax: number };
export type Arrived = { uid: number; size: number; internalDate: Date | undefined; bytes: Buffer; isCut: boolean };

const CONNECT_MS = 15_000;
const SILENT_MS = 60_000;
const LINE_BYTES_MAX = 1_048_576;
const SLACK_BYTES = 65_536;
/** Of a mail that is too large so much is read: its head, and most likely its text. */
const HEAD_BYTES = 256 * 1024;

/** A mailbox that is open. Every call may throw what `problemOf` translates; after that only `close` is of use. */
export type Mailbox = {
  uidValidity: number;
  uidNext: number;
  /** Numbers above `after` of mails that came since, smallest first, at most `max`. */
  search(after: number, since: Date, max: number): Promise<number[]>;
  /** Undefined when it is gone meanwhile. */
  fetch(uid: number): Promise<Arrived | undefined>;
  /** Marks as read, and moves where mail is moved; those that are gone are nobody's loss. */
  settle(uids: readonly number[]): Promise<void>;
  close(): Promise<void>;
};

async function connect(login: ImapLogin, limits: ImapLimits): Promise<ImapFlow> {
  const address = await addressOf(login.host, login.security, limits.allowInside);
  const client = new ImapFlow({
    host: address,
    ...(isIP(login.host) ? {} : { servername: login.host }),
    port: login.port,
    secure: login.security === 'tls',
    doSTARTTLS: login.security === 'starttls',
    auth: { user: login.user, pass: login.password },
    clientInfo: { name: 'Zhanggui' }, // some Chinese servers refuse mailboxes to clients that do not say who they are
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    maxLineLength: LINE_BYTES_MAX,
    maxLiteralSize: limits.bytesMax + SLACK_BYTES,
    maxResponseSize: limits.bytesMax + SLACK_BYTES + LINE_BYTES_MAX,
  });
  causes.set(client, undefined);
  // a command that was waiting only tells that the connection is gone: this tells why
  client.on('error', (error: unknown) => causes.set(client, causes.get(client) ?? error));
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw causeOf(client, error);
  }
  return client;
}

const causes = new WeakMap<ImapFlow, unknown>();
const causeOf = (client: ImapFlow, error: unknown): unknown => causes.get(client) ?? error;

/** @throws what `problemOf` translates. */
export async function openMailbox(login: ImapLogin, limits: ImapLimits): Promise<Mailbox> {
  const client = await connect(login, limits);
  try {
    const box = await select(client, login.folder);
    const calls = callsOf(client, login, limits);
    const told =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      (...args: A): Promise<R> =>
        call(...args).catch((error: unknown) => {
          const isRefusal = client.usable && 'responseStatus' in (error as object);
          throw isRefusal ? new MailServerProblem('fetch_refused') : causeOf(client, error);
        });
    const { search, fetch, settle } = calls;
    return { ...box, search: told(search), fetch: told(fetch), settle: told(settle), close: () => leave(client) };
  } catch (error) {
    client.close();
    throw causeOf(client, error);
  }
}

async function select(client: ImapFlow, folder: string): Promise<{ uidValidity: number; uidNext: number }> {
  try {
    const box = await client.mailboxOpen(folder);
    return { uidValidity: Number(box.uidValidity), uidNext: box.uidNext };
  } catch (error) {
    const { code } = problemOf(error);
    if (code !== 'failed') throw error;
    throw new MailServerProblem('no_such_folder', { folder, folders: await foldersOf(client) });
  }
}

const FOLDERS_SHOWN_MAX = 20;
async function foldersOf(client: ImapFlow): Promise<string> {
  const boxes = await client.list().catch(() => []);
  return boxes
    .map((b) => b.path)
    .slice(0, FOLDERS_SHOWN_MAX)
    .join(', ');
}

/** The library answers `false` where the server refused, and also where the connection went: the one must not pass for the other. */
function mustLive(client: ImapFlow): void {
  if (!client.usable) throw new MailServerProblem('connection_lost');
}

function callsOf(client: ImapFlow, login: ImapLogin, limits: ImapLimits): Pick<Mailbox, 'search' | 'fetch' | 'settle'> {
  return {
    search: async (after, since, max) => {
      const found = await client.search({ uid: `${after + 1}:*`, since }, { uid: true });
      mustLive(client);
      if (!Array.isArray(found)) throw new MailServerProblem('search_refused');
      // `n:*` names the last mail even when its number is smaller than n
      return found
        .filter((uid) => uid > after)
        .toSorted((a, b) => a - b)
        .slice(0, max);
    },
    fetch: async (uid) => {
      const head = await client.fetchOne(String(uid), { size: true, internalDate: true }, { uid: true });
      if (!head) return gone(client, uid);
      const size = head.size ?? 0;
      const isCut = size > limits.bytesMax;
      const source = isCut ? { start: 0, maxLength: HEAD_BYTES } : true;
      const mail = await client.fetchOne(String(uid), { source }, { uid: true });
      if (!mail || !mail.source) return gone(client, uid);
      const internalDate = head.internalDate === undefined ? undefined : new Date(head.internalDate);
      return { uid, size: size || mail.source.length, internalDate, bytes: Buffer.from(mail.source), isCut };
    },
    settle: async (uids) => {
      if (uids.length === 0) return;
      const range = uids.join(',');
      const marked = await client.messageFlagsAdd(range, ['\\Seen'], { uid: true });
      mustLive(client);
      if (!marked) throw new MailServerProblem('cannot_mark');
      if (login.moveTo !== null) await move(client, range, login.moveTo);
    },
  };
}

/** A mail that is gone is nobody's loss; one that is there and is not given is asked for again later. */
async function gone(client: ImapFlow, uid: number): Promise<undefined> {
  mustLive(client);
  const left = await client.search({ uid: String(uid) }, { uid: true });
  mustLive(client);
  if (!Array.isArray(left) || left.length > 0) throw new MailServerProblem('fetch_refused');
}

/** Into a folder, which is made when it is not there. */
async function move(client: ImapFlow, range: string, folder: string): Promise<void> {
  const moves = (): Promise<boolean> =>
    client.messageMove(range, folder, { uid: true }).then(
      (done) => {
        mustLive(client);
        return done !== false;
      },
      (error: unknown) => {
        if (!client.usable) throw error;
        return false;
      },
    );
  if (await moves()) return;
  await client.mailboxCreate(folder).catch(() => undefined); // it may be there and refuse for another reason
  if (!(await moves())) throw new MailServerProblem('cannot_move', { folder });
}

const LEAVE_MS = 3_000;
async function leave(client: ImapFlow): Promise<void> {
  const timer = setTimeout(() => client.close(), LEAVE_MS);
  try {
    await client.logout();
  } catch {
    client.close(); // it was gone already
  } finally {
    clearTimeout(timer);
  }
}

export type ImapTrial = { problem: Problem | null; messages: number | null };

/** Tries everything that is needed to take mail in, and changes nothing. Never throws. */
export async function tryImap(login: ImapLogin, limits: ImapLimits): Promise<ImapTrial> {
  let client: ImapFlow | undefined;
  try {
    client = await connect(login, limits);
    const messages = client.mailbox ? client.mailbox.exists : 0;
    await select(client, login.folder);
    const exists = client.mailbox ? client.mailbox.exists : messages;
    if (login.moveTo !== null && login.moveTo === login.folder)
      return { problem: { code: 'same_folder', facts: { folder: login.folder } }, messages: exists };
    return { problem: null, messages: exists };
  } catch (error) {
    return { problem: problemOf(client ? causeOf(client, error) : error), messages: null };
  } finally {
    if (client) await leave(client);
  }
}
