import { z } from 'zod';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import { proposePayout, setPayee } from './commands/cash.ts';
import { grantCompensation } from './commands/grant.ts';
import { revokeCompensation } from './commands/revoke.ts';
import { setBudget } from './commands/set-budget.ts';
import { BUDGET, CREATE, PAY, READ, REVOKE } from './permissions.ts';
import { authorityOf, listAllBudgets, optionsFor, presentBudgets } from './queries/options.ts';
import { listAll, viewCompensation } from './queries/view.ts';
import * as schema from './schema.ts';

const tags = ['compensation'];

export const compensationRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/compensation-options',
    permission: READ,
    tags,
    summary: 'What I may give for an order, by reason and kind, and what is left of the budgets',
    input: schema.OfOrder,
    output: schema.CompensationOptions,
    run: async (tx, ctx, { orderId }) => optionsFor(tx, ctx, await visibleOrder(tx, ctx, orderId)),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/compensations',
    permission: CREATE,
    tags,
    summary: 'Give a compensation: at once within my authority and the budgets, else it is only asked for',
    input: schema.GrantCompensation,
    output: schema.CompensationView,
    status: 201,
    run: async (tx, ctx, input) => {
      await fieldCrypto.load(ctx.orgId);
      const order = await visibleOrder(tx, ctx, input.orderId);
      const row = await grantCompensation(tx, ctx, { ...input, orderId: order.id });
      return viewCompensation(tx, ctx, row.id);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/compensations',
    permission: READ,
    tags,
    summary: 'Compensations, newest first',
    input: schema.ListCompensations,
    output: schema.CompensationList,
    run: listAll,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/compensations/{compensationId}',
    permission: READ,
    tags,
    summary: 'One compensation, by id or number',
    input: schema.CompensationRef,
    output: schema.CompensationView,
    run: (tx, ctx, { compensationId }) => viewCompensation(tx, ctx, compensationId),
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/compensations/{compensationId}/pay-out',
    permission: PAY,
    tags,
    summary: 'Say by which transfer the cash was paid that no channel can pay; a second person confirms',
    input: schema.PayOut,
    output: schema.CompensationView,
    run: async (tx, ctx, input) => {
      const { id } = await viewCompensation(tx, ctx, input.compensationId);
      await proposePayout(tx, ctx, { ...input, compensationId: id });
      return viewCompensation(tx, ctx, id);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/compensations/{compensationId}/payee',
    permission: CREATE,
    tags,
    summary: 'Say to whom the cash goes that no channel can pay',
    input: schema.SetPayee,
    output: schema.CompensationView,
    run: async (tx, ctx, input) => {
      const { id } = await viewCompensation(tx, ctx, input.compensationId);
      await setPayee(tx, ctx, { ...input, compensationId: id });
      return viewCompensation(tx, ctx, id);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/compensations/{compensationId}/revoke',
    permission: REVOKE,
    tags,
    summary: 'Take points back that were given by mistake: they are promised no longer, and the budget is free again',
    input: schema.Revoke,
    output: schema.CompensationView,
    run: async (tx, ctx, input) => {
      const { id } = await viewCompensation(tx, ctx, input.compensationId);
      await revokeCompensation(tx, ctx, { ...input, compensationId: id });
      return viewCompensation(tx, ctx, id);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/compensation-authority',
    permission: READ,
    tags,
    summary: 'How much I decide alone of each kind, by how grave it is; roles and people have limits of their own',
    input: z.object({}),
    output: schema.Authority,
    run: authorityOf,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/compensation-budgets',
    permission: READ,
    tags,
    summary: 'Budgets, and what of this month is spent',
    input: z.object({}),
    output: schema.BudgetList,
    run: listAllBudgets,
  }),
  defineRoute({
    method: 'PUT',
    path: '/after-sales/compensation-budgets',
    permission: BUDGET,
    tags,
    summary: 'Set what the organisation, a shop or a role may give in a month; this month too',
    input: schema.PutBudget,
    output: schema.BudgetView,
    run: async (tx, ctx, input) => {
      const row = await setBudget(tx, ctx, input);
      const [shown] = await presentBudgets(tx, ctx, [row]);
      return shown as NonNullable<typeof shown>;
    },
  }),
];
