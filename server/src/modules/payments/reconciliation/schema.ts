import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { BILL_TYPES } from './domain/bill.ts';
import { DIFFERENCE_ACTIONS, DIFFERENCE_KINDS, DIFFERENCE_STATES } from './domain/difference-flow.ts';

const day = z.iso.date();
const channel = z.string().trim().min(1).max(40);
const amountOrWord = z.union([z.int(), z.string()]);
export const LINE_OUTCOMES = [
  'matched',
  'amount',
  'status',
  'channel_only',
  'fee',
  'duplicate',
  'expected',
  'recorded',
] as const;

const reconciliation = {
  id: z.uuid(),
  channel: z.string(),
  billDate: z.string(),
  billType: z.enum(BILL_TYPES),
  merchant: z.string(),
  /** Channels of ours whose payments are in it. */
  covers: z.array(z.string()),
  source: z.enum(['upload', 'fetch']),
  rows: z.int(),
  payments: z.int(),
  paidAmount: z.int(),
  refunds: z.int(),
  refundedAmount: z.int(),
  feeAmount: z.int(),
  matched: z.int(),
  differenceCount: z.int(),
  /** Of the differences: not settled yet. */
  open: z.int(),
  /** Of the differences: waiting for the bill of the next days. */
  carried: z.int(),
  loadedAt: z.string(),
  loadedBy: z.string(),
  may: z.array(z.string()),
};
export const ReconciliationView = z.object(reconciliation).meta({ id: 'Reconciliation' });
export type ReconciliationView = z.input<typeof ReconciliationView>;

const difference = {
  kind: z.enum(DIFFERENCE_KINDS),
  /** Our number, or the channel's where there is none of ours. */
  reference: z.string(),
  /** What we have: an amount, or a state for `status`. */
  expected: amountOrWord.optional(),
  /** What the channel has. */
  actual: amountOrWord.optional(),
};
/** The answer to a bill. `differences` begins the list; `more` says how many there are beside. */
export const LoadedBill = z
  .object({
    ...reconciliation,
    differences: z.array(z.object({ id: z.uuid(), subject: z.enum(['payment', 'refund']), ...difference })),
    more: z.int(),
    /** Nothing was booked. */
    dryRun: z.boolean(),
  })
  .meta({ id: 'LoadedBill' });

const work = {
  id: z.uuid(),
  reconciliationId: z.uuid(),
  line: z.int().nullable(),
  channel: z.string(),
  billDate: z.string(),
  subject: z.enum(['payment', 'refund']),
  ...difference,
  currency: z.string(),
  txn: z.string(),
  paymentId: z.uuid().nullable(),
  refundId: z.uuid().nullable(),
  occurredAt: z.string(),
  state: z.enum(DIFFERENCE_STATES),
  dueOn: z.string().nullable(),
  owner: z.string().nullable(),
  ownedByMe: z.boolean(),
  action: z.enum(DIFFERENCE_ACTIONS).nullable(),
  reason: z.string().nullable(),
  proposedBy: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  closedAt: z.string().nullable(),
  /** The bill and the line that brought the missing side. */
  evidence: z.object({ reconciliationId: z.uuid(), line: z.int().nullable() }).nullable(),
  madeRefundId: z.uuid().nullable(),
  createdAt: z.string(),
  may: z.array(z.string()),
  /** What could be proposed. */
  actions: z.array(z.enum(DIFFERENCE_ACTIONS)),
  version: z.int(),
};
export const DifferenceSummary = z.object(work).meta({ id: 'ReconciliationDifferenceSummary' });
export type DifferenceSummary = z.input<typeof DifferenceSummary>;
export const DifferenceView = z
  .object({
    ...work,
    moves: z.array(
      z.object({
        event: z.string(),
        state: z.enum(DIFFERENCE_STATES),
        note: z.string(),
        fileIds: z.array(z.uuid()),
        by: z.string(),
        at: z.string(),
      }),
    ),
    /** Payments of the same amount at about the time: for a person to look at, nothing is matched by them. */
    suggestions: z.array(
      z.object({
        paymentId: z.uuid(),
        paymentNo: z.string(),
        amount: z.int(),
        currency: z.string(),
        at: z.string(),
        status: z.string(),
      }),
    ),
  })
  .meta({ id: 'ReconciliationDifference' });
export type DifferenceView = z.input<typeof DifferenceView>;

export const LineView = z
  .object({
    line: z.int(),
    kind: z.enum(['payment', 'refund', 'other']),
    txn: z.string(),
    merchantNo: z.string(),
    refundTxn: z.string(),
    refundNo: z.string(),
    amount: z.int(),
    fee: z.int(),
    currency: z.string(),
    status: z.string(),
    at: z.string(),
    outcome: z.enum(LINE_OUTCOMES),
    paymentId: z.uuid().nullable(),
    refundId: z.uuid().nullable(),
  })
  .meta({ id: 'BillLine' });

export const ReconciliationId = z.object({ reconciliationId: z.uuid() });
export const DifferenceId = z.object({ differenceId: z.uuid() });
export const ReconciliationList = listOf(ReconciliationView);
export const LineList = listOf(LineView);
export const DifferenceList = listOf(DifferenceSummary);

export const LoadFields = z.object({
  channel,
  billDate: day,
  /** Says what would come of it, and books nothing. */
  dryRun: z.stringbool().default(false),
});
export const FetchBill = z.object({
  channel,
  billDate: day,
  /** The bill of trades unless told; the fund bill says what moved the account. */
  family: z.enum(['trade', 'fund']).optional(),
});
export const ListReconciliations = z.object({
  ...listInput,
  channel: channel.optional(),
  from: day.optional(),
  to: day.optional(),
});
export const ListLines = z.object({
  ...listInput,
  reconciliationId: z.uuid(),
  outcome: z.enum(LINE_OUTCOMES).optional(),
  /** A number, whole. */
  q: z.string().trim().max(64).optional(),
});
const filters = {
  channel: channel.optional(),
  kind: z.enum(DIFFERENCE_KINDS).optional(),
  /** `unsettled`: open, proposed or parked. */
  state: z.enum([...DIFFERENCE_STATES, 'unsettled']).optional(),
  billDate: day.optional(),
  mine: z.stringbool().optional(),
  /** Our number or the channel's, whole. */
  q: z.string().trim().max(100).optional(),
};
export const ListDifferences = z.object({ ...listInput, ...filters });
export const CountDifferences = z.object(filters);
export const ListBillDifferences = z.object({ ...listInput, ...filters, reconciliationId: z.uuid() });
export const DifferenceCounts = z.object({
  items: z.array(z.object({ kind: z.enum(DIFFERENCE_KINDS), state: z.enum(DIFFERENCE_STATES), count: z.int() })),
});

export const ReportInput = z.object({ from: day.optional(), to: day.optional(), channel: channel.optional() });
export const ReconciliationReport = z
  .object({
    from: z.string(),
    to: z.string(),
    channels: z.array(z.string()),
    days: z.array(
      z.object({
        date: z.string(),
        channel: z.string(),
        bills: z.int(),
        rows: z.int(),
        matched: z.int(),
        paidAmount: z.int(),
        refundedAmount: z.int(),
        feeAmount: z.int(),
        differences: z.int(),
        open: z.int(),
        carried: z.int(),
      }),
    ),
  })
  .meta({ id: 'ReconciliationReport' });

const text = z.string().trim().max(1000);
const fileIds = z.array(z.uuid()).max(10).default([]);
export const AssignDifference = z.object({ differenceId: z.uuid(), ownerId: z.string().min(1).max(80) });
export type AssignDifference = z.output<typeof AssignDifference>;
export const NoteDifference = z.object({ differenceId: z.uuid(), note: text.default(''), fileIds });
export type NoteDifference = z.output<typeof NoteDifference>;
export const ProposeDifference = z.object({
  differenceId: z.uuid(),
  action: z.enum(DIFFERENCE_ACTIONS),
  reason: text.min(2),
  fileIds,
});
export type ProposeDifference = z.output<typeof ProposeDifference>;
export const ReasonedDifference = z.object({ differenceId: z.uuid(), note: text.min(2) });
export type ReasonedDifference = z.output<typeof ReasonedDifference>;
