import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A mail in the mailbox of the server. */
export type Stored = { uid: number; bytes: Buffer; flags: Set<string>; at: Date };
/** What the server does wrong, while it is set. */
export type Faults = {
  /** Closes the connection in the middle of the answer to the n-th FETCH of a body from now. */
  dropAtFetch?: number;
  /** Closes the connection before it answers these commands. */
  dropBefore?: 'SELECT' | 'SEARCH' | 'STORE' | 'MOVE';
  /** Answers NO to FETCH. */
  refuseFetch?: boolean;
  /** Waits so long before each answer. */
  delayMs?: number;
  /** Announces literals of this size, and sends them. */
  literalBytes?: number;
  /** Greets with this line instead. */
  greeting?: string;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const internalDate = (d: Date): string =>
  `${String(d.getUTCDate()).padStart(2, ' ')}-${MONTHS[d.getUTCMonth()]}-${d.getUTCFullYear()} ${d.toISOString().slice(11, 19)} +0000`;

/**
 * A mail server that speaks IMAP (RFC 3501, with UIDPLUS and MOVE) over TCP as far as a client needs that takes mail in: for tests
 * against the real protocol, with the faults real servers have.
 */
export class ImapServer {
  readonly boxes = new Map<string, Stored[]>([['INBOX', []]]);
  readonly users = new Map([['support', 'secret']]);
  readonly commands: string[] = [];
  uidValidity = 1001;
  faults: Faults = {};
  hasMove = true;
  #uid = 1;
  #server: Server;
  readonly #sessions = new Set<Session>();

  private constructor() {
    this.#server = createServer((socket) => {
      const session = new Session(this, socket);
      this.#sessions.add(session);
      socket.on('close', () => this.#sessions.delete(session));
    });
  }

  static async start(): Promise<ImapServer> {
    const made = new ImapServer();
    made.#server.listen(0, '127.0.0.1');
    await once(made.#server, 'listening');
    return made;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  inbox(): Stored[] {
    return this.box('INBOX') as Stored[];
  }
  box(name: string): Stored[] | undefined {
    return this.boxes.get(name.toUpperCase() === 'INBOX' ? 'INBOX' : name);
  }

  /** Delivers a mail, and tells clients that idle. Returns its number. */
  deliver(bytes: Buffer | string, at = new Date()): number {
    const uid = this.nextUid();
    this.inbox().push({ uid, bytes: Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes), flags: new Set(), at });
    for (const session of this.#sessions) session.tellNew();
    return uid;
  }

  nextUid(): number {
    return this.#uid++;
  }
  peekUid(): number {
    return this.#uid;
  }

  /** Numbers all mails anew, as after a restore: RFC 3501 2.3.1.1. */
  renumber(): void {
    this.uidValidity += 1;
    this.#uid = 1;
    for (const mail of this.inbox()) mail.uid = this.nextUid();
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) session.end();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

type Parsed = { tag: string; name: string; args: string };

class Session {
  readonly #host: ImapServer;
  readonly #socket: Socket;
  #buffer = Buffer.alloc(0);
  #line = Buffer.alloc(0);
  #literal = 0;
  #turn: Promise<void> = Promise.resolve();
  #isIn = false;
  #box: string | undefined;
  #idleTag: string | undefined;

  constructor(host: ImapServer, socket: Socket) {
    this.#host = host;
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#feed(chunk));
    this.#write(host.faults.greeting ?? '* OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS] ready');
  }

  end(): void {
    this.#socket.destroy();
  }
  tellNew(): void {
    if (this.#idleTag !== undefined) this.#write(`* ${this.#mails().length} EXISTS`);
  }

  #mails(): Stored[] {
    return this.#host.box(this.#box ?? 'INBOX') ?? [];
  }
  #write(line: string): void {
    if (!this.#socket.destroyed) this.#socket.write(`${line}\r\n`);
  }

  /** Lines, with the literals that are in them (RFC 3501 4.3). */
  #feed(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      if (this.#literal > 0) {
        if (this.#buffer.length < this.#literal) return;
        const text = this.#buffer.subarray(0, this.#literal);
        this.#line = Buffer.concat([this.#line, Buffer.from(JSON.stringify(text.toString()))]);
        this.#buffer = this.#buffer.subarray(this.#literal);
        this.#literal = 0;
      }
      const end = this.#buffer.indexOf('\r\n');
      if (end < 0) return;
      const part = this.#buffer.subarray(0, end);
      this.#buffer = this.#buffer.subarray(end + 2);
      const literal = /\{(\d+)(\+?)\}$/.exec(part.toString());
      if (literal) {
        this.#line = Buffer.concat([this.#line, part.subarray(0, part.length - literal[0].length)]);
        this.#literal = Number(literal[1]);
        if (literal[2] === '') this.#write('+ go on');
        continue;
      }
      const line = Buffer.concat([this.#line, part]).toString();
      this.#line = Buffer.alloc(0);
      this.#turn = this.#turn.then(() => this.#command(line));
    }
  }

  async #command(line: string): Promise<void> {
    if (this.#idleTag !== undefined && line.toUpperCase() === 'DONE') {
      this.#write(`${this.#idleTag} OK IDLE ended`);
      this.#idleTag = undefined;
      return;
    }
    const [, tag = '*', rest = ''] = /^(\S+) (.*)$/s.exec(line) ?? [];
    const [, uid, word = '', args = ''] = /^(UID )?(\S+) ?(.*)$/is.exec(rest) ?? [];
    const name = `${uid ? 'UID ' : ''}${word.toUpperCase()}`;
    this.#host.commands.push(name);
    const { delayMs, dropBefore } = this.#host.faults;
    if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (dropBefore !== undefined && name.endsWith(dropBefore)) return this.end();
    this.#answer({ tag, name, args });
  }

  #answer(c: Parsed): void {
    const ok = (says = 'done'): void => this.#write(`${c.tag} OK ${says}`);
    const no = (says: string): void => this.#write(`${c.tag} NO ${says}`);
    switch (c.name) {
      case 'CAPABILITY':
        this.#write(`* CAPABILITY IMAP4rev1 IDLE UIDPLUS${this.#host.hasMove ? ' MOVE' : ''}`);
        return ok();
      case 'LOGIN': {
        const [user = '', password = ''] = words(c.args);
        this.#isIn = this.#host.users.get(user) === password;
        return this.#isIn
          ? ok(`[CAPABILITY IMAP4rev1 IDLE UIDPLUS${this.#host.hasMove ? ' MOVE' : ''}] welcome`)
          : no('[AUTHENTICATIONFAILED] Authentication failed');
      }
      case 'NOOP':
        return ok();
      case 'LOGOUT':
        this.#write('* BYE see you');
        ok();
        this.#socket.end();
        return undefined;
      default:
        return this.#isIn ? this.#authenticated(c, ok, no) : no('log in first');
    }
  }

  #authenticated(c: Parsed, ok: (says?: string) => void, no: (says: string) => void): void {
    switch (c.name) {
      case 'LIST':
      case 'LSUB':
        for (const name of this.#named(words(c.args)[1] ?? '')) this.#write(`* ${c.name} () "/" "${name}"`);
        return ok();
      case 'CREATE': {
        const [name = ''] = words(c.args);
        if (this.#host.box(name)) return no('[ALREADYEXISTS] it is there');
        this.#host.boxes.set(name, []);
        return ok();
      }
      case 'SELECT':
      case 'EXAMINE': {
        const [name = ''] = words(c.args);
        if (!this.#host.box(name)) return no('[NONEXISTENT] no such mailbox');
        this.#box = name;
        this.#write('* FLAGS (\\Seen \\Deleted)');
        this.#write(`* ${this.#mails().length} EXISTS`);
        this.#write('* 0 RECENT');
        this.#write(`* OK [UIDVALIDITY ${this.#host.uidValidity}] stable`);
        this.#write(`* OK [UIDNEXT ${this.#host.peekUid()}] next`);
        return ok('[READ-WRITE] selected');
      }
      case 'IDLE':
        this.#idleTag = c.tag;
        return this.#write('+ idling');
      case 'UID SEARCH':
        this.#write(`* SEARCH ${this.#search(c.args).join(' ')}`.trimEnd());
        return ok();
      case 'UID FETCH':
        if (this.#host.faults.refuseFetch) return no('[UNAVAILABLE] not now');
        return this.#fetch(c.args) ? ok() : undefined;
      case 'UID STORE':
        return this.#store(c.args, ok);
      case 'UID MOVE':
      case 'UID COPY':
        return this.#copy(c, ok, no);
      case 'UID EXPUNGE':
      case 'EXPUNGE':
        this.#expunge((m) => m.flags.has('\\Deleted'));
        return ok();
      default:
        return this.#write(`${c.tag} BAD unknown command`);
    }
  }

  /** An empty pattern asks for the separator only (RFC 3501 6.3.8). */
  #named(pattern: string): string[] {
    if (pattern === '') return [''];
    const wanted = new RegExp(`^${pattern.replaceAll(/[.+?^$()|[\]\\{}]/g, '\\$&').replaceAll(/[*%]/g, '.*')}$`, 'i');
    return [...this.#host.boxes.keys()].filter((name) => wanted.test(name));
  }

  #in(set: string): Stored[] {
    const mails = this.#mails();
    const last = mails.at(-1)?.uid ?? 0;
    return mails.filter((m) =>
      set.split(',').some((part) => {
        const [a = '', b = a] = part.split(':');
        const [from, to] = [a, b].map((n) => (n === '*' ? last : Number(n))) as [number, number];
        return m.uid >= Math.min(from, to) && m.uid <= Math.max(from, to);
      }),
    );
  }

  #search(args: string): number[] {
    const set = /UID (\S+)/i.exec(args)?.[1];
    const since = /SINCE "?(\d{1,2})-(\w{3})-(\d{4})"?/i.exec(args);
    const from = since ? Date.UTC(Number(since[3]), MONTHS.indexOf(since[2] as string), Number(since[1])) : 0;
    const unseen = /\bUNSEEN\b/i.test(args);
    return (set ? this.#in(set) : this.#mails())
      .filter((m) => m.at.getTime() >= from && !(unseen && m.flags.has('\\Seen')))
      .map((m) => m.uid);
  }

  /** False when the connection was cut in the middle. */
  #fetch(args: string): boolean {
    const [, set = '', items = ''] = /^(\S+) (.*)$/s.exec(args) ?? [];
    for (const mail of this.#in(set)) {
      const seq = this.#mails().indexOf(mail) + 1;
      const parts = [`UID ${mail.uid}`];
      if (/FLAGS/i.test(items)) parts.push(`FLAGS (${[...mail.flags].join(' ')})`);
      if (/RFC822\.SIZE/i.test(items)) parts.push(`RFC822.SIZE ${mail.bytes.length}`);
      if (/INTERNALDATE/i.test(items)) parts.push(`INTERNALDATE "${internalDate(mail.at)}"`);
      const body = /BODY(?:\.PEEK)?\[\](?:<(\d+)\.(\d+)>)?/i.exec(items);
      if (!body) {
        this.#write(`* ${seq} FETCH (${parts.join(' ')})`);
        continue;
      }
      if (!this.#sendBody(mail, `* ${seq} FETCH (${parts.join(' ')}`, body)) return false;
    }
    return true;
  }

  #sendBody(mail: Stored, begin: string, asked: RegExpExecArray): boolean {
    const { faults } = this.#host;
    const from = Number(asked[1] ?? 0);
    const cut = asked[2] === undefined ? mail.bytes : mail.bytes.subarray(from, from + Number(asked[2]));
    const bytes = faults.literalBytes === undefined ? cut : Buffer.alloc(faults.literalBytes, 'x');
    this.#socket.write(`${begin} BODY[]${asked[1] === undefined ? '' : `<${from}>`} {${bytes.length}}\r\n`);
    if (faults.dropAtFetch !== undefined && --faults.dropAtFetch === 0) {
      delete faults.dropAtFetch;
      this.#socket.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => this.end());
      return false;
    }
    this.#socket.write(bytes);
    this.#write(')');
    return true;
  }

  #store(args: string, ok: () => void): void {
    const [, set = '', how = '', list = ''] = /^(\S+) ([+-]?FLAGS(?:\.SILENT)?) \(?([^)]*)\)?/i.exec(args) ?? [];
    for (const mail of this.#in(set)) {
      for (const flag of list.split(' ').filter((f) => f !== '')) {
        if (how.startsWith('-')) mail.flags.delete(flag);
        else mail.flags.add(flag);
      }
      if (!/SILENT/i.test(how))
        this.#write(
          `* ${this.#mails().indexOf(mail) + 1} FETCH (UID ${mail.uid} FLAGS (${[...mail.flags].join(' ')}))`,
        );
    }
    ok();
  }

  #copy(c: Parsed, ok: (says?: string) => void, no: (says: string) => void): void {
    const [, set = '', rest = ''] = /^(\S+) (.*)$/s.exec(c.args) ?? [];
    const [folder = ''] = words(rest);
    const target = this.#host.box(folder);
    if (!target) return no('[TRYCREATE] no such mailbox');
    const mails = this.#in(set);
    for (const mail of mails) target.push({ ...mail, uid: this.#host.nextUid(), flags: new Set(mail.flags) });
    if (c.name === 'UID MOVE') this.#expunge((m) => mails.includes(m));
    ok();
  }

  #expunge(goes: (mail: Stored) => boolean): void {
    const mails = this.#mails();
    for (let i = mails.length - 1; i >= 0; i -= 1)
      if (goes(mails[i] as Stored)) {
        mails.splice(i, 1);
        this.#write(`* ${i + 1} EXPUNGE`);
      }
  }
}

/** Atoms and quoted strings of a command. */
function words(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((m) => (m[1] ?? m[2] ?? '').replaceAll(/\\(.)/g, '$1'));
}
