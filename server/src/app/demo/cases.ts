import type { Actor, Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { HOUR_MS } from '#kernel/time.ts';
import {
  answerOffer,
  approveCase,
  cancelCase,
  type CaseKind,
  type CaseRow,
  escalateCase,
  executeCase,
  followUp,
  grantCompensation,
  inspectReturn,
  makeOffer,
  openCase,
  quoteRepair,
  receiveReturn,
  rejectCase,
  setBudget,
  shipReturn,
} from '#modules/aftersales/index.ts';
import { demoProducts } from './goods.ts';

type Scene = { tx: Tx; row: CaseRow; lineId: string; as: (who: Who, hoursAgo: number) => Ctx };
type Who = 'agent' | 'lead' | 'warehouse' | 'customer';
type Story = {
  kind: CaseKind;
  reason: string;
  text: string;
  hoursAgo: number;
  /** Asked for by the customer on the portal, else by an agent on the telephone. */
  byCustomer?: boolean;
  goesOn?: (scene: Scene) => Promise<unknown>;
};

const LONGEST_H = 27; // a story begins no longer ago
const WAYBILL = 'SF14503988';

async function sentBack({ tx, row, as }: Scene, hoursAgo: number): Promise<void> {
  await approveCase(tx, as('agent', hoursAgo + 3), { caseId: row.id, warehouse: 'GZ' });
  const waybillNo = `${WAYBILL}${row.no.slice(-5)}`;
  await shipReturn(tx, as('customer', hoursAgo), { caseId: row.id, carrier: 'sf', waybillNo });
}

async function arrived(s: Scene, hoursAgo: number): Promise<void> {
  await sentBack(s, hoursAgo + 4);
  await receiveReturn(s.tx, s.as('warehouse', hoursAgo), { caseId: s.row.id, warehouse: 'GZ' });
}

async function inspected(s: Scene, hoursAgo: number, grade: 'A' | 'C'): Promise<void> {
  await arrived(s, hoursAgo + 1);
  const disposition = grade === 'A' ? 'restock' : 'repair';
  await inspectReturn(s.tx, s.as('warehouse', hoursAgo), {
    caseId: s.row.id,
    lines: [{ lineId: s.lineId, quantity: 1, grade, disposition }],
  });
}

/** What after-sales has before it on an ordinary day: every kind, at every step, one of them late. */
const STORIES: readonly Story[] = [
  { kind: 'return', reason: 'quality', text: '洗了一次就褪色，希望尽快处理。', hoursAgo: 26 },
  { kind: 'return', reason: 'no_reason', text: '颜色和想的不一样，想退。', hoursAgo: 3, byCustomer: true },
  { kind: 'refund', reason: 'damaged', text: '罐子压扁了一个角，可以退一部分吗？', hoursAgo: 21 },
  { kind: 'exchange', reason: 'no_reason', text: '想换一个新的。', hoursAgo: 5 },
  {
    kind: 'return',
    reason: 'no_reason',
    text: '家里已经有一个了。',
    hoursAgo: 20,
    goesOn: ({ tx, row, as }) => approveCase(tx, as('agent', 18), { caseId: row.id, warehouse: 'GZ' }),
  },
  { kind: 'return', reason: 'quality', text: '盖子合不上。', hoursAgo: 20, goesOn: (s) => sentBack(s, 15) },
  { kind: 'return', reason: 'wrong_item', text: '收到的不是我买的那款。', hoursAgo: 22, goesOn: (s) => arrived(s, 4) },
  {
    kind: 'return',
    reason: 'quality',
    text: '用了一次就漏水。',
    hoursAgo: 22,
    goesOn: async (s) => {
      await inspected(s, 5, 'A');
      await executeCase(s.tx, s.as('agent', 4), { caseId: s.row.id });
    },
  },
  {
    kind: 'exchange',
    reason: 'damaged',
    text: '到手就有裂纹，换一个好的。',
    hoursAgo: 18,
    goesOn: ({ tx, row, as }) => approveCase(tx, as('agent', 16), { caseId: row.id, warehouse: 'GZ' }),
  },
  {
    kind: 'repair',
    reason: 'quality',
    text: '开关时好时坏。',
    hoursAgo: 22,
    goesOn: async (s) => {
      await inspected(s, 8, 'C');
      await quoteRepair(s.tx, s.as('agent', 7), {
        caseId: s.row.id,
        amount: 3_500,
        note: '更换开关组件，含往返运费',
      });
    },
  },
  {
    kind: 'return',
    reason: 'no_reason',
    text: '吊牌剪了还能退吗？',
    hoursAgo: 20,
    goesOn: async ({ tx, row, as }) => {
      await rejectCase(tx, as('agent', 19), { caseId: row.id, note: '商品已使用，影响二次销售' });
      await escalateCase(tx, as('customer', 17), { caseId: row.id, note: '只试穿了一次，没有使用，请重新判断。' });
    },
  },
  {
    kind: 'return',
    reason: 'damaged',
    text: '杯口有一个小缺口。',
    hoursAgo: 12,
    goesOn: ({ tx, row, as }) =>
      makeOffer(tx, as('agent', 10), { caseId: row.id, kind: 'refund', amount: 1_000, note: '不必寄回，补偿十元' }),
  },
  {
    kind: 'refund',
    reason: 'damaged',
    text: '外盒破了，里面没事。',
    hoursAgo: 22,
    goesOn: async ({ tx, row, as }) => {
      await makeOffer(tx, as('agent', 21), { caseId: row.id, kind: 'refund', amount: 500, note: '退五元' });
      await answerOffer(tx, as('customer', 20), { caseId: row.id, answer: 'accept' });
      await executeCase(tx, as('agent', 20), { caseId: row.id });
      await followUp(tx, as('agent', 2), { caseId: row.id, satisfied: true, note: '顾客表示满意' });
    },
  },
  {
    kind: 'return',
    reason: 'no_reason',
    text: '不想要了。',
    hoursAgo: 15,
    goesOn: ({ tx, row, as }) => cancelCase(tx, as('customer', 12), { caseId: row.id, note: '留下自己用' }),
  },
  {
    kind: 'refund',
    reason: 'quality',
    text: '包装没有生产日期，按职业打假处理，要求十倍赔偿。',
    hoursAgo: 9,
  },
];

type Goods = { order_id: string; customer_id: string; line_id: string; arrived_at: Date };
type Books = { db: Db; ctx: Ctx; now: Date };

/** Cases of the last day about orders that have arrived, a budget for compensations, and some of them given. */
export async function demoCases({ db, ctx, now }: Books): Promise<void> {
  const people = await db.read(ctx, (tx) =>
    tx.query<{ user_id: string; role: string }>(
      'select user_id, roles[1] as role from identity.members where org_id = $1',
      [ctx.orgId],
    ),
  );
  const staff = (role: string): Actor => ({
    ...ctx.actor,
    kind: 'user',
    id: people.find((p) => p.role === role)?.user_id ?? ctx.actor.id,
    roles: [role],
    limits: new Map(),
  });
  const actors: Record<Who, Actor> = {
    agent: staff('agent'),
    lead: staff('agent_supervisor'),
    warehouse: staff('warehouse'),
    customer: { ...ctx.actor, kind: 'customer' },
  };
  const as = (who: Who, hoursAgo: number): Ctx => ({
    ...ctx,
    actor: actors[who],
    now: new Date(now.getTime() - hoursAgo * HOUR_MS),
  });
  const arrived = await arrivedGoods({ db, ctx, now });
  for (const [i, story] of STORIES.toSorted((a, b) => b.hoursAgo - a.hoursAgo).entries()) {
    const goods = arrived[i];
    if (!goods) break;
    // goods that came later are told of in less time: nobody asks for what did not arrive yet
    const pace = Math.min(1, (now.getTime() - goods.arrived_at.getTime()) / (LONGEST_H * HOUR_MS));
    const here = (who: Who, hoursAgo: number): Ctx => {
      const then = as(who, hoursAgo * pace);
      return who === 'customer' ? { ...then, actor: { ...then.actor, id: goods.customer_id } } : then;
    };
    await db.inTx(ctx, (tx) => live(tx, here, goods, story));
  }
  await compensate(
    db,
    as,
    arrived.slice(STORIES.length).map((g) => g.order_id),
  );
}

/** Goods other than food, of which everything may be asked for, that arrived and have nothing else to be told of; the earliest first. */
async function arrivedGoods({ db, ctx, now }: Books): Promise<Goods[]> {
  const lasting = demoProducts().filter((p) => !p.category.startsWith('食品/'));
  return db.read(ctx, (tx) =>
    tx.query<Goods>(
      `select o.id as order_id, o.customer_id, min(l.id::text) as line_id, (select max(p.delivered_at) from fulfilment.parcels p where p.org_id = $1 and p.order_id = o.id) as arrived_at
         from orders.orders o join orders.lines l on l.org_id = o.org_id and l.order_id = o.id and l.kind = 'goods' and l.sku = any ($3)
        where o.org_id = $1 and o.status = 'delivered' and o.superseded is null and o.refunded_amount = 0 and not o.historical
          and (select max(p.delivered_at) from fulfilment.parcels p where p.org_id = $1 and p.order_id = o.id) < $2
        group by o.id, o.customer_id order by arrived_at, o.id limit $4`,
      [ctx.orgId, new Date(now.getTime() - 2 * HOUR_MS), lasting.map((p) => p.code), STORIES.length + 4],
    ),
  );
}

async function live(
  tx: Tx,
  as: (who: Who, hoursAgo: number) => Ctx,
  goods: Goods,
  { kind, reason, text, hoursAgo, byCustomer, goesOn }: Story,
): Promise<void> {
  const row = await openCase(tx, as(byCustomer ? 'customer' : 'agent', hoursAgo), {
    orderId: goods.order_id,
    type: kind,
    reason,
    description: text,
    lines: [{ lineId: goods.line_id, quantity: 1 }],
  });
  await goesOn?.({ tx, row, lineId: goods.line_id, as });
}

/** Some given within what an agent may, one that waits for a second person. */
async function compensate(
  db: Db,
  as: (who: Who, hoursAgo: number) => Ctx,
  [first, second, third]: readonly string[],
): Promise<void> {
  if (first === undefined || second === undefined || third === undefined) return;
  await db.inTx(as('lead', 30), (tx) =>
    setBudget(tx, as('lead', 30), {
      scope: 'organisation',
      ref: '',
      currency: 'CNY',
      monthly: 500_000,
      active: true,
    }),
  );
  const give = async (hoursAgo: number, asked: Parameters<typeof grantCompensation>[2]): Promise<void> => {
    const ctx = as('agent', hoursAgo);
    await db.inTx(ctx, (tx) => grantCompensation(tx, ctx, asked));
  };
  await give(20, { orderId: first, kind: 'points', points: 200, reason: 'late', note: '晚到两天，送积分致歉' });
  await give(8, { orderId: second, kind: 'cash', amount: 500, reason: 'service', note: '客服答复有误' });
  await give(2, { orderId: third, kind: 'cash', amount: 30_000, reason: 'damaged', note: '整箱破损，顾客要求赔偿' });
}
