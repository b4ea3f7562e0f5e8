import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import { randomId } from '../../../api/intent.ts';
import type { Answer } from '../../../api/paths.ts';
import type { StockTakeLine } from '../../../api/types.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { type Queued, type Refused, ScanQueue } from '../../../ui/scan-queue.ts';
import type { Entry } from './count-tally.ts';

type Counted = Answer<'/stock-takes/{takeId}/counts', 'post'>;
export type CountQueue = ScanQueue<Entry, Counted>;
const FINAL: readonly number[] = [400, 403, 404, 409, 413, 422];

/** The server's last word on a scan; silence, a busy server or an ended session leave it to be sent again. */
function refusal(error: unknown): string | undefined {
  if (!(error instanceof ApiProblem) || !FINAL.includes(error.status)) return undefined;
  return error.errors.map((e) => e.message).join(' ') || error.detail || error.title;
}

const send =
  (takeId: string) =>
  (batch: readonly Queued<Entry>[]): Promise<Counted> =>
    client.post('/stock-takes/{takeId}/counts', {
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
  const me = useQuery(meQuery).data?.user?.id ?? '';
  const refused = useRef(onRefused);
  useEffect(() => {
    refused.current = onRefused;
  });
  const [queue] = useState(
    () =>
      new ScanQueue<Entry, Counted>({
        name: `count.${takeId}.${me}`,
        storage: localStorage,
        send: send(takeId),
        refusal,
        newId: randomId,
        onTaken: (answer) => {
          noteCounted(queries, answer);
          for (const key of CHANGED) void queries.invalidateQueries({ queryKey: [key] });
        },
        onRefused: (one) => refused.current(one),
      }),
  );
  useEffect(() => {
    queue.start();
    window.addEventListener('online', queue.retry);
    return () => {
      queue.stop();
      window.removeEventListener('online', queue.retry);
    };
  }, [queue]);
  const state = useSyncExternalStore(queue.subscribe, () => queue.state);
  return { queue, state };
}
