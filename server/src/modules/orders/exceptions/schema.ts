import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { LevelView } from '#modules/customers/index.ts';
import { EXCEPTION_KINDS, EXCEPTION_STATES } from './domain/flow.ts';

const text = (max: number) => z.string().trim().max(max);
const moment = z.iso.datetime();

export const OptionInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('substitute'), sku: text(80).min(1) }),
  z.object({ kind: z.literal('wait'), expectedAt: z.iso.datetime({ offset: true }) }),
  z.object({ kind: z.literal('refund') }),
]);
const choice = z.enum(['substitute', 'wait', 'refund']);
const answer = z.object({ kind: choice, sku: z.string().optional(), expectedAt: z.string().optional() });

const summary = {
  id: z.uuid(),
  no: z.string(),
  kind: z.enum(EXCEPTION_KINDS),
  state: z.enum(EXCEPTION_STATES),
  vip: z.boolean(),
  orderId: z.uuid(),
  orderNo: z.string(),
  shop: z.string(),
  customer: z.object({ id: z.uuid(), name: z.string(), phone: z.string(), member: LevelView.nullable() }),
  sku: z.string().nullable(),
  title: z.string().nullable(),
  /** Missing when it was opened. */
  units: z.int(),
  openedAt: moment,
  dueAt: moment,
  overdue: z.boolean(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  nextContactAt: moment.nullable(),
  promisedAt: moment.nullable(),
  compensatedPoints: z.int().nullable(),
  resolution: z.string().nullable(),
  resolvedAt: moment.nullable(),
};
export const ExceptionSummary = z.object(summary).meta({ id: 'ExceptionSummary' });
const substitute = z.object({
  sku: z.string(),
  title: z.string(),
  available: z.int(),
  payable: MoneyView,
  refund: MoneyView,
});
export const ExceptionView = z
  .object({
    ...summary,
    note: z.string(),
    /** Missing now: stock may have come in for part of it. */
    missing: z.int(),
    /** What of the order's total belongs to the missing units. */
    worth: MoneyView,
    options: z.array(OptionInput),
    offer: z
      .object({ state: z.enum(['open', 'expired', 'answered']), offeredAt: moment, expiresAt: moment })
      .nullable(),
    answer: answer.nullable(),
    answeredAt: moment.nullable(),
    answeredBy: z.enum(['customer', 'staff']).nullable(),
    /** The day purchasing expects the goods. */
    expectedAt: moment.nullable(),
    /** What could be sent instead, of the same product and in stock. */
    substitutes: z.array(substitute),
    /** What to say on the telephone. */
    script: z.string(),
    contacts: z.array(z.object({ n: z.int(), at: moment, actor: z.string(), result: z.string(), note: z.string() })),
    may: z.array(z.enum(['offer', 'answer', 'contact', 'close', 'assign'])),
    version: z.int(),
  })
  .meta({ id: 'Exception' });

export const ListExceptions = z.object({
  ...listInput,
  kind: z.enum(EXCEPTION_KINDS).optional(),
  /** `open` = not settled, those to be dealt with first at the top; `done` = settled, newest first. */
  view: z.enum(['open', 'done']).default('open'),
  state: z.enum(EXCEPTION_STATES).optional(),
  /** `me`, or a person's id. */
  owner: text(80).optional(),
  /** An order's number or an exception's. */
  q: text(40).optional(),
  orderId: z.uuid().optional(),
});
export type ListExceptions = z.output<typeof ListExceptions>;

export const ExceptionRef = z.object({ exceptionId: z.uuid() });
export const ReportException = z.object({
  orderId: text(40).min(1),
  kind: z.enum(EXCEPTION_KINDS),
  lineId: z.uuid().optional(),
  units: z.int().min(1).optional(),
  note: text(500).default(''),
});
export const MakeOffer = ExceptionRef.extend({
  options: z
    .array(OptionInput)
    .min(1)
    .max(8)
    .refine((all) => new Set(all.map((o) => JSON.stringify(o))).size === all.length),
  /** Whether the link goes out by e-mail, where an address is known. */
  send: z.boolean().default(true),
});
export const OfferView = z
  .object({ exception: ExceptionView, link: z.string(), sent: z.boolean() })
  .meta({ id: 'Offer' });
export const AnswerException = ExceptionRef.extend({ answer: OptionInput });
export const ContactCustomer = ExceptionRef.extend({
  result: z.enum(['confirmed', 'corrected', 'unreachable', 'call_back', 'cancel']),
  note: text(500).default(''),
  /** When to call again, as the customer named it. */
  nextAt: z.coerce.date().optional(),
  /** The address as it should be, for `corrected`: what is not named stays. */
  shipTo: z
    .object({
      name: text(100),
      phone: text(40),
      province: text(60),
      city: text(60),
      district: text(60),
      address: text(300),
    })
    .partial()
    .optional(),
});
export const CloseException = ExceptionRef.extend({ note: text(500).min(1) });
export const AssignException = ExceptionRef.extend({ ownerId: text(80).nullable() });

export const ReplenishmentView = z
  .object({
    sku: z.string(),
    title: z.string(),
    units: z.int(),
    orders: z.int(),
    available: z.int(),
    askedAt: moment,
    expectedAt: moment.nullable(),
    note: z.string(),
  })
  .meta({ id: 'Replenishment' });
export const ExpectReplenishment = z.object({
  sku: text(80).min(1),
  expectedAt: z.coerce.date(),
  note: text(300).default(''),
});

/** What a customer sees behind the link. Nothing personal: a link may be passed on. */
export const PortalOffer = z
  .object({
    state: z.enum(['open', 'answered', 'expired', 'settled']),
    orderNo: z.string(),
    shop: z.string(),
    title: z.string(),
    sku: z.string(),
    missing: z.int(),
    expiresAt: moment,
    options: z.array(
      z.object({
        kind: choice,
        sku: z.string().nullable(),
        title: z.string().nullable(),
        payable: MoneyView.nullable(),
        refund: MoneyView.nullable(),
        expectedAt: moment.nullable(),
        available: z.boolean(),
      }),
    ),
    answer: answer.nullable(),
    compensatedPoints: z.int().nullable(),
  })
  .meta({ id: 'PortalOffer' });
export const OfferRef = z.object({ token: text(200).min(1) });
export const AnswerOffer = OfferRef.extend({ choice, sku: text(80).optional() });
