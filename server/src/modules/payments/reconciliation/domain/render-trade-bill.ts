import { yuan } from './decimal.ts';

export type RenderedLine = {
  kind: 'payment' | 'refund';
  at: string;
  txn: string;
  merchantNo: string;
  refundTxn: string;
  refundNo: string;
  amount: number;
  fee: number;
  goods: string;
};

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUMMARY = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

const row = (cells: readonly string[]): string => `${cells.map((cell) => `\`${cell}`).join(',')}\r\n`;

/**
 * A bill in the form of WeChat's trade bill, which the sandbox hands out: 27 columns, a back-tick before each value, sums
 * at the end. Values must hold no line break and no comma followed by a back-tick.
 */
export async function* renderTradeBill(
  merchant: string,
  lines: AsyncIterable<RenderedLine> | Iterable<RenderedLine>,
): AsyncGenerator<string> {
  yield `\uFEFF${HEADER}\r\n`;
  let [count, paid, refunded, fees] = [0, 0, 0, 0];
  for await (const line of lines) {
    count += 1;
    fees += line.fee;
    const isPayment = line.kind === 'payment';
    if (isPayment) paid += line.amount;
    else refunded += line.amount;
    const amount = yuan(line.amount);
    const [pay, back] = isPayment ? [amount, '0.00'] : ['0.00', amount];
    yield row([
      line.at,
      merchant,
      merchant,
      '0',
      '',
      line.txn,
      line.merchantNo,
      'sandbox',
      'NATIVE',
      isPayment ? 'SUCCESS' : 'REFUND',
      'OTHERS',
      'CNY',
      pay,
      '0.00',
      isPayment ? '0' : line.refundTxn,
      isPayment ? '0' : line.refundNo,
      back,
      '0.00',
      isPayment ? '' : 'ORIGINAL',
      isPayment ? '' : 'SUCCESS',
      line.goods,
      '',
      `${yuan(line.fee)}000`,
      '0.60%',
      pay,
      back,
      '',
    ]);
  }
  yield `${SUMMARY}\r\n`;
  const sums = [paid, refunded, 0].map(yuan);
  yield row([String(count), ...sums, `${yuan(fees)}000`, yuan(paid), yuan(refunded)]);
}
