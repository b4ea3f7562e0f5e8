import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { DomainError } from '#kernel/errors.ts';
import { checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { type BillLine } from './domain/bill.ts';
import { BillReader, type BillTotals } from './domain/bill-reader.ts';
import { parseDecimal, toFen, unitsText, yuan } from './domain/decimal.ts';
import { DIFFERENCE_STATES, type DifferenceEvent, differenceFlow } from './domain/difference-flow.ts';
import { feeOf as feeBy } from '../accounts/domain/fee.ts';
import { SANDBOX_FEE } from '../providers/sandbox/bill.ts';
import { zmLine } from '../testing/unionpay-books.ts';
import { renderTradeBill, type RenderedLine } from './domain/render-trade-bill.ts';

const DAY = '2026-11-27';
const feeOf = (amount: number): number => feeBy(amount, SANDBOX_FEE);

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(texts: Buffer[], size = 64 * 1024): Promise<{ lines: BillLine[]; totals: BillTotals }> {
  const reader = new BillReader(DAY);
  const lines: BillLine[] = [];
  for await (const batch of reader.lines(texts.map((text) => chunks(text, size)))) lines.push(...batch);
  return { lines, totals: reader.totals() };
}
const refusal = async (text: Buffer | string): Promise<string> => {
  try {
    await read([Buffer.from(text)]);
  } catch (error) {
    assert.ok(error instanceof DomainError, String(error));
    return `${error.code} ${JSON.stringify(error.facts)}`;
  }
  return 'taken';
};

const ALL =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const PAID =
  '`2026-11-27 10:11:12,`wx1,`1900000109,`0,`,`4200000001202611270000000001,`P1,`o1,`JSAPI,`SUCCESS,`CMB_DEBIT,`CNY,`199.00,`0.00,`0,`0,`0.00,`0.00,`,`,`茶叶,礼盒,`,`1.19400,`0.60%,`199.00,`0.00,`';
const BACK =
  '`2026-11-27 18:00:00,`wx1,`1900000109,`0,`,`4200000001202611270000000001,`P1,`o1,`JSAPI,`REFUND,`CMB_DEBIT,`CNY,`0.00,`0.00,`5030000001,`R1,`99.50,`0.00,`ORIGINAL,`SUCCESS,`茶叶,礼盒,`,`-0.59700,`0.60%,`0.00,`99.50,`';
const SUMMARY = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const SUMS = '`2,`199.00,`99.50,`0.00,`0.59700,`199.00,`99.50';
const wechat = (...lines: string[]): string => `\uFEFF${lines.join('\r\n')}\r\n`;
const GOOD = wechat(ALL, PAID, BACK, SUMMARY, SUMS);

test('PAY-5 a WeChat trade bill is read as it comes: mark, back-ticks, commas in names, fees of five digits', async () => {
  for (const size of [1, 7, 100_000]) {
    const { lines, totals } = await read([Buffer.from(GOOD)], size);
    assert.deepEqual(lines, [
      {
        line: 2,
        kind: 'payment',
        txn: '4200000001202611270000000001',
        merchantNo: 'P1',
        refundTxn: '',
        refundNo: '',
        amount: 19_900,
        fee: 119,
        rate: 6_000,
        status: 'success',
        currency: 'CNY',
        at: '2026-11-27 10:11:12',
      },
      {
        line: 3,
        kind: 'refund',
        txn: '4200000001202611270000000001',
        merchantNo: 'P1',
        refundTxn: '5030000001',
        refundNo: 'R1',
        amount: 9_950,
        fee: -60,
        rate: 6_000,
        status: 'success',
        currency: 'CNY',
        at: '2026-11-27 18:00:00',
      },
    ]);
    assert.deepEqual(totals, {
      form: 'wechat_trade',
      type: 'ALL',
      family: 'trade',
      merchant: '1900000109',
      rows: 2,
      payments: 1,
      paid: 19_900,
      refunds: 1,
      refunded: 9_950,
      fee: 59,
    });
  }
  const { lines } = await read([iconv.encode(GOOD.slice(1), 'gb18030')]);
  assert.equal(lines.length, 2, 'in GB 18030 as well');
});

test('PAY-5 WeChat columns are found by name: bills of payments, of refunds, of 24 columns, and of the account', async () => {
  const columns = ALL.split(',');
  const without = (names: string[]) => columns.map((c, i) => ({ c, i })).filter(({ c }) => !names.includes(c));
  const cells = PAID.slice(1).split(',`');
  const kept = without([
    '微信退款单号',
    '商户退款单号',
    '退款金额',
    '充值券退款金额',
    '退款类型',
    '退款状态',
    '申请退款金额',
  ]);
  const success = wechat(
    kept.map(({ c }) => c).join(','),
    kept.map(({ i }) => `\`${cells[i]}`).join(','),
    '总交易单数,应结订单总金额,手续费总金额,订单总金额',
    '`1,`199.00,`1.19400,`199.00',
  );
  assert.equal(kept.length, 20);
  assert.deepEqual((await read([Buffer.from(success)])).totals.type, 'SUCCESS');
  const backs = BACK.slice(1).split(',`');
  const at = columns.indexOf('代金券金额') + 1;
  const refund = wechat(
    [...columns.slice(0, at), '退款申请时间', '退款成功时间', ...columns.slice(at)].join(','),
    `\`${[...backs.slice(0, at), '2026-11-27 17:59:00', '2026-11-27 18:00:05', ...backs.slice(at)].join(',`')}`,
    SUMMARY,
    '`1,`0.00,`99.50,`0.00,`-0.59700,`0.00,`99.50',
  );
  const read29 = await read([Buffer.from(refund)]);
  assert.deepEqual([read29.totals.type, read29.lines[0]?.at], ['REFUND', '2026-11-27 18:00:05']);
  const old = wechat(
    '交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,代金券或立减优惠金额,微信退款单号,商户退款单号,退款金额,代金券或立减优惠退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率',
    '`2026-11-27 10:11:12,`wx1,`1900000109,`0,`,`420001,`P1,`o1,`JSAPI,`SUCCESS,`CFT,`CNY,`0.01,`0.0,`0,`0,`0,`0,`,`,`测试,`,`0,`0.60%',
    '总交易单数,总交易额,总退款金额,总代金券或立减优惠退款金额,手续费总金额',
    '`1,`0.01,`0.0,`0.0,`0',
  );
  assert.deepEqual(
    (await read([Buffer.from(old)])).lines.map((l) => [l.amount, l.fee]),
    [[1, 0]],
  );
  const fund = wechat(
    '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号',
    '`2026-11-27 10:11:12,`420001,`F1,`交易,`交易,`收入,`199.00,`199.00,`system,`,`P1',
    '`2026-11-27 10:11:12,`420001,`F2,`扣除交易手续费,`扣除交易手续费,`支出,`1.19,`197.81,`system,`,`420001',
    '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
    '`2,`1,`199.00,`1,`1.19',
  );
  const funds = await read([Buffer.from(fund)]);
  assert.deepEqual(
    [funds.totals.family, funds.lines.map((l) => [l.kind, l.amount])],
    [
      'fund',
      [
        ['payment', 19_900],
        ['other', -119],
      ],
    ],
  );
  assert.match(await refusal(fund.replace('`1.19\r\n', '`1.20\r\n')), /^bill_inconsistent .*支出金额/);
});

const ALIPAY =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';
const alipayRow = (type: string, no: string, amount: string, fee: string, refund = '', goods = '茶叶'): string =>
  `2026112722001\t,${no}\t,${type},${goods},2026-11-27 09:00:00,2026-11-27 09:00:05,,,,,a***@b.com\t,${amount},${amount},0.00,0.00,0.00,0.00,0.00,,0.00,0.00,${refund}\t,${fee},0.00,`;
const alipay = (rows: string[], counts: string[]): Buffer =>
  iconv.encode(
    [
      '#支付宝业务明细查询',
      '#账号：[20881234567890120156]',
      '#起始日期：[2026年11月27日 00:00:00]   终止日期：[2026年11月28日 00:00:00]',
      '#-----------------------------------------业务明细列表----------------------------------------',
      ALIPAY,
      ...rows,
      '#-----------------------------------------业务明细列表结束------------------------------------',
      ...counts,
      '#导出时间：[2026年11月28日 09:12:08]',
    ].join('\r\n'),
    'gbk',
  );
const COUNTS = [
  '#交易合计：2笔，商家实收共30.00元，商家优惠共0.00元',
  '#退款合计：1笔，商家实收退款共-5.00元，商家优惠退款共0.00元',
];
const ROWS = [
  alipayRow('交易', 'P1', '10.00', '-0.06'),
  alipayRow('交易', 'P2', '20.00', '-0.12', '', '茶, 咖啡, 糖'),
  alipayRow('退款', 'P1', '-5.00', '0.03', 'R1'),
];

test('PAY-5 an Alipay detail is read as it comes: GBK, comments, tabs, commas in names, and its totals', async () => {
  const { lines, totals } = await read([alipay(ROWS, COUNTS)], 11);
  assert.deepEqual(
    lines.map((l) => [l.kind, l.merchantNo, l.refundNo, l.amount, l.fee, l.at]),
    [
      ['payment', 'P1', '', 1_000, 6, '2026-11-27 09:00:05'],
      ['payment', 'P2', '', 2_000, 12, '2026-11-27 09:00:05'],
      ['refund', 'P1', 'R1', 500, -3, '2026-11-27 09:00:05'],
    ],
  );
  assert.deepEqual([totals.merchant, totals.paid, totals.refunded], ['20881234567890120156', 3_000, 500]);
  const summary = (count: number): Buffer =>
    iconv.encode(
      `#支付宝业务汇总查询\r\n门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,服务费（元）\r\n,合计\t,${count},1,25.00,25.00,-0.15\r\n#结束`,
      'gbk',
    );
  assert.equal((await read([alipay(ROWS, COUNTS), summary(2)])).lines.length, 3);
  await assert.rejects(read([summary(3), alipay(ROWS, COUNTS)]), { code: 'bill_inconsistent' });
  await assert.rejects(read([alipay(ROWS.slice(1), COUNTS)]), { code: 'bill_inconsistent' });
  const account = iconv.encode(
    '#支付宝账务明细查询\n#账号：[2088]\n账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\n1\t,2026\t,P1\t,茶,2026-11-27 09:00:05,a,10.00,0.00,10.00,,在线支付,\n2\t,2026\t,P1\t,茶,2026-11-27 09:00:05,a,0.00,-0.06,9.94,,收费,\n#支出合计：1笔，共-0.06元\n#收入合计：1笔，共10.00元\n',
    'gbk',
  );
  const money = await read([account]);
  assert.deepEqual(
    [money.totals.type, money.lines.map((l) => [l.kind, l.amount])],
    [
      'SIGNCUSTOMER',
      [
        ['payment', 1_000],
        ['other', -6],
      ],
    ],
  );
});

/** A line as UnionPay writes it: columns of fixed widths, no header; `zmLine` is how its peer writes files. */
const unionpay = (cells: Record<number, string> = {}): string =>
  zmLine({
    0: 'S22', 1: '48021000', 2: '00049992', 3: '123456', 4: '1127101112', 5: '6221********0000', 6: '19900', 7: '5311', 8: '07',
    9: '951811271830494918690', 11: 'P1', 15: 'D000000000119', 16: 'C000000019781', 19: '01', 20: '01', 27: '777290058110048', ...cells,
  }); // prettier-ignore
const unionpayBack = unionpay({
  0: 'S30', 6: '9950', 9: '951811271900494918691', 11: 'R1', 15: 'C000000000060', 16: 'D000000009890', 19: '04', 20: '00', 26: '951811271830494918690',
}); // prettier-ignore

test('PAY-5 a UnionPay file is read by the widths of its columns, in GBK too; refunds name what they are of', async () => {
  const named = unionpay({ 30: '一号店' }).replace('一号店   ', '一号店'); // three characters are six bytes
  for (const first of [unionpay(), named]) {
    const { lines, totals } = await read([iconv.encode(`${first}\r\n${unionpayBack}\r\n`, 'gbk'), Buffer.alloc(0)], 7);
    assert.deepEqual(
      lines.map(({ kind, txn, merchantNo, refundTxn, refundNo, amount, fee, at }) => [
        kind,
        txn,
        merchantNo,
        refundTxn,
        refundNo,
        amount,
        fee,
        at,
      ]),
      [
        ['payment', '951811271830494918690', 'P1', '', '', 19_900, 119, '2026-11-27 10:11:12'],
        ['refund', '951811271830494918690', '', '951811271900494918691', 'R1', 9_950, -60, '2026-11-27 10:11:12'],
      ],
    );
    assert.deepEqual(
      [totals.merchant, totals.paid, totals.refunded, totals.fee],
      ['777290058110048', 19_900, 9_950, 59],
    );
  }
});

test('PAY-5 a UnionPay line whose settlement is not its amount less the charge is refused, and so is another merchant or kind', async () => {
  assert.match(await refusal(unionpay({ 16: 'C000000019780' })), /^bill_inconsistent .*结算金额/);
  assert.match(await refusal(`${unionpay()}\n${unionpay({ 27: '777290058110999' })}`), /^bill_inconsistent .*商户号/);
  assert.match(await refusal(unionpay({ 19: '99' })), /^bill_line_unreadable .*交易类型/);
  assert.match(await refusal(unionpay({ 4: '1327101112' })), /^bill_line_unreadable .*交易传输时间/);
  assert.match(await refusal(unionpay({ 4: '1027101112' })), /^bill_inconsistent .*交易日期/);
  assert.match(await refusal(`${unionpay()}\nS22 short`), /^bill_line_unreadable {"line":2/);
});

test('PAY-5 an adjustment of UnionPay is kept as money that is neither a payment nor a refund', async () => {
  const adjustment = [
    'E74', '48021000   ', '00049992   ', '123456', '1127120000', '6221********0000   ', '000000000500', '5311', '07', '  ', '      ', '          ',
    '    ', ' '.repeat(12), 'D000000000000', 'D000000000500', '777290058110048', ' '.repeat(15), ' ', ' '.repeat(12), '  ', ' '.repeat(135),
  ].join(' '); // prettier-ignore
  const { lines } = await read([Buffer.from(unionpay()), Buffer.from(adjustment)]);
  assert.deepEqual(
    lines.map((l) => [l.kind, l.amount]),
    [
      ['payment', 19_900],
      ['other', 500],
    ],
  );
});

test('PAY-5 a file that contradicts its summary, its day or itself is refused, and the refusal says what', async () => {
  assert.match(
    await refusal(wechat(ALL, PAID, SUMMARY, SUMS)),
    /^bill_inconsistent .*"what":"总交易单数","stated":2,"counted":1/,
  );
  assert.match(
    await refusal(GOOD.replace('`0.59700,`199.00,`99.50', '`0.60000,`199.00,`99.50')),
    /手续费总金额","stated":"0.60","counted":"0.597"/,
  );
  assert.match(await refusal(wechat(ALL, PAID, BACK)), /^bill_inconsistent .*汇总/);
  assert.match(await refusal(GOOD.replaceAll('2026-11-27 10', '2026-10-27 10')), /^bill_inconsistent .*交易日期/);
  assert.match(await refusal(GOOD.replace('199.00', '19９.00')), /^bill_line_unreadable {"line":2/);
  assert.match(
    await refusal(GOOD.replace('4200000001202611270000000001', '4.2E+27')),
    /^bill_line_unreadable .*微信订单号/,
  );
  assert.match(await refusal(GOOD.replace('`CNY', '`CNY,`x')), /^bill_line_unreadable {"line":2/);
  assert.match(
    await refusal(GOOD.replace('2026-11-27 18', '2026-02-30 18')),
    /^bill_line_unreadable {"line":3.*交易时间/,
  );
  assert.match(await refusal(`${GOOD}${PAID}\r\n`), /^bill_line_unreadable {"line":6/);
  assert.match(
    await refusal(
      GOOD.replace(
        '`1900000109,`0,`,`4200000001202611270000000001,`P1,`o1,`JSAPI,`REFUND',
        '`1900000110,`0,`,`4200000001202611270000000001,`P1,`o1,`JSAPI,`REFUND',
      ),
    ),
    /^bill_line_unreadable .*商户号/,
  );
  for (const text of ['', 'a,b\n1,2\n', '\u0000\u0001', '#\n'.repeat(500), '{"code":"SYSTEM_ERROR"}'])
    assert.match(await refusal(text), /^bill_unreadable/);
  assert.match(await refusal(`${ALL}\n${'x'.repeat(200_000)}`), /^bill_line_unreadable/);
  assert.match(await refusal(gzipSync(GOOD)), /^bill_(?:line_)?unreadable/);
});

const aLine = fc.record({
  kind: fc.constantFrom('payment' as const, 'refund' as const),
  at: fc.integer({ min: 0, max: 86_399 }).map((s) => `${DAY} ${new Date(s * 1000).toISOString().slice(11, 19)}`),
  txn: fc.stringMatching(/^[1-9]\d{10,27}$/),
  merchantNo: fc.stringMatching(/^[A-Z]\w{3,31}$/),
  no: fc.stringMatching(/^[1-9]\d{5,20}$/),
  amount: fc.integer({ min: 0, max: 10 ** 11 }),
  goods: fc.stringMatching(/^[一-龥,，"' a-z0-9]{0,40}$/),
});
const lineOf = ({ no, ...l }: typeof aLine extends fc.Arbitrary<infer T> ? T : never): RenderedLine => ({
  ...l,
  refundTxn: l.kind === 'refund' ? no : '',
  refundNo: l.kind === 'refund' ? `R${no}` : '',
  fee: l.kind === 'refund' ? 0 - feeOf(l.amount) : feeOf(l.amount),
});
async function rendered(lines: RenderedLine[]): Promise<string> {
  let text = '';
  for await (const part of renderTradeBill('1900000109', lines)) text += part;
  return text;
}

test('PAY-5 what is written as a bill is read as the same lines, in any encoding and any pieces, to the fen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aLine, { maxLength: 20 }),
      fc.constantFrom('utf8', 'gb18030'),
      fc.integer({ min: 1, max: 5_000 }),
      async (given, encoding, size) => {
        const lines = given.map(lineOf);
        const found = await read(
          [iconv.encode((await rendered(lines)).slice(encoding === 'utf8' ? 0 : 1), encoding)],
          size,
        );
        assert.deepEqual(
          found.lines.map(({ line: _line, rate: _rate, status: _status, currency: _currency, ...l }) => l),
          lines.map(({ goods: _goods, ...l }) => ({ ...l, fee: l.fee === 0 ? 0 : l.fee })),
        );
        const sum = (kind: string): number => lines.filter((l) => l.kind === kind).reduce((n, l) => n + l.amount, 0);
        assert.deepEqual([found.totals.paid, found.totals.refunded], [sum('payment'), sum('refund')]);
      },
    ),
    { numRuns: 60 },
  );
});

type Spoil = (bytes: Buffer, at: number, by: number) => Buffer;
const SPOILS: Record<string, Spoil> = {
  cut: (bytes, at) => bytes.subarray(0, at),
  flip: (bytes, at, by) => {
    const copy = Buffer.from(bytes);
    copy[at % bytes.length] = (copy[at % bytes.length] as number) ^ ((by % 255) + 1);
    return copy;
  },
  drop: (bytes, at, by) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + (by % 64))]),
  repeat: (bytes, at, by) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(at - (by % 300), 0))]),
  swell: (bytes, at, by) => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(by * 90, 0x41), bytes.subarray(at)]),
  otherEncoding: (bytes) => iconv.encode(bytes.toString('utf8'), 'utf16-le'),
};

test('PAY-5 a spoilt bill is refused clearly or adds up to its own summary; nothing else ever happens', async () => {
  const samples = [Buffer.from(GOOD), alipay(ROWS, COUNTS)];
  let [taken, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.constantFrom(...Object.keys(SPOILS)),
      fc.nat(),
      fc.nat({ max: 1_000 }),
      async (bytes, how, at, by) => {
        const spoilt = (SPOILS[how] as Spoil)(bytes, at % bytes.length, by);
        try {
          const { lines, totals } = await read([spoilt], 997);
          taken += 1;
          const sum = (kind: string): number => lines.filter((l) => l.kind === kind).reduce((n, l) => n + l.amount, 0);
          assert.deepEqual([sum('payment'), sum('refund'), lines.length], [totals.paid, totals.refunded, totals.rows]);
          // Alipay's summary is of what came; what orders were of is never less, and no summary says it
          const isAsStated = [19_900, 0].includes(totals.paid) || (bytes === samples[1] && totals.paid >= 3_000);
          assert.ok(isAsStated, `money was lost or invented: ${totals.paid}`);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          refused += 1;
          assert.match(error.code, /^bill_(?:unreadable|line_unreadable|inconsistent)$/);
        }
      },
    ),
    { numRuns: 1_500 },
  );
  assert.ok(refused > 300 && taken > 20, `${refused} refused, ${taken} taken`);
});

test('PAY-5 amounts are exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (units) => {
      assert.equal(parseDecimal(unitsText(units), 5), units);
      if (Math.abs(units) < 10 ** 11) assert.equal(parseDecimal(yuan(units), 2), units);
    }),
  );
  for (const bad of ['', '-', '.', '1.2.3', '1e3', '１', '1,000.00', ' 1', '0.000001', '12345678901'])
    assert.equal(parseDecimal(bad, 5), undefined, bad);
  assert.deepEqual([toFen(500), toFen(499), toFen(-500), toFen(-499)], [1, 0, -1, 0]);
});

const EVENTS: DifferenceEvent[] = ['mature', 'propose', 'reject', 'confirm', 'park', 'settle', 'reopen'];
const EXPECTED = new Map([
  ['carried>mature', 'open'],
  ['carried>propose', 'proposed'],
  ['carried>settle', 'closed'],
  ['open>propose', 'proposed'],
  ['open>settle', 'closed'],
  ['proposed>reject', 'open'],
  ['proposed>confirm', 'closed'],
  ['proposed>park', 'parked'],
  ['proposed>settle', 'closed'],
  ['parked>propose', 'proposed'],
  ['parked>settle', 'closed'],
  ['closed>reopen', 'open'],
]);
for (const from of DIFFERENCE_STATES)
  for (const event of EVENTS) {
    const to = EXPECTED.get(`${from}>${event}`);
    test(`PAY-5 difference: ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(differenceFlow, from, event), to);
      else assert.throws(() => step(differenceFlow, from, event), TransitionRefused);
    });
  }
test('PAY-5 the table of differences is sound', () => {
  assert.deepEqual(checkFlow(differenceFlow, ['carried', 'open']), []);
});
