import {
  addBusinessTime,
  businessTimeBetween,
  type Calendar,
  CalendarNeverOpen,
  openingsBetween,
} from '#kernel/calendar/index.ts';
import { SECOND_MS } from '#kernel/time.ts';
import { isDone, type TicketState } from './flow.ts';

export const METRICS = ['first_response', 'next_response', 'solution', 'resolution'] as const;
export type Metric = (typeof METRICS)[number];

/** What is promised of a ticket. A metric without seconds has no clock. */
export type Terms = {
  readonly policy: string;
  /** How long each may take, in seconds of the calendar's opening time. */
  readonly seconds: Readonly<Partial<Record<Metric, number>>>;
  readonly calendar: Calendar;
  readonly calendarName: string;
  /** States in which clocks stand still. */
  readonly pauseIn: readonly TicketState[];
  /** `first`: resolved once is resolved; `total`: a ticket reopened goes on with its resolution clock. */
  readonly reopen: 'first' | 'total';
  /** Share of the time, in thousandths, at which is warned. */
  readonly warnPermille: number;
};

/** What happened, as far as clocks are concerned. In the order of time; several at one instant in the order they were done. */
export type Fact =
  | { at: Date; kind: 'opened' | 'customer' | 'answer' | 'solution' | 'cancelled' }
  | { at: Date; kind: 'terms'; terms: Terms }
  | { at: Date; kind: 'state'; state: TicketState };

/** A stretch of time and what it was to the clock. `ms` is what it added, `sum` what was counted by its end. */
export type Step = {
  from: Date;
  to: Date;
  kind: 'counted' | 'paused' | 'stopped';
  ms: number;
  sum: number;
  targetMs: number;
  calendar: string;
  openings: { from: Date; to: Date }[];
};

export type Clock = {
  metric: Metric;
  cycle: number;
  startedAt: Date;
  state: 'running' | 'paused' | 'met' | 'cancelled';
  targetMs: number;
  /** Opening time gone by the moment asked about. */
  elapsedMs: number;
  /** When the time is over if nothing happens before, or would have been; null while it stands still. */
  dueAt: Date | null;
  warnAt: Date | null;
  metAt: Date | null;
  /** The first instant at which more was used than allowed. It stays, also when the clock is met afterwards. */
  missedAt: Date | null;
  steps: Step[];
};

const OPENINGS_MAX = 40;
const STEPS_MAX = 200;

type Running = Clock & { active: boolean; idle: boolean };

const begin = (metric: Metric, cycle: number, at: Date, targetMs: number): Running => ({
  metric,
  cycle,
  startedAt: at,
  state: 'running',
  targetMs,
  elapsedMs: 0,
  dueAt: null,
  warnAt: null,
  metAt: null,
  missedAt: null,
  steps: [],
  active: true,
  idle: false,
});

/** The instant by which `ms` more of opening time have passed; null when the calendar has no hours left for it. */
function reach(calendar: Calendar, from: Date, ms: number): Date | null {
  try {
    return addBusinessTime(calendar, from, ms);
  } catch (error) {
    if (error instanceof CalendarNeverOpen) return null;
    throw error;
  }
}

/** Openings that touch, as those of days around the clock do, are one. */
function joined(openings: readonly { from: Date; to: Date }[]): { from: Date; to: Date }[] {
  const all: { from: Date; to: Date }[] = [];
  for (const { from, to } of openings) {
    const last = all.at(-1);
    if (last && last.to.getTime() === from.getTime()) last.to = to;
    else all.push({ from, to });
  }
  return all;
}

class Reckoning {
  readonly clocks: Running[] = [];
  readonly #withSteps: boolean;
  terms: Terms | undefined;
  state: TicketState = 'open';

  constructor(withSteps: boolean) {
    this.#withSteps = withSteps;
  }

  find(metric: Metric): Running | undefined {
    return this.clocks.findLast((c) => c.metric === metric);
  }

  start(metric: Metric, at: Date): void {
    const seconds = this.terms?.seconds[metric];
    if (seconds === undefined) return;
    const cycle = this.clocks.filter((c) => c.metric === metric).length + 1;
    this.clocks.push(begin(metric, cycle, at, seconds * SECOND_MS));
  }

  stop(metric: Metric, at: Date, how: 'met' | 'cancelled' = 'met'): void {
    const clock = this.find(metric);
    if (!clock?.active) return;
    clock.active = false;
    clock.state = how;
    clock.metAt = how === 'met' ? at : null;
    const left = Math.max(clock.targetMs - clock.elapsedMs, 0);
    clock.dueAt = clock.missedAt ?? (this.terms && !this.paused ? reach(this.terms.calendar, at, left) : null);
  }

  get paused(): boolean {
    return this.terms?.pauseIn.includes(this.state) ?? false;
  }

  /** Lets the time from `from` to `to` pass on every clock. */
  pass(from: Date, to: Date): void {
    if (to <= from) return;
    for (const clock of this.clocks) {
      if (clock.active) this.#passOn(clock, from, to);
      else if (clock.idle) this.#note(clock, { from, to, kind: 'stopped', ms: 0 });
    }
  }

  #passOn(clock: Running, from: Date, to: Date): void {
    const calendar = this.terms?.calendar;
    if (!calendar) return;
    if (this.paused) return this.#note(clock, { from, to, kind: 'paused', ms: 0 });
    const left = clock.targetMs - clock.elapsedMs;
    const ms = businessTimeBetween(calendar, from, to);
    if (clock.missedAt === null && ms >= left) {
      const over = left <= 0 ? from : reach(calendar, from, left);
      if (over !== null && over < to) clock.missedAt = over;
    }
    clock.elapsedMs += ms;
    this.#note(clock, { from, to, kind: 'counted', ms });
  }

  #note(clock: Running, step: Pick<Step, 'from' | 'to' | 'kind' | 'ms'>): void {
    if (!this.#withSteps || clock.steps.length >= STEPS_MAX) return;
    const { calendar, calendarName = '' } = this.terms ?? {};
    clock.steps.push({
      ...step,
      sum: clock.elapsedMs,
      targetMs: clock.targetMs,
      calendar: calendarName,
      openings:
        calendar && step.kind === 'counted' ? joined(openingsBetween(calendar, step.from, step.to, OPENINGS_MAX)) : [],
    });
  }

  apply(fact: Fact): void {
    const { at } = fact;
    switch (fact.kind) {
      case 'terms':
        return this.#take(fact.terms, at);
      case 'opened':
        this.#opened = true;
        for (const metric of ['first_response', 'solution', 'resolution'] as const)
          if (!this.find(metric)) this.start(metric, at);
        return;
      case 'customer':
        if (this.#waitsForNext()) this.start('next_response', at);
        return;
      case 'answer':
        this.#answered = true;
        this.stop('first_response', at);
        return this.stop('next_response', at);
      case 'solution':
        return this.stop('solution', at);
      case 'state':
        return this.#enter(fact.state, at);
      case 'cancelled':
        for (const metric of METRICS) this.stop(metric, at, 'cancelled');
    }
  }

  #answered = false;

  /** A customer is owed the next answer once the first was given, from the first message nobody has answered on. */
  #waitsForNext(): boolean {
    return this.#answered && !(this.find('next_response')?.active ?? false);
  }

  /** Other terms: what has passed stays passed, what is left is measured against the new target. */
  #take(terms: Terms, at: Date): void {
    this.terms = terms;
    for (const metric of METRICS) {
      const clock = this.find(metric);
      const seconds = terms.seconds[metric];
      if (clock?.active && seconds === undefined) this.stop(metric, at, 'cancelled');
      else if (clock?.active && seconds !== undefined) clock.targetMs = seconds * SECOND_MS;
      else if (!clock && seconds !== undefined && metric !== 'next_response') this.#startLate(metric, at);
    }
  }

  #opened = false;
  /** A promise the ticket did not have before counts from when it was made. */
  #startLate(metric: Metric, at: Date): void {
    if (!this.#opened || isDone(this.state) || (metric === 'first_response' && this.#answered)) return;
    this.start(metric, at);
  }

  #enter(state: TicketState, at: Date): void {
    const before = this.state;
    this.state = state;
    if (isDone(state) && !isDone(before)) {
      this.#answered = true;
      for (const metric of METRICS) this.stop(metric, at);
      const resolution = this.find('resolution');
      if (resolution) resolution.idle = true;
    }
    if (isDone(before) && !isDone(state)) this.#reopen();
  }

  #reopen(): void {
    const clock = this.find('resolution');
    if (!clock || clock.active) return;
    clock.idle = false;
    const seconds = this.terms?.seconds.resolution;
    if (this.terms?.reopen !== 'total' || seconds === undefined || clock.state === 'cancelled') return;
    clock.targetMs = seconds * SECOND_MS;
    clock.active = true;
    clock.state = 'running';
    clock.metAt = null;
    clock.dueAt = null;
  }

  /** What stands at the moment asked about, with when the time will be over if nothing happens any more. */
  finish(last: Date, now: Date): Clock[] {
    this.pass(last, now > last ? now : last);
    return this.clocks.map(({ active, idle: _idle, ...clock }) => {
      if (!active) return clock;
      if (this.paused || !this.terms) return { ...clock, state: 'paused' as const };
      return { ...clock, ...this.#ahead(clock, this.terms, last, now) };
    });
  }

  #ahead(clock: Clock, terms: Terms, last: Date, now: Date): Pick<Clock, 'dueAt' | 'warnAt'> {
    const since = businessTimeBetween(terms.calendar, last, now > last ? now : last);
    const before = clock.elapsedMs - since; // by the last fact: what is ahead does not depend on when it is asked
    const at = (ms: number): Date | null => (ms <= before ? last : reach(terms.calendar, last, ms - before));
    const warnMs = Math.floor((clock.targetMs * terms.warnPermille) / 1000);
    return { dueAt: clock.missedAt ?? at(clock.targetMs), warnAt: clock.missedAt ? null : at(warnMs) };
  }
}

/**
 * The clocks of a ticket as they stand at `now`, computed from all that happened. Time counts only inside the calendar of the
 * term in force and outside of states that pause. `steps` tells the calculation. Where clocks of servers differ and something is
 * stamped later than `now`, it stands as of that.
 */
export function reckon(facts: readonly Fact[], now: Date, withSteps = false): Clock[] {
  const reckoning = new Reckoning(withSteps);
  let last: Date | undefined;
  for (const fact of facts) {
    if (last) reckoning.pass(last, fact.at);
    reckoning.apply(fact);
    last = fact.at;
  }
  return last ? reckoning.finish(last, now) : [];
}
