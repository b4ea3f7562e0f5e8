import { defineRoute } from '#kernel/http/route.ts';
import { listPresales } from './queries/overview.ts';
import { ListPresales, PresaleList } from './schema.ts';

export const presaleRoutes = [
  defineRoute({
    method: 'GET',
    path: '/presales',
    permission: 'orders.order.read',
    tags: ['orders'],
    summary: 'What became of presales, newest first: orders, units, deposits and balances by how far they are',
    input: ListPresales,
    output: PresaleList,
    run: listPresales,
  }),
];
