import {
  type BillLine,
  type BillType,
  code,
  fenOf,
  type LineKind,
  type LineStatus,
  type Member,
  moment,
  type Stated,
  unreadable,
  units,
} from './bill.ts';
import { parseDecimal, toFen } from './decimal.ts';

/** What the summary calls the sum of which column, in bills of today and of before. */
const SUMS: Readonly<Record<string, string>> = {
  应结订单总金额: '应结订单金额',
  退款总金额: '退款金额',
  充值券退款总金额: '充值券退款金额',
  手续费总金额: '手续费',
  订单总金额: '订单金额',
  申请退款总金额: '申请退款金额',
  总交易额: '总金额',
  总退款金额: '退款金额',
  总代金券或立减优惠退款金额: '代金券或立减优惠退款金额',
  总企业红包退款金额: '企业红包退款金额',
};
const COUNT = '总交易单数';
const REFUND_STATUS: Readonly<Record<string, LineStatus>> = {
  '': 'success',
  SUCCESS: 'success',
  PROCESSING: 'processing',
  FAIL: 'failed',
  FAILED: 'failed',
  CHANGE: 'failed',
  CLOSED: 'failed',
};

/** Values follow a back-tick each, so that a comma inside one is not taken for the next. Without them it is plain CSV. */
export function wechatCells(text: string): string[] {
  if (text.startsWith('`')) return text.slice(1).split(',`');
  return text.includes('"')
    ? [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '')
    : text.split(',');
}

export const headerOf = (text: string): string[] =>
  wechatCells(text).map((name) => name.replaceAll(/[`\s]|[（(][+-]?元[)）]/g, ''));

export const isWechatTrade = (header: readonly string[]): boolean =>
  ['微信订单号', '商户订单号', '交易状态', '交易时间'].every((name) => header.includes(name));
export const isWechatFund = (header: readonly string[]): boolean =>
  ['记账时间', '微信支付业务单号', '业务类型', '收支类型', '收支金额'].every((name) => header.includes(name));

/** Reads cells by the name of their column; a name the file does not have is always empty. */
const reader = (header: readonly string[]) => (name: string) => header.indexOf(name);

/** Lines, then a header of sums, then the sums, then nothing. */
abstract class WechatMember {
  merchant = '';
  protected readonly header: readonly string[];
  protected rows = 0;
  #summary: string[] | undefined;
  #stated: Stated[] | undefined;

  constructor(header: readonly string[]) {
    this.header = header;
  }
  protected abstract startsSummary(text: string): boolean;
  protected abstract read(cells: readonly string[], line: number): BillLine;
  protected abstract countOf(name: string): boolean;

  push(text: string, line: number): BillLine | undefined {
    if (text.trim() === '') return undefined;
    if (this.#stated) throw unreadable(line, '汇总');
    if (this.#summary) {
      const cells = wechatCells(text);
      this.#stated = this.#summary.map((name, i) => ({
        name,
        is: this.countOf(name) ? 'count' : 'sum',
        value: this.countOf(name)
          ? (parseDecimal((cells[i] ?? 'x').trim(), 0) ?? fail(line, name))
          : units((cells[i] ?? 'x').trim(), line, name),
      }));
      return undefined;
    }
    if (this.startsSummary(text)) {
      this.#summary = headerOf(text);
      return undefined;
    }
    const cells = wechatCells(text);
    if (cells.length !== this.header.length) throw unreadable(line, '');
    this.rows += 1;
    return this.read(cells, line);
  }
  stated(): readonly Stated[] {
    return this.#stated ?? [];
  }
  complete(): boolean {
    return this.#stated !== undefined;
  }
}

const fail = (line: number, column: string): never => {
  throw unreadable(line, column);
};

export class WechatTrade extends WechatMember implements Member {
  readonly form = 'wechat_trade';
  readonly family = 'trade';
  readonly type: BillType;
  readonly #at: Record<string, number>;
  readonly #sums: { name: string; at: number; sum: number }[];
  #payments = 0;

  constructor(header: readonly string[]) {
    super(header);
    const at = reader(header);
    this.type = header.includes('退款成功时间') ? 'REFUND' : header.includes('微信退款单号') ? 'ALL' : 'SUCCESS';
    const total = ['订单金额', '应结订单金额', '总金额'].find((name) => at(name) >= 0) ?? '订单金额';
    const refunded = ['申请退款金额', '退款金额'].find((name) => at(name) >= 0) ?? '退款金额';
    this.#at = {
      time: at('交易时间'),
      refundTime: at('退款成功时间'),
      merchant: at('商户号'),
      txn: at('微信订单号'),
      no: at('商户订单号'),
      state: at('交易状态'),
      currency: at('货币种类'),
      total: at(total),
      refundTxn: at('微信退款单号'),
      refundNo: at('商户退款单号'),
      refunded: at(refunded),
      refundState: at('退款状态'),
      fee: at('手续费'),
      rate: at('费率'),
    };
    this.#sums = [...new Set(Object.values(SUMS))]
      .filter((name) => at(name) >= 0)
      .map((name) => ({ name, at: at(name), sum: 0 }));
  }

  protected startsSummary(text: string): boolean {
    return text.startsWith(COUNT) || text.startsWith(`\`${COUNT}`);
  }
  protected countOf(name: string): boolean {
    return name === COUNT;
  }

  protected read(cells: readonly string[], line: number): BillLine {
    const cell = (at: number | undefined): string => (at === undefined || at < 0 ? '' : (cells[at] as string).trim());
    const at = this.#at;
    for (const sum of this.#sums) sum.sum += units(cell(sum.at), line, sum.name);
    this.merchant ||= code(cell(at['merchant']), line, '商户号');
    if (this.merchant !== cell(at['merchant'])) throw unreadable(line, '商户号');
    const state = cell(at['state']);
    const kind: LineKind =
      state === 'SUCCESS' ? 'payment' : state === 'REFUND' || state === 'REVOKED' ? 'refund' : fail(line, '交易状态');
    if (kind === 'payment') this.#payments += 1;
    const currency = cell(at['currency']) || 'CNY';
    if (!/^[A-Z]{3}$/.test(currency)) throw unreadable(line, '货币种类');
    const paid = kind === 'payment';
    const amount = units(cell(paid ? at['total'] : at['refunded']), line, paid ? '订单金额' : '退款金额');
    const refundTime = paid ? '' : cell(at['refundTime']);
    const rate = cell(at['rate']);
    const found: BillLine = {
      line,
      kind,
      txn: code(cell(at['txn']), line, '微信订单号'),
      merchantNo: code(cell(at['no']), line, '商户订单号'),
      refundTxn: paid ? '' : code(cell(at['refundTxn']), line, '微信退款单号'),
      refundNo: paid ? '' : code(cell(at['refundNo']), line, '商户退款单号'),
      amount: fenOf(amount, line, paid ? '订单金额' : '退款金额'),
      fee: toFen(units(cell(at['fee']), line, '手续费')),
      rate: rate === '' ? null : (parseDecimal(rate.replace(/%$/, ''), 4) ?? fail(line, '费率')),
      status: paid ? 'success' : (REFUND_STATUS[cell(at['refundState'])] ?? fail(line, '退款状态')),
      currency,
      at: moment(refundTime || cell(at['time']), line, refundTime ? '退款成功时间' : '交易时间'),
    };
    if (found.txn === '' && found.merchantNo === '') throw unreadable(line, '微信订单号');
    return found;
  }

  counted(): ReadonlyMap<string, number> {
    const by = new Map(this.#sums.map((s) => [s.name, s.sum]));
    const rows = this.stated().find((s) => s.name === COUNT)?.value === this.#payments ? this.#payments : this.rows;
    return new Map([
      [COUNT, rows], // some bills do not count refunds as trades
      ...Object.entries(SUMS).flatMap(([name, column]) =>
        by.has(column) ? [[name, by.get(column) as number] as const] : [],
      ),
    ]);
  }
}

/** Money on the account at WeChat: payments, refunds, fees, withdrawals. */
export class WechatFund extends WechatMember implements Member {
  readonly form = 'wechat_fund';
  readonly family = 'fund';
  readonly type = 'FUND';
  readonly #counted = new Map([
    ['资金流水总笔数', 0],
    ['收入笔数', 0],
    ['收入金额', 0],
    ['支出笔数', 0],
    ['支出金额', 0],
  ]);

  protected startsSummary(text: string): boolean {
    return /^`?资金流水总笔数/.test(text);
  }
  protected countOf(name: string): boolean {
    return name.endsWith('笔数');
  }
  protected read(cells: readonly string[], line: number): BillLine {
    const at = reader(this.header);
    const cell = (name: string): string => (cells[at(name)] ?? '').trim();
    const value = units(cell('收支金额'), line, '收支金额');
    const way = cell('收支类型');
    if (way !== '收入' && way !== '支出') throw unreadable(line, '收支类型');
    const add = (name: string, by: number): void => void this.#counted.set(name, (this.#counted.get(name) ?? 0) + by);
    add('资金流水总笔数', 1);
    add(`${way}笔数`, 1);
    add(`${way}金额`, value);
    const type = cell('业务类型');
    const kind: LineKind =
      type === '交易' && way === '收入' ? 'payment' : type === '退款' && way === '支出' ? 'refund' : 'other';
    const no = code(cell('微信支付业务单号'), line, '微信支付业务单号');
    const voucher = code(cell('业务凭证号'), line, '业务凭证号');
    const amount = fenOf(value, line, '收支金额');
    return {
      line,
      kind,
      txn: kind === 'refund' ? '' : no,
      merchantNo: kind === 'refund' ? '' : voucher,
      refundTxn: kind === 'refund' ? no : '',
      refundNo: kind === 'refund' ? voucher : '',
      amount: kind === 'other' && way === '支出' ? -amount : amount,
      fee: 0,
      rate: null,
      status: 'success',
      currency: 'CNY',
      at: moment(cell('记账时间'), line, '记账时间'),
    };
  }
  counted(): ReadonlyMap<string, number> {
    return this.#counted;
  }
}
