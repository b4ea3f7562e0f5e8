import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { DECISIONS, RISK_STATES } from './domain/flow.ts';
import { SIGNALS } from './domain/signals.ts';

const moment = z.iso.datetime();

export const ListRisks = z.object({
  ...listInput,
  state: z.enum(RISK_STATES).optional(),
  customerId: z.uuid().optional(),
});
export const RiskId = z.object({ riskId: z.uuid() });
export const DecideRisk = z
  .object({
    riskId: z.uuid(),
    decision: z.enum(DECISIONS),
    note: z.string().trim().min(1).max(150),
    /** How long everything is looked at; 0 = until somebody says otherwise. Default as the settings say. */
    reviewDays: z.int().min(0).max(3_650).optional(),
    /** Of the order it was raised on: put on the blacklist as well. */
    blacklist: z
      .array(z.enum(['phone', 'address', 'device']))
      .max(3)
      .default([]),
  })
  .meta({ id: 'DecideRiskCase' });
export const RiskView = z
  .object({
    id: z.uuid(),
    no: z.string(),
    status: z.enum(RISK_STATES),
    customer: z.object({ id: z.uuid(), name: z.string() }),
    order: z.object({ id: z.uuid(), orderNo: z.string() }),
    /** The signals seen, strongest evidence of each. */
    reasons: z.array(z.object({ signal: z.enum(SIGNALS), value: z.int(), threshold: z.int(), text: z.string() })),
    evidence: z.array(
      z.object({
        signal: z.enum(SIGNALS),
        caseId: z.uuid(),
        caseNo: z.string(),
        orderId: z.uuid(),
        orderNo: z.string(),
        kind: z.string(),
        value: z.int(),
        threshold: z.int(),
        text: z.string(),
        at: moment,
      }),
    ),
    openedAt: moment,
    decidedAt: moment.nullable(),
    decidedBy: z.string().nullable(),
    note: z.string(),
    reviewUntil: moment.nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'RiskCase' });
export const RiskList = listOf(RiskView);
