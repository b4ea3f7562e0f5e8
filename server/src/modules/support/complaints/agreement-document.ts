import type { FastifyReply } from 'fastify';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Overloaded } from '#kernel/errors.ts';
import type { HttpEnv } from '#kernel/http/route.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { pdfHeaders, renderPdf } from '#kernel/pdf/index.ts';
import { agreementPdf, type Paper } from './agreement-pdf.ts';
import { type AgreementRow, openContent, openSignature } from './agreements-store.ts';
import { checkLink } from './links.ts';

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

/** The agreement as PDF. */
export async function sendPdf(
  env: HttpEnv,
  ctx: Ctx,
  find: (tx: Tx) => Promise<AgreementRow>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const paper = await env.db.read(ctx, async (tx) => paperOf(tx, ctx, await find(tx)));
  return reply.headers(pdfHeaders(`${paper.content.no}.pdf`)).send(await render(paper));
}
