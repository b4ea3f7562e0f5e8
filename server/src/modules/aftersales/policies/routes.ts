import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type HttpEnv, Nothing, type Route } from '#kernel/http/route.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import { beginDraft, discardDraft, PUBLISH_LEAD_S, publishDraft, saveDraft } from './commands/draft.ts';
import { decide } from './decide.ts';
import { EMBED_HEADERS, embedPage } from './embed.ts';
import { PUBLISH, READ, WRITE } from './permissions.ts';
import { shownPolicy } from './queries/shown.ts';
import { diffPolicies, listPolicies, viewPolicy } from './queries/versions.ts';
import { instantly, whatIf } from './queries/what-if.ts';
import * as schema from './schema.ts';

const tags = ['after-sales-policies'];

async function check(
  tx: Tx,
  ctx: Ctx,
  { at, ...asked }: z.output<typeof schema.CheckPolicy>,
): Promise<z.input<typeof schema.PolicyAnswerView>> {
  const order = await visibleOrder(tx, ctx, asked.orderId);
  const { lines, ...decision } = await decide(tx, ctx, {
    ...asked,
    orderId: order.id,
    ...(at === undefined ? {} : { at: new Date(at) }),
  });
  return { ...instantly(decision), lines: lines.map(instantly) };
}

/** Pages may keep what they were told until the next version begins, and never longer than one is published ahead. */
async function tell(
  env: HttpEnv,
  ctx: Ctx,
  input: z.output<typeof schema.PublicPolicy>,
  as: { request: FastifyRequest; reply: FastifyReply; headers: Record<string, string> },
  body: (shown: Awaited<ReturnType<typeof shownPolicy>>, locale: Ctx['locale']) => string,
): Promise<FastifyReply> {
  const locale = input.lang ?? ctx.locale;
  const shown = await shownPolicy(env.db, { ...input, locale, now: ctx.now });
  const text = body(shown, locale);
  const left = shown.validUntil === null ? Infinity : (Date.parse(shown.validUntil) - ctx.now.getTime()) / 1000;
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  void as.reply.headers({
    ...as.headers,
    'cache-control': `public, max-age=${Math.max(Math.min(PUBLISH_LEAD_S, Math.floor(left)), 0)}`,
    'access-control-allow-origin': '*',
    vary: 'accept-language',
    etag,
  });
  return as.request.headers['if-none-match'] === etag ? as.reply.code(304).send() : as.reply.send(text);
}

const desk: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/after-sales/policy-check',
    permission: READ,
    tags,
    summary: 'What the policy an order was placed under says of a request, with the clause it names',
    mode: 'read',
    input: schema.CheckPolicy,
    output: schema.PolicyAnswerView,
    run: check,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/policies',
    permission: READ,
    tags,
    summary: 'The versions of the policy, newest first; number 0 is the one this software ships',
    input: schema.ListPolicies,
    output: schema.PolicyList,
    run: listPolicies,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/policies/{version}',
    permission: READ,
    tags,
    summary: 'One version with its rules, by its number, or `draft`',
    input: schema.PolicyRef,
    output: schema.PolicyVersionView,
    run: (tx, ctx, { version }) => viewPolicy(tx, ctx, version),
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/policy-diff',
    permission: READ,
    tags,
    summary: 'What one version says otherwise than another',
    input: schema.DiffPolicies,
    output: schema.PolicyDiffView,
    run: diffPolicies,
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/policies/what-if',
    permission: READ,
    tags,
    summary:
      'What would be answered for any order, lines, type, reason and moment, and by which rule; of the draft too',
    mode: 'read',
    input: schema.WhatIf,
    output: schema.WhatIfView,
    run: whatIf,
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/policies',
    permission: WRITE,
    tags,
    summary: 'Begin a draft with the rules in force, or those of another version',
    input: schema.BeginDraft,
    output: schema.PolicyVersionView,
    status: 201,
    run: async (tx, ctx, input) => {
      await beginDraft(tx, ctx, input);
      return viewPolicy(tx, ctx, 'draft');
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/after-sales/policies/draft',
    permission: WRITE,
    tags,
    summary: 'Save the draft, all its rules at once',
    input: schema.SavePolicyDraft,
    output: schema.PolicyVersionView,
    run: async (tx, ctx, input) => {
      await saveDraft(tx, ctx, input);
      return viewPolicy(tx, ctx, 'draft');
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/after-sales/policies/draft',
    permission: WRITE,
    tags,
    summary: 'Throw the draft away',
    input: z.object({}),
    output: Nothing,
    status: 204,
    run: async (tx, ctx) => {
      await discardDraft(tx, ctx);
      return {};
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/policies/draft/publish',
    permission: PUBLISH,
    tags,
    summary: 'Publish the draft: from its moment on it decides, and nobody changes it any more',
    input: schema.PublishPolicy,
    output: schema.PolicyVersionView,
    run: async (tx, ctx, input) => viewPolicy(tx, ctx, (await publishDraft(tx, ctx, input)).no),
  }),
];

const open: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/after-sales/policy',
    permission: 'public',
    tags,
    summary: 'The policy in force for a SKU or a category, for the shop to show before anything is bought',
    ratePerMinute: 300,
    mode: 'raw',
    input: schema.PublicPolicy,
    output: schema.PublicPolicyView,
    run: (env, ctx, input, request, reply) =>
      tell(
        env,
        ctx,
        input,
        { request, reply, headers: { 'content-type': 'application/json; charset=utf-8' } },
        (shown) => JSON.stringify(shown),
      ),
  }),
  defineRoute({
    method: 'GET',
    path: '//embed/after-sales-policy',
    permission: 'public',
    tags,
    summary: 'The same as a page to be framed by a shop',
    documented: false,
    ratePerMinute: 300,
    mode: 'raw',
    input: schema.PublicPolicy,
    output: z.unknown(),
    run: (env, ctx, input, request, reply) =>
      tell(env, ctx, input, { request, reply, headers: EMBED_HEADERS }, embedPage),
  }),
];

export const policyRoutes: Route[] = [...desk, ...open];
