import { capitalAmount } from '../domain/capital-amount.ts';
import { type Paper, rateText, yuan } from './papers.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
// Characters XML 1.0 has no way to write at all.
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const escaped = (text: string): string =>
  text.replaceAll(FORBIDDEN, '').replaceAll(/[&<>"']/g, (c) => ENTITIES[c] as string);

type Tree = { readonly [tag: string]: string | Tree | readonly Tree[] };

function write(tree: Tree, indent = ''): string {
  return Object.entries(tree)
    .flatMap(([tag, node]) => {
      if (typeof node === 'string') return [`${indent}<${tag}>${escaped(node)}</${tag}>`];
      const all = Array.isArray(node) ? (node as readonly Tree[]) : [node as Tree];
      return all.map((one) => `${indent}<${tag}>\n${write(one, `${indent}  `)}\n${indent}</${tag}>`);
    })
    .join('\n');
}

/** The data of a digital invoice in the structure of the bureau's EInvoice, without the bureau's signature: only the bureau has that. */
export function invoiceXml(p: Paper): string {
  const at = p.issuedAt.toISOString();
  const tree: Tree = {
    Header: { EIid: p.number, EInvoiceTag: p.sandbox ? 'SANDBOX' : 'SWEI3200', Version: '0.2' },
    EInvoiceData: {
      SellerInformation: {
        SellerIdNum: p.seller.sellerTaxId,
        SellerName: p.seller.sellerName,
        SellerAddr: p.seller.sellerAddress,
        SellerTelNum: p.seller.sellerPhone,
        SellerBankName: p.seller.sellerBank,
        SellerBankAccNum: p.seller.sellerAccount,
      },
      BuyerInformation: { BuyerIdNum: p.buyer.taxId ?? '', BuyerName: p.buyer.name },
      BasicInformation: {
        TotalAmWithoutTax: yuan(p.amount - p.tax),
        TotalTaxAm: yuan(p.tax),
        'TotalTax-includedAmount': yuan(p.amount),
        'TotalTax-includedAmountInChinese': capitalAmount(p.amount),
        Drawer: p.seller.drawer,
        RequestTime: at,
        Remark: p.remark,
        ...(p.blueNumber ? { OriginalInvoiceNumber: p.blueNumber, RedReason: p.reason ?? '' } : {}),
      },
      IssuItemInformation: p.lines.map((l) => ({
        ItemName: `*${l.shortName}*${l.title}`,
        MeaUnits: l.unit,
        ...(p.red ? {} : { Quantity: String(l.quantity) }),
        Amount: yuan(l.net),
        TaxRate: l.policy === '03' || l.policy === '04' ? rateText(l) : String(l.rateBp / 10_000),
        ComTaxAm: yuan(l.tax),
        TotaltaxIncludedAmount: yuan(l.amount),
        TaxClassificationCode: l.code,
      })),
    },
    TaxSupervisionInfo: {
      InvoiceNumber: p.number,
      IssueTime: at,
      TaxBureauCode: '',
      TaxBureauName: p.sandbox ? '沙箱' : '',
    },
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice>\n${write(tree, '  ')}\n</EInvoice>\n`;
}
