import type { FastifyReply } from 'fastify';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openSharedFile } from '#kernel/files/index.ts';
import type { HttpEnv } from '#kernel/http/route.ts';
import { pdfHeaders, renderPdf } from '#kernel/pdf/index.ts';
import { InvoiceHasNoDocument } from '../errors.ts';
import { readToken } from '../links.ts';
import { getInvoice, type InvoiceRow } from '../store/invoices.ts';
import { paperOf } from './papers.ts';
import { invoicePdf } from './pdf.ts';
import { invoiceXml } from './xml.ts';

type Find = (tx: Tx) => Promise<InvoiceRow>;

/** The PDF of an issued document: the provider's own where it made one, else ours. */
export async function sendPdf(env: HttpEnv, ctx: Ctx, find: Find, reply: FastifyReply): Promise<FastifyReply> {
  const { file, paper } = await env.db.read(ctx, async (tx) => {
    const row = await find(tx);
    return {
      file: row.file_id ? await openSharedFile(tx, ctx, row.file_id) : undefined,
      paper: await paperOf(tx, ctx, row),
    };
  });
  if (file) return reply.headers({ ...file.headers, ...pdfHeaders(`${paper.number}.pdf`) }).send(await file.stream());
  return reply.headers(pdfHeaders(`${paper.number}.pdf`)).send(await renderPdf(invoicePdf(paper)));
}

/** The data of a document. Real ones are signed by the bureau and are fetched there; only the sandbox's are ours to write. @throws InvoiceHasNoDocument. */
export async function sendXml(env: HttpEnv, ctx: Ctx, find: Find, reply: FastifyReply): Promise<FastifyReply> {
  const paper = await env.db.read(ctx, async (tx) => paperOf(tx, ctx, await find(tx)));
  if (!paper.sandbox) throw new InvoiceHasNoDocument({ invoiceNo: paper.number, status: 'xml' });
  return reply
    .headers({
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="${paper.number}.xml"`,
      'cache-control': 'private, no-store',
    })
    .send(invoiceXml(paper));
}

/** The PDF behind the link of an e-mail. @throws InvoiceLinkInvalid. */
export function sendLinked(env: HttpEnv, ctx: Ctx, token: string, reply: FastifyReply): Promise<FastifyReply> {
  const { orgId, invoiceId } = readToken('document', token, ctx.now);
  return sendPdf(env, systemCtx(orgId, ctx.now, ctx.requestId), (tx) => getInvoice(tx, invoiceId), reply);
}
