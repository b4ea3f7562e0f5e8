import { defineRoute, type Route } from '#kernel/http/route.ts';
import { decideRisk } from './commands/decide-risk.ts';
import { DECIDE, READ } from './permissions.ts';
import { listAll, viewRisk } from './queries/view.ts';
import * as schema from './schema.ts';

const tags = ['after-sales-risk'];

export const abuseRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/after-sales/risks',
    permission: READ,
    tags,
    summary: 'Customers whose claims follow a pattern, newest first',
    input: schema.ListRisks,
    output: schema.RiskList,
    run: listAll,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/risks/{riskId}',
    permission: READ,
    tags,
    summary: 'One risk case with its evidence',
    input: schema.RiskId,
    output: schema.RiskView,
    run: (tx, ctx, { riskId }) => viewRisk(tx, ctx, riskId),
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/risks/{riskId}/decide',
    permission: DECIDE,
    tags,
    summary: 'Dismiss it, watch the customer, or have everything they ask for looked at',
    input: schema.DecideRisk,
    output: schema.RiskView,
    run: async (tx, ctx, input) => {
      await viewRisk(tx, ctx, input.riskId);
      await decideRisk(tx, ctx, input);
      return viewRisk(tx, ctx, input.riskId);
    },
  }),
];
