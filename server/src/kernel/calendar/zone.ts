const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const SAMPLE_MS = 3 * DAY_MS; // no zone changes its clock twice within three days

type Span = { readonly until: number; readonly offset: number };

/**
 * The clock of one IANA zone. `Intl` is asked once per zone and year, because asking it for every boundary
 * would cost more than the whole business-time calculation.
 */
export class Zone {
  readonly #format: Intl.DateTimeFormat;
  readonly #years = new Map<number, readonly Span[]>();

  /** Throws RangeError for an unknown zone. */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** Milliseconds to add to UTC to get the wall clock at this instant. */
  offsetAt(instant: number): number {
    const year = Math.floor(instant / YEAR_MS);
    let spans = this.#years.get(year);
    if (!spans) this.#years.set(year, (spans = this.#scan(year)));
    for (const span of spans) if (instant < span.until) return span.offset;
    throw new RangeError(`zone: ${instant} lies outside its own year`);
  }

  /** The wall clock at an instant, as milliseconds of a clock that has no zone. */
  toWall(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /**
   * The instant of a wall-clock reading. A reading that happens twice means the first; one that is skipped means
   * the jump over it. Never decreasing, so intervals that touch still touch.
   */
  toInstant(wall: number): number {
    const before = this.offsetAt(wall - DAY_MS);
    const first = wall - before;
    if (this.offsetAt(first) === before) return first;
    const after = this.offsetAt(wall + DAY_MS);
    const second = wall - after;
    return this.offsetAt(second) === after ? second : this.#jumpBetween(second, first);
  }

  /** The first instant after a jump forward that lies between the two: a binary search over the known table. */
  #jumpBetween(from: number, to: number): number {
    return firstChange(from, to, (instant) => this.offsetAt(instant));
  }

  #scan(year: number): Span[] {
    const end = (year + 1) * YEAR_MS;
    const spans: Span[] = [];
    let at = year * YEAR_MS;
    let offset = this.#ask(at);
    while (at < end) {
      const next = Math.min(at + SAMPLE_MS, end);
      const nextOffset = this.#ask(next);
      if (nextOffset !== offset) {
        spans.push({ until: firstChange(at, next, (instant) => this.#ask(instant)), offset });
        offset = nextOffset;
      }
      at = next;
    }
    spans.push({ until: end, offset });
    return spans;
  }

  #ask(instant: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(instant)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return wall - Math.floor(instant / 1_000) * 1_000;
  }
}

/** The first instant in (from, to] whose offset is not that of `from`; one change at most lies between them. */
function firstChange(from: number, to: number, offsetAt: (instant: number) => number): number {
  const offset = offsetAt(from);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

const zones = new Map<string, Zone>();

/** Zones are shared: their tables are the costly part. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) zones.set(name, (zone = new Zone(name)));
  return zone;
}
