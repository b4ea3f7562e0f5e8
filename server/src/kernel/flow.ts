import { defineRefusal } from './errors.ts';

/** A state machine as data: for each state, the events it accepts and where each leads. Absent = refused. */
export type Flow<S extends string, E extends string> = Readonly<Record<S, Readonly<Partial<Record<E, S>>>>>;

/** 409: the event is not in the table for the present state. */
export const TransitionRefused = defineRefusal('transition_refused', 409);

/** The state `event` leads to. @throws TransitionRefused when the table does not list it. */
export function step<S extends string, E extends string>(flow: Flow<S, E>, from: S, event: E): S {
  const to = Object.hasOwn(flow[from], event) ? flow[from][event] : undefined;
  if (to === undefined) throw new TransitionRefused({ from, event, allowed: Object.keys(flow[from]) });
  return to;
}

/** Events the table accepts in a state, in the table's order. */
export function allowedEvents<S extends string, E extends string>(flow: Flow<S, E>, from: S): E[] {
  return Object.keys(flow[from]) as E[];
}

/** Walks the table: returns the states no path from `initial` reaches and the targets that are no state. */
export function checkFlow<S extends string, E extends string>(flow: Flow<S, E>, initial: readonly S[]): string[] {
  const faults: string[] = [];
  const seen = new Set<string>(initial);
  const queue = [...initial];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const to of Object.values(flow[state] as Record<string, S>)) {
      if (!(to in flow)) faults.push(`${state} leads to ${to}, which is no state`);
      else if (!seen.has(to)) {
        seen.add(to);
        queue.push(to);
      }
    }
  }
  for (const state of Object.keys(flow)) if (!seen.has(state)) faults.push(`${state} is never reached`);
  return faults;
}
