import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { meQuery, pickRouteQuery, waveQuery } from '../../../api/console.ts';
import type { ShortPick } from '../../../api/types.ts';
import type { ScanFeedback } from '../../../ui/components/scan-input.tsx';
import { useT } from '../../../ui/i18n.ts';
import type { ScanQueue } from '../../../ui/scan-queue.ts';
import { play } from '../../../ui/sounds.ts';
import { useScanQueue } from '../../../ui/use-scan-queue.ts';
import { type Deed, judge, leftOf, nextTask, sendDeeds, type Task, tasksOf } from './pick-work.ts';

type Queue = ScanQueue<Deed, ShortPick[]>;

/** What was done since the walk was read, beside the walk itself. */
function useDeeds() {
  const [deeds, setDeeds] = useState<readonly Deed[]>([]);
  const latest = useRef(deeds);
  const set = useCallback((next: readonly Deed[]) => {
    latest.current = next;
    setDeeds(next);
  }, []);
  return { deeds, latest, set };
}

/** Reads the walk again once everything has been sent, and until nothing was done while it was being read. */
function useSync(waveId: string, round: number, deeds: ReturnType<typeof useDeeds>, queue: () => Queue | undefined) {
  const queries = useQueryClient();
  const running = useRef(false);
  return useCallback(async () => {
    if (running.current) return;
    running.current = true;
    try {
      for (;;) {
        await queue()?.settled();
        if ((queue()?.state.waiting.length ?? 0) > 0) return;
        const before = deeds.latest.current;
        await Promise.all([
          queries.fetchQuery({ ...pickRouteQuery(waveId, round), staleTime: 0 }),
          queries.fetchQuery({ ...waveQuery(waveId), staleTime: 0 }),
        ]);
        if (deeds.latest.current === before) return deeds.set([]);
      }
    } catch {
      // nobody answered: the walk on screen stays, and the next answer reads it again
    } finally {
      running.current = false;
    }
  }, [waveId, round, deeds, queue, queries]);
}

/** What was left from before the page was closed counts at once, and the walk is read again when it has been sent. */
function useLeftover(
  queue: Queue | undefined,
  holder: { current: Queue | undefined },
  work: ReturnType<typeof useDeeds>,
  sync: () => Promise<void>,
): void {
  useEffect(() => {
    holder.current = queue;
    if (!queue || queue.state.waiting.length === 0) return;
    work.set(queue.state.waiting.map((w) => w.item));
    void queue.settled().then(() => sync());
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once per queue
  }, [queue]);
}

/** What the server's answers mean for the walk on screen. */
function useTold(
  work: ReturnType<typeof useDeeds>,
  tasks: readonly Task[],
  sync: () => Promise<void>,
  setFeedback: (feedback: ScanFeedback) => void,
) {
  const t = useT();
  return {
    taken: (shorts: ShortPick[]) => {
      const short = shorts.at(-1);
      if (short)
        setFeedback({
          tone: short.short > 0 ? 'wrong' : 'ok',
          title: t('pick.shortDone'),
          detail: t('pick.shortOutcome', short),
        });
      const asked = work.latest.current.some((deed) => deed.key === '');
      if (short || asked || !nextTask(tasks, work.latest.current)) void sync();
    },
    refused: ({ why }: { why: string }, seen: () => void) => {
      seen();
      play('wrong');
      setFeedback({ tone: 'wrong', title: why });
      void sync();
    },
  };
}

/** One picker on one walk: what is next, what a scan means, and what is still on its way to the server. */
export function usePickSession(waveId: string, round: number) {
  const t = useT();
  const me = useQuery(meQuery).data;
  const route = useQuery({ ...pickRouteQuery(waveId, round), refetchOnWindowFocus: false, refetchOnReconnect: false });
  const work = useDeeds();
  const [feedback, setFeedback] = useState<ScanFeedback>();
  const holder = useRef<Queue>(undefined);
  const ofHolder = useCallback(() => holder.current, []);
  const sync = useSync(waveId, round, work, ofHolder);
  const wrong = (title: string, detail?: string) => {
    play('wrong');
    setFeedback({ tone: 'wrong', title, detail });
  };
  const tasks = route.data ? tasksOf(route.data) : [];
  const told = useTold(work, tasks, sync, setFeedback);
  const name = me?.user ? `pick ${me.user.id} ${waveId} ${round}` : undefined;
  const { queue, state } = useScanQueue<Deed, ShortPick[]>(name, { send: sendDeeds, ...told });
  useLeftover(queue, holder, work, sync);

  const deed = (made: Deed) => {
    work.set([...work.latest.current, made]);
    queue?.add(made);
  };
  const count = (task: Task, quantity: number, code: string) => {
    deed({ kind: 'scan', pickId: task.pickId, key: task.key, code, bin: task.bin, quantity });
    const left = leftOf(task, work.latest.current);
    const isLast = nextTask(tasks, work.latest.current) === undefined;
    play(isLast ? 'done' : 'ok');
    setFeedback({
      tone: isLast ? 'done' : 'ok',
      title: isLast ? t('pick.allDone') : t('pick.placeInto', { place: task.place, pieces: quantity }),
      detail: left > 0 ? t('pick.leftHere', { pieces: left }) : task.title,
    });
  };
  const onCode = (code: string) => {
    const now = nextTask(tasks, work.latest.current);
    const judged = judge(code, tasks, work.latest.current);
    if (judged.kind === 'counts') return count(judged.task, 1, code);
    if (judged.kind === 'bin') {
      play('ok');
      return setFeedback({ tone: 'ok', title: t('pick.rightBin', { bin: now?.bin }), detail: now?.title });
    }
    if (judged.kind === 'otherBin')
      return wrong(t('pick.wrongBin', { bin: judged.bin }), t('pick.goTo', { bin: now?.bin }));
    const pickId = now?.pickId ?? tasks[0]?.pickId;
    if (!pickId || state.offline) return wrong(t('pick.notHere', { code }), now && t('pick.goTo', { bin: now.bin }));
    setFeedback({ tone: 'busy', title: t('ui.queue.asking'), detail: code });
    deed({ kind: 'scan', pickId, key: '', code, bin: now?.bin ?? '', quantity: 1 });
  };
  const short = (task: Task, quantity: number, note: string) => {
    deed({ kind: 'short', pickId: task.pickId, key: task.key, lineId: task.lineId, bin: task.bin, quantity, note });
    setFeedback({ tone: 'busy', title: t('pick.shortSent', { pieces: quantity }), detail: task.title });
  };
  return {
    route,
    tasks,
    deeds: work.deeds,
    queue: state,
    retry: () => queue?.retry(),
    feedback,
    onCode,
    count,
    short,
    sync,
  };
}

export type PickSession = ReturnType<typeof usePickSession>;
