export const RISKS = ['low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];
/** Why an order may leave late. */
export const RISK_REASONS = ['backlog', 'closed_days', 'promise_near'] as const;
export type RiskReason = (typeof RISK_REASONS)[number];

export type ForecastFacts = {
  now: Date;
  promisedAt: Date | null;
  /** Orders to be sent before this one. */
  ahead: number;
  ordersPerHour: number;
  handlingHours: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const NEAR = 0.8; // of the promised time used up by what is expected

/**
 * When an order is likely to leave: after the orders before it and its own handling, in the warehouse's hours, which
 * `addWorkingTime` counts (ORD-6). The risk is that of leaving after the promised moment.
 */
export function forecast(
  f: ForecastFacts,
  addWorkingTime: (from: Date, ms: number) => Date,
): { shipsAt: Date; risk: Risk; reasons: RiskReason[] } {
  const queueMs = (f.ahead / f.ordersPerHour) * HOUR_MS;
  const work = queueMs + f.handlingHours * HOUR_MS;
  const shipsAt = addWorkingTime(f.now, Math.round(work));
  const wait = shipsAt.getTime() - f.now.getTime();
  const time = f.promisedAt === null ? Number.POSITIVE_INFINITY : f.promisedAt.getTime() - f.now.getTime();
  const risk: Risk = wait > time ? 'high' : wait > time * NEAR ? 'medium' : 'low';
  if (risk === 'low') return { shipsAt, risk, reasons: [] };
  const reasons: RiskReason[] = [];
  if (queueMs >= HOUR_MS) reasons.push('backlog');
  if (wait - work >= DAY_MS) reasons.push('closed_days');
  return { shipsAt, risk, reasons: reasons.length > 0 ? reasons : ['promise_near'] };
}
