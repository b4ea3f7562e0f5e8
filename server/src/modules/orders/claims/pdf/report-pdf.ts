import type { z } from 'zod';
import { t } from '#kernel/i18n/index.ts';
import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import { presentReport } from '../present.ts';
import type { WordedClaim } from '../queries/claims.ts';
import type { ClaimReport } from '../schema.ts';
import { moneyIn, termsIn, timeIn, type Wording } from '../words.ts';
import { differenceCell, discountCell, head, HIGHLIGHT, moneyCell, right, TONES } from './cells.ts';

type Report = z.input<typeof ClaimReport>;
type Say = (key: string, facts?: Record<string, unknown>) => string;

/**
 * The comparison report as a document (ORD-16): who and what, the snapshot beside the recomputation with differences marked,
 * what it says, and the offers' terms as they were. Names and numbers of people are masked; what was written about the claim
 * in free words is left out.
 */
export function reportPdf(claim: WordedClaim): PdfDefinition {
  const w = claim.wording;
  const say: Say = (key, facts = {}) => t(w.locale, `claims.pdf.${key}`, facts);
  const report = presentReport(claim.report, w);
  return {
    title: `${say('title')} ${claim.summary.no}`,
    content: [
      {
        columns: [
          { text: say('title'), style: 'title' },
          { ...right(claim.summary.no), style: 'strong', margin: [0, 6, 0, 0] },
        ],
      },
      { text: say('made', { at: timeIn(w, report.computedAt), zone: w.zone }), style: 'muted', margin: [0, 0, 0, 8] },
      factsOf(claim, say),
      ...verdictOf(report, claim, say),
      { text: say('lines'), style: 'heading' },
      linesOf(report, w, say),
      { text: say('sums'), style: 'heading' },
      sumsOf(report, w, say),
      ...extrasOf(report, w, say),
      ...offersOf(report, w, say),
    ],
    foot: { left: `${claim.summary.no} · ${claim.summary.orderNo}`, pages: say('page') },
  };
}

function factsOf({ summary, wording: w, report }: WordedClaim, say: Say): PdfNode {
  const label = (key: string): PdfNode => ({ text: say(key), style: 'muted' });
  const pair = (a: [string, string], b: [string, string]): PdfNode[] => [label(a[0]), a[1], label(b[0]), b[1]];
  const kind = t(w.locale, `claims.kind.${summary.kind}`);
  const about =
    summary.couponCode ?? (summary.offer === null ? null : (w.offers[summary.offer]?.title ?? summary.offer));
  return {
    table: {
      widths: ['auto', '*', 'auto', '*'],
      body: [
        pair(['order', summary.orderNo], ['ordered', timeIn(w, report.orderedAt)]),
        pair(['shop', summary.shop], ['customer', `${summary.customer.name} ${summary.customer.phone}`.trim()]),
        pair(['kind', about === null ? kind : `${kind} · ${about}`], ['claimed', timeIn(w, summary.openedAt)]),
        pair(['state', t(w.locale, `claims.state.${summary.state}`)], ['due', timeIn(w, summary.dueAt)]),
      ],
    },
    layout: 'lines',
  };
}

function verdictOf(report: Report, { report: raw, row, wording: w }: WordedClaim, say: Say): PdfNode[] {
  const tone = TONES[raw.verdict];
  const marks: PdfNode[] = report.findings.map((f) => ({ text: f.says, margin: [0, 1, 0, 0] }));
  const corrected =
    row.state === 'corrected'
      ? [
          {
            text: say('corrected', {
              refund: moneyIn(w, row.refunded_amount ?? 0),
              points: row.granted_points ?? 0,
              at: timeIn(w, row.resolved_at ?? row.opened_at),
            }),
            margin: [0, 4, 0, 0],
          },
        ]
      : [];
  return [
    {
      table: {
        widths: ['*'],
        body: [
          [
            {
              stack: [
                { text: report.says, style: 'strong', color: tone.ink },
                { ul: marks, margin: [0, 3, 0, 0] },
                ...corrected,
              ],
              fillColor: tone.fill,
              margin: [4, 3, 4, 4],
            },
          ],
        ],
      },
      layout: 'none',
      margin: [0, 10, 0, 0],
    },
  ];
}

function linesOf(report: Report, w: Wording, say: Say): PdfNode {
  const rows = report.lines.map((l) => {
    const differs = l.difference.amount !== 0;
    const fill = differs ? { fillColor: HIGHLIGHT } : {};
    const sides = [l.charged, l.rules].map((side) => ({
      stack: [
        {
          columns: [
            { text: `${moneyIn(w, side.unitPrice.amount)} × ${l.quantity}` },
            moneyCell(w, side.payable.amount),
          ],
        },
        ...side.discounts.map((d) => discountCell(w, d.title, d.amount)),
      ],
      ...fill,
    }));
    return [
      {
        stack: [
          { text: l.title },
          { text: l.agreed ? `${l.sku} · ${say('agreed')}` : l.sku, style: 'muted', fontSize: 8 },
        ],
        ...fill,
      },
      ...sides,
      { ...differenceCell(w, l.difference.amount), ...fill },
    ];
  });
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 150, 150, 58],
      body: [[head(say('goods')), head(say('charged')), head(say('rules')), head(say('difference'), 'right')], ...rows],
    },
    layout: 'boxed',
  };
}

const SUMS = ['goods', 'discount', 'freight', 'total'] as const;

function sumsOf(report: Report, w: Wording, say: Say): PdfNode {
  const { charged, rules } = report.totals;
  const rows = SUMS.map((key) => {
    const sign = key === 'discount' ? -1 : 1;
    const a = charged[key].amount * sign;
    const b = rules[key].amount * sign;
    const fill = a === b ? {} : { fillColor: HIGHLIGHT };
    return [
      { text: say(`sum_${key}`), ...fill },
      { ...moneyCell(w, a), ...fill },
      { ...moneyCell(w, b), ...fill },
      { ...differenceCell(w, a - b), ...fill },
    ];
  });
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 150, 150, 58],
      body: [
        [head(''), head(say('charged'), 'right'), head(say('rules'), 'right'), head(say('difference'), 'right')],
        ...rows,
      ],
    },
    layout: 'boxed',
  };
}

/** Points, gifts, coupons: what of them there is to say. */
function extrasOf(report: Report, w: Wording, say: Say): PdfNode[] {
  const table = (heading: string, columns: string[], widths: unknown[], rows: PdfNode[][]): PdfNode[] =>
    rows.length === 0
      ? []
      : [
          { text: say(heading), style: 'heading' },
          {
            table: { headerRows: 1, dontBreakRows: true, widths, body: [columns.map((c) => head(say(c))), ...rows] },
            layout: 'boxed',
          },
        ];
  const { points } = report;
  const gifts = report.gifts.map((g) => {
    const fill = g.due > g.given ? { fillColor: HIGHLIGHT } : {};
    return [g.title, `${g.goods} ${g.sku}`, String(g.due), String(g.given), String(g.shipped)].map((text) => ({
      text,
      ...fill,
    }));
  });
  const coupons = report.coupons.map((c) => [
    c.code,
    c.offer === null ? '–' : (w.offers[c.offer]?.title ?? c.offer),
    t(w.locale, `claims.coupon_state.${c.state}`),
    say(c.applied ? 'coupon_used_here' : c.brought ? 'coupon_brought' : 'coupon_not_brought'),
  ]);
  return [
    ...table('coupons', ['coupon', 'offer', 'coupon_then', 'coupon_here'], [130, '*', 90, 110], coupons),
    ...table('gifts', ['offer', 'gift', 'due_units', 'given_units', 'sent_units'], ['*', '*', 55, 55, 55], gifts),
    ...table(
      'points',
      ['points_expected', 'points_booked', 'points_granted', 'points_rate'],
      ['*', '*', '*', '*'],
      points === null
        ? []
        : [
            [
              String(points.expected),
              String(points.booked),
              String(points.granted),
              `${points.level} · ${points.multiplierPercent}%`,
            ],
          ],
    ),
  ];
}

function offersOf(report: Report, w: Wording, say: Say): PdfNode[] {
  if (report.offers.length === 0) return [];
  const rows = report.offers.map((o) => {
    const differs = (o.charged?.amount ?? null) !== (o.rules?.amount ?? null);
    const fill = differs ? { fillColor: HIGHLIGHT } : {};
    const version = w.offers[o.offer]?.version;
    const given = o.rules === null ? 'given_instead' : 'given';
    const said = o.reason ?? say(o.charged === null ? 'not_given' : given);
    return [
      {
        stack: [
          { text: o.title },
          {
            text: version === undefined ? o.offer : say('version', { offer: o.offer, version }),
            style: 'muted',
            fontSize: 8,
          },
        ],
        ...fill,
      },
      { stack: [{ text: termsIn(w, o.offer) }, { text: o.period, style: 'muted', fontSize: 8 }], ...fill },
      { ...(o.charged === null ? right('–') : moneyCell(w, -o.charged.amount)), ...fill },
      { ...(o.rules === null ? right('–') : moneyCell(w, -o.rules.amount)), ...fill },
      { text: said, ...fill },
    ];
  });
  const columns = [
    head(say('offer')),
    head(say('terms')),
    head(say('charged_short'), 'right'),
    head(say('rules_short'), 'right'),
    head(say('why')),
  ];
  return [
    { text: say('offers'), style: 'heading' },
    {
      table: { headerRows: 1, dontBreakRows: true, widths: [88, '*', 50, 50, 102], body: [columns, ...rows] },
      layout: 'boxed',
    },
  ];
}
