import { z } from 'zod';
import { type Cell, defineExport } from '#kernel/transfers/index.ts';
import { METRICS } from './domain/clocks.ts';
import { READ } from './policy.ts';
import { presentAll } from './present.ts';
import { findTickets } from './queries/tickets.ts';
import { listFilters } from './schema.ts';
import { clocksOf } from './store/clocks.ts';

const PAGE = 500;
const AT = ['started_at', 'due_at', 'met_at', 'warned_at', 'missed_at'] as const;

/** Tickets as the list finds them, with the raw moments of every clock: what a report needs can be computed from them. */
export const exportTickets = defineExport({
  kind: 'tickets',
  permission: READ,
  filters: z.object(listFilters).strict(),
  columns: [
    'no',
    'category',
    'severity',
    'priority',
    'state',
    'channel',
    'subject',
    'order_no',
    'assignee',
    'team',
    'tags',
    'escalation',
    'opened_at',
    'last_customer_at',
    'last_answer_at',
    'resolved_at',
    'closed_at',
    ...METRICS.flatMap((metric) => [`${metric}_target_s`, ...AT.map((moment) => `${metric}_${moment}`)]),
  ],
  async *pages({ db, ctx, personal }, filters) {
    let cursor: string | undefined;
    for (;;) {
      const read = await db.read(ctx, async (tx) => {
        const page = await findTickets(tx, ctx, { ...filters, sort: '-createdAt', limit: PAGE, cursor });
        const ids = page.items.map((r) => r.id);
        return { page, shown: await presentAll(tx, ctx, page.items), clocks: await clocksOf(tx, ids) };
      });
      const clocks = Map.groupBy(read.clocks, (c) => c.ticket_id);
      yield read.page.items.map((r, i): Cell[] => {
        const shown = read.shown[i];
        const last = new Map((clocks.get(r.id) ?? []).map((c) => [c.metric, c]));
        return [
          r.no,
          r.category,
          r.severity,
          r.priority,
          r.state,
          r.channel,
          personal ? (shown?.subject ?? '') : '',
          r.order_no,
          shown?.assignee?.name ?? null,
          shown?.team?.name ?? null,
          r.tags.join(' '),
          r.escalation,
          r.opened_at,
          r.last_customer_at,
          r.last_answer_at,
          r.resolved_at,
          r.closed_at,
          ...METRICS.flatMap((metric): Cell[] => {
            const clock = last.get(metric);
            return [clock?.target_s ?? null, ...AT.map((moment) => clock?.[moment] ?? null)];
          }),
        ];
      });
      if (read.page.nextCursor === null) return;
      cursor = read.page.nextCursor;
    }
  },
});
