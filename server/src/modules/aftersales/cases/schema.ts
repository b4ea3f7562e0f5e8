import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { LevelView } from '#modules/customers/index.ts';
import { DISPOSITIONS } from '#modules/inventory/index.ts';
import { BREAKDOWN_CODES } from './domain/allocate.ts';
import { CASE_KINDS, CASE_STATES } from './domain/flow.ts';
import { CaseRef, answer, RepairFeeView } from './schema-repair.ts';

export * from './schema-repair.ts';

export const CASE_LINES_MAX = 200;
const FILES_MAX = 20;
const text = (max: number) => z.string().trim().max(max);
const moment = z.iso.datetime();
const quantity = z.int().min(1).max(10_000_000);
const files = z.array(z.uuid()).max(FILES_MAX);

export const OpenCase = z
  .object({
    orderId: z.uuid(),
    type: z.enum(CASE_KINDS),
    lines: z
      .array(
        z.object({
          lineId: z.uuid(),
          quantity,
          /** What an exchange or a reship is to send instead of the same goods. */ sku: text(80).min(1).optional(),
        }),
      )
      .min(1)
      .max(CASE_LINES_MAX),
    /** A code of the policy, such as `quality`; another word counts as `other` and is kept as it was said. */
    reason: text(60).min(1),
    description: text(1000).optional(),
    evidence: files.optional(),
  })
  .meta({ id: 'OpenCase' });
export const ApproveCase = z
  .object({
    ...CaseRef.shape,
    note: text(1000).optional(),
    /** Code of the warehouse the goods are to be sent to. */ warehouse: text(40).min(1).optional(),
  })
  .meta({ id: 'ApproveCase' });
export const RejectCase = z.object({ ...CaseRef.shape, note: text(1000).default('') }).meta({ id: 'RejectCase' });
export const ShipReturn = z
  .object({
    ...CaseRef.shape,
    /** Found by the number's form when left out. */ carrier: text(40).min(1).optional(),
    waybillNo: text(60).min(4),
    evidence: files.optional(),
  })
  .meta({ id: 'ShipReturn' });
const counted = z.object({ lineId: z.uuid(), quantity: z.int().min(0).max(10_000_000) });
export const ReceiveReturn = z
  .object({
    ...CaseRef.shape,
    /** What came; all that was agreed when left out. */ lines: z.array(counted).max(CASE_LINES_MAX).optional(),
    /** Code of the warehouse it came to. */ warehouse: text(40).min(1).optional(),
  })
  .meta({ id: 'ReceiveReturn' });
/** Other words in use for the same. */
const ALSO: Readonly<Record<string, string>> = {
  damage: 'damaged',
  refurbish: 'repair',
  dispose: 'scrap',
  vendor: 'return_to_vendor',
};
export const InspectReturn = z
  .object({
    ...CaseRef.shape,
    lines: z
      .array(
        z.object({
          lineId: z.uuid(),
          quantity,
          grade: text(20).min(1),
          disposition: z.preprocess((d) => ALSO[String(d)] ?? d, z.enum(DISPOSITIONS)),
          /** False: nothing is given for these, and they are sent back. */ accepted: z.boolean().optional(),
          /** Worth less for how they were found, minor units; to be seen on a picture. */
          deduction: z.int().min(0).max(1_000_000_000_000).optional(),
          bin: text(40).min(1).optional(),
          note: text(500).optional(),
        }),
      )
      .min(1)
      .max(CASE_LINES_MAX),
    evidence: files.optional(),
  })
  .meta({ id: 'InspectReturn' });
export const ExecuteCase = z
  .object({
    ...CaseRef.shape,
    carrier: text(40).min(1).optional(),
    waybillNo: text(60).min(4).optional(),
    feeReference: text(120).min(1).optional(),
    /** Of an exchange: give the money back instead of sending goods. */ refundInstead: z.boolean().optional(),
  })
  .meta({ id: 'ExecuteCase' });
export const CancelCase = z.object({ ...CaseRef.shape, note: text(1000).optional() }).meta({ id: 'CancelCase' });
export const BookPickup = z
  .object({
    ...CaseRef.shape,
    carrier: text(40).min(1).optional(),
    from: z.iso.datetime({ offset: true }),
    until: z.iso.datetime({ offset: true }),
    /** Where; where the order was delivered unless told. */
    at: z.object({ name: text(80).min(1), phone: text(30).min(5), address: text(300).min(3) }).optional(),
  })
  .meta({ id: 'BookPickup' });
export const DiagnoseCase = z.object({ ...CaseRef.shape, diagnosis: text(1000).min(1) }).meta({ id: 'DiagnoseCase' });
export const MakeCaseOffer = z
  .object({
    ...CaseRef.shape,
    kind: z.enum(['refund', 'return', 'exchange', 'repair', 'reship']),
    amount: z.int().min(1).max(1_000_000_000_000).optional(),
    note: text(500).optional(),
  })
  .meta({ id: 'MakeCaseOffer' });
export const AnswerCaseOffer = z
  .object({ ...CaseRef.shape, offerId: z.uuid().optional(), answer })
  .meta({ id: 'AnswerCaseOffer' });
export const SendBack = z
  .object({ ...CaseRef.shape, carrier: text(40).min(1), waybillNo: text(60).min(4) })
  .meta({ id: 'SendBack' });
export const EscalateCase = z
  .object({ ...CaseRef.shape, note: text(1000).default(''), evidence: files.optional() })
  .meta({ id: 'EscalateCase' });
export const ArbitrateCase = z
  .object({
    ...CaseRef.shape,
    verdict: z.enum(['uphold', 'overrule']),
    note: text(1000).min(1),
    evidence: files.optional(),
  })
  .meta({ id: 'ArbitrateCase' });
export const AskGoodwill = z.object({ ...CaseRef.shape, note: text(1000).min(1) }).meta({ id: 'AskGoodwill' });
export const AssignCase = z.object({ ...CaseRef.shape, ownerId: text(60).min(1) }).meta({ id: 'AssignCase' });
export const FollowUp = z
  .object({ ...CaseRef.shape, satisfied: z.boolean(), note: text(1000).default('') })
  .meta({ id: 'FollowUpCase' });
export const ShowEvidence = z.object({ ...CaseRef.shape, fileIds: files.min(1) }).meta({ id: 'ShowEvidence' });
export const ListCases = z.object({
  ...listInput,
  view: z.enum(['open', 'done', 'follow_up', 'all']).default('all'),
  status: z.enum(CASE_STATES).optional(),
  type: z.enum(CASE_KINDS).optional(),
  owner: text(60).optional(),
  orderId: z.uuid().optional(),
  customerId: z.uuid().optional(),
  overdue: z.stringbool().optional(),
  /** The number of a case, its order or a waybill it came or went with; or the whole telephone number or name of whose it is. */
  q: text(60).optional(),
});

const summary = {
  id: z.uuid(),
  no: z.string(),
  type: z.enum(CASE_KINDS),
  status: z.enum(CASE_STATES),
  reason: z.string(),
  orderId: z.uuid(),
  orderNo: z.string(),
  shop: z.string(),
  vip: z.boolean(),
  customer: z.object({ id: z.uuid(), name: z.string(), phone: z.string(), member: LevelView.nullable() }),
  units: z.int(),
  goods: z.string(),
  refund: z.object({ amount: MoneyView }),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  byCustomer: z.boolean(),
  openedAt: moment,
  dueAt: moment.nullable(),
  dueKind: z.string().nullable(),
  overdue: z.boolean(),
  endedAt: moment.nullable(),
  policy: z.object({ clause: z.string(), decision: z.enum(['instant', 'reviewed', 'refused']) }),
};
export const CaseSummary = z.object(summary).meta({ id: 'CaseSummary' });

const fileView = z.object({
  fileId: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  purpose: z.string(),
  by: z.string(),
  at: moment,
});
export const BreakdownItemView = z
  .object({
    code: z.enum(BREAKDOWN_CODES),
    lineId: z.uuid().nullable(),
    units: z.int().nullable(),
    amount: MoneyView,
    text: z.string(),
  })
  .meta({ id: 'BreakdownItem' });
export const CaseView = z
  .object({
    ...summary,
    version: z.int(),
    description: z.string(),
    said: z.string().nullable(),
    policy: z.object({
      clause: z.string(),
      decision: z.enum(['instant', 'reviewed', 'refused']),
      text: z.string(),
      version: z.int(),
      freight: z.string(),
      evidence: z.string(),
      windowEndsAt: moment.nullable(),
      refusedBecause: z.string().nullable(),
    }),
    goodwill: z.enum(['asked', 'granted', 'refused']).nullable(),
    diagnosis: z.string().nullable(),
    note: z.string().nullable(),
    lines: z.array(
      z.object({
        lineId: z.uuid(),
        sku: z.string(),
        title: z.string(),
        quantity: z.int(),
        unsent: z.int(),
        received: z.int(),
        inspected: z.int(),
        accepted: z.int(),
        wanted: z.string().nullable(),
        inspections: z.array(
          z.object({
            quantity: z.int(),
            grade: z.string(),
            disposition: z.enum(DISPOSITIONS),
            accepted: z.boolean(),
            deduction: MoneyView,
            bin: z.string().nullable(),
            note: z.string(),
            at: moment,
          }),
        ),
      }),
    ),
    refund: z.object({
      amount: MoneyView,
      /** False: a preview, as things are now. */ granted: z.boolean(),
      breakdown: z.array(BreakdownItemView),
      /** Given before the goods were here. */ ahead: MoneyView,
      /** Points earned with the order are taken back with its money. */ pointsFollow: z.boolean(),
      legs: z.array(
        z.object({ refundId: z.uuid(), amount: MoneyView, external: z.boolean(), state: z.string(), at: moment }),
      ),
    }),
    steps: z.array(z.object({ step: z.string(), at: moment.nullable() })),
    timers: z.array(z.object({ kind: z.string(), dueAt: moment, state: z.string() })),
    returning: z.object({
      carrier: z.string().nullable(),
      waybillNo: z.string().nullable(),
      shippedAt: moment.nullable(),
      receivedAt: moment.nullable(),
      warehouse: z.object({ code: z.string(), name: z.string(), address: z.string() }).nullable(),
      pickup: z
        .object({
          state: z.string(),
          carrier: z.string(),
          from: moment,
          until: moment,
          waybillNo: z.string().nullable(),
          why: z.string().nullable(),
        })
        .nullable(),
      sentBack: z.object({ carrier: z.string(), waybillNo: z.string() }).nullable(),
    }),
    replacement: z
      .object({
        orderId: z.uuid(),
        orderNo: z.string(),
        status: z.string(),
        due: MoneyView,
        holds: z.array(z.string()),
      })
      .nullable(),
    repair: z
      .object({
        amount: MoneyView.nullable(),
        note: z.string().nullable(),
        paidBy: z.string().nullable(),
        /** What is owed for it, once the quote was accepted. */
        fee: RepairFeeView.nullable(),
      })
      .nullable(),
    offers: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        amount: MoneyView.nullable(),
        note: z.string(),
        state: z.string(),
        madeAt: moment,
        expiresAt: moment,
      }),
    ),
    evidence: z.array(fileView),
    verdict: z.object({ verdict: z.string(), note: z.string(), by: z.string(), at: moment }).nullable(),
    debts: z.array(z.object({ id: z.uuid(), amount: MoneyView, why: z.string(), state: z.string() })),
    followUp: z.object({ at: moment, satisfied: z.boolean().nullable(), note: z.string() }).nullable(),
    history: z.array(
      z.object({
        n: z.int(),
        event: z.string(),
        from: z.string(),
        to: z.string(),
        note: z.string(),
        actor: z.string(),
        at: moment,
      }),
    ),
    may: z.array(z.string()),
  })
  .meta({ id: 'AfterSalesCase' });

export const ListDebts = z.object({
  ...listInput,
  status: z.enum(['open', 'settled', 'waived']).optional(),
  customerId: z.uuid().optional(),
});
export const SettleDebt = z
  .object({ debtId: z.uuid(), outcome: z.enum(['settled', 'waived']), note: text(500).min(1) })
  .meta({ id: 'SettleDebt' });
export const DebtView = z
  .object({
    id: z.uuid(),
    caseId: z.uuid(),
    no: z.string(),
    orderId: z.uuid(),
    orderNo: z.string(),
    customerId: z.uuid(),
    amount: MoneyView,
    why: z.string(),
    status: z.enum(['open', 'settled', 'waived']),
    openedAt: moment,
    endedAt: moment.nullable(),
    note: z.string().nullable(),
    may: z.array(z.string()),
  })
  .meta({ id: 'AfterSalesDebt' });

export const OrderCases = z
  .object({
    items: z.array(CaseSummary),
    /** What may still be asked for, by line. */
    lines: z.array(
      z.object({
        lineId: z.uuid(),
        sku: z.string(),
        title: z.string(),
        gift: z.boolean(),
        /** No case has them: for a refund. */ free: z.int(),
        /** Sent, and no case has them: for whatever needs goods. */ out: z.int(),
        unsent: z.int(),
      }),
    ),
    may: z.array(z.string()),
  })
  .meta({ id: 'OrderCases' });
export const PreviewRefund = z
  .object({
    orderId: z.uuid(),
    type: z.enum(['refund', 'return']),
    lines: OpenCase.shape.lines,
    reason: OpenCase.shape.reason,
  })
  .meta({ id: 'PreviewRefund' });
export const RefundPreview = z
  .object({
    amount: MoneyView,
    breakdown: z.array(BreakdownItemView),
    policy: z.object({ allowed: z.boolean(), clause: z.string(), text: z.string() }),
  })
  .meta({ id: 'RefundPreview' });
