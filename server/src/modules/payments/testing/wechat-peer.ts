import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { noFaults, type PeerAnswer, type PeerRequest, postAll, startPeerServer } from './peer-server.ts';
import { digits, type PeerOrder, type PeerRefund, WechatBooks } from './wechat-books.ts';
import { type StampFaults, WechatKeys } from './wechat-keys.ts';

/** How one callback differs from a sound one. */
export type Notice = StampFaults & {
  times?: number;
  mchid?: string;
  appid?: string;
  amount?: number;
  currency?: string;
  /** Without the account in its address. */
  plain?: boolean;
  /** The very bytes, time and signature of the last one. */
  again?: boolean;
};

const token = (no: string): string => createHash('sha256').update(no).digest('hex').slice(0, 12);

/**
 * WeChat Pay as far as a merchant sees it: API v3 over real HTTP, with keys, certificates, sealed callbacks and books of its
 * own. It verifies our signatures and makes its bills from what was really paid.
 */
export class WechatPeer {
  readonly merchant = { mchid: '1900000109', appid: 'wxd678efh567hg6787' };
  readonly keys = new WechatKeys();
  readonly certificate = this.keys.enrol(this.merchant.mchid);
  readonly books = new WechatBooks(this.merchant.mchid);
  readonly faults = noFaults();
  readonly calls: string[] = [];
  /** Bills handed out are others than were announced. */
  spoilsBills = false;
  url = '';
  close: () => Promise<void> = async () => undefined;
  readonly #files = new Map<string, Buffer>();
  #last: { body: string; headers: Record<string, string>; url: string } | undefined;

  static async start(): Promise<WechatPeer> {
    const peer = new WechatPeer();
    const { url, close } = await startPeerServer(peer.faults, (r) => peer.#answer(r));
    return Object.assign(peer, { url, close });
  }

  #json(status: number, value: unknown): PeerAnswer {
    const body = value === undefined ? '' : JSON.stringify(value);
    const forged = this.faults.badSignatures > 0;
    if (forged) this.faults.badSignatures -= 1;
    const headers = {
      'content-type': 'application/json',
      ...this.keys.stamp(body, { oldMs: this.faults.oldMs, forged }),
    };
    return { status, headers, body };
  }
  #refuse(status: number, code: string, message = code): PeerAnswer {
    return this.#json(status, { code, message });
  }

  #answer(r: PeerRequest): PeerAnswer | Promise<PeerAnswer> {
    const { pathname, searchParams: query } = r.url;
    this.calls.push(`${r.method} ${pathname}`);
    const why = this.keys.fault(r, this.merchant.mchid);
    if (why) return this.#refuse(401, 'SIGN_ERROR', why);
    const [, method] = /^\/v3\/pay\/transactions\/(native|jsapi|h5)$/.exec(pathname) ?? [];
    if (method) return this.#create(r, method);
    const [, no, closes] = /^\/v3\/pay\/transactions\/out-trade-no\/(\w+)(\/close)?$/.exec(pathname) ?? [];
    if (no) return closes ? this.#close(no) : this.#find(no, query.get('mchid'));
    if (pathname.startsWith('/v3/refund/domestic/refunds')) return this.#refundRoute(r, pathname.split('/')[5]);
    if (pathname === '/v3/certificates') return this.#json(200, { data: this.#certificates() });
    if (pathname.startsWith('/v3/bill/')) return this.#bill(pathname, String(query.get('bill_date')));
    const file = pathname === '/v3/billdownload/file' ? this.#files.get(query.get('token') ?? '') : undefined;
    return file ? { status: 200, body: file } : this.#refuse(404, 'RESOURCE_NOT_EXISTS', pathname);
  }

  #certificates(): unknown[] {
    return this.keys.certificates.map((c) => ({
      serial_no: c.serial,
      encrypt_certificate: this.keys.sealed(c.pem, 'certificate'),
    }));
  }

  #create(r: PeerRequest, method: string): PeerAnswer {
    const said = JSON.parse(r.body);
    const no: string = said.out_trade_no;
    const isOurs = said.mchid === this.merchant.mchid && said.appid === this.merchant.appid;
    const knows = method === 'native' || said.payer?.openid || said.scene_info?.payer_client_ip;
    if (!isOurs || !knows || said.notify_url.includes('?')) return this.#refuse(400, 'PARAM_ERROR', '参数错误');
    const known = this.books.orders.get(no);
    if (known?.state === 'SUCCESS') return this.#refuse(400, 'ORDERPAID', '该订单已支付');
    if (known?.state === 'CLOSED') return this.#refuse(400, 'ORDER_CLOSED', '该订单已关闭');
    if (!known) this.books.orders.set(no, this.#newOrder(said));
    if (method === 'native') return this.#json(200, { code_url: `weixin://wxpay/bizpayurl?pr=${token(no)}` });
    if (method === 'jsapi') return this.#json(200, { prepay_id: `wx${token(no)}` });
    return this.#json(200, { h5_url: `https://wx.tenpay.com/checkmweb?prepay_id=wx${token(no)}` });
  }

  // oxlint-disable-next-line no-explicit-any -- it is what was parsed
  #newOrder(said: any): PeerOrder {
    return {
      no: said.out_trade_no,
      appid: said.appid,
      mchid: said.mchid,
      amount: said.amount.total,
      currency: said.amount.currency,
      notifyUrl: said.notify_url,
      openid: said.payer?.openid,
      state: 'NOTPAY',
      txn: digits('42000012'),
      paidAt: undefined,
    };
  }

  #find(no: string, mchid: string | null): PeerAnswer {
    if (mchid !== this.merchant.mchid) return this.#refuse(400, 'PARAM_ERROR');
    const found = this.books.orders.get(no);
    return found ? this.#json(200, this.#transaction(found)) : this.#refuse(404, 'ORDER_NOT_EXIST', '订单不存在');
  }

  #close(no: string): PeerAnswer {
    const found = this.books.orders.get(no);
    if (!found) return this.#refuse(404, 'ORDER_NOT_EXIST', '订单不存在');
    if (found.state === 'SUCCESS') return this.#refuse(400, 'ORDERPAID', '订单已支付');
    if (found.state === 'USERPAYING') return this.#refuse(400, 'USERPAYING', '用户支付中');
    found.state = 'CLOSED';
    return this.#json(204, undefined);
  }

  #transaction(o: PeerOrder, how: Notice = {}): Record<string, unknown> {
    const base = { appid: how.appid ?? o.appid, mchid: how.mchid ?? o.mchid, out_trade_no: o.no };
    const wentBack = this.books.refunded(o.no) > 0;
    if (!o.paidAt) return { ...base, trade_state: o.state };
    return {
      ...base,
      trade_state: wentBack ? 'REFUND' : o.state,
      transaction_id: o.txn,
      success_time: o.paidAt.toISOString(),
      payer: { openid: o.openid ?? 'oPayer0000' },
      amount: { total: how.amount ?? o.amount, payer_total: o.amount, currency: how.currency ?? o.currency },
    };
  }

  #refundRoute(r: PeerRequest, no: string | undefined): PeerAnswer {
    if (no === undefined) return this.#refund(JSON.parse(r.body));
    const found = this.books.refunds.get(no);
    if (!found) return this.#refuse(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
    if (!this.faults.slowRefunds && found.status === 'PROCESSING') found.status = 'SUCCESS';
    return this.#json(200, this.#refundView(found));
  }

  // oxlint-disable-next-line no-explicit-any -- it is what was parsed
  #refund(said: any): PeerAnswer {
    const known = this.books.refunds.get(said.out_refund_no);
    if (known && known.amount !== said.amount.refund) return this.#refuse(400, 'INVALID_REQUEST', '与之前请求不一致');
    if (known) return this.#json(200, this.#refundView(known));
    const order = this.books.orders.get(said.out_trade_no);
    if (order?.state !== 'SUCCESS') return this.#refuse(404, 'RESOURCE_NOT_EXISTS', '订单不存在');
    if (this.faults.refuseRefunds) return this.#refuse(403, this.faults.refuseRefunds, '该笔退款被拒绝');
    const after = this.books.refunded(order.no) + said.amount.refund;
    if (said.amount.total !== order.amount || after > order.amount)
      return this.#refuse(400, 'PARAM_ERROR', '退款金额大于可退金额');
    const made: PeerRefund = {
      no: said.out_refund_no,
      orderNo: order.no,
      amount: said.amount.refund,
      status: this.faults.slowRefunds ? 'PROCESSING' : 'SUCCESS',
      id: digits('50300001'),
      at: new Date(),
      notifyUrl: said.notify_url,
    };
    this.books.refunds.set(made.no, made);
    return this.#json(200, this.#refundView(made));
  }

  #refundView(r: PeerRefund): Record<string, unknown> {
    const amount = { total: this.books.orders.get(r.orderNo)?.amount, refund: r.amount, currency: 'CNY' };
    const account = { channel: 'ORIGINAL', user_received_account: '招商银行信用卡0403' };
    return { refund_id: r.id, out_refund_no: r.no, out_trade_no: r.orderNo, status: r.status, ...account, amount };
  }

  async #bill(pathname: string, day: string): Promise<PeerAnswer> {
    if (this.books.lines(day).length === 0) return this.#refuse(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
    const text = pathname.endsWith('tradebill') ? await this.books.tradeBill(day) : this.books.fundBill(day);
    const id = randomBytes(8).toString('hex');
    this.#files.set(id, gzipSync(this.spoilsBills ? `${text}\r\n` : text));
    const sha1 = createHash('sha1').update(text).digest('hex');
    const url = `${this.url}/v3/billdownload/file?token=${id}`;
    return this.#json(200, { hash_type: 'SHA1', hash_value: sha1, download_url: url });
  }

  order(no: string): PeerOrder {
    const found = this.books.orders.get(no);
    if (!found) throw new Error(`the peer knows no order ${no}`);
    return found;
  }

  /** The payer pays, without anybody being told. */
  pay(no: string, how: { amount?: number; currency?: string } = {}): void {
    const order = this.order(no);
    Object.assign(order, { state: 'SUCCESS', paidAt: order.paidAt ?? new Date(), ...how });
  }

  /** Tells of a payment; answers the statuses it got. */
  tell(no: string, how: Notice = {}): Promise<number[]> {
    const order = this.order(no);
    return this.#notify(order.notifyUrl, `TRANSACTION.${order.state}`, this.#transaction(order, how), how);
  }

  /** Ends a refund and tells of it. */
  endRefund(no: string, status: PeerRefund['status'], how: Notice = {}): Promise<number[]> {
    const found = this.books.refunds.get(no);
    if (!found) throw new Error(`the peer knows no refund ${no}`);
    found.status = status;
    const resource = {
      mchid: how.mchid ?? this.merchant.mchid,
      out_trade_no: found.orderNo,
      out_refund_no: found.no,
      refund_id: found.id,
      refund_status: status,
      user_received_account: '招商银行信用卡0403',
      amount: { total: this.order(found.orderNo).amount, refund: how.amount ?? found.amount },
    };
    return this.#notify(found.notifyUrl, `REFUND.${status}`, resource, how);
  }

  async #notify(url: string, event: string, resource: unknown, how: Notice): Promise<number[]> {
    if (!how.again || !this.#last) {
      const type = event.startsWith('REFUND') ? 'refund' : 'transaction';
      const sealed = { original_type: type, ...this.keys.sealed(resource, type) };
      const id = randomBytes(16).toString('hex');
      const body = JSON.stringify({ id, resource_type: 'encrypt-resource', event_type: event, resource: sealed });
      const headers = { 'content-type': 'application/json', ...this.keys.stamp(body, how) };
      this.#last = { body, headers, url: how.plain ? url.replace(/\/[0-9a-f-]{36}$/, '') : url };
    }
    const { body, headers, url: to } = this.#last;
    return (await postAll(to, body, headers, how.times ?? 1)).map((a) => a.status);
  }
}
