import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { WARNINGS } from './domain/check-rules.ts';
import { REFUSALS } from './domain/decide.ts';
import { EVIDENCES, FREIGHTS, REASON_CODES, REVIEWS, TYPES, WINDOW_STARTS, WINDOW_UNITS } from './domain/vocabulary.ts';

export const AFTERSALES_LINES_MAX = 200;

export const CheckPolicy = z
  .object({
    orderId: z.string().min(1).max(60),
    lines: z
      .array(z.object({ lineId: z.uuid(), quantity: z.int().min(1).max(10_000_000) }))
      .min(1)
      .max(AFTERSALES_LINES_MAX),
    type: z.enum(TYPES),
    reason: z.enum(REASON_CODES),
    /** As of when; default now. */
    at: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({ id: 'CheckPolicy' });

const answer = {
  allowed: z.boolean(),
  clause: z.string(),
  text: z.string(),
  /** Number of the version that decided; 0 = the one this software ships, -1 = the draft. */
  policyVersion: z.int(),
  freight: z.enum(FREIGHTS),
  evidence: z.enum(EVIDENCES),
  instant: z.boolean(),
  windowEndsAt: z.iso.datetime().nullable(),
  refusedBecause: z.enum(REFUSALS).nullable(),
};
export const PolicyAnswerView = z
  .object({ ...answer, lines: z.array(z.object({ lineId: z.uuid(), category: z.string(), ...answer })) })
  .meta({ id: 'PolicyAnswer' });

const text = (max: number) => z.string().trim().min(1).max(max);
const note = z.string().trim().max(500).default('');
const moment = z.iso.datetime();
/** '' = everything; `食品/生鲜` with what is below it; or a star and a slash before a name, for categories of that name wherever they hang. */
const category = z
  .string()
  .trim()
  .max(300)
  .regex(/^(\*\/[^/*]+|[^/*]+(\/[^/*]+)*)?$/);
const window = z
  .object({ count: z.int().min(0).max(100_000), unit: z.enum(WINDOW_UNITS), from: z.enum(WINDOW_STARTS) })
  .nullable();
const terms = {
  allowed: z.boolean(),
  window,
  freight: z.enum(FREIGHTS),
  evidence: z.enum(EVIDENCES),
};
export const RULES_MAX = 2_000;
export const PolicyRuleInput = z
  .object({
    category,
    type: z.enum(TYPES),
    reason: z.enum([...REASON_CODES, '*']),
    ...terms,
    review: z.enum(REVIEWS),
    clause: z.string().regex(/^[a-z][a-z0-9_.-]{0,79}$/),
    text: z.object({ 'zh-CN': text(500), en: text(500) }),
  })
  .meta({ id: 'PolicyRule' });

const ref = z.union([z.literal('draft'), z.coerce.number().int().min(0).max(1_000_000)]);
export const PolicyRef = z.object({ version: ref });
export const ListPolicies = z.object(listInput);
export const BeginDraft = z
  .object({ basedOn: z.int().min(0).max(1_000_000).optional(), note })
  .meta({ id: 'BeginPolicyDraft' });
export const SavePolicyDraft = z
  .object({ note, rules: z.array(PolicyRuleInput).max(RULES_MAX) })
  .meta({ id: 'SavePolicyDraft' });
export const PublishPolicy = z
  .object({ effectiveFrom: z.iso.datetime({ offset: true }).optional() })
  .meta({ id: 'PublishPolicy' });

const summary = {
  no: z.int(),
  state: z.enum(['draft', 'published']),
  inForce: z.boolean(),
  note: z.string(),
  basedOn: z.int(),
  effectiveFrom: moment.nullable(),
  createdAt: moment.nullable(),
  createdBy: z.string().nullable(),
  publishedAt: moment.nullable(),
  publishedBy: z.string().nullable(),
  may: z.array(z.string()),
};
export const PolicySummary = z.object(summary).meta({ id: 'PolicySummary' });
export const PolicyList = listOf(PolicySummary)
  .extend({ may: z.array(z.string()) })
  .meta({ id: 'PolicyList' });
export const PolicyVersionView = z
  .object({
    ...summary,
    version: z.int(),
    rules: z.array(PolicyRuleInput),
    /** What should be looked at before it is published. */
    warnings: z.array(z.object({ code: z.enum(WARNINGS), clause: z.string() })),
  })
  .meta({ id: 'PolicyVersion' });
export const DiffPolicies = z.object({ from: ref, to: ref });
export const PolicyDiffView = z
  .object({
    from: z.union([z.literal('draft'), z.int()]),
    to: z.union([z.literal('draft'), z.int()]),
    added: z.array(PolicyRuleInput),
    removed: z.array(PolicyRuleInput),
    changed: z.array(z.object({ from: PolicyRuleInput, to: PolicyRuleInput, fields: z.array(z.string()) })),
  })
  .meta({ id: 'PolicyDiff' });

export const WhatIf = z
  .object({
    orderId: z.string().min(1).max(60),
    /** Default all. */
    lines: z
      .array(z.object({ lineId: z.uuid() }))
      .min(1)
      .max(AFTERSALES_LINES_MAX)
      .optional(),
    type: z.enum(TYPES),
    reason: z.enum(REASON_CODES),
    at: z.iso.datetime({ offset: true }).optional(),
    /** Ask this version alone. */
    version: ref.optional(),
  })
  .meta({ id: 'PolicyWhatIf' });
export const WhatIfView = z
  .object({
    orderNo: z.string(),
    placedAt: moment,
    at: moment,
    ...answer,
    lines: z.array(
      z.object({
        lineId: z.uuid(),
        sku: z.string(),
        title: z.string(),
        category: z.string(),
        paidAt: moment.nullable(),
        sentAt: moment.nullable(),
        receivedAt: moment.nullable(),
        ...answer,
        considered: z.array(z.object({ ...answer, decides: z.boolean(), rule: PolicyRuleInput.nullable() })),
      }),
    ),
  })
  .meta({ id: 'PolicyWhatIfResult' });

export const PublicPolicy = z
  .object({
    /** Code of the organisation. */
    org: z.string().min(1).max(60),
    sku: z.string().min(1).max(80).optional(),
    category: z.string().trim().max(300).optional(),
    lang: z.enum(['zh-CN', 'en']).optional(),
  })
  .refine((i) => i.sku === undefined || i.category === undefined, { path: ['category'] });
export const PublicPolicyView = z
  .object({
    policyVersion: z.int(),
    validFrom: moment.nullable(),
    /** When another version begins; null = none is planned. */
    validUntil: moment.nullable(),
    category: z.string(),
    clauses: z.array(
      z.object({
        clause: z.string(),
        text: z.string(),
        ...terms,
        instant: z.boolean(),
        types: z.array(z.enum(TYPES)),
        reasons: z.array(z.enum([...REASON_CODES, '*'])),
      }),
    ),
  })
  .meta({ id: 'PublicPolicy' });
