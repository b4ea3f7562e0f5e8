import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import { qrCode } from '#kernel/pdf/codes.ts';
import { capitalAmount } from '../domain/capital-amount.ts';
import { dayOf, type Paper, qrText, rateText, yuan } from './papers.ts';

// The layout of 电子发票: ink red-brown, the long side across. Chinese only, as the document itself is.
const INK = '#8f3a1f';
const BLACK = '#1f2329';
const WARN = '#b42318';
const PAGE = { width: 612, height: 397, margins: 22 };
const QR_SIDE = 62;
const PRICE_DIGITS = 8;
const ROOM_LINES = 7;

type Cell = { [key: string]: unknown };
const label = (text: string): Cell => ({ text, color: INK });
const value = (text: string, rest: Cell = {}): Cell => ({ text, color: BLACK, ...rest });
const right = (text: string): Cell => value(text, { alignment: 'right' });
const center = (text: string): Cell => ({ ...label(text), alignment: 'center' });

const titleOf = (p: Paper): string => {
  const kind = p.special ? '增值税专用发票' : '普通发票';
  return p.paper ? `数电纸质发票（${kind}）` : `电子发票（${kind}）`;
};

function heading(p: Paper): PdfNode {
  const { year, month, day } = dayOf(p.issuedAt);
  const facts = (name: string, text: string): PdfNode => ({ text: [label(`${name}：`), value(text)] });
  return {
    columns: [
      { width: QR_SIDE + 60, stack: [qrCode(qrText(p), QR_SIDE)] },
      {
        width: '*',
        stack: [
          { text: titleOf(p), fontSize: 17, color: INK, alignment: 'center', margin: [0, 10, 0, 2] },
          ...(p.sandbox ? [notice('测试发票 · 沙箱开具 · 不得报销入账')] : []),
        ],
      },
      {
        width: QR_SIDE + 100,
        margin: [0, 16, 0, 0],
        stack: [facts('发票号码', p.number), facts('开票日期', `${year}年${month}月${day}日`)],
      },
    ],
  };
}

const notice = (text: string): PdfNode => ({ text, color: WARN, alignment: 'center', fontSize: 9.5 });

const party = (side: string, name: string, taxId: string): PdfNode[] => [
  { ...center([...side].join('\n')), margin: [0, 1, 0, 1] },
  {
    stack: [
      { text: [label('名称：'), value(name)] },
      { text: [label('统一社会信用代码/纳税人识别号：'), value(taxId)], margin: [0, 6, 0, 0] },
    ],
  },
];

function unitPrice(net: number, quantity: number): string {
  const scale = 10n ** BigInt(PRICE_DIGITS);
  const scaled = (BigInt(Math.abs(net)) * scale) / 100n / BigInt(quantity);
  const text = scaled.toString().padStart(PRICE_DIGITS + 1, '0');
  return `${text.slice(0, -PRICE_DIGITS)}.${text.slice(-PRICE_DIGITS)}`.replace(/\.?0+$/, '');
}

function goods(p: Paper): PdfNode {
  const body = p.lines.map((l) => [
    value(`*${l.shortName}*${l.title}`),
    value(''),
    value(l.unit, { alignment: 'center' }),
    // A red letter over part of the money takes no units back.
    right(p.red ? '' : String(l.quantity)),
    right(p.red ? '' : unitPrice(l.net, l.quantity)),
    right(yuan(l.net)),
    right(rateText(l)),
    right(l.policy === '03' || l.policy === '04' ? '***' : yuan(l.tax)),
  ]);
  const empty = Math.max(ROOM_LINES - body.length, 0);
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 44, 28, 40, 70, 66, 52, 56],
      body: [
        [
          ...['项目名称', '规格型号', '单位'].map(center),
          ...['数量', '单价', '金额', '税率/征收率', '税额'].map((text) => ({ ...label(text), alignment: 'right' })),
        ],
        ...body,
        [{ text: '\n'.repeat(empty), colSpan: 8 }, '', '', '', '', '', '', ''],
        [center('合　　计'), '', '', '', '', right(`¥${yuan(p.amount - p.tax)}`), '', right(`¥${yuan(p.tax)}`)],
      ],
    },
    layout: 'none',
    fontSize: 8,
  };
}

function remarks(p: Paper): string {
  const { buyer, seller } = p;
  const details = (name: string, ...parts: (string | undefined)[]): string =>
    parts.some(Boolean) ? `${name}：${parts.filter(Boolean).join(' ')}` : '';
  return [
    p.red ? `被红冲蓝字数电发票号码：${p.blueNumber ?? ''}　红冲原因代码：${p.reason ?? ''}` : '',
    details('购方地址电话', buyer.address, buyer.phone),
    details('购方开户银行', buyer.bank, buyer.account),
    details('销方地址电话', seller.sellerAddress, seller.sellerPhone),
    details('销方开户银行', seller.sellerBank, seller.sellerAccount),
    p.remark,
  ]
    .filter(Boolean)
    .join('\n');
}

/** An invoice or red letter as a page. That of the sandbox says that it counts for nothing; one of a real provider that it is a copy. */
export function invoicePdf(p: Paper): PdfDefinition {
  return {
    title: `${titleOf(p)} ${p.number}`,
    page: PAGE,
    content: [
      heading(p),
      ...(p.sandbox ? [] : [notice('此为信息副本，以税务局电子发票服务平台的版式文件为准')]),
      {
        margin: [0, 4, 0, 0],
        table: {
          widths: [14, '*', 14, '*'],
          body: [
            [
              ...party('购买方信息', p.buyer.name, p.buyer.taxId ?? ''),
              ...party('销售方信息', p.seller.sellerName, p.seller.sellerTaxId),
            ],
            [{ ...(goods(p) as Cell), colSpan: 4 }, '', '', ''],
            [
              {
                colSpan: 4,
                columns: [
                  { ...label('价税合计（大写）'), width: 110 },
                  { ...value(`${capitalAmount(p.amount)}`), width: '*' },
                  { width: 150, text: [label('（小写） '), value(`¥${yuan(p.amount)}`)] },
                ],
              },
              '',
              '',
              '',
            ],
            [{ ...center('备\n注') }, { ...value(remarks(p)), colSpan: 3, fontSize: 8 }, '', ''],
          ],
        },
        layout: 'boxed',
      },
      { margin: [12, 4, 0, 0], text: [label('开票人：'), value(p.seller.drawer)] },
    ],
  };
}
