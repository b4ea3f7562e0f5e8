import { wrong } from '#kernel/invariant.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Invariant } from '#kernel/module.ts';
import { ordersByIds } from '#modules/orders/index.ts';

const SHOWN_MAX = 20;
const AT_ONCE = 1000;
type Covered = { order_id: string; covered: number };

/** Page by page through the orders that have live invoices. */
async function* covered(tx: Tx): AsyncGenerator<Covered[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await tx.query<Covered>(
      `select order_id, sum(amount - reversed)::bigint as covered from invoicing.invoices
        where org_id = $1 and color = 'blue' and status in ('issuing', 'issued') and order_id > $2 group by 1 order by 1 limit ${AT_ONCE}`,
      [tx.orgId, after],
    );
    yield rows;
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)?.order_id ?? after;
  }
}

/** What must hold of invoices, checked by `doctor`. */
export const invariants: Invariant[] = [
  wrong(
    'invoicing: the lines of what was sent add up to it, in amount, tax and what is taken back',
    `select i.no || ': ' || i.amount || '/' || i.tax || '/' || i.reversed || ' is not ' || coalesce(l.amount, 0) || '/' || coalesce(l.tax, 0) || '/' || coalesce(l.reversed, 0) as says
       from invoicing.invoices i left join (select invoice_id, sum(amount) as amount, sum(tax) as tax, sum(reversed) as reversed from invoicing.lines where org_id = $1 group by 1) l on l.invoice_id = i.id
      where i.org_id = $1 and i.status in ('issuing', 'issued', 'reversed') and (i.amount, i.tax, i.reversed) is distinct from (l.amount, l.tax, l.reversed)`,
  ),
  wrong(
    'invoicing: what of an invoice is taken back is what its red letters take',
    `select b.no || ': ' || b.reversed || ' is not ' || coalesce(r.amount, 0) as says
       from invoicing.invoices b left join (select blue_id, sum(amount) as amount from invoicing.invoices where org_id = $1 and color = 'red' and status <> 'cancelled' group by 1) r on r.blue_id = b.id
      where b.org_id = $1 and b.color = 'blue' and b.reversed <> coalesce(r.amount, 0)`,
  ),
  wrong(
    'invoicing: a number is one document’s, and who has one is issued',
    `select number || ': ' || count(*) || ' documents' as says from invoicing.invoices where org_id = $1 and number is not null group by number having count(*) > 1
      union all select no || ': ' || status from invoicing.invoices where org_id = $1 and (number is not null) <> (status in ('issued', 'reversed'))`,
  ),
  wrong(
    'invoicing: an order has one open application',
    `select min(order_no) || ': ' || count(*) as says from invoicing.invoices
      where org_id = $1 and color = 'blue' and status in ('waiting_payment', 'pending_review', 'blocked', 'ready', 'issuing', 'failed') group by order_id having count(*) > 1`,
  ),
  {
    name: 'invoicing: blue less red is never more than was paid',
    check: async (tx) => {
      const says: string[] = [];
      for await (const rows of covered(tx)) {
        const paid = new Map(
          (
            await ordersByIds(
              tx,
              rows.map((r) => r.order_id),
            )
          ).map((o) => [o.id, o]),
        );
        for (const r of rows) {
          const order = paid.get(r.order_id); // an archived one is settled
          if (order && r.covered > order.paid_amount)
            says.push(`${order.order_no}: ${r.covered} of ${order.paid_amount}`);
        }
      }
      return says.slice(0, SHOWN_MAX);
    },
  },
];
