import type { Ctx } from '#kernel/context.ts';
import { DomainError } from '#kernel/errors.ts';
import { MEDIA_KINDS, takeFile, type TakenFile } from '#kernel/files/index.ts';
import { fingerprintOf, parseMail, type ParsedMail } from './parse.ts';
import { keepRaw } from './raw.ts';
import type { MailSettings } from './settings.ts';

/** A mail that is read, its attachments judged, all bytes on disk: all that is left to do happens in one transaction. */
export type Prepared = {
  mail: ParsedMail;
  files: TakenFile[];
  refused: { name: string; code: string }[];
  raw: TakenFile;
  fingerprint: Buffer;
  size: number;
};

const MB = 1_048_576;

/**
 * Reads a mail outside any transaction. One that cannot be read at all is taken as what is legible of it: nothing is left in the
 * mailbox for ever, and nothing is lost.
 */
export async function prepare(
  ctx: Ctx,
  settings: MailSettings,
  arrived: { bytes: Buffer; size: number; isCut: boolean },
): Promise<Prepared> {
  const raw = await keepRaw(ctx.orgId, arrived.bytes);
  const mail = await parseMail(arrived.bytes).catch(() => illegible(arrived.bytes));
  const fingerprint = fingerprintOf(arrived.bytes, mail);
  const taken = arrived.isCut
    ? { files: [], refused: [{ name: '*', code: 'mail_too_large' }] }
    : await takeAll(ctx, settings, mail);
  return { mail: { ...mail, isCut: mail.isCut || arrived.isCut }, raw, fingerprint, size: arrived.size, ...taken };
}

async function takeAll(
  ctx: Ctx,
  settings: MailSettings,
  mail: ParsedMail,
): Promise<Pick<Prepared, 'files' | 'refused'>> {
  const files: TakenFile[] = [];
  const refused: Prepared['refused'] = [];
  for (const [i, { name, bytes }] of mail.attachments.entries()) {
    const shown = name.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 120);
    if (i >= settings.attachmentsMax) {
      refused.push({ name: shown, code: 'too_many_attachments' });
      if (refused.length >= 50) break;
      continue;
    }
    try {
      const maxBytes = settings.attachmentMaxMb * MB;
      files.push(await takeFile(ctx, { source: bytes, name, maxBytes, accept: MEDIA_KINDS }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused.push({ name: shown, code: error.code });
    }
  }
  return { files, refused };
}

/** What no parser can read is shown to a person as the beginning of its bytes. */
function illegible(bytes: Buffer): ParsedMail {
  return {
    said: bytes
      .subarray(0, 2_000)
      .toString('latin1')
      .replaceAll(/[^\x20-\x7e\n]/g, ' '),
    quoted: '',
    signature: '',
    messageId: undefined,
    answers: [],
    from: undefined,
    replyTo: undefined,
    to: [],
    cc: [],
    deliveredTo: [],
    subject: '',
    sentAt: undefined,
    automatic: 'illegible',
    bounce: undefined,
    dmarc: null,
    attachments: [],
    isCut: true,
  };
}
