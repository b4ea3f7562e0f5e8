import { z } from 'zod';
import { REFUSALS } from './domain/decide.ts';
import { EVIDENCES, FREIGHTS, REASON_CODES, TYPES } from './domain/vocabulary.ts';

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
  version: z.int(),
  freight: z.enum(FREIGHTS),
  evidence: z.enum(EVIDENCES),
  instant: z.boolean(),
  windowEndsAt: z.iso.datetime().nullable(),
  refusedBecause: z.enum(REFUSALS).nullable(),
};
export const PolicyAnswerView = z
  .object({ ...answer, lines: z.array(z.object({ lineId: z.uuid(), category: z.string(), ...answer })) })
  .meta({ id: 'PolicyAnswer' });
