import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';
import { calendarNames, CalendarSettings } from './domain/calendars.ts';
import { PRIORITIES, SEVERITIES } from './domain/words.ts';

const HOUR_S = 3600;
const name = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_]{0,39}$/);
const seconds = z
  .int()
  .min(60)
  .max(366 * 24 * HOUR_S)
  .nullable()
  .default(null);
const title = z.string().trim().min(1).max(60);

const PAUSING = ['waiting_customer', 'waiting_third_party'] as const;

export const PolicySchema = z.object({
  code: name,
  name: title,
  /** A category and all below it; null = any. */
  category: z.string().trim().max(80).nullable().default(null),
  severity: z.enum(SEVERITIES).nullable().default(null),
  priority: z.enum(PRIORITIES).nullable().default(null),
  team: name.nullable().default(null),
  /** Seconds of the calendar's hours; null = no such clock. */
  firstResponseS: seconds,
  nextResponseS: seconds,
  solutionS: seconds,
  resolutionS: seconds,
  /** The team's own calendar is taken where this is null, then the organisation's. */
  calendar: name.nullable().default(null),
  pauseIn: z.array(z.enum(PAUSING)).max(2).default(['waiting_customer', 'waiting_third_party']),
  reopen: z.enum(['first', 'total']).default('total'),
});
export type Policy = z.output<typeof PolicySchema>;
type NewPolicy = z.input<typeof PolicySchema>;

const hours = (n: number): number => n * HOUR_S;
/** A day is a day to those who complain or ask: their clocks run around the clock. Everything else counts in service hours. */
const DEFAULT_POLICIES: NewPolicy[] = [
  {
    code: 'complaint',
    name: '投诉',
    category: 'complaint',
    calendar: 'always',
    firstResponseS: hours(2),
    nextResponseS: hours(4),
    solutionS: hours(24),
    resolutionS: hours(48),
  },
  {
    code: 'inquiry',
    name: '咨询',
    category: 'inquiry',
    calendar: 'always',
    firstResponseS: hours(24),
    nextResponseS: hours(24),
    resolutionS: hours(24),
    reopen: 'first',
  },
  {
    code: 'other',
    name: '其他',
    firstResponseS: hours(4),
    nextResponseS: hours(4),
    solutionS: hours(16),
    resolutionS: hours(24),
  },
];

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const officeHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const DEFAULT_CALENDARS: z.input<typeof CalendarSettings>[] = [
  {
    code: 'service',
    name: '客服工作时间',
    timeZone: 'Asia/Shanghai',
    weekly: Object.fromEntries(weekdays.map((day) => [day, officeHours])),
    chinese: true,
  },
];

const LADDER = ['assignee', 'lead', 'manager', 'duty'] as const;
export type Rung = (typeof LADDER)[number];
const minutes = z.int().min(0).max(10_080);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** What the service desk promises and how it works. */
export const supportSettings = defineSettings(
  'support',
  z
    .object({
      /** Business hours by name; `always` is there besides. */
      calendars: z
        .array(CalendarSettings)
        .max(50)
        .default(DEFAULT_CALENDARS.map((c) => CalendarSettings.parse(c))),
      /** When the desk works: clocks of policies without a calendar run in it, and people are told things in it. */
      calendar: name.default('service'),
      /** The first that fits a ticket holds. */
      policies: z
        .array(PolicySchema)
        .min(1)
        .max(100)
        .default(DEFAULT_POLICIES.map((p) => PolicySchema.parse(p))),
      /** Share of the time, in thousandths, at which is warned. */
      warnPermille: z.int().min(100).max(990).default(800),
      /** Whom a missed clock is told, and how long after it was missed, in minutes. */
      ladder: z
        .array(z.object({ to: z.enum(LADDER), afterMinutes: minutes }))
        .max(10)
        .default([
          { to: 'assignee', afterMinutes: 0 },
          { to: 'lead', afterMinutes: 30 },
          { to: 'manager', afterMinutes: 120 },
          { to: 'duty', afterMinutes: 240 },
        ]),
      /** The last rung is told again after so many minutes, so often, until it is done. */
      repeatMinutes: z.int().min(5).max(10_080).default(240),
      repeatMax: z.int().min(0).max(100).default(6),
      /** A resolved ticket is closed after so many days without a word. */
      closeAfterDays: z.int().min(0).max(90).default(3),
      /** A customer who answers later than this after it was closed begins a new ticket, linked to it. */
      reopenWithinDays: z.int().min(0).max(365).default(7),
      /** Tickets one customer may open in the portal in 24 hours, and messages they may write to one in an hour. */
      portalTicketsPerDay: z.int().min(0).max(1_000).default(10),
      portalMessagesPerHour: z.int().min(1).max(1_000).default(30),
      /** Most open tickets of a person who has no limit of their own. */
      ticketLimit: z.int().min(1).max(10_000).default(50),
      /** When a major complaint is reported on, on the organisation's clock. */
      reportTimes: z.array(clockTime).min(1).max(12).default(['10:00', '14:00', '18:00']),
      /** How long before a report is due its writer is reminded. */
      reportRemindMinutes: z.int().min(0).max(240).default(30),
      /** How long the link to sign a settlement agreement is good for. */
      agreementDays: z.int().min(1).max(60).default(7),
      /** The wording of settlement agreements; empty = ours. Braces hold names of terms: {amount}, {measures}, {customer} … */
      agreementTextZh: z.string().trim().max(5_000).default(''),
      agreementTextEn: z.string().trim().max(5_000).default(''),
    })
    .superRefine(refer),
);
export type SupportSettings = Awaited<ReturnType<typeof supportSettings.get>>;

type Values = {
  calendars: CalendarSettings[];
  calendar: string;
  policies: Policy[];
  ladder: { afterMinutes: number }[];
  reportTimes: string[];
};

/** What is named is there, once, and somebody is at work at some time. */
function refer(values: Values, ctx: z.core.$RefinementCtx): void {
  const add = (path: (string | number)[], says: string): void =>
    void ctx.addIssue({ code: 'custom', path, message: says });
  const codes = calendarNames(values.calendars);
  for (const [i, c] of values.calendars.entries()) {
    if (codes.indexOf(c.code) !== codes.lastIndexOf(c.code)) add(['calendars', i, 'code'], 'twice');
    if (Object.values(c.weekly).every((day) => day.length === 0)) add(['calendars', i, 'weekly'], 'never_open');
  }
  if (!codes.includes(values.calendar)) add(['calendar'], 'unknown_calendar');
  const policies = values.policies.map((p) => p.code);
  for (const [i, p] of values.policies.entries()) {
    if (policies.indexOf(p.code) !== i) add(['policies', i, 'code'], 'twice');
    if (p.calendar !== null && !codes.includes(p.calendar)) add(['policies', i, 'calendar'], 'unknown_calendar');
  }
  const last = values.policies.at(-1);
  if (last && (last.category ?? last.severity ?? last.priority ?? last.team) !== null)
    add(['policies', values.policies.length - 1], 'last_fits_all');
  if (values.ladder.some((rung, i) => i > 0 && rung.afterMinutes < (values.ladder[i - 1]?.afterMinutes ?? 0)))
    add(['ladder'], 'not_in_order');
  if (values.reportTimes.some((time, i) => i > 0 && time <= (values.reportTimes[i - 1] ?? '')))
    add(['reportTimes'], 'not_in_order');
}
