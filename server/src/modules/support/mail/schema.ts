import { z } from 'zod';
import { LOCALES } from '#kernel/context.ts';
import { listInput, listOf } from '#kernel/http/list.ts';
import { INCOMING_KINDS, OUTGOING_STATES, SECURITIES } from './domain/words.ts';

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const host = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(253)
  .regex(/^[a-z0-9.:[\]-]+$/);
const port = z.int().min(1).max(65_535);
const security = z.enum(SECURITIES);
/** Given: it is set. Not given: the one that is there stays. Never answered. */
const password = z.string().min(1).max(500).optional();

const Imap = z.object({
  host,
  port: port.default(993),
  security: security.default('tls'),
  user: line(254).min(1),
  password,
  folder: line(200).min(1).default('INBOX'),
  /** Where mail goes once it is taken in; null = it stays, marked as read. */
  moveTo: line(200).min(1).nullable().default(null),
});
const Smtp = z.object({
  host,
  port: port.default(465),
  security: security.default('tls'),
  user: line(254).min(1).nullable().default(null),
  password,
});

const account = {
  name: line(60).min(1),
  address: z.string().trim().toLowerCase().pipe(z.email().max(254)),
  senderName: line(80).default(''),
  category: z.string().trim().min(1).max(80).default('inquiry'),
  teamId: z.uuid().nullable().default(null),
  locale: z.enum(LOCALES).nullable().default(null),
  imap: Imap,
  /** null = the server's own mail server (ZHANGGUI_SMTP_URL). */
  smtp: Smtp.nullable().default(null),
  plus: z.boolean().default(false),
  acknowledge: z.boolean().default(true),
  enabled: z.boolean().default(true),
  isDefault: z.boolean().default(false),
};
export const SaveAccount = z.object(account).meta({ id: 'SaveMailAccount' });
export type SaveAccount = z.output<typeof SaveAccount>;
export const AccountRef = z.object({ mailboxId: z.uuid() });
export const ChangeAccount = AccountRef.extend(account).meta({ id: 'ChangeMailAccount' });
/** `mailboxId`: passwords not given are those of this mailbox. */
export const TestAccount = z
  .object({ mailboxId: z.uuid().optional(), imap: Imap, smtp: Smtp.nullable().default(null) })
  .meta({ id: 'TestMailAccount' });

const Trouble = z.object({ code: z.string(), says: z.string() });
export const AccountView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    address: z.string(),
    senderName: z.string(),
    category: z.string(),
    teamId: z.uuid().nullable(),
    locale: z.enum(LOCALES).nullable(),
    imap: Imap.omit({ password: true }).extend({ hasPassword: z.boolean() }),
    smtp: Smtp.omit({ password: true }).extend({ hasPassword: z.boolean() }).nullable(),
    plus: z.boolean(),
    acknowledge: z.boolean(),
    enabled: z.boolean(),
    isDefault: z.boolean(),
    state: z.enum(['off', 'waiting', 'working', 'fine', 'failing']),
    problem: Trouble.nullable(),
    failures: z.int(),
    triedAt: z.iso.datetime().nullable(),
    fetchedAt: z.iso.datetime().nullable(),
    nextAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'MailAccount' });
export const AccountList = z.object({ items: z.array(AccountView), serverHasSmtp: z.boolean() });

const Trial = z.object({ ok: z.boolean(), problem: Trouble.nullable() });
export const TestResult = z
  .object({ imap: Trial.extend({ messages: z.int().nullable() }), smtp: Trial.nullable() })
  .meta({ id: 'MailTestResult' });

const Writer = z.object({ address: z.string(), name: z.string() });
const Refused = z.object({ name: z.string(), code: z.string(), says: z.string() });
export const IncomingView = z
  .object({
    id: z.uuid(),
    accountId: z.uuid(),
    what: z.enum(INCOMING_KINDS),
    why: z.object({ code: z.string(), says: z.string() }).nullable(),
    ticketId: z.uuid().nullable(),
    messageId: z.uuid().nullable(),
    /** Addresses are masked; who may look at them reveals them with a reason. */
    from: Writer.nullable(),
    to: z.array(z.string()),
    cc: z.array(z.string()),
    subject: z.string(),
    /** Of what is held. */
    text: z.string().nullable(),
    quoted: z.string(),
    signature: z.string(),
    refused: z.array(Refused),
    isCut: z.boolean(),
    /** Somebody wrote who had no part in the ticket. */
    stranger: z.boolean(),
    /** The receiving server says that the sender's address may be forged. */
    doubtful: z.boolean(),
    size: z.int(),
    sentAt: z.iso.datetime().nullable(),
    cameAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
    settledBy: z.string().nullable(),
    may: z.array(z.enum(['open_ticket', 'drop'])),
  })
  .meta({ id: 'IncomingMail' });
export const ListIncoming = z.object({
  ...listInput,
  accountId: z.uuid().optional(),
  what: z.enum(INCOMING_KINDS).optional(),
  /** Only what waits for somebody's decision. */
  open: z.stringbool().default(false),
});
export const IncomingList = listOf(IncomingView);
export const IncomingRef = z.object({ incomingId: z.uuid() });

export const OutgoingView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['reply', 'acknowledgement']),
    messageId: z.uuid().nullable(),
    state: z.enum(OUTGOING_STATES),
    problem: z.object({ code: z.string(), says: z.string() }).nullable(),
    to: z.string(),
    cc: z.array(z.string()),
    attempts: z.int(),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    bouncedAt: z.iso.datetime().nullable(),
    may: z.array(z.enum(['retry'])),
    version: z.int(),
  })
  .meta({ id: 'OutgoingMail' });
export const OutgoingRef = z.object({ outgoingId: z.uuid() });

export const TicketRef = z.object({ ticketId: z.uuid() });
export const TicketMail = z
  .object({
    /** null = the ticket is not talked about by e-mail. */
    thread: z
      .object({
        accountId: z.uuid(),
        address: z.string(),
        name: z.string(),
        locale: z.enum(LOCALES),
        undeliveredAt: z.iso.datetime().nullable(),
      })
      .nullable(),
    incoming: z.array(IncomingView),
    outgoing: z.array(OutgoingView),
  })
  .meta({ id: 'TicketMail' });
