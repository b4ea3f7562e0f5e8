import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Overloaded } from '#kernel/errors.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { defineRoute, type HttpEnv, type Route } from '#kernel/http/route.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { pdfHeaders, renderPdf } from '#kernel/pdf/index.ts';
import { portalOrder } from '#modules/orders/index.ts';
import { visibleTicket } from '../tickets/commands/hold.ts';
import { HANDLE_MAJOR, mayDo, READ } from '../tickets/policy.ts';
import { ticketsOfOrder } from '../tickets/store/tickets.ts';
import {
  agreementFlow,
  type AgreementRow,
  agreementByLink,
  agreementsOf,
  getAgreement,
  openContent,
  openSignature,
  shownAgreements,
} from './agreements-store.ts';
import { draftAgreement, holds, sendAgreement, signAgreement, ticketOf, withdrawAgreement } from './agreements.ts';
import { agreementPdf, type Paper } from './agreement-pdf.ts';
import { AgreementUnknown } from './errors.ts';
import { checkLink, readCheckLink, readSignLink } from './links.ts';
import { openReport, reportsOf } from './reports-store.ts';
import { fileReport } from './reports.ts';
import * as schema from './schema.ts';

const tags = ['complaints'];
const portalTags = ['portal'];
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

async function viewReports(tx: Tx, ctx: Ctx, ref: string): Promise<z.input<typeof schema.Reports>> {
  await fieldCrypto.load(ctx.orgId);
  const row = await visibleTicket(tx, ctx, ref);
  const rows = await reportsOf(tx, row.id);
  const names = await actorNames(
    tx,
    rows.flatMap((r) => r.reported_by ?? []),
  );
  return {
    items: rows.map((r) => ({
      id: r.id,
      dueAt: r.due_at.toISOString(),
      state: r.state,
      body: openReport(ctx.orgId, r),
      by: r.reported_by === null ? null : (names.get(r.reported_by) ?? r.reported_by),
      reportedAt: iso(r.reported_at),
    })),
    may: mayDo.report.who(ctx) && mayDo.report.when(row) && rows.some((r) => r.state === 'due') ? ['report'] : [],
  };
}

function presentAgreement(ctx: Ctx, a: AgreementRow): z.input<typeof schema.AgreementView> {
  const content = openContent(ctx.orgId, a);
  return {
    id: a.id,
    no: a.no,
    version: a.version,
    state: a.state,
    locale: a.locale,
    amount: { amount: a.amount, currency: a.currency },
    measures: content.terms.measures,
    performBy: content.terms.performBy,
    other: content.terms.other,
    text: content.text,
    sha256: a.sha256.toString('hex'),
    createdAt: a.created_at.toISOString(),
    sentAt: iso(a.sent_at),
    expiresAt: iso(a.expires_at),
    signedAt: iso(a.signed_at),
    signedBy: openSignature(ctx.orgId, a)?.name ?? null,
    may: mayDo.agreement.who(ctx)
      ? allowedEvents(agreementFlow, a.state).filter((e) => e === 'send' || e === 'withdraw')
      : [],
  };
}

async function viewAgreements(tx: Tx, ctx: Ctx, ref: string): Promise<z.input<typeof schema.Agreements>> {
  await fieldCrypto.load(ctx.orgId);
  const row = await visibleTicket(tx, ctx, ref);
  const rows = await agreementsOf(tx, row.id);
  const open = mayDo.agreement.who(ctx) && mayDo.agreement.when(row) && !rows.some((a) => a.state === 'signed');
  return { items: rows.map((a) => presentAgreement(ctx, a)), may: open ? ['draft'] : [] };
}

/** What the customer reads before they sign, and afterwards. Looking signs nothing, whoever follows the link. */
async function viewToSign(ctx: Ctx, a: AgreementRow): Promise<z.input<typeof schema.ToSign>> {
  await fieldCrypto.load(ctx.orgId);
  const c = openContent(ctx.orgId, a);
  const expired = a.state === 'sent' && a.expires_at !== null && a.expires_at <= ctx.now;
  return {
    id: a.id,
    no: a.no,
    version: a.version,
    state: expired ? 'expired' : a.state === 'sent' ? 'open' : a.state === 'signed' ? 'signed' : 'gone',
    ticketNo: c.ticketNo,
    orderNo: c.orderNo,
    organisation: c.organisation,
    customer: c.customer,
    locale: c.locale,
    amount: { amount: a.amount, currency: a.currency },
    measures: c.terms.measures,
    performBy: c.terms.performBy,
    other: c.terms.other,
    text: c.text,
    sha256: a.sha256.toString('hex'),
    expiresAt: iso(a.expires_at),
    signedAt: iso(a.signed_at),
    signedBy: openSignature(ctx.orgId, a)?.name ?? null,
    checkUrl: a.signed_at === null ? null : checkLink(ctx.orgId, a.id),
  };
}

async function paperOf(tx: Tx, ctx: Ctx, a: AgreementRow): Promise<Paper> {
  await fieldCrypto.load(ctx.orgId);
  const signature = openSignature(ctx.orgId, a);
  return {
    content: openContent(ctx.orgId, a),
    sha256: a.sha256.toString('hex'),
    signed: signature && a.signed_at && a.seal ? { signature, at: a.signed_at, seal: a.seal.toString('hex') } : null,
    checkUrl: checkLink(ctx.orgId, a.id),
    timeZone: await zoneOfOrg(tx),
  };
}

/** A drawing that is no picture after all costs the picture, not the document. */
async function render(paper: Paper): Promise<Buffer> {
  try {
    return await renderPdf(agreementPdf(paper));
  } catch (error) {
    const { signed } = paper;
    if (!signed?.signature.image || error instanceof Overloaded) throw error;
    return renderPdf(
      agreementPdf({ ...paper, signed: { ...signed, signature: { ...signed.signature, image: null } } }),
    );
  }
}

async function sendPdf(
  env: HttpEnv,
  ctx: Ctx,
  find: (tx: Tx) => Promise<AgreementRow>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const paper = await env.db.read(ctx, async (tx) => paperOf(tx, ctx, await find(tx)));
  return reply.headers(pdfHeaders(`${paper.content.no}.pdf`)).send(await render(paper));
}

const desk: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/tickets/{ticketId}/reports',
    permission: READ,
    tags,
    summary: 'Progress reports on a major complaint',
    input: schema.OnTicket,
    output: schema.Reports,
    run: (tx, ctx, { ticketId }) => viewReports(tx, ctx, ticketId),
  }),
  defineRoute({
    method: 'POST',
    path: '/tickets/{ticketId}/reports',
    permission: HANDLE_MAJOR,
    tags,
    summary: 'File the progress report that is due next',
    input: schema.NewReport,
    output: schema.Reports,
    status: 201,
    run: async (tx, ctx, input) => {
      const { id } = await visibleTicket(tx, ctx, input.ticketId);
      await fileReport(tx, ctx, { ticketId: id, body: input.body });
      return viewReports(tx, ctx, id);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/tickets/{ticketId}/agreements',
    permission: READ,
    tags,
    summary: 'Settlement agreements of a complaint, newest version first',
    input: schema.OnTicket,
    output: schema.Agreements,
    run: (tx, ctx, { ticketId }) => viewAgreements(tx, ctx, ticketId),
  }),
  defineRoute({
    method: 'POST',
    path: '/tickets/{ticketId}/agreements',
    permission: HANDLE_MAJOR,
    tags,
    summary: 'Draft a settlement agreement; the version of before is superseded',
    input: schema.NewAgreement,
    output: schema.Agreements,
    status: 201,
    run: async (tx, ctx, input) => {
      await draftAgreement(tx, ctx, input);
      return viewAgreements(tx, ctx, input.ticketId);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/agreements/{agreementId}/send',
    permission: HANDLE_MAJOR,
    tags,
    summary: 'Send it to be signed. The link is told once: pass it on where nothing can be mailed',
    mode: 'raw', // the link must not be kept for replays
    input: schema.AgreementRef,
    output: schema.SentAgreement,
    run: (env, ctx, input, _request, reply) => {
      void reply.header('cache-control', 'no-store');
      return env.db.inTx(ctx, async (tx) => {
        const { agreement, url, mailed } = await sendAgreement(tx, ctx, input);
        return { agreement: presentAgreement(ctx, agreement), link: url, mailed };
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/agreements/{agreementId}/withdraw',
    permission: HANDLE_MAJOR,
    tags,
    summary: 'Withdraw it before it is signed',
    input: schema.AgreementRef,
    output: schema.AgreementView,
    run: async (tx, ctx, input) => presentAgreement(ctx, await withdrawAgreement(tx, ctx, input)),
  }),
  defineRoute({
    method: 'GET',
    path: '/agreements/{agreementId}/pdf',
    permission: READ,
    tags,
    summary: 'A settlement agreement as PDF, with its hash and where a copy is checked',
    mode: 'raw',
    ratePerMinute: 30,
    input: schema.AgreementRef,
    output: z.unknown(),
    run: (env, ctx, { agreementId }, _request, reply) =>
      sendPdf(
        env,
        ctx,
        async (tx) => {
          const found = await getAgreement(tx, agreementId);
          await visibleTicket(tx, ctx, found.ticket_id);
          return found;
        },
        reply,
      ),
  }),
];

/** Work on what a customer's link leads to: the link itself tells whose it is. */
function behindLink(token: string, ctx: Ctx): { theirs: Ctx; hash: Buffer } {
  const read = readSignLink(token);
  if (!read) throw new AgreementUnknown();
  return { theirs: { ...ctx, orgId: read.orgId }, hash: read.hash };
}

const signatureOf = (input: z.output<typeof schema.SignBody>, request: FastifyRequest) => ({
  name: input.name,
  kind: input.signature.kind,
  image: input.signature.kind === 'drawn' ? input.signature.image : null,
  ip: request.ip,
  userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
});

const byLink: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/agreements/{token}',
    permission: 'public',
    tags: portalTags,
    summary: 'The agreement behind a link. Looking signs nothing',
    mode: 'raw',
    ratePerMinute: 60,
    input: schema.LinkRef,
    output: schema.ToSign,
    run: (env, ctx, { token }, _request, reply) => {
      const { theirs, hash } = behindLink(token, ctx);
      void reply.header('cache-control', 'no-store');
      return env.db.read(theirs, async (tx) => viewToSign(theirs, await agreementByLink(tx, hash)));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/agreements/{token}/sign',
    permission: 'public',
    tags: portalTags,
    summary: 'Sign it: once. `sha256` is that of the text one has read',
    mode: 'raw',
    ratePerMinute: 30,
    input: schema.SignByLink,
    output: schema.ToSign,
    run: (env, ctx, input, request, reply) => {
      const { theirs, hash } = behindLink(input.token, ctx);
      void reply.header('cache-control', 'no-store');
      return env.db.inTx(theirs, async (tx) => {
        const { id } = await agreementByLink(tx, hash);
        const signature = signatureOf(input, request);
        const signed = await signAgreement(tx, theirs, {
          agreementId: id,
          linkHash: hash,
          sha256: input.sha256,
          signature,
        });
        return viewToSign(theirs, signed);
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/agreements/{token}/pdf',
    permission: 'public',
    tags: portalTags,
    summary: 'The agreement behind a link, as PDF',
    mode: 'raw',
    ratePerMinute: 20,
    input: schema.LinkRef,
    output: z.unknown(),
    run: (env, ctx, { token }, _request, reply) => {
      const { theirs, hash } = behindLink(token, ctx);
      return sendPdf(env, theirs, (tx) => agreementByLink(tx, hash), reply);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/agreement-checks/{token}',
    permission: 'public',
    tags: portalTags,
    summary:
      'Whether a copy is of what was signed: its number, hash and time, and whether they hold. Tells nobody’s name',
    mode: 'raw',
    ratePerMinute: 30,
    input: schema.LinkRef,
    output: schema.Checked,
    run: (env, ctx, { token }) => {
      const read = readCheckLink(token);
      if (!read) throw new AgreementUnknown();
      const theirs: Ctx = { ...ctx, orgId: read.orgId };
      return env.db.read(theirs, async (tx) => {
        await fieldCrypto.load(read.orgId);
        const a = await getAgreement(tx, read.agreementId);
        const content = openContent(read.orgId, a);
        return {
          no: a.no,
          version: a.version,
          state: a.state,
          organisation: content.organisation,
          sha256: a.sha256.toString('hex'),
          seal: a.seal?.toString('hex') ?? null,
          signedAt: iso(a.signed_at),
          holds: holds(a, content, openSignature(read.orgId, a)),
        };
      });
    },
  }),
];

/** Of the order a portal session opens. @throws AgreementUnknown for any other agreement */
async function mine(tx: Tx, ctx: Ctx, input: { orderId: string; agreementId: string }): Promise<AgreementRow> {
  const order = await portalOrder(tx, ctx, input.orderId);
  const found = await getAgreement(tx, input.agreementId);
  if ((await ticketOf(tx, found)).order_id !== order.id) throw new AgreementUnknown();
  if (found.state !== 'sent' && found.state !== 'signed') throw new AgreementUnknown();
  return found;
}

const bySession: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/agreements',
    permission: 'session',
    tags: portalTags,
    summary: 'Settlement agreements about my order, to be signed or signed',
    input: z.object({ orderId: z.uuid() }),
    output: schema.MyAgreements,
    run: async (tx, ctx, { orderId }) => {
      const order = await portalOrder(tx, ctx, orderId);
      const ids = (await ticketsOfOrder(tx, order.id)).map((r) => r.id);
      const items = [];
      for (const a of await shownAgreements(tx, ids)) items.push(await viewToSign(ctx, a));
      return { items };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/agreements/{agreementId}/sign',
    permission: 'session',
    tags: portalTags,
    summary: 'Sign an agreement about my order',
    mode: 'raw',
    ratePerMinute: 30,
    input: schema.SignMine,
    output: schema.ToSign,
    run: (env, ctx, input, request) =>
      env.db.inTx(ctx, async (tx) => {
        const { id } = await mine(tx, ctx, input);
        const signature = signatureOf(input, request);
        return viewToSign(ctx, await signAgreement(tx, ctx, { agreementId: id, sha256: input.sha256, signature }));
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/agreements/{agreementId}/pdf',
    permission: 'session',
    tags: portalTags,
    summary: 'An agreement about my order, as PDF',
    mode: 'raw',
    ratePerMinute: 20,
    input: z.object({ orderId: z.uuid(), agreementId: z.uuid() }),
    output: z.unknown(),
    run: (env, ctx, input, _request, reply) => sendPdf(env, ctx, (tx) => mine(tx, ctx, input), reply),
  }),
];

export const complaintRoutes: Route[] = [...desk, ...byLink, ...bySession];
