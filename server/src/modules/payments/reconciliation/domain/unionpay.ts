import {
  type BillLine,
  code,
  inconsistent,
  type LineKind,
  type Member,
  moment,
  type Stated,
  unreadable,
} from './bill.ts';

/**
 * Widths in bytes of the columns of a merchant's files, one space between two of them. Source: UnionPay's file interface
 * (全渠道平台接入接口规范 第3部分 文件接口 §6.1 ZM, §6.2 ZME), as its published SDKs read them.
 */
const ZM_WIDTHS = [
  3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13,
  8, 32, 13, 13, 12, 2, 1, 32, 98,
];
const ZME_WIDTHS = [3, 11, 11, 6, 10, 19, 12, 4, 2, 2, 6, 10, 4, 12, 13, 13, 15, 15, 1, 12, 2, 135];
const AT = {
  traceTime: 4,
  amount: 6,
  queryId: 9,
  orderId: 11,
  fee: 15,
  settled: 16,
  txnType: 19,
  origQryId: 26,
  merId: 27,
};
const ZME_AT = { traceTime: 4, amount: 6 };

/** The least of a line that holds the columns we read: later versions lengthen what is kept free at its end. */
const least = (widths: readonly number[], columns: number): number =>
  widths.slice(0, columns).reduce((n, w) => n + w + 1, 0) - 1;
const ZM_LEAST = least(ZM_WIDTHS, AT.merId + 1);
const ZME_LEAST = least(ZME_WIDTHS, 16);
const ZM_HEAD = /^[A-Z0-9]{3} [\d ]{11} [\d ]{11} [\d ]{6} \d{10} .{19} \d{12} [\d ]{4} .{2} [0-9A-Za-z]{21} /;
const ZME_HEAD = /^[A-Z0-9]{3} [\d ]{11} [\d ]{11} [\d ]{6} \d{10} .{19} \d{12} [\d ]{4} .{2} .{2} /;

/** One character for each byte of GB 18030 the columns are counted in: Chinese ones take two. */
// oxlint-disable-next-line no-control-regex -- ASCII begins with the zero character; nobody writes it, so it can fill
const spread = (text: string): string => text.replaceAll(/[^\u0000-\u007f]/g, '$&\u0000');

function columnsOf(text: string, widths: readonly number[]): string[] {
  const line = spread(text);
  let at = 0;
  return widths.map((width) => {
    const cell = line.slice(at, at + width);
    at += width + 1;
    return cell.replaceAll('\u0000', '').trim();
  });
}

export const isUnionpayTrade = (line: string): boolean => spread(line).length >= ZM_LEAST && ZM_HEAD.test(spread(line));
export const isUnionpayAdjustment = (line: string): boolean =>
  !isUnionpayTrade(line) && spread(line).length >= ZME_LEAST && ZME_HEAD.test(spread(line));

/** `C000000000012`: C is what we get, D what we give. Fen. @throws BillLineUnreadable */
function signed(text: string, line: number, column: string): number {
  if (text === '') return 0;
  const match = /^([CD])(\d{12})$/.exec(text);
  if (!match) throw unreadable(line, column);
  const amount = Number(match[2]);
  return match[1] === 'D' && amount !== 0 ? -amount : amount;
}

/** `MMDDhhmmss` in the year that brings it nearest to the day of the bill. @throws BillLineUnreadable */
function momentOf(text: string, billDay: string, line: number): string {
  const month = Number(text.slice(0, 2));
  const [year = 0, billMonth = 0] = billDay.split('-').map(Number);
  const years = month - billMonth > 6 ? year - 1 : billMonth - month > 6 ? year + 1 : year;
  const [, mm, dd, h, m, s] = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  return moment(`${years}-${mm}-${dd} ${h}:${m}:${s}`, line, '交易传输时间');
}

const fen = (text: string, line: number): number => {
  const amount = /^\d{12}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(amount)) throw unreadable(line, '交易金额');
  return amount;
};

/** Paid; refunded, or taken back on the same day. Others are no business of a shop's gateway. */
const KINDS: Readonly<Record<string, LineKind>> = { '01': 'payment', '04': 'refund', '31': 'refund' };

/** Payments and refunds of a clearing day (ZM). There is no summary: each line says what is left of it, which must agree. */
export class UnionpayTrade implements Member {
  readonly form = 'unionpay_zm';
  readonly family = 'trade';
  readonly type = 'TRADE';
  merchant = '';
  readonly #day: string;
  constructor(day: string) {
    this.#day = day;
  }

  push(text: string, line: number): BillLine | undefined {
    if (text.trim() === '') return undefined;
    if (isUnionpayAdjustment(text)) return adjustment(text, line, this.#day);
    if (!isUnionpayTrade(text)) throw unreadable(line, '');
    const cells = columnsOf(text, ZM_WIDTHS);
    const cell = (name: keyof typeof AT): string => cells[AT[name]] ?? '';
    const kind = KINDS[cell('txnType')];
    if (kind === undefined) throw unreadable(line, '交易类型');
    const amount = fen(cell('amount'), line);
    const [charge, settled] = [signed(cell('fee'), line, '商户手续费'), signed(cell('settled'), line, '结算金额')];
    const ours = kind === 'payment' ? amount : -amount;
    if (ours + charge !== settled) throw inconsistent(`结算金额 (${line})`, settled, ours + charge);
    this.#ofMerchant(cell('merId'));
    const queryId = code(cell('queryId'), line, '查询流水号');
    const orderId = code(cell('orderId'), line, '商户订单号');
    return {
      line,
      kind,
      txn: kind === 'payment' ? queryId : code(cell('origQryId'), line, '原交易查询流水号'),
      merchantNo: kind === 'payment' ? orderId : '',
      refundTxn: kind === 'payment' ? '' : queryId,
      refundNo: kind === 'payment' ? '' : orderId,
      amount,
      fee: charge === 0 ? 0 : -charge, // what they take is a debit of ours
      rate: null,
      status: 'success',
      currency: 'CNY',
      at: momentOf(cell('traceTime'), this.#day, line),
    };
  }
  #ofMerchant(merId: string): void {
    if (this.merchant !== '' && merId !== '' && this.merchant !== merId)
      throw inconsistent('商户号', this.merchant, merId);
    this.merchant ||= merId;
  }
  stated(): readonly Stated[] {
    return [];
  }
  complete(): boolean {
    return true;
  }
  counted(): ReadonlyMap<string, number> {
    return new Map();
  }
}

/** Adjustments (ZME), such as charge-backs: kept with their amount for a person to look at; they name no order of ours. */
function adjustment(text: string, line: number, day: string): BillLine {
  const cells = columnsOf(text, ZME_WIDTHS);
  return {
    line,
    kind: 'other',
    txn: '',
    merchantNo: '',
    refundTxn: '',
    refundNo: '',
    amount: fen(cells[ZME_AT.amount] ?? '', line),
    fee: 0,
    rate: null,
    status: 'success',
    currency: 'CNY',
    at: momentOf(cells[ZME_AT.traceTime] ?? '', day, line),
  };
}
