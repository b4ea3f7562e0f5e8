import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { pdfHeaders, renderPdf } from '#kernel/pdf/index.ts';
import { portalOrder } from '../portal/access.ts';
import { visibleOrder } from '../queries/order.ts';
import { OrderRef } from '../schema.ts';
import { askCorrection } from './commands/correct-claim.ts';
import { dismissClaim } from './commands/dismiss-claim.ts';
import { fileClaim } from './commands/file-claim.ts';
import { SnapshotNotKept } from './errors.ts';
import { reportPdf } from './pdf/report-pdf.ts';
import { listClaims, myClaims, viewClaim, visibleClaim, wordedClaim } from './queries/claims.ts';
import { explainOrder } from './queries/explanation.ts';
import { readSnapshot } from './queries/snapshot.ts';
import {
  ClaimSummary,
  ClaimView,
  CorrectClaim,
  DismissClaim,
  ExplanationView,
  FileClaim,
  FileMyClaim,
  ListClaims,
  MyClaim,
  ReadClaim,
  ReadProof,
  SnapshotView,
} from './schema.ts';
import { proofOf } from './store/snapshots.ts';

const tags = ['claims'];
const handle = 'orders.claim.handle';

/** A command on a claim within the caller's data scope, answered with the claim as it is afterwards. */
const onClaim =
  <I extends { claimId: string }>(command: (tx: Tx, ctx: Ctx, input: I) => Promise<void>) =>
  async (tx: Tx, ctx: Ctx, input: I) => {
    await visibleClaim(tx, ctx, input.claimId);
    await command(tx, ctx, input);
    return viewClaim(tx, ctx, { claimId: input.claimId });
  };

const proof: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/snapshot',
    permission: 'orders.order.read',
    tags,
    summary: 'The trade snapshot: what was agreed when the order was placed',
    input: ReadProof,
    output: SnapshotView,
    run: readSnapshot,
  }),
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/explanation',
    permission: 'orders.order.read',
    tags,
    summary: 'Which offers applied to the order, which did not and why, in words to send',
    input: ReadProof,
    output: ExplanationView,
    run: explainOrder,
  }),
];

const desk: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/claims',
    permission: handle,
    tags,
    summary: 'File a claim: the snapshot is compared with the rules of that moment at once',
    input: FileClaim,
    output: ClaimView,
    status: 201,
    run: async (tx, ctx, { orderId, ...filed }) => {
      const claim = await fileClaim(tx, ctx, await visibleOrder(tx, ctx, orderId), filed);
      return viewClaim(tx, ctx, { claimId: claim.id });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/claims',
    permission: 'orders.claim.read',
    tags,
    summary: 'Claims: the open ones by deadline, or all, newest first',
    input: ListClaims,
    output: listOf(ClaimSummary),
    run: listClaims,
  }),
  defineRoute({
    method: 'GET',
    path: '/claims/{claimId}',
    permission: 'orders.claim.read',
    tags,
    summary: 'One claim with its report',
    input: ReadClaim,
    output: ClaimView,
    run: viewClaim,
  }),
  defineRoute({
    method: 'GET',
    path: '/claims/{claimId}/report.pdf',
    permission: 'orders.claim.read',
    tags,
    summary: 'The comparison report as a document',
    input: ReadClaim,
    output: z.unknown(),
    mode: 'raw',
    ratePerMinute: 60,
    run: async (env, ctx, input, _request, reply) => {
      await fieldCrypto.load(ctx.orgId);
      const claim = await env.db.read(ctx, (tx) => wordedClaim(tx, ctx, input));
      const pdf = await renderPdf(reportPdf(claim));
      return reply.headers(pdfHeaders(`${claim.summary.no}.pdf`)).send(pdf);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/claims/{claimId}/correct',
    permission: handle,
    tags,
    summary: 'Ask for a correction: money back, points, what is missing sent; another person approves',
    input: CorrectClaim,
    output: ClaimView,
    run: onClaim(askCorrection),
  }),
  defineRoute({
    method: 'POST',
    path: '/claims/{claimId}/dismiss',
    permission: handle,
    tags,
    summary: 'End a claim without a correction, with a reason the customer is told',
    input: DismissClaim,
    output: ClaimView,
    run: onClaim(dismissClaim),
  }),
];

/** `may`: whether there is something to compare with; of orders of the past there is not. */
const MyClaims = z.object({ items: z.array(MyClaim), may: z.boolean() });
const mine = async (tx: Tx, ctx: Ctx, orderId: string) => {
  const row = await portalOrder(tx, ctx, orderId);
  try {
    const { order } = await proofOf(tx, row);
    return { items: await myClaims(tx, order), may: true };
  } catch (error) {
    if (error instanceof SnapshotNotKept) return { items: [], may: false };
    throw error;
  }
};

const portal: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/claims',
    permission: 'session',
    tags: ['portal'],
    summary: 'My claims about the order and what became of them',
    input: OrderRef,
    output: MyClaims,
    run: (tx, ctx, { orderId }) => mine(tx, ctx, orderId),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/claims',
    permission: 'session',
    tags: ['portal'],
    summary: 'Something is wrong with what I paid or got',
    ratePerMinute: 10,
    input: FileMyClaim,
    output: MyClaims,
    status: 201,
    run: async (tx, ctx, { orderId, ...filed }) => {
      await fileClaim(tx, ctx, await portalOrder(tx, ctx, orderId), filed);
      return mine(tx, ctx, orderId);
    },
  }),
];

export const claimRoutes: Route[] = [...proof, ...desk, ...portal];
