import { z } from 'zod';
import type { Refusal } from '../errors.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { dropView, putView, viewsOf } from './store.ts';

const text = (max: number) => z.string().trim().max(max);
const Filters = z.record(text(20), z.union([text(80), z.number()]));
const SavedViews = z
  .object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), filters: Filters })) })
  .meta({ id: 'SavedViews' });
const PutView = z.object({ name: text(40).min(1), filters: Filters }).meta({ id: 'PutSavedView' });
const ViewRef = z.object({ viewId: z.uuid() });

type Of = {
  /** Where they stand in the API, such as `/case-views`. */
  path: `/${string}`;
  /** The list they are views of. */
  list: string;
  /** Whoever sees the list saves views of it. */
  permission: string;
  tags: readonly string[];
  notFound: Refusal;
};

/** Saved views of a list: each person's own. */
export const savedViewRoutes = ({ path, list, permission, tags, notFound: NotFound }: Of): Route[] => [
  defineRoute({
    method: 'GET',
    path,
    permission,
    tags,
    summary: 'My saved views of the list',
    input: z.object({}),
    output: SavedViews,
    run: async (tx, ctx) => ({ items: await viewsOf(tx, ctx.actor.id, list) }),
  }),
  defineRoute({
    method: 'PUT',
    path,
    permission,
    tags,
    summary: 'Save a view under a name',
    input: PutView,
    output: SavedViews,
    run: async (tx, ctx, input) => {
      await putView(tx, ctx, list, input);
      return { items: await viewsOf(tx, ctx.actor.id, list) };
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/{viewId}`,
    permission,
    tags,
    summary: 'Forget a view',
    input: ViewRef,
    output: SavedViews,
    run: async (tx, ctx, { viewId }) => {
      if (!(await dropView(tx, ctx.actor.id, list, viewId))) throw new NotFound({ viewId });
      return { items: await viewsOf(tx, ctx.actor.id, list) };
    },
  }),
];
