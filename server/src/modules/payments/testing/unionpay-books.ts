import { makeZip } from '#kernel/files/testing/make-zip.ts';
import { feeOf } from '../accounts/domain/fee.ts';
import { SANDBOX_FEE } from '../providers/sandbox/bill.ts';
import { chinaText } from './peer-server.ts';

export type PeerOrder = {
  no: string;
  txnTime: string;
  queryId: string;
  amount: number;
  currency: string;
  notifyUrl: string;
  reserved: string;
  payTimeout: string;
  state: 'open' | 'paid' | 'failed' | 'unclear';
  paidAt: Date | undefined;
};
export type PeerBack = {
  no: string;
  txnTime: string;
  queryId: string;
  orderNo: string;
  origQryId: string;
  amount: number;
  notifyUrl: string;
  reserved: string;
  state: 'done' | 'unclear' | 'refused';
  at: Date;
};

const WIDTHS = [
  3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13,
  8, 32, 13, 13, 12, 2, 1, 32, 98,
];
const NUMERIC = new Set([6]);
const signed = (fen: number): string => `${fen < 0 ? 'D' : 'C'}${String(Math.abs(fen)).padStart(12, '0')}`;
const trace = (at: Date): string => chinaText(at).slice(5).replaceAll(/[-: ]/g, '');

/** A line of a file of fixed widths; what is not named is blank. */
export function zmLine(cells: Readonly<Record<number, string>>): string {
  return WIDTHS.map((width, i) =>
    NUMERIC.has(i) ? (cells[i] ?? '').padStart(width, '0') : (cells[i] ?? '').padEnd(width),
  ).join(' ');
}

/** What UnionPay has written down, and the files that come of it. */
export class UnionpayBooks {
  readonly orders = new Map<string, PeerOrder>();
  readonly backs = new Map<string, PeerBack>();
  readonly #merId: string;
  constructor(merId: string) {
    this.#merId = merId;
  }

  refunded(no: string): number {
    return [...this.backs.values()]
      .filter((b) => b.orderNo === no && b.state !== 'refused')
      .reduce((n, b) => n + b.amount, 0);
  }

  /** The lines of a clearing day (`YYYY-MM-DD`). */
  lines(day: string): string[] {
    const isOn = (at: Date | undefined): at is Date => at !== undefined && chinaText(at).startsWith(day);
    const common = {
      1: '48021000',
      2: '00049992',
      3: '123456',
      5: '6221********0000',
      7: '5311',
      8: '07',
      27: this.#merId,
    };
    const paid = [...this.orders.values()].flatMap((o): string[] => {
      if (!isOn(o.paidAt)) return [];
      const fee = -feeOf(o.amount, SANDBOX_FEE);
      const own = { 0: 'S22', 4: trace(o.paidAt), 6: String(o.amount), 9: o.queryId, 11: o.no, 19: '01', 20: '01' };
      return [zmLine({ ...common, ...own, 15: signed(fee), 16: signed(o.amount + fee), 30: '一号店' })];
    });
    const back = [...this.backs.values()].flatMap((b): string[] => {
      if (b.state !== 'done' || !isOn(b.at)) return [];
      const fee = Math.abs(feeOf(b.amount, SANDBOX_FEE, 'refund'));
      const own = { 0: 'S30', 4: trace(b.at), 6: String(b.amount), 9: b.queryId, 11: b.no, 19: '04', 20: '00' };
      return [
        zmLine({ ...common, ...own, 15: signed(fee), 16: signed(fee - b.amount), 26: b.origQryId, 40: b.orderNo }),
      ];
    });
    return [...paid, ...back];
  }

  file(day: string): Buffer {
    const short = day.slice(2).replaceAll('-', '');
    return makeZip({
      [`INN${short}88ZM_${this.#merId}`]: Buffer.from(this.lines(day).join('\r\n')),
      [`INN${short}88ZME_${this.#merId}`]: Buffer.alloc(0),
    });
  }
}
