import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { CURRENCIES } from '#kernel/money.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { BLACKLIST_KINDS, RULE_STATES, WINDOW_KEYS } from '../domain/review-rules.ts';
import { ADDRESS_FIELDS } from '../domain/split-address.ts';
import { ORDER_STATUSES } from '../domain/flow.ts';
import { OrderRef, OrderSummary, OrderView, ShipToInput } from '../schema.ts';

export const RULES_MAX = 200;
export const TRIAL_ORDERS_MAX = 20_000;
const text = (max: number) => z.string().trim().max(max);
const code = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

// Whether field, operator and value fit each other is judged with everything else, so that one answer names it all.
const ConditionView = z.object({
  field: z.string().max(40),
  operator: z.string().max(40),
  value: z.union([
    z.number(),
    z.boolean(),
    z.array(z.string().max(100)).max(200),
    z.object({ amount: z.number(), currency: z.enum(CURRENCIES) }),
  ]),
});
const WindowView = z.object({ by: z.enum(WINDOW_KEYS), minutes: z.number(), count: z.number() });
const ActionView = z.discriminatedUnion('do', [
  z.object({ do: z.literal('hold'), hold: text(40) }),
  z.object({ do: z.literal('require_id') }),
  z.object({ do: z.literal('refuse'), message: text(200) }),
  z.object({ do: z.literal('tag'), tag: text(40) }),
]);

export const RuleInput = z
  .object({
    code,
    title: text(80).min(1),
    conditions: z.array(ConditionView).max(20).default([]),
    window: WindowView.nullable().default(null),
    action: ActionView,
  })
  .meta({ id: 'ReviewRuleInput' });
export type RuleInput = z.output<typeof RuleInput>;
export const RuleRef = z.object({ ruleId: z.uuid() });
export const ChangeRule = RuleRef.extend({
  title: text(80).min(1).optional(),
  conditions: z.array(ConditionView).max(20).optional(),
  window: WindowView.nullable().optional(),
  action: ActionView.optional(),
});
export const ReorderRules = z.object({ ruleIds: z.array(z.uuid()).min(1).max(RULES_MAX) });

export const RuleView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    title: z.string(),
    state: z.enum(RULE_STATES),
    priority: z.int(),
    conditions: z.array(ConditionView),
    window: WindowView.nullable(),
    action: ActionView,
    /** The rule in words, in the caller's language: when, and what then. */
    words: z.object({ when: z.array(z.string()), what: z.string() }),
    updatedAt: z.iso.datetime().nullable(),
    updatedBy: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'ReviewRule' });

export const TryRule = z
  .object({
    /** A rule as it would be saved, or one there is. */
    rule: RuleInput.optional(),
    ruleId: z.uuid().optional(),
    /** The last so many orders … */
    last: z.int().min(1).max(TRIAL_ORDERS_MAX).default(2000),
    /** … at most so many days old. */
    days: z.int().min(1).max(3650).optional(),
  })
  .refine((i) => (i.rule === undefined) !== (i.ruleId === undefined), {
    path: ['rule'],
    message: 'either rule or ruleId',
  });
export const TrialView = z
  .object({
    tried: z.int(),
    hits: z.int(),
    /** Of the hits: held for review already when they were placed, by whatever rule. */
    heldAlready: z.int(),
    from: z.iso.datetime().nullable(),
    to: z.iso.datetime().nullable(),
    amount: z.array(MoneyView),
    examples: z.array(
      z.object({
        orderId: z.uuid(),
        orderNo: z.string(),
        placedAt: z.iso.datetime(),
        status: z.enum(ORDER_STATUSES),
        total: MoneyView,
        why: z.array(z.string()),
      }),
    ),
    /** Fields of the rule that past orders cannot tell: conditions on them held for none. */
    unknowable: z.array(z.string()),
    tookMs: z.int(),
  })
  .meta({ id: 'ReviewTrial' });

export const AddToBlacklist = z
  .object({
    kinds: z.array(z.enum(BLACKLIST_KINDS)).min(1).max(3),
    /** From this order … */
    orderId: text(40).min(1).optional(),
    /** … or as written here. */
    phone: text(40).min(1).optional(),
    address: ShipToInput.pick({ province: true, city: true, district: true, address: true }).optional(),
    device: text(200).min(1).optional(),
    reason: text(200).min(1),
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({ id: 'AddToBlacklist' });
export type AddToBlacklist = z.output<typeof AddToBlacklist>;
export const BlacklistEntry = z
  .object({
    id: z.uuid(),
    kind: z.enum(BLACKLIST_KINDS),
    masked: z.string(),
    reason: z.string(),
    until: z.iso.datetime().nullable(),
    addedAt: z.iso.datetime(),
    addedBy: z.string(),
  })
  .meta({ id: 'BlacklistEntry' });
export const ListBlacklist = z.object({
  ...listInput,
  kind: z.enum(BLACKLIST_KINDS).optional(),
  phone: text(40).optional(),
});

export const REVIEW_VIEWS = ['open', 'waiting', 'all'] as const;
export const ListReviews = z.object({
  ...listInput,
  /** `open`: somebody here has to decide; `waiting`: for the customer, for proof of identity, for a second approval. */
  view: z.enum(REVIEW_VIEWS).default('open'),
  hold: text(60).optional(),
  shop: text(60).optional(),
});
const Claim = z.object({ by: z.string(), name: z.string(), until: z.iso.datetime(), mine: z.boolean() }).nullable();
const Why = z.object({
  hold: z.string(),
  /** Why, in words and in the caller's language. */
  words: z.string(),
  rule: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});
const Approval = z.object({ id: z.uuid(), requestedBy: z.string(), requestedAt: z.iso.datetime() }).nullable();
export const ReviewItem = z
  .object({
    ...OrderSummary.shape,
    tags: z.array(z.string()),
    why: z.array(Why),
    confirmBefore: z.iso.datetime().nullable(),
    claim: Claim,
    approval: Approval,
  })
  .meta({ id: 'ReviewItem' });
export const ReviewView = z
  .object({
    order: OrderView,
    tags: z.array(z.string()),
    why: z.array(Why),
    claim: Claim,
    approval: Approval,
    /** The reader's: above it, approving asks a second person. */
    limit: MoneyView,
    identity: z.array(z.object({ at: z.iso.datetime(), by: z.string(), method: z.string(), note: z.string() })),
    /** Other orders, newest first, at most ten each; `more` when there are more. */
    others: z.array(
      z.object({
        by: z.enum(['customer', 'phone', 'address', 'device']),
        items: z.array(OrderSummary),
        more: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Review' });
export const ReviewCounts = z
  .object({ open: z.int(), waiting: z.int(), overdue: z.int(), max: z.int() })
  .meta({ id: 'ReviewCounts' });
export const ClaimView = z.object({ until: z.iso.datetime() }).meta({ id: 'ReviewClaim' });

export const IDENTITY_METHODS = [
  'id_card',
  'passport',
  'business_licence',
  'phone_call',
  'video_call',
  'other',
] as const;
export const VerifyIdentity = OrderRef.extend({
  method: z.enum(IDENTITY_METHODS),
  /** The last four characters of the document's number; kept sealed and shown to nobody. */
  documentEnd: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z]{4}$/)
    .optional(),
  note: text(500).default(''),
});

export const SplitAddress = z.object({ text: z.string().max(1000) });
const sure = z.number().min(0).max(1);
export const SplitAddressView = z
  .object({
    name: z.string(),
    phone: z.string(),
    province: z.string(),
    city: z.string(),
    district: z.string(),
    address: z.string(),
    /** The digits after a privacy number or an exchange's. */
    extension: z.string(),
    /** How sure each field is; 0 = not found. */
    confidence: z.object({ name: sure, phone: sure, province: sure, city: sure, district: sure, address: sure }),
    rest: z.string(),
    /** The text again, piece by piece. */
    parts: z.array(
      z.object({ kind: z.enum([...ADDRESS_FIELDS, 'extension', 'label', 'gap', 'rest']), text: z.string() }),
    ),
  })
  .meta({ id: 'SplitAddress' });
