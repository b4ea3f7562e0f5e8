import { randomBytes } from 'node:crypto';
import { feeOf } from '../accounts/domain/fee.ts';
import { SANDBOX_FEE } from '../providers/sandbox/bill.ts';
import { yuan } from '../reconciliation/domain/decimal.ts';
import { type RenderedLine, renderTradeBill } from '../reconciliation/domain/render-trade-bill.ts';
import { chinaText } from './peer-server.ts';

export type PeerOrder = {
  no: string;
  appid: string;
  mchid: string;
  amount: number;
  currency: string;
  notifyUrl: string;
  openid: string | undefined;
  state: 'NOTPAY' | 'USERPAYING' | 'SUCCESS' | 'CLOSED' | 'PAYERROR';
  txn: string;
  paidAt: Date | undefined;
};
export type PeerRefund = {
  no: string;
  orderNo: string;
  amount: number;
  status: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';
  id: string;
  at: Date;
  notifyUrl: string;
};

export const digits = (prefix: string): string => prefix + [...randomBytes(20)].map((byte) => byte % 10).join('');

const FUND_HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号';

/** What a channel has written down, and the bills that come of it. */
export class WechatBooks {
  readonly orders = new Map<string, PeerOrder>();
  readonly refunds = new Map<string, PeerRefund>();
  readonly #mchid: string;
  constructor(mchid: string) {
    this.#mchid = mchid;
  }

  /** What went back of an order, or is on its way. */
  refunded(no: string): number {
    const of = [...this.refunds.values()].filter((r) => r.orderNo === no && r.status !== 'CLOSED');
    return of.reduce((n, r) => n + r.amount, 0);
  }

  lines(day: string): RenderedLine[] {
    const isOn = (at: Date | undefined): at is Date => at !== undefined && chinaText(at).startsWith(day);
    const goods = '订单';
    const payments = [...this.orders.values()].flatMap((o): RenderedLine[] => {
      if (!isOn(o.paidAt)) return [];
      const { txn, no: merchantNo, amount } = o;
      const fee = feeOf(amount, SANDBOX_FEE);
      return [
        { kind: 'payment', at: chinaText(o.paidAt), txn, merchantNo, refundTxn: '', refundNo: '', amount, fee, goods },
      ];
    });
    const refunds = [...this.refunds.values()].flatMap((r): RenderedLine[] => {
      if (r.status !== 'SUCCESS' || !isOn(r.at)) return [];
      const txn = this.orders.get(r.orderNo)?.txn ?? '';
      const { orderNo: merchantNo, id: refundTxn, no: refundNo, amount } = r;
      const fee = -feeOf(amount, SANDBOX_FEE, 'refund');
      return [{ kind: 'refund', at: chinaText(r.at), txn, merchantNo, refundTxn, refundNo, amount, fee, goods }];
    });
    return [...payments, ...refunds];
  }

  async tradeBill(day: string): Promise<string> {
    let text = '';
    for await (const part of renderTradeBill(this.#mchid, this.lines(day))) text += part;
    return text;
  }

  fundBill(day: string): string {
    const rows = this.lines(day).flatMap((l, i) => {
      const [no, voucher] = l.kind === 'payment' ? [l.txn, l.merchantNo] : [l.refundTxn, l.refundNo];
      const row = (type: string, way: string, amount: number) => ({
        way,
        amount,
        text: `\`${[l.at, no, `F${i}${type}`, type, type, way, yuan(amount), '0.00', 'system', '', voucher].join(',`')}`,
      });
      const [main, back] = l.kind === 'payment' ? ['收入', '支出'] : ['支出', '收入'];
      const fee = Math.abs(l.fee);
      return [
        row(l.kind === 'payment' ? '交易' : '退款', main ?? '', l.amount),
        ...(fee === 0 ? [] : [row('扣除交易手续费', back ?? '', fee)]),
      ];
    });
    const of = (way: string) => rows.filter((r) => r.way === way);
    const sum = (way: string): string => yuan(of(way).reduce((n, r) => n + r.amount, 0));
    return [
      FUND_HEADER,
      ...rows.map((r) => r.text),
      '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
      `\`${[rows.length, of('收入').length, sum('收入'), of('支出').length, sum('支出')].join(',`')}`,
      '',
    ].join('\r\n');
  }
}
