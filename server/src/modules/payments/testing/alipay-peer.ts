import { createSign, createVerify, randomBytes } from 'node:crypto';
import { yuan } from '../reconciliation/domain/decimal.ts';
import { AlipayBooks, type PeerTrade } from './alipay-books.ts';
import {
  chinaText,
  makePair,
  noFaults,
  type PeerAnswer,
  type PeerRequest,
  pemOf,
  postAll,
  startPeerServer,
} from './peer-server.ts';
import { digits } from './wechat-books.ts';

/** How one notice differs from a sound one. */
export type AlipayNotice = {
  times?: number;
  app_id?: string;
  seller_id?: string;
  total_amount?: string;
  trans_currency?: string;
  oldMs?: number;
  forged?: boolean;
  /** With `sign_type` among what is signed, as some interfaces do. */
  signType?: boolean;
  plain?: boolean;
  again?: boolean;
  more?: Record<string, string>;
};

type Biz = Record<string, string>;
const joined = (params: Record<string, string>): string =>
  Object.keys(params)
    .filter((k) => params[k] !== '')
    .toSorted()
    .map((k) => `${k}=${params[k]}`)
    .join('&');
const fen = (text: string | undefined): number => Math.round(Number(text) * 100);

/**
 * Alipay's gateway as far as a merchant sees it, over real HTTP, with keys and books of its own. It verifies our signatures,
 * signs its answers and notices, and makes its bills from what was really paid.
 */
export class AlipayPeer {
  readonly merchant = { appId: '2021000123456789', sellerId: '2088621954321098' };
  readonly books = new AlipayBooks(this.merchant.sellerId);
  readonly faults = noFaults();
  readonly calls: string[] = [];
  readonly #app = makePair();
  #own = makePair();
  readonly privateKey = pemOf(this.#app.privateKey);
  readonly appPublicKey = pemOf(this.#app.publicKey);
  url = '';
  close: () => Promise<void> = async () => undefined;
  readonly #files = new Map<string, Buffer>();
  #last: { body: string; url: string } | undefined;

  static async start(): Promise<AlipayPeer> {
    const peer = new AlipayPeer();
    const { url, close } = await startPeerServer(peer.faults, (r) => peer.#answer(r));
    return Object.assign(peer, { url: `${url}/gateway.do`, close });
  }

  get publicKey(): string {
    return pemOf(this.#own.publicKey);
  }
  /** Signs with another key from now on, and says which. */
  rotate(): string {
    this.#own = makePair();
    return this.publicKey;
  }

  #sign(text: string): string {
    const made = createSign('RSA-SHA256').update(text).sign(this.#own.privateKey, 'base64');
    if (this.faults.badSignatures === 0) return made;
    this.faults.badSignatures -= 1;
    return randomBytes(256).toString('base64');
  }

  #answer(r: PeerRequest): PeerAnswer {
    if (r.url.pathname === '/bill') {
      const file = this.#files.get(r.url.searchParams.get('id') ?? '');
      return file ? { status: 200, body: file } : { status: 404 };
    }
    const params = { ...Object.fromEntries(r.url.searchParams), ...Object.fromEntries(new URLSearchParams(r.body)) };
    const { sign = '', method = '', biz_content: biz = '{}', ...rest } = params;
    this.calls.push(method);
    const name = `${method.replaceAll('.', '_')}_response`;
    const text = joined({ ...rest, method, biz_content: biz });
    if (params['app_id'] !== this.merchant.appId)
      return this.#unsigned(name, {
        code: '40002',
        msg: 'Invalid Arguments',
        sub_code: 'isv.invalid-app-id',
        sub_msg: '无效的AppID参数',
      });
    if (!createVerify('RSA-SHA256').update(text).verify(this.#app.publicKey, sign, 'base64'))
      return this.#unsigned(name, {
        code: '40002',
        msg: 'Invalid Arguments',
        sub_code: 'isv.invalid-signature',
        sub_msg: '验签出错',
      });
    const value = JSON.stringify(this.#serve(method, JSON.parse(biz), params['notify_url'] ?? ''));
    return { status: 200, body: `{"${name}":${value},"sign":"${this.#sign(value)}"}` };
  }
  #unsigned(name: string, value: Biz): PeerAnswer {
    return { status: 200, body: JSON.stringify({ [name]: value }) };
  }

  #serve(method: string, biz: Biz, notifyUrl: string): Biz {
    const trade = this.books.trades.get(biz['out_trade_no'] ?? '');
    switch (method) {
      case 'alipay.trade.precreate':
        this.#make(biz, notifyUrl);
        return done({
          out_trade_no: biz['out_trade_no'] ?? '',
          qr_code: `https://qr.alipay.com/bax${biz['out_trade_no']}`,
        });
      case 'alipay.trade.page.pay':
      case 'alipay.trade.wap.pay':
        this.#make(biz, notifyUrl);
        return done({});
      case 'alipay.trade.query':
        return trade ? this.#found(trade) : failed('ACQ.TRADE_NOT_EXIST', '交易不存在');
      case 'alipay.trade.close':
        return this.#closeTrade(trade);
      case 'alipay.trade.refund':
        return this.#refund(trade, biz);
      case 'alipay.trade.fastpay.refund.query':
        return this.#findRefund(trade, biz);
      case 'alipay.data.dataservice.bill.downloadurl.query':
        return this.#bill(biz);
      default:
        return {
          code: '40006',
          msg: 'Insufficient Permissions',
          sub_code: 'isv.insufficient-isv-permissions',
          sub_msg: '权限不足',
        };
    }
  }

  #make(biz: Biz, notifyUrl: string): void {
    const no = biz['out_trade_no'] ?? '';
    if (this.books.trades.has(no)) return;
    const tradeNo = digits('2026112722');
    const amount = fen(biz['total_amount']);
    this.books.trades.set(no, {
      no,
      tradeNo,
      amount,
      currency: undefined,
      notifyUrl,
      state: 'WAIT_BUYER_PAY',
      paidAt: undefined,
    });
  }

  #found(t: PeerTrade): Biz {
    return done({
      out_trade_no: t.no,
      trade_no: t.tradeNo,
      trade_status: t.state,
      total_amount: yuan(t.amount),
      buyer_logon_id: '159****5620',
      buyer_user_id: '2088101117955611',
      ...(t.currency ? { trans_currency: t.currency } : {}),
      ...(t.paidAt ? { send_pay_date: chinaText(t.paidAt) } : {}),
    });
  }

  #closeTrade(t: PeerTrade | undefined): Biz {
    if (!t) return failed('ACQ.TRADE_NOT_EXIST', '交易不存在');
    if (t.state !== 'WAIT_BUYER_PAY') return failed('ACQ.TRADE_STATUS_ERROR', '交易状态不合法');
    t.state = 'TRADE_CLOSED';
    return done({ out_trade_no: t.no, trade_no: t.tradeNo });
  }

  #refund(t: PeerTrade | undefined, biz: Biz): Biz {
    const [no, amount] = [biz['out_request_no'] ?? '', fen(biz['refund_amount'])];
    if (!t?.paidAt) return failed('ACQ.TRADE_NOT_EXIST', '交易不存在');
    const base = { out_trade_no: t.no, trade_no: t.tradeNo, buyer_logon_id: '159****5620' };
    const known = this.books.refunds.get(no);
    if (known) return done({ ...base, fund_change: 'N', refund_fee: yuan(this.books.refunded(t.no)) });
    if (this.faults.refuseRefunds) return failed(this.faults.refuseRefunds, '退款被拒绝');
    if (this.books.refunded(t.no) + amount > t.amount) return failed('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限');
    const isDone = !this.faults.slowRefunds;
    this.books.refunds.set(no, { no, orderNo: t.no, amount, done: isDone, at: new Date() });
    if (this.books.refunded(t.no) === t.amount) t.state = 'TRADE_CLOSED';
    return done({ ...base, fund_change: isDone ? 'Y' : 'N', refund_fee: yuan(this.books.refunded(t.no)) });
  }

  #findRefund(t: PeerTrade | undefined, biz: Biz): Biz {
    if (!t) return failed('ACQ.TRADE_NOT_EXIST', '交易不存在');
    const found = this.books.refunds.get(biz['out_request_no'] ?? '');
    if (!found) return done({});
    if (!this.faults.slowRefunds) found.done = true;
    const base = { out_trade_no: t.no, out_request_no: found.no, refund_amount: yuan(found.amount) };
    return done({ ...base, refund_status: found.done ? 'REFUND_SUCCESS' : 'REFUND_PROCESSING' });
  }

  #bill(biz: Biz): Biz {
    const day = biz['bill_date'] ?? '';
    if (this.books.lines(day).length === 0) return failed('isp.bill_not_exist', '账单不存在');
    const id = randomBytes(8).toString('hex');
    this.#files.set(id, biz['bill_type'] === 'trade' ? this.books.tradeBill(day) : this.books.accountBill(day));
    return done({ bill_download_url: new URL(`/bill?id=${id}`, this.url).href });
  }

  order(no: string): PeerTrade {
    const found = this.books.trades.get(no);
    if (!found) throw new Error(`the peer knows no trade ${no}`);
    return found;
  }

  /** The payer pays, without anybody being told. */
  pay(no: string, how: { amount?: number; currency?: string } = {}): void {
    const trade = this.order(no);
    Object.assign(trade, { state: 'TRADE_SUCCESS', paidAt: trade.paidAt ?? new Date(), ...how });
  }

  /** Tells of a trade; answers the statuses it got. */
  async tell(no: string, how: AlipayNotice = {}): Promise<number[]> {
    return (await this.tellAll(no, how)).map((a) => a.status);
  }

  /** As `tell`, with what the answers say. */
  tellAll(no: string, how: AlipayNotice = {}): Promise<{ status: number; text: string; type: string | null }[]> {
    if (!how.again || !this.#last) {
      const t = this.order(no);
      const form = this.#form(t, how);
      const body = new URLSearchParams(form).toString();
      this.#last = { body, url: how.plain ? t.notifyUrl.replace(/\/[0-9a-f-]{36}$/, '') : t.notifyUrl };
    }
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    return postAll(this.#last.url, this.#last.body, headers, how.times ?? 1);
  }

  #form(t: PeerTrade, how: AlipayNotice): Record<string, string> {
    const form: Record<string, string> = {
      notify_time: chinaText(new Date(Date.now() - (how.oldMs ?? 0))),
      notify_type: 'trade_status_sync',
      notify_id: randomBytes(16).toString('hex'),
      charset: 'utf-8',
      version: '1.0',
      app_id: how.app_id ?? this.merchant.appId,
      seller_id: how.seller_id ?? this.merchant.sellerId,
      trade_no: t.tradeNo,
      out_trade_no: t.no,
      trade_status: t.state,
      total_amount: how.total_amount ?? yuan(t.amount),
      subject: '订单 100% 棉 & 麻+丝',
      buyer_id: '2088101117955611',
      buyer_logon_id: '159****5620',
      ...(how.trans_currency ? { trans_currency: how.trans_currency } : {}),
      ...how.more,
    };
    const sign = how.forged
      ? randomBytes(256).toString('base64')
      : this.#sign(joined(how.signType ? { ...form, sign_type: 'RSA2' } : form));
    return { ...form, sign_type: 'RSA2', sign };
  }
}

const done = (biz: Biz): Biz => ({ code: '10000', msg: 'Success', ...biz });
const failed = (sub: string, message: string): Biz => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code: sub,
  sub_msg: message,
});
