import { isIP } from 'node:net';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { addressOf, problemOf } from './network.ts';
import type { Problem, SmtpTerms } from './store/accounts.ts';

export type SmtpLogin = (SmtpTerms & { password: string | undefined }) | { url: string };

/** The answer to one attempt; null = the server took the mail. `final`: sending again cannot help. */
export type Attempt = { problem: string; final: boolean } | null;

const CONNECT_MS = 15_000;
const SILENT_MS = 45_000;

async function transportOf(login: SmtpLogin, allowInside: boolean): Promise<Transporter> {
  const common = {
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  if ('url' in login) return createTransport({ url: login.url, ...common }); // the server's own: its operator set it
  const host = await addressOf(login.host, login.security, allowInside);
  return createTransport({
    host,
    port: login.port,
    secure: login.security === 'tls',
    requireTLS: login.security === 'starttls',
    ignoreTLS: login.security === 'none',
    ...(isIP(login.host) ? {} : { tls: { servername: login.host } }),
    ...(login.user === null ? {} : { auth: { user: login.user, pass: login.password ?? '' } }),
    ...common,
  });
}

/** Sends one mail on a connection of its own. Never throws: what went wrong is a code, without the server's words. */
export async function sendMail(login: SmtpLogin, allowInside: boolean, mail: SendMailOptions): Promise<Attempt> {
  let transport: Transporter | undefined;
  try {
    transport = await transportOf(login, allowInside);
    await transport.sendMail(mail);
    return null;
  } catch (error) {
    return answerOf(error);
  } finally {
    transport?.close();
  }
}

/** Only what the server says about this mail or its recipient is final; a wrong log-in or a dead server may be mended. */
function answerOf(error: unknown): { problem: string; final: boolean } {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const answer = typeof responseCode === 'number' ? responseCode : undefined;
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const name = isAboutMail ? 'refused' : problemOf(error).code;
  return {
    problem: answer === undefined ? name : `${name} ${answer}`,
    final: isAboutMail && (answer === undefined || answer >= 500),
  };
}

/** Connects and logs in, and sends nothing. Never throws. */
export async function trySmtp(login: SmtpLogin, allowInside: boolean): Promise<Problem | null> {
  let transport: Transporter | undefined;
  try {
    transport = await transportOf(login, allowInside);
    await transport.verify();
    return null;
  } catch (error) {
    return problemOf(error);
  } finally {
    transport?.close();
  }
}
