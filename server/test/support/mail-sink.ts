import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { parseMail, type ParsedMail } from '../../src/modules/support/mail/parse.ts';

export type Sent = ParsedMail & { to: string[]; raw: string };

/** A real mail server that keeps what it is given. `refuse` is the code it answers recipients with. */
export class MailSink {
  readonly sent: Sent[] = [];
  refuse: number | undefined;
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) =>
        this.refuse === undefined ? done() : done(Object.assign(new Error('no'), { responseCode: this.refuse })),
      onData: async (stream, session, done) => {
        const bytes = await buffer(stream);
        const to = session.envelope.rcptTo.map((r) => r.address);
        this.sent.push({ ...(await parseMail(bytes)), to, raw: bytes.toString() });
        done();
      },
    });
  }

  static async start(): Promise<MailSink> {
    const sink = new MailSink();
    sink.#server.listen(0, '127.0.0.1');
    await once(sink.#server.server, 'listening');
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as { port: number }).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
