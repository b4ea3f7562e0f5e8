import { Readable } from 'node:stream';
import type { Ctx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import type { Log } from '#kernel/log.ts';
import { localDate } from '#kernel/time.ts';
import { runImport, startImport, takeTable } from '#kernel/transfers/index.ts';
import { createBankAccount } from '#modules/payments/index.ts';
import { dayStart } from './past.ts';

const ZONE = 'Asia/Shanghai';
const HEAD = '交易日期,时间,支出金额,收入金额,余额,流水号,摘要,附言,对方户名,对方账号';
const yuan = (fen: number): string => (fen / 100).toFixed(2);

type Movement = { day: number; clock: string; amount: number; remark: string; party: string; account: string };

/** What a bank shows of three days: the channel's payouts, customers who named nothing, a courier's cash, and charges. */
function movements(payouts: readonly number[]): Movement[] {
  const paidOut = payouts.map((amount, i) => ({
    day: payouts.length - i,
    clock: '103000',
    amount,
    remark: '沙箱渠道结算款',
    party: '沙箱支付有限公司客户备付金',
    account: '2435858800001',
  }));
  return [
    ...paidOut,
    { day: 3, clock: '091512', amount: 46_800, remark: '货款', party: '杭州湖畔茶舍', account: '571908800014321' },
    { day: 2, clock: '140233', amount: 129_900, remark: '买茶叶', party: '欧阳小明', account: '6222021202001234567' },
    {
      day: 2,
      clock: '160000',
      amount: 352_040,
      remark: '代收货款',
      party: '顺丰速运有限公司',
      account: '755900000012',
    },
    { day: 1, clock: '083000', amount: -1_850, remark: '网银服务费', party: '', account: '' },
    { day: 1, clock: '113045', amount: 8_800, remark: '订单款 谢谢', party: '王小丽', account: '6217001234567890' },
  ];
}

/** An account that takes transfers, and the statement of its last days. By the commands people use. */
export async function demoBank(of: { db: Db; log: Log; ctx: Ctx; now: Date }): Promise<void> {
  const { db, log, now } = of;
  const ctx: Ctx = { ...of.ctx, now };
  await db.inTx(ctx, (tx) =>
    createBankAccount(tx, ctx, {
      code: 'main',
      name: '杭州掌柜电子商务有限公司',
      bank: '招商银行杭州分行',
      accountNo: '571900000012345',
      currency: 'CNY',
      takesTransfers: true,
      enabled: true,
    }),
  );
  const nets = await db.read(ctx, (tx) =>
    tx.query<{ net: number }>(
      `select (paid_amount - refunded_amount - fee_amount)::bigint as net from payments.bills where org_id = $1 and family = 'trade' order by bill_date limit 1`,
      [ctx.orgId],
    ),
  );
  const rows = movements(nets.map((b) => b.net).filter((net) => net > 0)).map((m, i) => {
    const date = localDate(dayStart(now, m.day), ZONE).replaceAll('-', '');
    const [out, came] = m.amount < 0 ? [yuan(-m.amount), ''] : ['', yuan(m.amount)];
    return [date, m.clock, out, came, '', `CMB${date}${i}`, '转账', m.remark, m.party, m.account].join(',');
  });
  const text = `账户明细\n账号：571900000012345\n\n${[HEAD, ...rows].join('\n')}\n`;
  const table = await takeTable(ctx, Readable.from([Buffer.from(text)]), '招行流水.csv');
  const run = await startImport(
    db,
    ctx,
    { kind: 'bank-lines', table, mapping: { account: 'main' }, dryRun: false },
    false,
  );
  await runImport({ db, log }, ctx.orgId, run.id);
}
