import { fieldCrypto, maskName, maskPhone } from '#kernel/crypto/index.ts';
import { minorDigits } from '#kernel/money.ts';
import { defineExport } from '#kernel/transfers/index.ts';
import { listShops } from '#modules/catalog/index.ts';
import { openPersonal } from '../present.ts';
import { listOrders } from '../queries/list-orders.ts';
import { ListOrders } from '../schema.ts';
import { type LineRow, type OrderRow, ordersByIds } from '../store/orders.ts';
import { linesOfOrders } from './lines-of-orders.ts';

const PAGE = 200;

/** Orders as the list finds them, one row per line. Names, numbers and addresses are masked unless whoever asked may export them. */
export const exportOrders = defineExport({
  kind: 'orders',
  permission: 'orders.order.read',
  filters: ListOrders.omit({ limit: true, cursor: true }).strict(),
  columns: [
    'order_no',
    'external_no',
    'shop',
    'channel',
    'status',
    'holds',
    'placed_at',
    'paid_at',
    'shipped_at',
    'completed_at',
    'ship_name',
    'ship_phone',
    'province',
    'city',
    'district',
    'address',
    'country',
    'sku',
    'title',
    'quantity',
    'unit_price',
    'discount',
    'payable',
    'currency',
    'order_freight',
    'order_total',
    'order_paid',
    'order_refunded',
  ],
  async *pages({ db, ctx, personal }, filters) {
    let cursor: string | undefined;
    for (;;) {
      await fieldCrypto.load(ctx.orgId);
      const page = await db.read(ctx, async (tx) => {
        const found = await listOrders(tx, ctx, {
          ...filters,
          limit: PAGE,
          ...(cursor === undefined ? {} : { cursor }),
        });
        const ids = found.items.map((i) => i.id);
        return {
          ids,
          next: found.nextCursor,
          orders: await ordersByIds(tx, ids),
          lines: await linesOfOrders(tx, ids),
          shops: await listShops(tx, null, 1000, null),
        };
      });
      const shops = new Map(page.shops.map((s) => [s.id, s.code]));
      const orders = new Map(page.orders.map((o) => [o.id, o]));
      const lines = Map.groupBy(page.lines, (l) => l.order_id);
      yield page.ids.flatMap((id) =>
        rowsOf(ctx.orgId, orders.get(id) as OrderRow, lines.get(id) ?? [], shops, personal),
      );
      if (page.next === null) return;
      cursor = page.next;
    }
  },
});

function rowsOf(
  orgId: string,
  o: OrderRow,
  lines: readonly LineRow[],
  shops: ReadonlyMap<string, string>,
  personal: boolean,
) {
  const to = openPersonal(orgId, o);
  const money = (amount: number): string => decimal(amount, minorDigits(o.currency));
  const head = [
    o.order_no,
    o.external_no,
    shops.get(o.shop_id) ?? '',
    o.channel,
    o.status,
    o.holds.join(' '),
    o.placed_at,
    o.paid_at,
    o.shipped_at,
    o.completed_at,
    personal ? to.name : maskName(to.name),
    personal ? to.phone : maskPhone(to.phone),
    to.province,
    to.city,
    to.district,
    personal ? to.address : to.address === '' ? '' : '****',
    to.country ?? '',
  ];
  return lines.map((l) => [
    ...head,
    l.sku,
    l.title,
    l.quantity,
    money(l.unit_price),
    money(l.discount),
    money(l.payable),
    o.currency,
    money(o.freight_amount),
    money(o.total_amount),
    money(o.paid_amount),
    money(o.refunded_amount),
  ]);
}

/** Minor units as a decimal text, without passing through a float. */
function decimal(amount: number, digits: 0 | 2): string {
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
