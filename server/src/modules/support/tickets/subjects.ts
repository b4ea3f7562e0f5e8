import type { Metric } from './domain/clocks.ts';

/** A clock of a ticket: which, and which time round. */
export type ClockName = { metric: Metric; cycle: number };
export const clockKey = (c: ClockName): string => `${c.metric}/${c.cycle}`;
/** Under which a clock's deadline is kept. */
export const subjectOf = (ticketId: string, c: ClockName): string => `${ticketId}/${clockKey(c)}`;

export function ofSubject(subject: string): ClockName & { ticketId: string; rest: string } {
  const [ticketId = '', metric = '', tail = '1'] = subject.split('/');
  const [cycle = '1', rest = ''] = tail.split('#');
  return { ticketId, metric: metric as Metric, cycle: Number(cycle), rest };
}
