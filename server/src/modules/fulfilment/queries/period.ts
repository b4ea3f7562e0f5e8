import type { Ctx } from '#kernel/context.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { after, DAY_MS } from '#kernel/time.ts';

const USUAL_DAYS = 30;
const DAYS_MAX = 366;

/** The stretch of time a report is of: what is asked for, at most a year, else the last 30 days. @throws InvalidRequest. */
export function periodOf(
  ctx: Ctx,
  input: { from?: string | undefined; to?: string | undefined },
): { from: Date; to: Date } {
  const to = input.to === undefined ? after(ctx.now, 1) : new Date(input.to);
  const from = input.from === undefined ? after(to, -USUAL_DAYS * DAY_MS) : new Date(input.from);
  if (from >= to) throw new InvalidRequest({}, [{ path: 'from', code: 'invalid_value' }]);
  if (to.getTime() - from.getTime() > DAYS_MAX * DAY_MS)
    throw new InvalidRequest({}, [{ path: 'to', code: 'invalid_value' }]);
  return { from, to };
}
