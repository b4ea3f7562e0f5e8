import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { portalOrder } from '#modules/orders/index.ts';
import { isMine, myFamily, myTicket } from '../my-tickets/access.ts';
import { ticketsOfOrder } from '../tickets/store/tickets.ts';
import { sendPdf } from './agreement-document.ts';
import {
  type AgreementRow,
  agreementByLink,
  getAgreement,
  openContent,
  openSignature,
  shownAgreements,
} from './agreements-store.ts';
import { holds, signAgreement } from './agreements.ts';
import { AgreementUnknown } from './errors.ts';
import { checkLink, readCheckLink, readSignLink } from './links.ts';
import * as schema from './schema.ts';

const portalTags = ['portal'];
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

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

/** One of an own ticket, that was sent. @throws AgreementUnknown for any other */
async function mine(tx: Tx, agreementId: string, ticketIds: readonly string[]): Promise<AgreementRow> {
  const found = await getAgreement(tx, agreementId);
  if (!ticketIds.includes(found.ticket_id)) throw new AgreementUnknown();
  if (found.state !== 'sent' && found.state !== 'signed') throw new AgreementUnknown();
  return found;
}

type One = { agreementId: string };
type Signing = z.output<typeof schema.SignBody>;
/** Something of the customer's that agreements are about, and how it is named in a request. */
type Place<I> = {
  path: '/portal/orders/{orderId}' | '/portal/tickets/{ticketId}';
  what: string;
  all: z.ZodType<I>;
  one: z.ZodType<I & One>;
  signing: z.ZodType<I & One & Signing>;
  ticketIds: (tx: Tx, ctx: Ctx, input: I) => Promise<string[]>;
};

const under = <I>({ path, what, all, one, signing, ticketIds }: Place<I>): Route[] => {
  const find = async (tx: Tx, ctx: Ctx, input: I & One): Promise<AgreementRow> =>
    mine(tx, input.agreementId, await ticketIds(tx, ctx, input));
  return [
    defineRoute({
      method: 'GET',
      path: `${path}/agreements`,
      permission: 'session',
      tags: portalTags,
      summary: `Settlement agreements about my ${what}, to be signed or signed`,
      input: all,
      output: schema.MyAgreements,
      run: async (tx, ctx, input) => {
        const items = [];
        for (const a of await shownAgreements(tx, await ticketIds(tx, ctx, input)))
          items.push(await viewToSign(ctx, a));
        return { items };
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${path}/agreements/{agreementId}/sign`,
      permission: 'session',
      tags: portalTags,
      summary: `Sign an agreement about my ${what}`,
      mode: 'raw',
      ratePerMinute: 30,
      input: signing,
      output: schema.ToSign,
      run: (env, ctx, input, request) =>
        env.db.inTx(ctx, async (tx) => {
          const { id } = await find(tx, ctx, input);
          const signature = signatureOf(input, request);
          return viewToSign(ctx, await signAgreement(tx, ctx, { agreementId: id, sha256: input.sha256, signature }));
        }),
    }),
    defineRoute({
      method: 'GET',
      path: `${path}/agreements/{agreementId}/pdf`,
      permission: 'session',
      tags: portalTags,
      summary: `An agreement about my ${what}, as PDF`,
      mode: 'raw',
      ratePerMinute: 20,
      input: one,
      output: z.unknown(),
      run: (env, ctx, input, _request, reply) => sendPdf(env, ctx, (tx) => find(tx, ctx, input), reply),
    }),
  ];
};

const orderId = { orderId: z.uuid() };
const ticketId = { ticketId: z.uuid() };
const agreementId = { agreementId: z.uuid() };
const signing = schema.SignBody.shape;

export const complaintPortalRoutes: Route[] = [
  ...byLink,
  ...under({
    path: '/portal/orders/{orderId}',
    what: 'order',
    all: z.object(orderId),
    one: z.object({ ...orderId, ...agreementId }),
    signing: z.object({ ...orderId, ...agreementId, ...signing }),
    ticketIds: async (tx, ctx, input) => {
      const order = await portalOrder(tx, ctx, input.orderId);
      return (await ticketsOfOrder(tx, order.id)).filter((r) => isMine(ctx, r)).map((r) => r.id);
    },
  }),
  ...under({
    path: '/portal/tickets/{ticketId}',
    what: 'ticket',
    all: z.object(ticketId),
    one: z.object({ ...ticketId, ...agreementId }),
    signing: z.object({ ...ticketId, ...agreementId, ...signing }),
    ticketIds: async (tx, ctx, input) =>
      (await myFamily(tx, ctx, await myTicket(tx, ctx, input.ticketId))).map((r) => r.id),
  }),
];
