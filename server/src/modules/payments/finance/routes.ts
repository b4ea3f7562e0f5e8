import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { FinanceSummary } from './schema.ts';
import { financeSummary } from './summary.ts';

export const financeRoutes = [
  defineRoute({
    method: 'GET',
    path: '/finance/summary',
    permission: 'payments.payment.read',
    tags: ['finance'],
    summary: 'What waits for finance and how money moved in thirty days; parts the caller may not see are null',
    input: z.object({}),
    output: FinanceSummary,
    run: financeSummary,
  }),
];
