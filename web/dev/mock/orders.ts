import { ORDER_STATUSES, type Order, type OrderLine, type Parcel, type TimelineItem } from '../../api/types.ts';
import { shops, skus } from './goods.ts';
import { createRandom, idOf } from './random.ts';

const random = createRandom(42);
const cny = (amount: number) => ({ amount, currency: 'CNY' });
const MINUTE = 60_000;
const NAMES = ['张*', '王**', '李*', '赵**', '欧阳**', '陈*', '刘**', '古丽·阿依努尔·买买提*****'];
const CITIES = [
  ['广东省', '深圳市', '南山区'],
  ['浙江省', '杭州市', '余杭区'],
  ['四川省', '成都市', '武侯区'],
  ['北京市', '北京市', '朝阳区'],
  ['新疆维吾尔自治区', '克孜勒苏柯尔克孜自治州', '阿合奇县'],
] as const;
const MAY: Record<Order['status'], string[]> = {
  pending_payment: ['cancel', 'hold', 'reveal'],
  paid: ['create-parcel', 'hold', 'cancel', 'refund', 'reveal'],
  shipped: ['confirm-receipt', 'extend-receipt', 'refund', 'reveal'],
  delivered: ['confirm-receipt', 'refund', 'reveal'],
  completed: ['refund', 'reveal'],
  cancelled: [],
  closed: [],
};
const REACHED = ['pending_payment', 'paid', 'shipped', 'delivered', 'completed'];

function makeLine(n: number, i: number, reached: number): OrderLine {
  const sku = random.pick(skus);
  const quantity = 1 + random.int(4);
  const discount = random.chance(0.3) ? Math.round(sku.price.amount * quantity * 0.1) : 0;
  const shipped = reached >= 2 ? quantity : 0;
  return {
    id: idOf(11, n * 10 + i),
    sku: sku.sku,
    title: sku.full,
    pictureUrl: sku.product.pictureUrl,
    quantity,
    unitPrice: sku.price,
    discount: cny(discount),
    payable: cny(sku.price.amount * quantity - discount),
    reserved: reached >= 0 && reached < 2 ? quantity : 0,
    picked: shipped,
    shipped,
    returned: 0,
    refunded: null,
  };
}

function makeParcel(order: Omit<Order, 'parcels'>, n: number, reached: number): Parcel {
  const at = (hours: number) => new Date(Date.parse(order.placedAt) + hours * 60 * MINUTE).toISOString();
  const track = [
    { at: at(20), node: 'collected', place: '上海', text: '【上海市】嘉定揽投部已收取快件' },
    { at: at(32), node: 'in_transit', place: '上海', text: '快件已到达【上海转运中心】，正在发往下一站' },
    {
      at: at(50),
      node: 'out_for_delivery',
      place: order.shipTo.city,
      text: `【${order.shipTo.city}】快递员正在为您派送`,
    },
    { at: at(54), node: 'delivered', place: order.shipTo.city, text: '您的快件已签收，感谢使用' },
  ];
  return {
    id: idOf(12, n),
    parcelNo: `B${order.orderNo.slice(1)}-1`,
    orderId: order.id,
    orderNo: order.orderNo,
    status: reached >= 3 ? 'delivered' : reached === 2 ? 'shipped' : 'created',
    warehouse: 'SH',
    carrier: reached >= 2 ? 'sandbox' : null,
    waybillNo: reached >= 2 ? `SB${String(7_000_000_000 + n)}` : null,
    lines: order.lines.map((line) => ({
      lineId: line.id,
      sku: line.sku,
      barcode: skus.find((sku) => sku.sku === line.sku)?.barcode ?? null,
      title: line.title,
      bin: `A-0${(n % 8) + 1}-12`,
      pictureUrl: line.pictureUrl ?? null,
      quantity: line.quantity,
      scanned: reached >= 2 ? line.quantity : 0,
    })),
    track: reached >= 3 ? track : reached === 2 ? track.slice(0, 2) : [],
    createdAt: at(1),
    shippedAt: reached >= 2 ? at(18) : null,
  };
}

const paymentOf = (n: number, total: Order['total'], createdAt: string, paidAt: string): Order['payments'][number] => ({
  id: idOf(14, n),
  channel: 'sandbox',
  status: 'succeeded',
  amount: total,
  refunded: cny(0),
  createdAt,
  paidAt,
  refunds: [],
});

function makeOrder(n: number): Order {
  const status = random.chance(0.45) ? 'completed' : random.pick(ORDER_STATUSES);
  const reached = REACHED.indexOf(status);
  const placed = Date.now() - (n < 260 ? n * 3 : 780 + (n - 260) * 22) * MINUTE;
  const placedAt = new Date(placed).toISOString();
  const lines = Array.from({ length: 1 + random.int(4) }, (_, i) => makeLine(n, i, reached));
  const goods = lines.reduce((sum, line) => sum + line.unitPrice.amount * line.quantity, 0);
  const discount = lines.reduce((sum, line) => sum + line.discount.amount, 0);
  const freight = goods > 9900 ? 0 : 800;
  const total = cny(goods - discount + freight);
  const paidAt = reached >= 1 ? new Date(placed + 2 * MINUTE).toISOString() : null;
  const holds =
    status === 'paid' && random.chance(0.15) ? [random.pick(['review', 'duplicate', 'address', 'manual'])] : [];
  const [province, city, district] = random.pick(CITIES);
  const phone = `13${random.int(10)}****${String(1000 + random.int(9000))}`;
  const name = random.pick(NAMES);
  const day = placedAt.slice(0, 10).replaceAll('-', '');
  const deadline =
    status === 'paid'
      ? {
          kind: 'confirmation',
          dueAt: new Date(placed + 32 * MINUTE).toISOString(),
          state: placed + 32 * MINUTE < Date.now() ? 'breached' : 'open',
        }
      : status === 'pending_payment'
        ? { kind: 'payment', dueAt: new Date(placed + 30 * MINUTE).toISOString(), state: 'warned' }
        : null;
  const base: Omit<Order, 'parcels'> = {
    id: idOf(10, n),
    orderNo: `Z${day}${String(100_000 + n)}`,
    externalNo: random.chance(0.7) ? `TB-${String(2_890_000_000_000 + n * 7919)}` : null,
    shop: random.pick(shops),
    channel: random.pick(['tmall', 'jd', 'douyin', 'console', 'api']),
    status,
    holds,
    customer: { id: idOf(13, n % 400), name, phone },
    total,
    lineCount: lines.length,
    placedAt,
    paidAt,
    deadline: deadline as Order['deadline'] & object,
    version: 1,
    may: holds.length > 0 ? ['review', 'release', 'cancel', 'reveal'] : MAY[status],
    remark: random.chance(0.3) ? '麻烦尽快发货，包装结实一点，周末送货请提前打电话' : null,
    payment: 'online',
    promisedShipAt: paidAt ? new Date(placed + 48 * 60 * MINUTE).toISOString() : null,
    shipTo: { name, phone, province, city, district, address: '科技园***路***号', country: 'CN' },
    lines,
    money: {
      goods: cny(goods),
      discount: cny(discount),
      freight: cny(freight),
      payable: total,
      paid: paidAt ? total : cny(0),
      refunded: cny(0),
    },
    deadlines: deadline ? [deadline as Order['deadlines'][number]] : [],
    payments: paidAt ? [paymentOf(n, total, placedAt, paidAt)] : [],
  };
  return { ...base, parcels: reached >= 2 ? [makeParcel(base, n, reached)] : [] };
}

const ORDER_COUNT = 6_000;
export const orders: Order[] = Array.from({ length: ORDER_COUNT }, (_, n) => makeOrder(n));
export const parcels: Parcel[] = orders.flatMap((order, n) =>
  order.parcels.length > 0 ? order.parcels : order.status === 'paid' ? [makeParcel(order, n, 1)] : [],
);

/** What happened to an order, made up from its state. */
export function timelineOf(order: Order): TimelineItem[] {
  const items: TimelineItem[] = [
    {
      at: order.placedAt,
      type: 'orders.order_placed',
      actor: { kind: 'key', name: '天猫店铺同步' },
      summary: `订单 ${order.orderNo} 已创建，共 ${order.lineCount} 行`,
    },
  ];
  const add = (at: string | null, type: string, actor: string, summary: string) => {
    if (at) items.push({ at, type, actor: { kind: 'system', name: actor }, summary });
  };
  add(order.paidAt, 'payments.payment_succeeded', '', '沙箱支付到账');
  for (const hold of order.holds) add(order.paidAt, 'orders.order_held', '', `订单被挂起：${hold}`);
  for (const parcel of order.parcels) {
    add(
      parcel.shippedAt,
      'fulfilment.parcel_shipped',
      '李仓管',
      `包裹 ${parcel.parcelNo} 已交沙箱快递，运单 ${parcel.waybillNo}`,
    );
    for (const node of parcel.track) add(node.at, `shipping.${node.node}`, '沙箱快递', node.text);
  }
  if (order.status === 'cancelled')
    add(order.placedAt, 'orders.order_cancelled', '', '超时未付款，订单自动取消，库存已释放');
  return items;
}
