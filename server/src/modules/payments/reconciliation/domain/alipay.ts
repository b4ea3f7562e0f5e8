import {
  type BillLine,
  code,
  dayOf,
  fenOf,
  inconsistent,
  type LineKind,
  type Member,
  moment,
  type Stated,
  unreadable,
  units,
} from './bill.ts';
import { DIGITS, parseDecimal, toFen } from './decimal.ts';

/** Comma-separated, now and then quoted, each value with tabs after it. */
export function alipayCells(text: string): string[] {
  const cells = text.includes('"')
    ? [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"\t*|([^",]*))/g)].map(
        (m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '',
      )
    : text.split(',');
  return cells.map((cell) => cell.trim());
}

/** Column names without their unit. */
export const alipayHeader = (text: string): string[] =>
  alipayCells(text).map((name) => name.replaceAll(/\s|[（(][+-]?元[)）]/g, ''));

export const isAlipayTrade = (header: readonly string[]): boolean =>
  ['支付宝交易号', '商户订单号', '业务类型', '完成时间', '订单金额'].every((name) => header.includes(name));
export const isAlipayAccount = (header: readonly string[]): boolean =>
  ['账务流水号', '业务流水号', '发生时间', '收入金额', '支出金额'].every((name) => header.includes(name));
export const isAlipaySummary = (header: readonly string[]): boolean =>
  header.includes('交易订单总笔数') || (header.includes('门店编号') && header.includes('退款订单总笔数'));

/**
 * A name of goods may hold a comma, and nothing marks it: with more cells than columns the surplus belongs to the name,
 * as far as what follows it is a moment again, and to the remark at the end.
 */
function fit(cells: string[], header: readonly string[]): string[] | undefined {
  const surplus = cells.length - header.length;
  if (surplus <= 0) return surplus === 0 ? cells : undefined;
  const name = header.indexOf('商品名称');
  const remark = header.indexOf('备注');
  for (let inName = surplus; inName >= 0; inName -= 1) {
    const inRemark = surplus - inName;
    if (inRemark > 0 && remark !== header.length - 1) continue;
    const next = cells[name + 1 + inName] ?? '';
    if (name < 0 || dayOf(next.slice(0, 10)) === undefined) continue;
    const joined = [
      ...cells.slice(0, name),
      cells.slice(name, name + inName + 1).join(','),
      ...cells.slice(name + inName + 1),
    ];
    return inRemark === 0 ? joined : [...joined.slice(0, header.length - 1), joined.slice(header.length - 1).join(',')];
  }
  return undefined;
}

/** Comments before and after the lines; those after them say how many lines there are and what they add up to. */
abstract class AlipayMember {
  merchant = '';
  protected readonly header: readonly string[];
  protected readonly sums = new Map<string, number>();
  readonly #stated: Stated[] = [];
  #ended = false;

  constructor(header: readonly string[]) {
    this.header = header;
  }
  protected abstract readonly totals: readonly (readonly [RegExp, count: string, sum: string])[];
  protected abstract read(cell: (name: string) => string, line: number): BillLine;

  protected add(name: string, by: number): void {
    this.sums.set(name, (this.sums.get(name) ?? 0) + by);
  }
  push(text: string, line: number): BillLine | undefined {
    if (text.trim() === '') return undefined;
    if (text.startsWith('#')) {
      this.#ended = true;
      for (const [pattern, count, sum] of this.totals) {
        const match = pattern.exec(text.replaceAll(/\s/g, ''));
        if (!match) continue;
        const [rows, value] = [
          parseDecimal(match[1] ?? '', 0),
          parseDecimal((match[2] ?? '').replaceAll(',', ''), DIGITS),
        ];
        if (rows === undefined || value === undefined) throw unreadable(line, count);
        this.#stated.push({ name: count, value: rows, is: 'count' }, { name: sum, value, is: 'sum' });
      }
      return undefined;
    }
    if (this.#ended) throw unreadable(line, '');
    const cells = fit(alipayCells(text), this.header);
    if (!cells) throw unreadable(line, '');
    return this.read((name) => cells[this.header.indexOf(name)] ?? '', line);
  }
  stated(): readonly Stated[] {
    return this.#stated;
  }
  complete(): boolean {
    return this.#ended;
  }
  counted(): ReadonlyMap<string, number> {
    const zero = this.totals.flatMap(([, count, sum]) => [[count, 0] as const, [sum, 0] as const]);
    return new Map([...zero, ...this.sums]);
  }
}

export class AlipayTrade extends AlipayMember implements Member {
  readonly form = 'alipay_trade';
  readonly family = 'trade';
  readonly type = 'TRADE';
  protected readonly totals = [
    [/交易合计[：:](\d+)笔[，,]商家实收共(-?[\d.,]+)元/, '交易笔数', '交易商家实收'],
    [/退款合计[：:](\d+)笔[，,]商家实收(?:退款)?共(-?[\d.,]+)元/, '退款笔数', '退款商家实收'],
  ] as const;

  protected read(cell: (name: string) => string, line: number): BillLine {
    const type = cell('业务类型');
    if (type !== '交易' && type !== '退款') throw unreadable(line, '业务类型');
    const kind: LineKind = type === '交易' ? 'payment' : 'refund';
    const total = units(cell('订单金额'), line, '订单金额');
    const received = this.header.includes('商家实收') ? units(cell('商家实收'), line, '商家实收') : total;
    if (kind === 'payment' ? total < 0 : total > 0) throw unreadable(line, '订单金额');
    if (Math.abs(received) > Math.abs(total)) throw unreadable(line, '商家实收'); // discounts only lower what comes
    this.add(`${type}笔数`, 1);
    this.add(`${type}商家实收`, received);
    const fee = units(cell('服务费'), line, '服务费');
    for (const [name, by] of [
      ['订单金额', total],
      ['商家实收', received],
      ['服务费', fee],
    ] as const)
      this.add(name, by);
    const refundNo = this.header.find((name) => name.startsWith('退款批次号')) ?? '退款批次号/请求号';
    const feeFen = toFen(Math.abs(fee));
    const txn = code(cell('支付宝交易号'), line, '支付宝交易号');
    const merchantNo = code(cell('商户订单号'), line, '商户订单号');
    if (txn === '' && merchantNo === '') throw unreadable(line, '支付宝交易号');
    return {
      line,
      kind,
      txn,
      merchantNo,
      refundTxn: '',
      refundNo: kind === 'refund' ? code(cell(refundNo), line, refundNo) : '',
      amount: fenOf(Math.abs(total), line, '订单金额'),
      fee: kind === 'refund' && feeFen !== 0 ? -feeFen : feeFen,
      rate: null,
      status: 'success',
      currency: 'CNY',
      at: moment(cell('完成时间') || cell('创建时间'), line, '完成时间'),
    };
  }
}

/** Money on the account at Alipay. A refund is not named by its own number here, so it is only kept. */
export class AlipayAccount extends AlipayMember implements Member {
  readonly form = 'alipay_account';
  readonly family = 'fund';
  readonly type = 'SIGNCUSTOMER';
  protected readonly totals = [
    [/收入合计[：:](\d+)笔[，,]共(-?[\d.,]+)元/, '收入笔数', '收入金额'],
    [/支出合计[：:](\d+)笔[，,]共(-?[\d.,]+)元/, '支出笔数', '支出金额'],
  ] as const;

  protected read(cell: (name: string) => string, line: number): BillLine {
    const [income, expense] = [units(cell('收入金额'), line, '收入金额'), units(cell('支出金额'), line, '支出金额')];
    if (income !== 0) this.add('收入笔数', 1);
    if (expense !== 0) this.add('支出笔数', 1);
    this.add('收入金额', income);
    this.add('支出金额', expense);
    const isPayment = income > 0 && /^(?:在线支付|交易|交易付款)$/.test(cell('业务类型'));
    const amount = fenOf(income !== 0 ? income : Math.abs(expense), line, '收入金额');
    return {
      line,
      kind: isPayment ? 'payment' : 'other',
      txn: code(cell('业务流水号'), line, '业务流水号'),
      merchantNo: code(cell('商户订单号'), line, '商户订单号'),
      refundTxn: '',
      refundNo: '',
      amount: income === 0 && amount !== 0 ? -amount : amount,
      fee: 0,
      rate: null,
      status: 'success',
      currency: 'CNY',
      at: moment(cell('发生时间'), line, '发生时间'),
    };
  }
}

/** What the comments before the header say: whose bill, and from which day on. */
export function alipayPreamble(text: string): { merchant?: string; from?: string } {
  const account = /账号[：:]\[?\s*([\w*@.-]{1,64})/.exec(text)?.[1];
  const from = /起始日期[：:]\[?\s*(\d{4})[年/-](\d{2})[月/-](\d{2})/.exec(text);
  return {
    ...(account === undefined ? {} : { merchant: account }),
    ...(from ? { from: `${from[1]}-${from[2]}-${from[3]}` } : {}),
  };
}

/** The member of the archive that only adds up: its row of totals, against what was counted in the others. */
export class AlipaySummary {
  readonly #header: readonly string[];
  readonly #stated: Stated[] = [];
  #rows = 0;
  constructor(header: readonly string[]) {
    this.#header = header;
  }
  push(text: string, line: number): void {
    if (text.trim() === '' || text.startsWith('#')) return;
    const cells = alipayCells(text);
    this.#rows += 1;
    if (!cells.includes('合计')) return;
    const put = (column: string, name: string, is: 'count' | 'sum'): void => {
      const at = this.#header.indexOf(column);
      if (at < 0) return;
      const value = parseDecimal(cells[at] ?? '', is === 'count' ? 0 : DIGITS);
      if (value === undefined) throw unreadable(line, column);
      this.#stated.push({ name, value, is });
    };
    put('交易订单总笔数', '交易笔数', 'count');
    put('退款订单总笔数', '退款笔数', 'count');
    put('订单金额', '订单金额', 'sum');
    put('商家实收', '商家实收', 'sum');
    put('服务费', '服务费', 'sum');
  }
  stated(): readonly Stated[] {
    if (this.#rows > 0 && this.#stated.length === 0) throw inconsistent('合计', '–', this.#rows);
    return this.#stated;
  }
}
