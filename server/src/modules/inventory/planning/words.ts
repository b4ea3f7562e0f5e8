import type { Locale } from '#kernel/context.ts';
import { t } from '#kernel/i18n/index.ts';
import type { AlertFacts, AlertKind } from './store/alerts.ts';
import type { PlanRow } from './store/plans.ts';

export type Standing = {
  available: number;
  inTransit: number;
  waiting: number;
  position: number;
  suggested: number;
};

type Planned = Pick<
  PlanRow,
  | 'per_day'
  | 'lead_days'
  | 'review_days'
  | 'service_percent'
  | 'lead_units'
  | 'buffer_units'
  | 'min_units'
  | 'max_units'
  | 'reorder_point'
  | 'order_up_to'
  | 'pack_size'
  | 'order_min'
>;

/** A quantity that is an expectation: one place after the point below 100, none above. */
const about = (n: number): number => (n < 100 ? Math.round(n * 10) / 10 : Math.round(n));

const facts = (p: Planned, s: Standing): Record<string, unknown> => ({
  ...s,
  perDay: about(p.per_day),
  leadDays: p.lead_days,
  reviewDays: p.review_days,
  period: p.lead_days + p.review_days,
  service: p.service_percent,
  leadUnits: about(p.lead_units),
  buffer: p.buffer_units,
  min: p.min_units,
  max: p.max_units,
  point: p.reorder_point,
  upTo: p.order_up_to,
  pack: p.pack_size,
  orderMin: p.order_min,
});

/** Whether the rule's minimum decides, and not the forecast. */
const byMinimum = (p: Planned): boolean =>
  p.min_units === p.reorder_point && Math.ceil(p.lead_units) + p.buffer_units < (p.min_units ?? 0);

/** How the reorder point and the quantity come about, step by step. */
export function calculation(locale: Locale, p: Planned, s: Standing): string[] {
  const say = (key: string): string => t(locale, `inventory.plan.${key}`, facts(p, s));
  if (p.reorder_point === null) return [say('nothing')];
  const lines = [say('lead'), say('buffer')];
  lines.push(say(byMinimum(p) ? 'pointByMin' : 'point'));
  lines.push(say(s.waiting > 0 ? 'positionWaiting' : 'position'));
  if (s.position > p.reorder_point) return [...lines, say('enough')];
  lines.push(say(p.max_units !== null && p.max_units === p.order_up_to ? 'upToMax' : 'upTo'));
  lines.push(say(s.suggested === 0 ? 'noRoom' : p.pack_size > 1 || p.order_min > 1 ? 'quantityPacked' : 'quantity'));
  return lines;
}

/** Why a quantity is suggested, in one sentence. */
export const reason = (locale: Locale, p: Planned, s: Standing): string =>
  t(locale, `inventory.plan.${s.waiting > 0 ? 'reasonWaiting' : byMinimum(p) ? 'reasonByMin' : 'reason'}`, facts(p, s));

/** What an alert is about, in one sentence. */
export function alertText(locale: Locale, kind: AlertKind, given: AlertFacts): string {
  const key =
    kind === 'low'
      ? given['by'] === 'setting'
        ? 'lowBySetting'
        : 'low'
      : kind === 'over'
        ? given['maxUnits'] === undefined
          ? 'overCover'
          : 'overMax'
        : kind === 'slow'
          ? given['lastDemandOn'] === null
            ? 'slowNever'
            : 'slow'
          : 'expiring';
  return t(locale, `inventory.alert.${key}`, given);
}
