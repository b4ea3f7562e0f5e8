import type { z } from 'zod';
import type { Currency } from '#kernel/money.ts';
import type { Report, Totals } from './domain/report.ts';
import type { ClaimReport } from './schema.ts';
import { findingIn, notInForceIn, periodIn, rejectionIn, termsIn, titleIn, verdictIn, type Wording } from './words.ts';

type View = z.input<typeof ClaimReport>;

/** A report in words, for the page and the document. */
export function presentReport(report: Report, w: Wording): View {
  const { currency } = w;
  const money = (amount: number) => ({ amount, currency });
  const discounts = (list: readonly { offer: string; amount: number }[]) =>
    list.filter((d) => d.amount !== 0).map((d) => ({ ...d, title: titleIn(w, d.offer) }));
  return {
    computedAt: report.computedAt,
    orderedAt: report.orderedAt,
    says: verdictIn(w, report).says,
    findings: report.findings.map((f) => ({ tone: f.tone, code: f.code, says: findingIn(w, f) })),
    lines: report.lines.map((l) => ({
      id: l.id,
      sku: l.sku,
      title: l.title,
      quantity: l.quantity,
      agreed: l.agreed,
      charged: {
        unitPrice: money(l.charged.unitPrice),
        discounts: discounts(l.charged.discounts),
        payable: money(l.charged.payable),
      },
      rules: {
        unitPrice: money(l.rules.unitPrice),
        discounts: discounts(l.rules.discounts),
        payable: money(l.rules.payable),
      },
      difference: money(l.difference),
    })),
    totals: { charged: totalsOf(report.totals.charged, currency), rules: totalsOf(report.totals.rules, currency) },
    offers: offersOf(report, w),
    gifts: report.gifts.map((g) => ({
      offer: g.offer,
      title: titleIn(w, g.offer),
      sku: g.sku,
      goods: g.title,
      due: g.due,
      given: g.given,
      shipped: g.shipped,
    })),
    coupons: report.coupons.map(({ code, offer, state, brought, applied }) => ({
      code,
      offer,
      state,
      brought,
      applied,
    })),
    points: report.points && {
      expected: report.points.expected,
      booked: report.points.booked,
      granted: report.points.granted,
      level: report.points.level,
      multiplierPercent: report.points.multiplierPercent,
    },
    whatIf: report.whatIf && {
      ...report.whatIf,
      title: titleIn(w, report.whatIf.offer),
      total: money(report.whatIf.total),
      difference: money(report.whatIf.difference),
    },
  };
}

function offersOf(report: Report, w: Wording): View['offers'] {
  const money = (amount: number | null) => (amount === null ? null : { amount, currency: w.currency });
  const said = (offer: string) => ({
    offer,
    title: titleIn(w, offer),
    terms: termsIn(w, offer),
    period: periodIn(w, offer),
  });
  const rows = report.offers.map((o) => ({
    ...said(o.offer),
    coupon: o.coupon,
    charged: money(o.charged),
    rules: money(o.rules),
    reason: o.rejected && o.charged === null ? rejectionIn(w, o.offer, o.rejected) : null,
  }));
  const past = report.whatIf;
  if (past === null || report.offers.some((o) => o.offer === past.offer)) return rows;
  return [...rows, { ...said(past.offer), coupon: null, charged: null, rules: null, reason: notInForceIn(w, past) }];
}

const totalsOf = (totals: Totals, currency: Currency) => ({
  goods: { amount: totals.goods, currency },
  discount: { amount: totals.discount, currency },
  freight: { amount: totals.freight, currency },
  total: { amount: totals.total, currency },
});
