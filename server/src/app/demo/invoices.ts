import type { Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { silentLog } from '#kernel/log.ts';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import {
  applyForInvoice,
  issueInvoice,
  recordMailed,
  recordPrint,
  reissueInvoice,
  saveTaxCode,
  submitQualification,
} from '#modules/invoicing/index.ts';

const COMPANIES = [
  { name: '杭州云上茶舍贸易有限公司', taxId: '91330100MA2CDEM01U' },
  { name: '广州示例办公用品有限公司', taxId: '91440101MA5DEM02H1' },
] as const;
const FOOD = { scope: 'category', policy: null, unit: '份' } as const;
/** What the goods of the demo are to the tax bureau. */
const CODES = [
  { ...FOOD, scope: 'default', key: '', code: '1090000000000000000', shortName: '日用杂品', rateBp: 1300, unit: '件' },
  { ...FOOD, key: '食品', code: '1030000000000000000', shortName: '食品', rateBp: 1300 },
  { ...FOOD, key: '食品/茶叶', code: '1030204000000000000', shortName: '茶及饮料', rateBp: 1300, unit: '盒' },
  { ...FOOD, key: '食品/水果', code: '1010112000000000000', shortName: '水果', rateBp: 900, unit: '箱' },
] as const;

type Found = { id: string; customer_id: string };
type Order = { orderId: string; customerId: string };

/** Orders of the last days in one of some states, the newest first. */
async function ordersIn(db: Db, ctx: Ctx, status: readonly string[], limit: number): Promise<Order[]> {
  const rows = await db.read(ctx, (tx) =>
    tx.query<Found>(
      `select id, customer_id from orders.orders where org_id = $1 and status = any ($2) and not historical and superseded is null and total_amount > 0
        order by placed_at desc limit $3`,
      [ctx.orgId, status, limit],
    ),
  );
  return rows.map((r) => ({ orderId: r.id, customerId: r.customer_id }));
}

/** A few invoices in every state one meets, made by the commands that make real ones: the sandbox issues them. */
export async function demoInvoices(db: Db, ctx: Ctx): Promise<void> {
  const ago = (ms: number): Ctx => ({ ...ctx, now: new Date(ctx.now.getTime() - ms) });
  const at = <T>(then: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> => db.inTx(then, work);
  const [company, other] = COMPANIES.map((c) => ({ kind: 'company' as const, ...c }));
  if (!company || !other) return;
  const person = { kind: 'personal', name: '王小明' } as const;
  const issue = (then: Ctx, invoiceId: string) => issueInvoice.run({ db, log: silentLog }, { invoiceId }, then);
  const apply = (then: Ctx, order: Order | undefined, over: Partial<Parameters<typeof applyForInvoice>[2]>) => {
    const input = { title: person, type: 'general', medium: 'digital', ...over } as const;
    return order ? at(then, (tx) => applyForInvoice(tx, then, { ...input, orderId: order.orderId })) : undefined;
  };

  await at(ctx, async (tx) => {
    for (const code of CODES) await saveTaxCode(tx, ctx, code);
  });
  const paid = await ordersIn(db, ctx, ['paid', 'shipped', 'delivered', 'completed'], 20);
  const [unpaid] = await ordersIn(db, ctx, ['pending_payment'], 1);
  await apply(ctx, unpaid, {});
  for (const [i, order] of paid.slice(0, 6).entries()) {
    const made = await apply(ago((6 - i) * HOUR_MS), order, i % 2 === 0 ? {} : { title: company });
    if (made) await issue(ago((6 - i) * HOUR_MS), made.id);
  }
  const wrong = await apply(ago(3 * HOUR_MS), paid[6], { title: { ...company, name: '杭州云上茶社贸易有限公司' } });
  if (wrong) {
    await issue(ago(3 * HOUR_MS), wrong.id);
    const then = ago(HOUR_MS);
    await at(then, (tx) => reissueInvoice(tx, then, { invoiceId: wrong.id, title: company, note: '抬头写错一字' }));
  }
  for (const [i, order] of paid.slice(7, 9).entries()) {
    const paper = await apply(ago(8 * HOUR_MS), order, { medium: 'paper' });
    if (!paper) continue;
    await issue(ago(8 * HOUR_MS), paper.id);
    if (i > 0) continue; // the other waits at the printer
    await at(ctx, (tx) => recordPrint(tx, ctx, { invoiceId: paper.id }));
    await at(ctx, (tx) =>
      recordMailed(tx, ctx, { invoiceId: paper.id, carrier: '顺丰速运', waybillNo: 'SF1029384756' }),
    );
  }
  const special = { type: 'special' } as const;
  await apply(ago(2 * HOUR_MS), paid[9], { ...special, title: other }); // nobody has handed anything in
  const judged = await apply(ago(4 * DAY_MS), paid[10], { ...special, title: company });
  if (judged && paid[10])
    await at(ago(4 * DAY_MS), (tx) =>
      submitQualification(tx, ago(4 * DAY_MS), {
        customerId: judged.customer_id,
        title: company,
        fileIds: [],
        note: '营业执照、一般纳税人登记表随邮件提供',
      }),
    );
}
