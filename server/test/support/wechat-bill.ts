/** Trade bills as WeChat Pay writes them, made without the code that reads them. */
const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUMMARY = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
export type BillLine = {
  txn?: string;
  no?: string;
  amount: number;
  fee?: number;
  refund?: { txn?: string; no: string; status?: string };
  at?: string;
};
let counter = 0;
const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** A bill as WeChat writes it; `states` makes its summary say something else. */
export function billOf(day: string, lines: readonly BillLine[], states: { count?: number } = {}): string {
  const rows = lines.map((l) => {
    counter += 1;
    const at = l.at ?? `${day} 10:00:00`;
    const [pay, back] = l.refund ? ['0.00', yuan(l.amount)] : [yuan(l.amount), '0.00'];
    const cells = [
      at,
      'wx',
      '1900000109',
      '0',
      '',
      l.txn ?? `42000${Date.now()}${counter}`,
      l.no ?? `X${counter}`,
      'o',
      'JSAPI',
    ];
    cells.push(
      l.refund ? 'REFUND' : 'SUCCESS',
      'CMB',
      'CNY',
      pay,
      '0.00',
      l.refund ? (l.refund.txn ?? `503${counter}`) : '0',
    );
    cells.push(
      l.refund?.no ?? '0',
      back,
      '0.00',
      l.refund ? 'ORIGINAL' : '',
      l.refund ? (l.refund.status ?? 'SUCCESS') : '',
    );
    cells.push('茶叶,礼盒', '', yuan(l.fee ?? 0), '0.60%', pay, back, '');
    return cells.map((c) => `\`${c}`).join(',');
  });
  const sum = (of: (l: BillLine) => number): string => yuan(lines.reduce((n, l) => n + of(l), 0));
  const [paid, refunded] = [sum((l) => (l.refund ? 0 : l.amount)), sum((l) => (l.refund ? l.amount : 0))];
  const sums = [String(states.count ?? lines.length), paid, refunded, '0.00', sum((l) => l.fee ?? 0), paid, refunded];
  return `\uFEFF${HEADER}\r\n${rows.join('\r\n')}${rows.length ? '\r\n' : ''}${SUMMARY}\r\n${sums.map((c) => `\`${c}`).join(',')}\r\n`;
}
