import { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { FileNotFound, openSharedFile } from '#kernel/files/index.ts';
import { decodeCursor, pageOf } from '#kernel/http/list.ts';
import { defineRoute, Nothing, type Route } from '#kernel/http/route.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import { checkedTitle, rememberTitle } from './commands/apply.ts';
import { decideQualification, submitQualification } from './commands/qualify.ts';
import { saveTaxCode } from './commands/save-tax-code.ts';
import { APPLY, READ, REVIEW, SECRETS, SUBMIT, TAX_READ, TAX_WRITE } from './policy.ts';
import { presentTaxCode, presentTitle, viewQualification } from './present.ts';
import { putSecrets, SECRET_NAMES, secretsSet } from './providers/secrets.ts';
import * as schema from './schema.ts';
import { getQualification, listQualifications } from './store/qualifications.ts';
import { deleteTaxCode, listTaxCodes, type TaxCodeRow } from './store/tax-codes.ts';
import { deleteTitle, titlesOf } from './store/titles.ts';

const tags = ['invoices'];
const NEWEST = 'qualifications/-id';
const BY_KEY = 'tax-codes/key';

const customerOf = async (tx: Tx, ctx: Ctx, { orderId }: { orderId: string }): Promise<string> =>
  (await visibleOrder(tx, ctx, orderId)).customer_id;

async function titleList(tx: Tx, ctx: Ctx, input: { orderId: string }) {
  const customerId = await customerOf(tx, ctx, input);
  await fieldCrypto.load(ctx.orgId);
  return { items: (await titlesOf(tx, customerId)).map((r) => presentTitle(ctx, r)) };
}

const titles: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/invoice-titles',
    permission: READ,
    tags,
    summary: 'The titles the customer of an order has used, the preferred one first',
    input: schema.OfOrder,
    output: schema.TitleList,
    run: titleList,
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/invoice-titles',
    permission: APPLY,
    tags,
    summary: 'Keep a title for the customer of an order',
    input: schema.SaveTitle,
    output: schema.TitleList,
    status: 201,
    run: async (tx, ctx, { orderId, title, email, preferred }) => {
      const customerId = await customerOf(tx, ctx, { orderId });
      await fieldCrypto.load(ctx.orgId);
      const clean = await checkedTitle(tx, title, { type: 'general', medium: 'digital' });
      await rememberTitle(tx, ctx, customerId, clean, email, preferred);
      return titleList(tx, ctx, { orderId });
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/orders/{orderId}/invoice-titles/{titleId}',
    permission: APPLY,
    tags,
    summary: 'Forget a title of the customer of an order',
    input: schema.TitleRef,
    output: Nothing,
    run: async (tx, ctx, { titleId, ...input }) => {
      await deleteTitle(tx, await customerOf(tx, ctx, input), titleId);
      return {};
    },
  }),
];

const qualifications: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/invoice-qualifications',
    permission: READ,
    tags,
    summary: 'Who may have special invoices, and who waits for a decision; newest first',
    input: schema.ListQualifications,
    output: schema.QualificationList,
    run: async (tx, ctx, { limit, cursor, state, customerId }) => {
      await fieldCrypto.load(ctx.orgId);
      const before = cursor === undefined ? undefined : String(decodeCursor(NEWEST, cursor, 1)[0]);
      const rows = await listQualifications(tx, { state, customerId, before, limit: limit + 1 });
      const views = new Map<string, z.input<typeof schema.QualificationView>>();
      for (const row of rows) views.set(row.id, await viewQualification(tx, ctx, row));
      return pageOf(
        rows,
        limit,
        NEWEST,
        (r) => [r.id],
        (r) => views.get(r.id) as z.input<typeof schema.QualificationView>,
      );
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/invoice-qualifications',
    permission: SUBMIT,
    tags,
    summary: 'Hand in what qualifies the customer of an order for special invoices',
    input: schema.SubmitQualification,
    output: schema.QualificationView,
    status: 201,
    run: async (tx, ctx, input) => {
      const { orderId, ...submitted } = input;
      const customerId = await customerOf(tx, ctx, { orderId });
      await fieldCrypto.load(ctx.orgId);
      return viewQualification(tx, ctx, await submitQualification(tx, ctx, { ...submitted, customerId }));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/invoice-qualifications/{qualificationId}/decide',
    permission: REVIEW,
    tags,
    summary: 'Approve until a day, reject or revoke: by another person than who handed it in',
    input: schema.DecideQualification,
    output: schema.QualificationView,
    run: async (tx, ctx, input) => {
      await fieldCrypto.load(ctx.orgId);
      return viewQualification(tx, ctx, await decideQualification(tx, ctx, input));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/invoice-qualifications/{qualificationId}/files/{fileId}',
    permission: READ,
    tags,
    summary: 'A document that was handed in',
    mode: 'raw',
    input: schema.QualificationFile,
    output: z.unknown(),
    run: async (env, ctx, { qualificationId, fileId }, _request, reply) => {
      const opened = await env.db.read(ctx, async (tx) => {
        const { file_ids } = await getQualification(tx, qualificationId);
        if (!file_ids.includes(fileId)) throw new FileNotFound({ fileId });
        return openSharedFile(tx, ctx, fileId);
      });
      return reply.headers(opened.headers).send(await opened.stream());
    },
  }),
];

async function viewTaxCodes(tx: Tx, ctx: Ctx, rows: readonly TaxCodeRow[]) {
  const names = await actorNames(
    tx,
    rows.map((r) => r.updated_by),
  );
  return rows.map((r) => presentTaxCode(ctx, r, names));
}

const taxCodes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/tax-codes',
    permission: TAX_READ,
    tags,
    summary: 'Tax codes and rates of SKUs, categories and the organisation',
    input: schema.ListTaxCodes,
    output: schema.TaxCodeList,
    run: async (tx, ctx, { limit, cursor, scope, q }) => {
      const after = cursor === undefined ? undefined : (decodeCursor(BY_KEY, cursor, 2) as [string, string]);
      const rows = await listTaxCodes(tx, { scope, q, after, limit: limit + 1 });
      const views = new Map((await viewTaxCodes(tx, ctx, rows)).map((v) => [v.id, v]));
      const page = pageOf(
        rows,
        limit,
        BY_KEY,
        (r) => [r.scope, r.key],
        (r) => views.get(r.id) as z.input<typeof schema.TaxCodeView>,
      );
      return { ...page, may: can(ctx, TAX_WRITE) ? ['add'] : [] };
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/tax-codes',
    permission: TAX_WRITE,
    tags,
    summary: 'Set the tax code of a SKU, a category or the organisation; applications that waited for one go on',
    input: schema.PutTaxCode,
    output: schema.TaxCodeView,
    run: async (tx, ctx, input) => {
      await fieldCrypto.load(ctx.orgId);
      return (await viewTaxCodes(tx, ctx, [await saveTaxCode(tx, ctx, input)]))[0] as z.input<
        typeof schema.TaxCodeView
      >;
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/tax-codes/{taxCodeId}',
    permission: TAX_WRITE,
    tags,
    summary: 'Take a tax code away: what it was for falls back to its category or the organisation',
    input: schema.TaxCodeId,
    output: Nothing,
    run: async (tx, _ctx, { taxCodeId }) => {
      await deleteTaxCode(tx, taxCodeId);
      return {};
    },
  }),
];

async function viewSecrets(tx: Tx, ctx: Ctx) {
  const set = new Map((await secretsSet(tx)).map((s) => [s.name, s.set_at]));
  return {
    items: SECRET_NAMES.map((name) => ({ name, setAt: set.get(name)?.toISOString() ?? null })),
    may: can(ctx, SECRETS) ? ['set'] : [],
  };
}

const secrets: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/invoice-provider/secrets',
    permission: READ,
    tags,
    summary: 'Which keys of the provider are set; never what they are',
    input: z.object({}),
    output: schema.SecretsView,
    run: viewSecrets,
  }),
  defineRoute({
    method: 'PUT',
    path: '/invoice-provider/secrets',
    permission: SECRETS,
    tags,
    summary: 'Set keys of the provider; null forgets one',
    input: schema.PutSecrets,
    output: schema.SecretsView,
    run: async (tx, ctx, input) => {
      await fieldCrypto.load(ctx.orgId);
      await putSecrets(tx, ctx, input);
      return viewSecrets(tx, ctx);
    },
  }),
];

export const deskRoutes: Route[] = [...titles, ...qualifications, ...taxCodes, ...secrets];
