import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';
import { SIGNALS } from './domain/signals.ts';

const of = { riskId: z.string(), no: z.string(), customerId: z.string() };
// Told on the customer.
export const RiskRaised = defineEvent(
  'aftersales.risk_raised.v1',
  z.object({ ...of, signals: z.array(z.enum(SIGNALS)), again: z.boolean() }),
);
export const RiskDecided = defineEvent(
  'aftersales.risk_decided.v1',
  z.object({ ...of, decision: z.string(), blacklisted: z.array(z.string()) }),
);
