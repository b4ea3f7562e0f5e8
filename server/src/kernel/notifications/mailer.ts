import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';

export type MailerOptions = {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  url: string;
  /** The sender, `Name <address>`. */
  from: string;
};

export type Mail = { to: string; subject: string; text: string; messageId: string; locale: string };

/** A mail server's answer, as a code without its words: those may repeat the address. */
export class MailRefused extends Error {
  /** True when sending again cannot help: the server refused this recipient or message for good. */
  readonly permanent: boolean;
  constructor(code: string, permanent: boolean) {
    super(code);
    this.permanent = permanent;
  }
}

export type Mailer = { send(mail: Mail): Promise<void>; close(): void };

/** Sends over SMTP with at most two connections. Gives up on a server that is silent for 30 s. */
export function createMailer(options: MailerOptions): Mailer {
  const transport = createTransport({
    url: options.url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    close: () => transport.close(),
    send: async ({ to, subject, text, messageId, locale }) => {
      try {
        await transport.sendMail({
          from: options.from,
          to: { name: '', address: to }, // an address, never a list of them
          subject,
          text,
          messageId,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
        });
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

/** Only what the server says about this recipient or message is final; a wrong log-in or a dead server may be mended. */
function refusalOf(error: unknown): MailRefused {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const name = typeof code === 'string' ? code : 'ESMTP';
  const answer = typeof responseCode === 'number' ? responseCode : undefined;
  const aboutMail = name === 'EENVELOPE' || name === 'EMESSAGE';
  const permanent = aboutMail && (answer === undefined || answer >= 500);
  return new MailRefused(answer === undefined ? name : `${name} ${answer}`, permanent);
}

/**
 * The same Message-ID for every attempt at one notification: when a crash hides that a mail was accepted, the receiving
 * server can tell that the second is the first.
 */
export function messageIdOf(orgId: string, dedupeKey: string, from: string): string {
  const digest = createHash('sha256').update(`${orgId}|${dedupeKey}`).digest('hex').slice(0, 32);
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  return `<${digest}@${domain}>`;
}
