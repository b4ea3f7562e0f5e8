import { z } from 'zod';
import { MoneyView } from '#modules/catalog/index.ts';
import { AGREEMENT_STATES } from './agreements-store.ts';

const text = (max: number) => z.string().trim().max(max);
const moment = z.iso.datetime();
const ref = text(60).min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const OnTicket = z.object({ ticketId: ref });
export const NewReport = OnTicket.extend({ body: text(5_000).min(1) });
export const Reports = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        dueAt: moment,
        state: z.enum(['due', 'done', 'missed', 'cancelled']),
        body: z.string().nullable(),
        by: z.string().nullable(),
        reportedAt: moment.nullable(),
      }),
    ),
    may: z.array(z.string()),
  })
  .meta({ id: 'ProgressReports' });

export const NewAgreement = OnTicket.extend({
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** Where we know the customer by no name, or by another than their own. */
  customerName: text(60).min(1).optional(),
  /** Compensation in minor units of the organisation's currency; 0 = none. */
  amount: z.int().min(0).max(1_000_000_000_000).default(0),
  measures: text(2_000).default(''),
  performBy: z.iso.date().optional(),
  other: text(2_000).default(''),
});
export const AgreementRef = z.object({ agreementId: z.uuid() });
const agreement = {
  id: z.uuid(),
  no: z.string(),
  version: z.int(),
  locale: z.enum(['zh-CN', 'en']),
  amount: MoneyView,
  measures: z.string(),
  performBy: z.string().nullable(),
  other: z.string(),
  text: z.string(),
  sha256,
  expiresAt: moment.nullable(),
  signedAt: moment.nullable(),
  signedBy: z.string().nullable(),
};
export const AgreementView = z
  .object({
    ...agreement,
    state: z.enum(AGREEMENT_STATES),
    createdAt: moment,
    sentAt: moment.nullable(),
    may: z.array(z.string()),
  })
  .meta({ id: 'ComplaintAgreement' });
export const Agreements = z.object({ items: z.array(AgreementView), may: z.array(z.string()) });
export const SentAgreement = z.object({ agreement: AgreementView, link: z.string(), mailed: z.boolean() });

export const LinkRef = z.object({ token: z.string().max(100) });
export const ToSign = z
  .object({
    ...agreement,
    state: z.enum(['open', 'expired', 'signed', 'gone']),
    ticketNo: z.string(),
    orderNo: z.string().nullable(),
    organisation: z.string(),
    customer: z.string(),
    checkUrl: z.string().nullable(),
  })
  .meta({ id: 'AgreementToSign' });
export const MyAgreements = z.object({ items: z.array(ToSign) });

const sign = {
  /** The signer's name, typed. */
  name: text(60).min(1),
  signature: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('typed') }),
    z.object({ kind: z.literal('drawn'), image: z.string().max(80_000) }),
  ]),
  agree: z.literal(true),
  sha256,
};
export const SignBody = z.object(sign);
export const SignByLink = LinkRef.extend(sign);
export const Checked = z.object({
  no: z.string(),
  version: z.int(),
  state: z.enum(AGREEMENT_STATES),
  organisation: z.string(),
  sha256,
  seal: sha256.nullable(),
  signedAt: moment.nullable(),
  holds: z.boolean(),
});
