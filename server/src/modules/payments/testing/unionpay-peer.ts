import { createHash, createSign, createVerify, randomBytes, X509Certificate } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { makeCertificate } from './certificate.ts';
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
import { type PeerBack, type PeerOrder, UnionpayBooks } from './unionpay-books.ts';
import { digits } from './wechat-books.ts';

/** How one notice differs from a sound one. */
export type UnionpayNotice = {
  times?: number;
  merId?: string;
  txnAmt?: string;
  currencyCode?: string;
  oldMs?: number;
  forged?: boolean;
  plain?: boolean;
  again?: boolean;
  more?: Record<string, string>;
};

type Form = Record<string, string>;
const joined = (fields: Form): string =>
  Object.keys(fields)
    .filter((k) => k !== 'signature' && fields[k] !== '')
    .toSorted()
    .map((k) => `${k}=${fields[k]}`)
    .join('&');
const sha = (fields: Form): string => createHash('sha256').update(joined(fields)).digest('hex');
const stamp = (at: Date): string => chinaText(at).replaceAll(/[-: ]/g, '');
const DAY_MS = 86_400_000;
const CA = 'CFCA TEST OCA1';

/**
 * UnionPay's gateway as far as a merchant sees it, over real HTTP: it verifies our signatures, signs its answers and notices
 * with a certificate issued through a chain, and makes its files from what was really paid.
 */
export class UnionpayPeer {
  readonly merchant = { merId: '777290058110048' };
  readonly books = new UnionpayBooks(this.merchant.merId);
  readonly faults = noFaults();
  readonly calls: string[] = [];
  readonly #own = makePair();
  #keys = makePair();
  readonly #root = makePair();
  readonly #middle = makePair();
  readonly certificate = {
    ...makeCertificate(this.#own, { name: '041@ZTEST@shop@1' }),
    privateKey: pemOf(this.#own.privateKey),
  };
  /** What the merchant is handed out: root and intermediate. */
  readonly trusted = [
    makeCertificate(this.#root, {
      name: 'CFCA TEST CS CA',
      issuer: { name: 'CFCA TEST CS CA', privateKey: this.#root.privateKey },
    }).pem,
    makeCertificate(this.#middle, { name: CA, issuer: { name: 'CFCA TEST CS CA', privateKey: this.#root.privateKey } })
      .pem,
  ].join('\n');
  #signing = this.#issue();
  url = '';
  close: () => Promise<void> = async () => undefined;
  #last: { body: string; url: string } | undefined;

  static async start(): Promise<UnionpayPeer> {
    const peer = new UnionpayPeer();
    return Object.assign(peer, await startPeerServer(peer.faults, (r) => peer.#answer(r)));
  }

  #issue(
    name = '041@8310000000083040@中国银联股份有限公司@00016494',
    until = new Date(Date.now() + 365 * DAY_MS),
  ): string {
    return makeCertificate(this.#keys, { name, until, issuer: { name: CA, privateKey: this.#middle.privateKey } }).pem;
  }
  /** Signs with another key from now on, under a new certificate of the same chain. */
  rotate(): void {
    this.#keys = makePair();
    this.#signing = this.#issue();
  }
  /** Signs with a certificate of the chain that is somebody else's, or is over. */
  signAs(how: { name?: string; until?: Date }): void {
    this.#signing = this.#issue(how.name, how.until);
  }

  #signed(fields: Form, forged = false): Form {
    const whole = { ...fields, signMethod: '01', signPubKeyCert: this.#signing };
    const isBad = forged || this.faults.badSignatures > 0;
    if (this.faults.badSignatures > 0) this.faults.badSignatures -= 1;
    const signature = isBad
      ? randomBytes(256).toString('base64')
      : createSign('RSA-SHA256').update(sha(whole)).sign(this.#keys.privateKey, 'base64');
    return { ...whole, signature };
  }
  #say(fields: Form): PeerAnswer {
    return {
      status: 200,
      body: Object.entries(this.#signed(fields))
        .map(([k, v]) => `${k}=${v}`)
        .join('&'),
    };
  }

  #answer(r: PeerRequest): PeerAnswer {
    const form = Object.fromEntries(new URLSearchParams(r.body));
    this.calls.push(`${form['txnType']}.${form['txnSubType']}`);
    const own = new X509Certificate(this.certificate.pem);
    const refused = this.#unheard(form, own);
    if (refused) return { status: 200, body: `respCode=${refused[0]}&respMsg=${refused[1]}` };
    const base = { version: '5.1.0', encoding: 'UTF-8', merId: this.merchant.merId, txnTime: form['txnTime'] ?? '' };
    if (r.url.pathname === '/') return this.#say({ ...base, ...this.#file(form) });
    if (r.url.pathname.endsWith('queryTrans.do')) return this.#say({ ...base, ...this.#query(form) });
    if (form['txnType'] === '04') return this.#say({ ...base, ...this.#refund(form) });
    return this.#say({ ...base, ...this.#order(form) });
  }
  #unheard(form: Form, own: X509Certificate): [string, string] | undefined {
    if (form['merId'] !== this.merchant.merId) return ['10', '报文格式错误[5100030]'];
    if (form['certId'] !== BigInt(`0x${own.serialNumber}`).toString()) return ['11', '验证签名失败[9100004]'];
    const isSound = createVerify('RSA-SHA256')
      .update(sha(form))
      .verify(own.publicKey, form['signature'] ?? '', 'base64');
    return isSound ? undefined : ['11', '验证签名失败[9100004]'];
  }

  #order(form: Form): Form {
    const no = form['orderId'] ?? '';
    if (!this.books.orders.has(no))
      this.books.orders.set(no, {
        no,
        txnTime: form['txnTime'] ?? '',
        queryId: digits('951811291830').slice(0, 21),
        amount: Number(form['txnAmt']),
        currency: form['currencyCode'] ?? '156',
        notifyUrl: form['backUrl'] ?? '',
        reserved: form['reqReserved'] ?? '',
        payTimeout: form['payTimeout'] ?? '',
        state: 'open',
        paidAt: undefined,
      });
    return { orderId: no, respCode: '00', respMsg: '成功[0000000]', qrCode: `https://qr.95516.com/00010000/${no}` };
  }

  #query(form: Form): Form {
    const { orderId: no = '', txnTime } = form;
    const found = this.books.orders.get(no) ?? this.books.backs.get(no);
    const gone = { orderId: no, respCode: '34', respMsg: '查无此交易[2600000]' };
    if (!found || found.txnTime !== txnTime) return gone;
    if (!('orderNo' in found) && found.state === 'open') return gone; // the payer has not finished anything there
    const unclear = found.state === 'unclear' && this.faults.slowRefunds;
    if (found.state === 'unclear' && !unclear) found.state = 'orderNo' in found ? 'done' : 'paid';
    const original = unclear
      ? ['05', '交易已受理']
      : found.state === 'refused' || found.state === 'failed'
        ? ['51', '余额不足']
        : ['00', '成功'];
    const currencyCode = 'currency' in found ? found.currency : '156';
    return {
      orderId: no,
      respCode: '00',
      respMsg: '成功',
      origRespCode: original[0] ?? '',
      origRespMsg: original[1] ?? '',
      queryId: found.queryId,
      txnAmt: String(found.amount),
      currencyCode,
      accNo: '6221********0000',
    };
  }

  #refund(form: Form): Form {
    const [no, amount, origQryId] = [form['orderId'] ?? '', Number(form['txnAmt']), form['origQryId'] ?? ''];
    const base = { orderId: no, origQryId, txnAmt: String(amount) };
    const order = [...this.books.orders.values()].find((o) => o.queryId === origQryId);
    if (this.books.backs.has(no)) return { ...base, respCode: '12', respMsg: '重复交易[2040004]' };
    if (!order?.paidAt) return { ...base, respCode: '37', respMsg: '原始交易不存在或状态不正确' };
    if (this.faults.refuseRefunds) return { ...base, respCode: '36', respMsg: this.faults.refuseRefunds };
    if (this.books.refunded(order.no) + amount > order.amount)
      return { ...base, respCode: '36', respMsg: '交易金额超限' };
    this.books.backs.set(no, {
      no,
      txnTime: form['txnTime'] ?? '',
      queryId: digits('951811291900').slice(0, 21),
      orderNo: order.no,
      origQryId,
      amount,
      notifyUrl: form['backUrl'] ?? '',
      reserved: form['reqReserved'] ?? '',
      state: this.faults.slowRefunds ? 'unclear' : 'done',
      at: new Date(),
    });
    return { ...base, respCode: '00', respMsg: '成功[0000000]' };
  }

  #file(form: Form): Form {
    const day = `${chinaText(new Date()).slice(0, 4)}-${(form['settleDate'] ?? '').replace(/^(..)/, '$1-')}`;
    if (this.books.lines(day).length === 0) return { respCode: '98', respMsg: '文件不存在' };
    return { respCode: '00', respMsg: '成功', fileContent: deflateSync(this.books.file(day)).toString('base64') };
  }

  order(no: string): PeerOrder {
    const found = this.books.orders.get(no);
    if (!found) throw new Error(`the peer knows no order ${no}`);
    return found;
  }
  /** The payer pays, without anybody being told. */
  pay(no: string, how: { amount?: number; currency?: string } = {}): void {
    const order = this.order(no);
    const currency = how.currency === undefined ? {} : { currency: how.currency === 'USD' ? '840' : '156' };
    Object.assign(
      order,
      { state: 'paid', paidAt: order.paidAt ?? new Date() },
      how.amount === undefined ? {} : { amount: how.amount },
      currency,
    );
  }

  /** Tells of a payment, or of a refund by its number; answers the statuses it got. */
  async tell(no: string, how: UnionpayNotice = {}): Promise<number[]> {
    return (await this.tellAll(no, how)).map((a) => a.status);
  }
  tellAll(no: string, how: UnionpayNotice = {}): Promise<{ status: number; text: string; type: string | null }[]> {
    if (!how.again || !this.#last) {
      const about = this.books.backs.get(no) ?? this.order(no);
      const body = new URLSearchParams(this.#signed(this.#form(about, how), how.forged)).toString();
      this.#last = { body, url: how.plain ? about.notifyUrl.replace(/\/[0-9a-f-]{36}$/, '') : about.notifyUrl };
    }
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return postAll(this.#last.url, this.#last.body, headers, how.times ?? 1);
  }
  #form(about: PeerOrder | PeerBack, how: UnionpayNotice): Form {
    const isBack = 'orderNo' in about;
    return {
      version: '5.1.0',
      encoding: 'UTF-8',
      bizType: '000201',
      accessType: '0',
      txnType: isBack ? '04' : '01',
      txnSubType: isBack ? '00' : '01',
      merId: how.merId ?? this.merchant.merId,
      orderId: about.no,
      txnTime: about.txnTime,
      txnAmt: how.txnAmt ?? String(about.amount),
      currencyCode: how.currencyCode ?? ('currency' in about ? about.currency : '156'),
      queryId: about.queryId,
      reqReserved: about.reserved,
      respCode: about.state === 'failed' || about.state === 'refused' ? '51' : '00',
      respMsg: '成功[0000000]',
      traceTime: stamp(new Date(Date.now() - (how.oldMs ?? 0))).slice(4),
      settleDate: stamp(new Date()).slice(4, 8),
      accNo: '6221********0000',
      ...how.more,
    };
  }
}
