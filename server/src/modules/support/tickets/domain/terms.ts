import type { Calendar } from '#kernel/calendar/index.ts';
import type { Policy, SupportSettings } from '../settings.ts';
import { calendarNamed } from './calendars.ts';
import { isBelow } from './categories.ts';
import type { Metric, Terms } from './clocks.ts';
import type { Priority, Severity } from './words.ts';

/** What decides which policy holds for a ticket. */
export type Subject = {
  category: string;
  severity: Severity;
  priority: Priority;
  team: { code: string; calendar: string | null } | undefined;
};

const fits = (policy: Policy, subject: Subject): boolean =>
  (policy.category === null || isBelow(subject.category, policy.category)) &&
  (policy.severity === null || policy.severity === subject.severity) &&
  (policy.priority === null || policy.priority === subject.priority) &&
  (policy.team === null || policy.team === subject.team?.code);

/** The first policy that fits; the last one of the settings fits every ticket. */
export const policyFor = (policies: readonly Policy[], subject: Subject): Policy | undefined =>
  policies.find((p) => fits(p, subject)) ?? policies.at(-1);

/** What is promised of a ticket under today's settings, with the calendars as they are now. */
export function termsFor(settings: SupportSettings, subject: Subject, now: Date): Terms {
  const policy = policyFor(settings.policies, subject) as Policy;
  const wanted = policy.calendar ?? subject.team?.calendar ?? settings.calendar;
  const known = calendarNamed(settings.calendars, wanted, now);
  const calendarName = known ? wanted : settings.calendar;
  const calendar = known ?? (calendarNamed(settings.calendars, settings.calendar, now) as Calendar);
  const seconds: Partial<Record<Metric, number>> = {};
  const promise = (metric: Metric, s: number | null): void => {
    if (s !== null) seconds[metric] = s;
  };
  promise('first_response', policy.firstResponseS);
  promise('next_response', policy.nextResponseS);
  promise('solution', policy.solutionS);
  promise('resolution', policy.resolutionS);
  return {
    policy: policy.code,
    seconds,
    calendar,
    calendarName,
    pauseIn: policy.pauseIn,
    reopen: policy.reopen,
    warnPermille: settings.warnPermille,
  };
}
