import { z } from 'zod';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { adjustPoints, compensatePoints, spendPoints } from './commands/grant-points.ts';
import { setLevel } from './commands/set-level.ts';
import { listCustomers, viewCustomer, viewMembership } from './queries/customers.ts';
import { readPoints } from './queries/points.ts';
import {
  AdjustPoints,
  CustomerRef,
  CustomerSummary,
  CustomerView,
  GrantedView,
  ListCustomers,
  MembershipView,
  MovePoints,
  PointsView,
  ReadPoints,
  SetLevel,
} from './schema.ts';

const tags = ['customers'];

export const routes = [
  defineRoute({
    method: 'GET',
    path: '/membership',
    permission: 'customers.customer.read',
    tags,
    summary: 'The levels there are, lowest first, and what a point is worth',
    input: z.object({}),
    output: MembershipView,
    run: viewMembership,
  }),
  defineRoute({
    method: 'GET',
    path: '/customers',
    permission: 'customers.customer.read',
    tags,
    summary: 'Customers, newest first; q finds by telephone number, name or external id',
    input: ListCustomers,
    output: listOf(CustomerSummary),
    run: listCustomers,
  }),
  defineRoute({
    method: 'GET',
    path: '/customers/{customerId}',
    permission: 'customers.customer.read',
    tags,
    summary: 'One customer: level, progress, points',
    input: CustomerRef,
    output: CustomerView,
    run: (tx, ctx, { customerId }) => viewCustomer(tx, ctx, customerId),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/customers/{customerId}/level',
    permission: 'customers.level.override',
    tags,
    summary: 'Set the level by hand, with a reason; null gives it back to the computation',
    input: SetLevel,
    output: CustomerView,
    run: async (tx, ctx, input) => {
      await setLevel(tx, ctx, input);
      return viewCustomer(tx, ctx, input.customerId);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/customers/{customerId}/points',
    permission: 'customers.points.read',
    tags,
    summary: 'The balance of points and the movements behind it, newest first',
    input: ReadPoints,
    output: PointsView,
    run: readPoints,
  }),
  defineRoute({
    method: 'POST',
    path: '/customers/{customerId}/points/spend',
    permission: 'customers.points.spend',
    tags,
    summary: 'Redeem points',
    input: MovePoints,
    output: GrantedView,
    status: 201,
    run: spendPoints,
  }),
  defineRoute({
    method: 'POST',
    path: '/customers/{customerId}/points/compensate',
    permission: 'customers.points.compensate',
    tags,
    summary: 'Grant points as compensation; above the limit another person approves',
    input: MovePoints,
    output: GrantedView,
    status: 201,
    run: compensatePoints,
  }),
  defineRoute({
    method: 'POST',
    path: '/customers/{customerId}/points/adjust',
    permission: 'customers.points.adjust',
    tags,
    summary: 'Ask for a correction of points, up or down; another person approves',
    input: AdjustPoints,
    output: GrantedView,
    status: 201,
    run: adjustPoints,
  }),
];
