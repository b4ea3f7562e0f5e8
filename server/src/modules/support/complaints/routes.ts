import { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { visibleTicket } from '../tickets/commands/hold.ts';
import { HANDLE_MAJOR, mayDo, READ } from '../tickets/policy.ts';
import {
  agreementFlow,
  type AgreementRow,
  agreementsOf,
  getAgreement,
  openContent,
  openSignature,
} from './agreements-store.ts';
import { sendPdf } from './agreement-document.ts';
import { draftAgreement, sendAgreement, withdrawAgreement } from './agreements.ts';
import { openReport, reportsOf } from './reports-store.ts';
import { fileReport } from './reports.ts';
import * as schema from './schema.ts';

const tags = ['complaints'];
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

export const complaintDeskRoutes: Route[] = [
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
