import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import {
  addMessage,
  draftAgreement,
  moveTicket,
  openTicket,
  resolveTicket,
  staffTeam,
  type TicketRow,
} from '#modules/support/index.ts';

type Story = {
  ago: number;
  category: string;
  subject: string;
  body: string;
  tags?: string[];
  /** Without an order it is nobody's in particular. */
  order?: boolean;
  taken?: boolean;
  goesOn?: (tx: Tx, at: (ago: number) => Ctx, row: TicketRow) => Promise<unknown>;
};

const answer = (tx: Tx, ctx: Ctx, row: TicketRow, body: string, over: object = {}): Promise<unknown> =>
  addMessage(tx, ctx, { ticketId: row.id, kind: 'outbound', body, ...over });

/** What a desk has before it on an ordinary day: two promises at risk, one missed, and every state. */
const STORIES: Story[] = [
  {
    ago: 105 * MINUTE_MS,
    category: 'complaint/logistics',
    subject: '快递员把包裹放在楼下丢了',
    body: '我没有同意放楼下，现在包裹找不到了，请尽快处理。',
    order: true,
    taken: true,
  },
  {
    ago: 110 * MINUTE_MS,
    category: 'complaint/service',
    subject: '昨天的客服没有回电',
    body: '说好两小时内回电，到现在没有人联系我。',
  },
  {
    ago: 3 * HOUR_MS,
    category: 'complaint/product',
    subject: '收到的茶叶受潮',
    body: '打开罐子有霉味，照片已发给在线客服。',
    order: true,
    taken: true,
    tags: ['茶叶'],
  },
  {
    ago: 5 * HOUR_MS,
    category: 'complaint/counterfeit',
    subject: '怀疑是假货',
    body: '包装上的防伪码查询不到，要求给出说法。',
    order: true,
    goesOn: async (tx, at, row) => {
      await answer(tx, at(4 * HOUR_MS), row, '您好，品控组已受理，正在核对批次。');
      await draftAgreement(tx, at(HOUR_MS), {
        ticketId: row.id,
        locale: 'zh-CN',
        amount: 19_900,
        measures: '退货退款，该批次送检并告知结果',
        other: '',
      });
    },
  },
  {
    ago: 20 * HOUR_MS,
    category: 'inquiry/invoice',
    subject: '发票抬头能改吗',
    body: '公司名称变更了，想把发票换一下抬头。',
    order: true,
    taken: true,
  },
  {
    ago: 2 * DAY_MS,
    category: 'logistics/delay',
    subject: '三天没有物流更新',
    body: '麻烦催一下，急用。',
    order: true,
    taken: true,
    goesOn: async (tx, at, row) => {
      await answer(tx, at(2 * DAY_MS - HOUR_MS), row, '已联系快递核实，预计明天送达。');
      await moveTicket(tx, at(2 * DAY_MS - HOUR_MS), { ticketId: row.id, event: 'wait_third_party' });
    },
  },
  {
    ago: DAY_MS,
    category: 'aftersales/exchange',
    subject: '尺码不合适想换',
    body: '买大了，想换小一号。',
    order: true,
    taken: true,
    goesOn: (tx, at, row) =>
      answer(tx, at(DAY_MS - HOUR_MS), row, '可以换的，请告诉我们需要的尺码。', { next: 'wait_customer' }),
  },
  {
    ago: 3 * DAY_MS,
    category: 'suggestion/product',
    subject: '希望有小包装',
    body: '一个人喝不完，出小包装就好了。',
    taken: true,
    goesOn: (tx, at, row) =>
      resolveTicket(tx, at(2 * DAY_MS), { ticketId: row.id, message: '感谢建议，已转给选品同事。' }),
  },
];

type Books = { db: Db; ctx: Ctx; now: Date };

/** Tickets of the last days, on the desk of the people of the demo. */
export async function demoTickets({ db, ctx, now }: Books): Promise<void> {
  const people = await db.read(ctx, (tx) =>
    tx.query<{ user_id: string; role: string }>(
      `select user_id, roles[1] as role from identity.members where org_id = $1`,
      [ctx.orgId],
    ),
  );
  const who = (role: string): string | null => people.find((p) => p.role === role)?.user_id ?? null;
  const [agent, lead, qc] = [who('agent'), who('agent_supervisor'), who('quality_controller')];
  await db.inTx(ctx, async (tx) => {
    const desk = (await permissionHolders(tx, 'support.ticket.reply')).map((h) => h.id);
    await staffTeam(tx, 'service', { leadId: lead, memberIds: desk.filter((id) => id === agent || id === lead) });
    await staffTeam(tx, 'qc', { leadId: lead, memberIds: desk.filter((id) => id === qc) });
  });
  const orders = await db.read(ctx, (tx) =>
    tx.query<{ id: string }>(
      `select id from orders.orders where org_id = $1 and status in ('shipped', 'delivered') and superseded is null
        order by placed_at desc limit ${STORIES.length}`,
      [ctx.orgId],
    ),
  );
  const actor = { ...ctx.actor, kind: 'user' as const, id: agent ?? ctx.actor.id };
  const at = (ago: number): Ctx => ({ ...ctx, actor, now: new Date(now.getTime() - ago) });
  for (const [i, { ago, order, taken, goesOn, ...story }] of STORIES.entries())
    await db.inTx(ctx, async (tx) => {
      const row = await openTicket(tx, at(ago), {
        ...story,
        channel: 'phone',
        ...(order && orders[i] ? { orderId: orders[i].id } : {}),
        ...(taken ? { assigneeId: agent } : {}),
      });
      await goesOn?.(tx, at, row);
    });
}
