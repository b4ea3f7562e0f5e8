import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

/** How e-mail is taken in and sent. */
export const mailSettings = defineSettings(
  'mail',
  z.object({
    /** How often each mailbox is looked into, in seconds. */
    everySeconds: z.int().min(15).max(3600).default(60),
    /** Most mails taken in one look; the next look follows at once when there are more. */
    perTurn: z.int().min(1).max(200).default(50),
    /** Of a larger mail only the beginning is taken, without attachments. */
    sizeMaxMb: z.int().min(1).max(100).default(25),
    /** Most attachments of a mail, and how large each may be. */
    attachmentsMax: z.int().min(0).max(50).default(20),
    attachmentMaxMb: z.int().min(1).max(100).default(20),
    /** Mail of one sender, or to one ticket, beyond this in an hour counts as a machine's. */
    perSenderHour: z.int().min(1).max(1000).default(20),
    /** Most acknowledgements to one address in a day, whatever it writes. */
    acknowledgementsPerDay: z.int().min(0).max(50).default(3),
    /** The bytes of mails as they came are kept so long, sealed. */
    rawDays: z.int().min(1).max(3650).default(180),
    /** Admits mail servers in private networks and on this machine. */
    allowInside: z.boolean().default(false),
  }),
);
export type MailSettings = Awaited<ReturnType<typeof mailSettings.get>>;
