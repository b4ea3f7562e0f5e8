import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { randomId } from '../api/intent.ts';
import { ApiProblem, isDecided } from '../api/problem.ts';
import { useErrorTitle } from './components/states.tsx';
import { type Queued, type QueueState, type Refused, ScanQueue } from './scan-queue.ts';

const NOTHING: QueueState<never> = { waiting: [], refused: [], offline: false };
const never = () => () => undefined;

type Handlers<T, A> = {
  /** Sends some, in order; rejects at the first that was not taken. */
  send: (batch: readonly Queued<T>[]) => Promise<A>;
  /** Scans in one sending; one, where what is sent is answered scan by scan. */
  batchMax?: number;
  taken: (answer: A, batch: readonly Queued<T>[]) => void;
  /** `seen` forgets it: whoever does not call it shows it until a person has. */
  refused: (refused: Refused<T>, seen: () => void) => void;
};

/** Words for what a refusal says to do; undefined where nobody has decided: the scan is then sent again. */
function useRefusal(): (error: unknown) => string | undefined {
  const title = useErrorTitle();
  return (error) => {
    const decided = isDecided(error) && error instanceof ApiProblem && error.status !== 401; // logged out: sent after the log-in
    if (!decided) return undefined;
    return error.errors.map((e) => e.message).join(' ') || error.detail || title(error);
  };
}

/** One person's queue of one kind of scans on this device, from the moment the page stands until it goes. */
export function useScanQueue<T, A>(name: string | undefined, handlers: Handlers<T, A>) {
  const refusal = useRefusal();
  const latest = useRef({ refusal, ...handlers });
  useEffect(() => {
    latest.current = { refusal, ...handlers };
  });
  const [queue, setQueue] = useState<ScanQueue<T, A>>();
  useEffect(() => {
    if (name === undefined) return undefined;
    const made: ScanQueue<T, A> = new ScanQueue<T, A>({
      name,
      storage: localStorage,
      send: (batch) => latest.current.send(batch),
      ...(latest.current.batchMax === undefined ? {} : { batchMax: latest.current.batchMax }),
      refusal: (error) => latest.current.refusal(error),
      newId: randomId,
      onTaken: (answer, batch) => latest.current.taken(answer, batch),
      onRefused: (one) => latest.current.refused(one, () => made.forget(one.scanId)),
    });
    setQueue(made);
    made.start();
    window.addEventListener('online', made.retry);
    return () => {
      window.removeEventListener('online', made.retry);
      made.stop();
    };
  }, [name]);
  const state: QueueState<T> = useSyncExternalStore(queue?.subscribe ?? never, () => queue?.state ?? NOTHING);
  return { queue, state };
}
