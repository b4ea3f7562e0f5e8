import iconv from 'iconv-lite';
import { makeZip } from '#kernel/files/testing/make-zip.ts';
import { feeOf } from '../accounts/domain/fee.ts';
import { SANDBOX_FEE } from '../providers/sandbox/bill.ts';
import { yuan } from '../reconciliation/domain/decimal.ts';
import { chinaText } from './peer-server.ts';

export type PeerTrade = {
  no: string;
  tradeNo: string;
  amount: number;
  currency: string | undefined;
  notifyUrl: string;
  state: 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_FINISHED' | 'TRADE_CLOSED';
  paidAt: Date | undefined;
};
export type PeerTradeRefund = { no: string; orderNo: string; amount: number; done: boolean; at: Date };

const HEADER =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';
const ACCOUNT_HEADER =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注';

type Line = { type: '交易' | '退款'; trade: PeerTrade; at: Date; amount: number; refundNo: string; fee: number };

/** What Alipay has written down, and the bills that come of it: ZIP archives of texts in GBK. */
export class AlipayBooks {
  readonly trades = new Map<string, PeerTrade>();
  readonly refunds = new Map<string, PeerTradeRefund>();
  readonly #sellerId: string;
  constructor(sellerId: string) {
    this.#sellerId = sellerId;
  }

  refunded(no: string): number {
    return [...this.refunds.values()].filter((r) => r.orderNo === no).reduce((n, r) => n + r.amount, 0);
  }

  lines(day: string): Line[] {
    const isOn = (at: Date | undefined): at is Date => at !== undefined && chinaText(at).startsWith(day);
    const paid = [...this.trades.values()].flatMap((trade): Line[] => {
      if (!isOn(trade.paidAt)) return [];
      const { amount, paidAt: at } = trade;
      return [{ type: '交易', trade, at, amount, refundNo: '', fee: -feeOf(amount, SANDBOX_FEE) }];
    });
    const back = [...this.refunds.values()].flatMap((r): Line[] => {
      const trade = this.trades.get(r.orderNo);
      if (!trade || !r.done || !isOn(r.at)) return [];
      return [
        {
          type: '退款',
          trade,
          at: r.at,
          amount: -r.amount,
          refundNo: r.no,
          fee: feeOf(r.amount, SANDBOX_FEE, 'refund'),
        },
      ];
    });
    return [...paid, ...back];
  }

  #file(day: string, header: string, rows: string[], counts: string[]): Buffer {
    const lines = [
      '#支付宝业务明细查询',
      `#账号：[${this.#sellerId}0156]`,
      `#起始日期：[${day.replace('-', '年').replace('-', '月')}日 00:00:00]`,
      header,
      ...rows,
      ...counts,
    ];
    return makeZip({ '20880156_业务明细.csv': iconv.encode(`${lines.join('\r\n')}\r\n`, 'gbk') });
  }

  tradeBill(day: string): Buffer {
    const lines = this.lines(day);
    const rows = lines.map(({ type, trade, at, amount, refundNo, fee }) => {
      const time = chinaText(at);
      return `${trade.tradeNo}\t,${trade.no}\t,${type},订单,${time},${time},,,,,a***@b.com\t,${yuan(amount)},${yuan(amount)},0.00,0.00,0.00,0.00,0.00,,0.00,0.00,${refundNo}\t,${yuan(fee)},0.00,`;
    });
    const sum = (type: Line['type']) => {
      const of = lines.filter((l) => l.type === type);
      return { count: of.length, text: yuan(of.reduce((n, l) => n + l.amount, 0)) };
    };
    const [paid, back] = [sum('交易'), sum('退款')];
    return this.#file(day, HEADER, rows, [
      `#交易合计：${paid.count}笔，商家实收共${paid.text}元，商家优惠共0.00元`,
      `#退款合计：${back.count}笔，商家实收退款共${back.text}元，商家优惠退款共0.00元`,
    ]);
  }

  accountBill(day: string): Buffer {
    const moves = this.lines(day).flatMap(({ type, trade, at, amount, fee }) => [
      { trade, at, amount, kind: type === '交易' ? '在线支付' : '交易退款' },
      ...(fee === 0 ? [] : [{ trade, at, amount: fee, kind: '收费' }]),
    ]);
    const rows = moves.map((m, i) => {
      const [income, expense] = m.amount > 0 ? [yuan(m.amount), '0.00'] : ['0.00', yuan(m.amount)];
      return `${i}\t,${m.trade.tradeNo}\t,${m.trade.no}\t,订单,${chinaText(m.at)},a,${income},${expense},0.00,,${m.kind},`;
    });
    const total = (of: typeof moves) => `${of.length}笔，共${yuan(of.reduce((n, m) => n + m.amount, 0))}元`;
    return this.#file(day, ACCOUNT_HEADER, rows, [
      `#支出合计：${total(moves.filter((m) => m.amount < 0))}`,
      `#收入合计：${total(moves.filter((m) => m.amount > 0))}`,
    ]);
  }
}
