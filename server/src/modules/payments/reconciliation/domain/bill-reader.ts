import { ZipRefused } from '#kernel/files/zip.ts';
import { BillUnreadable } from '../../errors.ts';
import {
  alipayHeader,
  alipayPreamble,
  AlipayAccount,
  AlipaySummary,
  AlipayTrade,
  isAlipayAccount,
  isAlipaySummary,
  isAlipayTrade,
} from './alipay.ts';
import {
  type BillLine,
  type BillType,
  type Family,
  inconsistent,
  type Member,
  type Stated,
  unreadable,
} from './bill.ts';
import { textLines } from './bill-text.ts';
import { unitsText } from './decimal.ts';
import { isUnionpayAdjustment, isUnionpayTrade, UnionpayTrade } from './unionpay.ts';
import { headerOf, isWechatFund, isWechatTrade, WechatFund, WechatTrade } from './wechat.ts';

const PREAMBLE_LINES_MAX = 50;

export type BillTotals = {
  readonly form: string;
  readonly type: BillType;
  readonly family: Family;
  readonly merchant: string;
  readonly rows: number;
  readonly payments: number;
  readonly paid: number;
  readonly refunds: number;
  readonly refunded: number;
  readonly fee: number;
};

function memberOf(header: string, day: string): Member | AlipaySummary | undefined {
  if (isUnionpayTrade(header) || isUnionpayAdjustment(header)) return new UnionpayTrade(day);
  const wechat = headerOf(header);
  if (isWechatTrade(wechat)) return new WechatTrade(wechat);
  if (isWechatFund(wechat)) return new WechatFund(wechat);
  const alipay = alipayHeader(header);
  if (isAlipayTrade(alipay)) return new AlipayTrade(alipay);
  if (isAlipayAccount(alipay)) return new AlipayAccount(alipay);
  return isAlipaySummary(alipay) ? new AlipaySummary(alipay) : undefined;
}

/** The day before or after; bills are of calendar days. */
export const dayPlus = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/**
 * Reads a bill of any channel and form from the texts it was unpacked to, line by line, and checks it against its own
 * summary. Whoever reads `lines` to their end without an error has read the whole bill, and `totals` says what it came to.
 */
export class BillReader {
  readonly #day: string;
  readonly #members: Member[] = [];
  readonly #summaries: AlipaySummary[] = [];
  #line = 0;
  #rows = 0;
  #payments = 0;
  #paid = 0;
  #refunds = 0;
  #refunded = 0;
  #fee = 0;

  constructor(day: string) {
    this.#day = day;
  }

  /** @throws BillUnreadable, BillLineUnreadable, BillInconsistent */
  async *lines(texts: Iterable<AsyncIterable<Buffer>>): AsyncGenerator<BillLine[]> {
    try {
      for (const text of texts) yield* this.#readText(text);
    } catch (error) {
      if (error instanceof ZipRefused || isPackingFault(error)) throw new BillUnreadable();
      throw error;
    }
    this.#check();
  }

  async *#readText(text: AsyncIterable<Buffer>): AsyncGenerator<BillLine[]> {
    let member: Member | AlipaySummary | undefined;
    let preamble = '';
    let preambleLines = 0;
    for await (const lines of textLines(text)) {
      const batch: BillLine[] = [];
      for (const raw of lines) {
        this.#line += 1;
        const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
        if (!member && line.trim() !== '' && !line.startsWith('#')) {
          member = this.#begin(line, preamble);
          if (!(member instanceof UnionpayTrade)) continue; // it has no header: its first line is one of its lines
        }
        if (member instanceof AlipaySummary) member.push(line, this.#line);
        else if (member) {
          const found = member.push(line, this.#line);
          if (found) batch.push(this.#count(found, member.family));
        } else {
          preambleLines += 1;
          if (preambleLines > PREAMBLE_LINES_MAX) throw new BillUnreadable();
          preamble += `${line}\n`;
        }
      }
      if (batch.length > 0) yield batch;
    }
    // UnionPay's archives hold a member for each kind of line, and one without lines is empty
    if (!member && preamble !== '') throw new BillUnreadable();
  }

  #begin(header: string, preamble: string): Member | AlipaySummary {
    const member = memberOf(header, this.#day);
    if (!member) throw new BillUnreadable();
    if (member instanceof AlipaySummary) {
      this.#summaries.push(member);
      return member;
    }
    const { merchant, from } = alipayPreamble(preamble);
    if (from !== undefined && from !== this.#day) throw inconsistent('起始日期', this.#day, from);
    member.merchant ||= merchant ?? '';
    if (this.#members[0] && this.#members[0].form !== member.form)
      throw inconsistent('格式', this.#members[0].form, member.form);
    this.#members.push(member);
    return member;
  }

  #count(line: BillLine, family: Family): BillLine {
    const day = line.at.slice(0, 10);
    // a refund may carry the time of the payment, and a payment of the last second may be a day off
    if (line.kind === 'payment' && day !== this.#day && (day < dayPlus(this.#day, -1) || day > dayPlus(this.#day, 1)))
      throw inconsistent('交易日期', this.#day, day);
    if (family === 'trade' && line.kind === 'other' && !(this.#members.at(-1) instanceof UnionpayTrade))
      throw unreadable(line.line, '');
    this.#rows += 1;
    this.#fee += line.fee;
    if (line.kind === 'payment') {
      this.#payments += 1;
      this.#paid += line.amount;
    } else if (line.kind === 'refund') {
      this.#refunds += 1;
      this.#refunded += line.amount;
    }
    return line;
  }

  #check(): void {
    const [first] = this.#members;
    if (!first) throw new BillUnreadable();
    const merchant = this.#members.find((m) => m.merchant !== '')?.merchant ?? '';
    const all = new Map<string, number>();
    for (const member of this.#members) {
      if (member.merchant !== '' && member.merchant !== merchant)
        throw inconsistent('商户号', merchant, member.merchant);
      if (!member.complete() && this.#summaries.length === 0) throw inconsistent('汇总', '–', this.#rows);
      agree(member.stated(), member.counted());
      for (const [name, value] of member.counted()) all.set(name, (all.get(name) ?? 0) + value);
    }
    for (const summary of this.#summaries) agree(summary.stated(), withNought(all, summary.stated()));
    for (const sum of [this.#paid, this.#refunded, this.#fee])
      if (!Number.isSafeInteger(sum)) throw inconsistent('金额', '–', sum);
  }

  /** What the bill came to, once its lines have been read. */
  totals(): BillTotals {
    const { form, type, family } = this.#members[0] as Member;
    return {
      form,
      type,
      family,
      merchant: this.#members.find((m) => m.merchant !== '')?.merchant ?? '',
      rows: this.#rows,
      payments: this.#payments,
      paid: this.#paid,
      refunds: this.#refunds,
      refunded: this.#refunded,
      fee: this.#fee,
    };
  }
}

const withNought = (counted: ReadonlyMap<string, number>, stated: readonly Stated[]): ReadonlyMap<string, number> =>
  new Map([...stated.map((s) => [s.name, 0] as const), ...counted]);

/** Every sum the file states is the sum of its lines; a sum of a column the file does not have says nothing. */
function agree(stated: readonly Stated[], counted: ReadonlyMap<string, number>): void {
  for (const { name, value, is } of stated) {
    const found = counted.get(name);
    if (found === undefined) continue;
    if (!Number.isSafeInteger(found)) throw inconsistent(name, '–', String(found));
    if (found !== value)
      throw is === 'count' ? inconsistent(name, value, found) : inconsistent(name, unitsText(value), unitsText(found));
  }
}

/** An archive that breaks off or is none: zlib says so by its own codes. */
const isPackingFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(?:Z_|ERR_BUFFER)/.test(String(error.code));
