import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { ReviewItem } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';

const QUEUE_LENGTH = 50;
const AHEAD = 2; // orders fetched before they are asked for
const LOOK_MS = 15_000;
const CLAIM_MS = 4 * 60_000; // a claim lasts five minutes; an order that stays open is claimed again before

export type Decision = Body<'/orders/{orderId}/review', 'post'>['decision'];

export const reviewQuery = (orderId: string) =>
  queryOptions({ ...oneQuery('/reviews/{orderId}', { path: { orderId } }), staleTime: 20_000 });
export const reviewCountsQuery = queryOptions({ ...oneQuery('/reviews/counts'), refetchInterval: LOOK_MS });

const isFree = (row: ReviewItem): boolean => row.claim === null || row.claim.mine;

/** Tells the other reviewers who is at this order, and gives it back when the desk moves on. */
function useClaim(orderId: string | undefined): void {
  useEffect(() => {
    if (orderId === undefined) return;
    const path = { orderId };
    // Another's claim keeps nobody from reading: the queue says whose it is.
    const claim = () => void client.repeatable('/reviews/{orderId}/claim', { path }).catch(() => undefined);
    claim();
    const timer = setInterval(claim, CLAIM_MS);
    return () => {
      clearInterval(timer);
      void client.repeatable('/reviews/{orderId}/unclaim', { path }).catch(() => undefined);
    };
  }, [orderId]);
}

/**
 * The queue with one order open. A decision is sent while the next order, fetched ahead, is already shown; should it be refused,
 * the order comes back and the refusal is told.
 */
export function useDesk(view: 'open' | 'waiting' | 'all', hold: string | undefined) {
  const t = useT();
  const { message } = App.useApp();
  const titleOf = useErrorTitle();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const queue = useQuery({ ...listQuery('/reviews', { view, hold, limit: QUEUE_LENGTH }), refetchInterval: LOOK_MS });
  const rows = (queue.data?.items ?? []).filter((row) => !gone.has(row.id));
  const current = rows.find((row) => row.id === chosen) ?? rows.find(isFree) ?? rows[0];
  const at = current ? rows.indexOf(current) : -1;
  const ahead = rows
    .slice(at + 1, at + 1 + AHEAD)
    .map((row) => row.id)
    .join();
  useClaim(current?.id);
  useEffect(() => {
    for (const id of ahead.split(',').filter(Boolean)) void queries.prefetchQuery(reviewQuery(id));
  }, [ahead, queries]);

  const refresh = async (): Promise<void> => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['/reviews'] }),
      queries.invalidateQueries({ queryKey: ['/reviews/counts'] }),
    ]);
  };
  const send = useSubmit(
    ({ orderId, ...body }: { orderId: string; decision: Decision; note: string }, idempotencyKey) =>
      client.post('/orders/{orderId}/review', { path: { orderId }, body, idempotencyKey }),
    { refresh: false },
  );
  const move = (by: 1 | -1) => setChosen(rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.id);
  const decide = async (row: ReviewItem, decision: Decision, note: string): Promise<void> => {
    const next = rows[at + 1] ?? rows[at - 1];
    setGone((was) => new Set([...was, row.id]));
    setChosen(next?.id);
    try {
      const order = await send.mutateAsync({ orderId: row.id, decision, note });
      const asked = decision === 'approve' && order.holds.length > 0;
      void message.success(t(asked ? 'review.askedSecond' : `review.done.${decision}`, { orderNo: row.orderNo }));
    } catch (error) {
      setChosen(row.id);
      void message.error(titleOf(error));
    } finally {
      queries.removeQueries({ queryKey: reviewQuery(row.id).queryKey });
      await refresh(); // from here on the server's list says whether the order is still to be shown
      setGone((was) => new Set([...was].filter((id) => id !== row.id)));
    }
  };
  return { queue, rows, current, move, choose: setChosen, decide, refresh };
}
export type Desk = ReturnType<typeof useDesk>;
