import type { Order, Parcel, Pick } from '../../api/types.ts';
import { products, shops, skus, stock, warehouses } from './goods.ts';
import { orders, parcels, timelineOf } from './orders.ts';
import * as people from './people.ts';
import { idOf } from './random.ts';

export type MockRequest = {
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  token: string | undefined;
};
export type MockAnswer = { status: number; body: unknown; setCookie?: string };
type Handler = (request: MockRequest, params: string[]) => MockAnswer;

const ok = (body: unknown, status = 200): MockAnswer => ({ status, body });
const refuse = (status: number, code: string, title: string, more: object = {}): MockAnswer => ({
  status,
  body: { type: `/problems/${code}`, status, code, title, requestId: 'mock', ...more },
});

/** A page by offset behind an opaque cursor: enough for a mock, whose lists do not change under the reader. */
function paged<T>(items: readonly T[], query: URLSearchParams): MockAnswer {
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('cursor')?.slice(1) ?? 0);
  const next = from + limit < items.length ? `c${from + limit}` : null;
  return ok({ items: items.slice(from, from + limit), nextCursor: next });
}

const has = (text: string | null | undefined, q: string | null) =>
  !q || (text ?? '').toLowerCase().includes(q.toLowerCase());

function matching(query: URLSearchParams, withStatus: boolean): Order[] {
  const [status, shop, q, phone] = ['status', 'shop', 'q', 'phone'].map((name) => query.get(name));
  const from = query.get('createdFrom') ?? '';
  const to = query.get('createdTo') ?? '9';
  return orders.filter(
    (order) =>
      (!withStatus || !status || order.status === status) &&
      (!shop || order.shop.code === shop) &&
      (!q || has(order.orderNo, q) || has(order.externalNo, q) || has(order.customer.name, q)) &&
      (!phone || order.customer.phone.slice(-4) === phone.slice(-4)) &&
      order.placedAt >= from &&
      order.placedAt < to,
  );
}

function sorted(list: Order[], sort: string | null): Order[] {
  const field = sort?.replace('-', '');
  const sign = sort?.startsWith('-') ? -1 : 1;
  if (field === 'total') return list.toSorted((a, b) => sign * (a.total.amount - b.total.amount));
  if (field === 'placedAt') return list.toSorted((a, b) => sign * a.placedAt.localeCompare(b.placedAt));
  return list;
}

const findOrder = (key: string) => orders.find((order) => order.id === key || order.orderNo === key);

function dashboard(): MockAnswer {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  const today = orders.filter((order) => Date.parse(order.placedAt) >= day.getTime());
  const of = (status: string) => today.filter((order) => order.status === status).length;
  const amount = today.reduce((sum, order) => sum + order.total.amount, 0);
  const series = Array.from({ length: 24 }, (_, hour) => {
    const orders = Math.round(40 + 160 * Math.exp(-((hour - 11) ** 2) / 18) + 220 * Math.exp(-((hour - 20) ** 2) / 10));
    return {
      hour: `${String(hour).padStart(2, '0')}:00`,
      orders,
      amount: { amount: orders * 13_870, currency: 'CNY' },
    };
  });
  const risky = orders.filter((order) => order.deadline && order.status === 'paid').slice(0, 8);
  return ok({
    today: {
      orders: today.length,
      amount: { amount, currency: 'CNY' },
      paid: of('paid'),
      shipped: of('shipped'),
      cancelled: of('cancelled'),
    },
    todo: [
      { kind: 'review', count: 12, link: '/orders?hold=review' },
      { kind: 'to_ship', count: 486, link: '/orders?status=paid' },
      { kind: 'pick', count: 97, link: '/parcels?status=created' },
      { kind: 'pending_payment', count: 151, link: '/orders?status=pending_payment' },
      { kind: 'import_failed', count: 0, link: '/imports' },
    ],
    deadlinesAtRisk: risky.map((order) => ({ orderId: order.id, orderNo: order.orderNo, ...order.deadline })),
    series,
    stock: { low: 23 },
  });
}

function placeOrder({ body }: MockRequest): MockAnswer {
  const { shipTo, lines } = body as {
    shipTo: { phone: string; name: string };
    lines: { sku: string; quantity: number }[];
  };
  const errors = [];
  if (!/^1\d{10}$/.test(shipTo.phone))
    errors.push({ path: 'shipTo.phone', code: 'invalid_phone', message: '手机号格式不正确' });
  lines.forEach((line, i) => {
    const available = skus.find((sku) => sku.sku === line.sku)?.available ?? 0;
    if (line.quantity > available)
      errors.push({
        path: `lines[${i}].quantity`,
        code: 'insufficient_stock',
        message: `库存不足，仅剩 ${available} 件`,
      });
  });
  if (shipTo.name.length < 2) errors.push({ path: 'shipTo.country', code: 'unsupported', message: '暂不支持该地区' });
  if (errors.length > 0)
    return refuse(422, 'invalid_order', '订单未通过校验', { detail: '请修改标出的内容后重新提交。', errors });
  return ok(orders[3], 201);
}

const updatePick = new Map<string, Pick>();
function pickOf(order: Order): Pick {
  const known = updatePick.get(order.id);
  if (known) return known;
  const parcel = parcels.find((p) => p.orderId === order.id);
  const made: Pick = {
    id: order.id,
    orderId: order.id,
    orderNo: order.orderNo,
    status: 'picking',
    warehouse: 'SH',
    lines: structuredClone(parcel?.lines ?? []),
  };
  updatePick.set(order.id, made);
  return made;
}

function scan(work: { lines: Parcel['lines'] } | undefined, code: string): MockAnswer {
  const fits = (work?.lines ?? []).filter((l) => l.sku === code || l.barcode === code);
  const line = fits.find((l) => l.scanned < l.quantity) ?? fits[0];
  if (!work || !line) return refuse(422, 'wrong_item', '扫错了：不是这一单的商品', { detail: code });
  if (line.scanned >= line.quantity) return refuse(422, 'surplus_item', `多扫了：${line.title} 已经够数`);
  line.scanned += 1;
  return ok(work);
}

function portalOrder(order: Order): MockAnswer {
  const { id, orderNo, shop, status, placedAt, lines, money, shipTo } = order;
  return ok({
    id,
    orderNo,
    shopName: shop.name,
    status,
    placedAt,
    payBefore: status === 'pending_payment' ? new Date(Date.now() + 14 * 60_000).toISOString() : null,
    autoConfirmAt: status === 'shipped' ? new Date(Date.now() + 8 * 86_400_000).toISOString() : null,
    shipTo: {
      name: shipTo.name,
      phone: shipTo.phone,
      region: [shipTo.province, shipTo.city, shipTo.district].join(' '),
    },
    lines,
    money,
    parcels: order.parcels,
    may: status === 'pending_payment' ? ['pay'] : status === 'shipped' ? ['confirm-receipt', 'extend-receipt'] : [],
  });
}

const GET: [RegExp, Handler][] = [
  [/^\/me$/, () => ok(people.me)],
  [/^\/dashboard$/, dashboard],
  [/^\/orders$/, ({ query }) => paged(sorted(matching(query, true), query.get('sort')), query)],
  [
    /^\/orders\/counts$/,
    ({ query }) => {
      const counts: Record<string, number> = { all: 0 };
      for (const order of matching(query, false)) {
        counts['all'] = (counts['all'] ?? 0) + 1;
        counts[order.status] = (counts[order.status] ?? 0) + 1;
      }
      return ok({ counts });
    },
  ],
  [
    /^\/orders\/([^/]+)$/,
    (_, [id = '']) =>
      findOrder(id) ? ok(findOrder(id)) : refuse(404, 'order_not_found', '没有这个订单', { detail: id }),
  ],
  [
    /^\/orders\/([^/]+)\/timeline$/,
    (_, [id = '']) => ok({ items: findOrder(id) ? timelineOf(findOrder(id) as Order) : [] }),
  ],
  [/^\/shops$/, ({ query }) => paged(shops, query)],
  [/^\/warehouses$/, ({ query }) => paged(warehouses, query)],
  [
    /^\/products$/,
    ({ query }) =>
      paged(
        products.filter(
          (p) => has(p.title + p.code, query.get('q')) && (!query.get('status') || p.status === query.get('status')),
        ),
        query,
      ),
  ],
  [
    /^\/skus$/,
    ({ query }) =>
      paged(
        skus
          .filter((s) => has(s.full + s.sku + s.barcode, query.get('q')))
          .map((s) => ({
            sku: s.sku,
            title: s.full,
            barcode: s.barcode,
            price: s.price,
            available: s.available ?? 0,
            pictureUrl: s.product.pictureUrl,
          })),
        query,
      ),
  ],
  [
    /^\/stock$/,
    ({ query }) =>
      paged(
        stock.filter(
          (s) =>
            has(s.sku, query.get('sku')) &&
            (!query.get('warehouse') || s.warehouse === query.get('warehouse')) &&
            (!query.get('low') || s.available < 5),
        ),
        query,
      ),
  ],
  [
    /^\/stock\/moves$/,
    ({ query }) =>
      paged(
        Array.from({ length: 120 }, (_, n) => ({
          id: idOf(30, n),
          at: new Date(Date.now() - n * 3_600_000).toISOString(),
          kind: ['reserve', 'issue', 'receipt', 'release'][n % 4],
          sku: query.get('sku'),
          warehouse: query.get('warehouse'),
          bucket: n % 2 ? 'onHand' : 'reserved',
          quantity: [2, -2, 60, -1][n % 4],
          reference: orders[n]?.orderNo ?? null,
          actor: n % 4 === 2 ? '李仓管' : '系统',
        })),
        query,
      ),
  ],
  [/^\/stock\/audit$/, () => ok({ ok: true, checked: stock.length, mismatches: [] })],
  [
    /^\/parcels$/,
    ({ query }) =>
      paged(
        parcels.filter(
          (p) =>
            (has(p.parcelNo, query.get('q')) || p.orderNo === query.get('q')) &&
            (!query.get('status') || p.status === query.get('status')),
        ),
        query,
      ),
  ],
  [
    /^\/picks$/,
    ({ query }) => paged(orders.filter((o) => o.orderNo === query.get('q') && o.status === 'paid').map(pickOf), query),
  ],
  [
    /^\/imports$/,
    ({ query }) =>
      paged(
        people.imports.filter((r) => has(r.kind, query.get('kind'))),
        query,
      ),
  ],
  [
    /^\/imports\/([^/]+)$/,
    (_, [id = '']) => {
      const run = people.imports.find((r) => r.id === id);
      if (run?.status === 'running') run.done = Math.min((run.total ?? 0) - run.failed, run.done + 900);
      return ok(run);
    },
  ],
  [
    /^\/users$/,
    ({ query }) =>
      paged(
        people.users.filter((u) => has(u.name + u.email, query.get('q'))),
        query,
      ),
  ],
  [/^\/roles$/, ({ query }) => paged(people.roles, query)],
  [/^\/permissions$/, () => ok({ items: people.permissions })],
  [/^\/api-keys$/, ({ query }) => paged(people.apiKeys, query)],
  [
    /^\/audit$/,
    ({ query }) =>
      paged(
        people.audit.filter((e) => has(e.action + e.subject.id, query.get('q'))),
        query,
      ),
  ],
  [/^\/audit\/verify$/, () => ok({ ok: true, checked: people.audit.length, brokenAt: null })],
  [/^\/notifications$/, () => ok({ items: people.notices, nextCursor: null })],
  [/^\/me\/sessions$/, () => ok({ items: people.sessions, nextCursor: null })],
  [
    /^\/settings$/,
    () => ok({ items: Object.values(people.settings).map(({ section, title }) => ({ section, title })) }),
  ],
  [/^\/settings\/(\w+)$/, (_, [section = '']) => ok(people.settings[section])],
  [/^\/portal\/order$/, ({ token }) => portalOrder(findOrder(token ?? '') ?? (orders[0] as Order))],
];

const WRITE: [RegExp, Handler][] = [
  [/^\/orders$/, placeOrder],
  [/^\/picks\/([^/]+)\/scan$/, ({ body }, [id = '']) => scan(updatePick.get(id), String(body['code']))],
  [
    /^\/parcels\/([^/]+)\/scan$/,
    ({ body }, [id = '']) =>
      scan(
        parcels.find((p) => p.id === id),
        String(body['code']),
      ),
  ],
  [
    /^\/parcels\/([^/]+)\/ship$/,
    (_, [id = '']) => {
      const parcel = parcels.find((p) => p.id === id);
      if (!parcel) return refuse(404, 'parcel_not_found', '没有这个包裹');
      if (parcel.status === 'shipped') return refuse(409, 'already_shipped', '这个包裹已经发货');
      return ok(Object.assign(parcel, { status: 'shipped', carrier: 'sandbox', waybillNo: 'SB7000001234' }));
    },
  ],
  [
    /^\/personal-data\/reveal$/,
    () => ok({ name: '欧阳建国', phone: '13800138000', address: '科技园高新南七道 20 号深港产学研基地 A 座 1208 室' }),
  ],
  [/^\/api-keys$/, () => ok({ key: 'zg_live_3k9f_5b1f0c7e9a4d4c1fb0d27e8a6c35f914' }, 201)],
  [/^\/imports$/, () => ok({ id: people.imports[0]?.id }, 202)],
  [
    /^\/orders\/[^/]+\/cancel$/,
    () => refuse(409, 'transition_refused', '当前状态不能取消', { detail: '订单已进入打包环节，请改用拦截。' }),
  ],
  [
    /^\/portal\/sessions$/,
    ({ body }) => {
      const order = findOrder(String(body['orderNo']));
      return order
        ? ok({ token: order.orderNo })
        : refuse(404, 'order_not_found', '没有找到订单，请核对订单号与手机号');
    },
  ],
];

/** Answers like the server would, from made-up data; undefined for an unknown address. */
export function answer(method: string, request: MockRequest): MockAnswer | undefined {
  for (const [pattern, handler] of method === 'GET' ? GET : WRITE) {
    const match = pattern.exec(request.path);
    if (match) return handler(request, match.slice(1).map(decodeURIComponent));
  }
  return method === 'GET' ? undefined : ok({});
}
