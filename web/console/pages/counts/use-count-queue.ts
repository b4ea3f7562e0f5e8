import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Answer } from '../../../api/paths.ts';
import type { StockTakeLine } from '../../../api/types.ts';
import type { Queued, Refused, ScanQueue } from '../../../ui/scan-queue.ts';
import { useScanQueue } from '../../../ui/use-scan-queue.ts';
import type { Entry } from './count-tally.ts';

type Counted = Answer<'/stock-takes/{takeId}/counts', 'post'>;
export type CountQueue = ScanQueue<Entry, Counted>;
const send =
  (takeId: string) =>
  (batch: readonly Queued<Entry>[]): Promise<Counted> =>
    client.repeatable('/stock-takes/{takeId}/counts', {
      path: { takeId },
      body: {
        sentAt: new Date().toISOString(),
        counts: batch.map(({ item, scanId, atMs }) => ({
          ...item,
          scanId,
          countedAt: new Date(atMs).toISOString(),
        })),
      },
    });

/** What is read again once scans were taken; the list of all bins stays as it is. */
const CHANGED = ['/stock-takes/{takeId}', '/stock-takes/{takeId}/lines', '/stock-takes/{takeId}/bins'] as const;

/** Shows the server's numbers at once, before the lines are read again. */
function noteCounted(queries: QueryClient, answer: Counted): void {
  queries.setQueriesData<{ items: StockTakeLine[] }>({ queryKey: ['/stock-takes/{takeId}/lines'] }, (page) => {
    if (!page) return page;
    const of = (line: StockTakeLine) =>
      answer.items.findLast((i) => i.bin === line.bin && i.sku === line.sku && i.batch === line.batch);
    return {
      ...page,
      items: page.items.map((line) => {
        const counted = line.state === 'good' ? of(line) : undefined;
        return counted ? { ...line, counted: counted.counted, recount: counted.recount } : line;
      }),
    };
  });
}

/** The queue of this person's scans for one count on this device. */
export function useCountQueue(takeId: string, onRefused: (refused: Refused<Entry>) => void) {
  const queries = useQueryClient();
  const me = useQuery(meQuery).data;
  const taken = (answer: Counted) => {
    noteCounted(queries, answer);
    for (const key of CHANGED) void queries.invalidateQueries({ queryKey: [key] });
  };
  const name = me?.user ? `count.${takeId}.${me.user.id}` : undefined;
  return useScanQueue<Entry, Counted>(name, { send: send(takeId), taken, refused: onRefused });
}
