import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { meQuery } from '../../../api/console.ts';
import type { Parcel } from '../../../api/types.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { ScanFeedback } from '../../../ui/components/scan-input.tsx';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import type { Queued, Refused } from '../../../ui/scan-queue.ts';
import { play } from '../../../ui/sounds.ts';
import { useScanQueue } from '../../../ui/use-scan-queue.ts';
import { useCarrierName } from '../orders/order-parcels.tsx';
import {
  chooseCarton,
  judgePiece,
  left,
  openWork,
  readWork,
  sendPiece,
  shipParcel,
  touched,
  weighParcel,
  withWaiting,
  type Judged,
  type Piece,
  type ScanMode,
  type Work,
} from './scan-work.ts';

/** What a scan is answered with: colour, words and sound together. */
function useScanFeedback(mode: ScanMode) {
  const t = useT();
  const title = useErrorTitle();
  const [feedback, setFeedback] = useState<ScanFeedback>();
  const refuse = (error: unknown, code: string) => {
    play('wrong');
    const detail = error instanceof ApiProblem ? (error.errors[0]?.message ?? error.detail) : undefined;
    setFeedback({ tone: 'wrong', title: title(error), detail: detail ?? code });
  };
  const say = (on: Work, otherwise: ScanFeedback) => {
    const pieces = left(on.lines);
    play(pieces === 0 ? 'done' : 'ok');
    if (pieces === 0 && on.parcel?.checkPending)
      setFeedback({ tone: 'busy', title: t('pack.checkPending'), detail: on.no });
    else if (pieces === 0) setFeedback({ tone: 'done', title: t(`scan.${mode}.done`), detail: on.no });
    else setFeedback({ ...otherwise, detail: t('scan.left', { left: pieces }) });
  };
  return { feedback, setFeedback, say, refuse };
}

type Table = {
  current: RefObject<Work | undefined>;
  show: (next: Work | undefined) => void;
  setFeedback: (feedback: ScanFeedback) => void;
  say: (on: Work, otherwise: ScanFeedback) => void;
  refuse: (error: unknown, code: string) => void;
};

/** What is done with a parcel once its pieces are in: a carton, a weight, a carrier. */
function useParcelSteps({ current, show, setFeedback, refuse }: Table) {
  const t = useT();
  const carrierName = useCarrierName();
  const [shipped, setShipped] = useState(0);
  const [last, setLast] = useState<Parcel>();
  const ship = async (carrier: string, waybillNo: string) => {
    const on = current.current;
    if (!on) return;
    try {
      const parcel = await shipParcel(on, carrier, waybillNo);
      play('done');
      setShipped((n) => n + 1);
      setLast(parcel);
      show(undefined);
      setFeedback({
        tone: 'done',
        title: t('scan.shipped'),
        detail: `${carrierName(parcel.carrier ?? carrier)} ${parcel.waybillNo ?? ''}`,
      });
    } catch (error) {
      refuse(error, on.no);
    }
  };
  const choose = async (carton: string) => {
    const on = current.current;
    if (!on) return;
    try {
      show(await chooseCarton(on, carton));
    } catch (error) {
      refuse(error, on.no);
    }
  };
  /** Answers whether the weight was taken; one that differs is asked for again, with a reason. */
  const weigh = async (weighed: Parameters<typeof weighParcel>[1]): Promise<boolean> => {
    const on = current.current;
    if (!on) return false;
    try {
      show(await weighParcel(on, weighed));
      play('ok');
      setFeedback({ tone: 'done', title: t('pack.weighed', { weight: weighed.weightG }), detail: on.no });
      return true;
    } catch (error) {
      refuse(error, on.no);
      return false;
    }
  };
  return { shipped, last, ship, choose, weigh };
}

/** What would overtake a scan that was not sent yet is not done: it is said what it waits for. */
function useAfterScans(unsent: number, { current, setFeedback }: Table) {
  const t = useT();
  return <A extends unknown[], R>(act: (...args: A) => Promise<R>, otherwise: R) =>
    async (...args: A): Promise<R> => {
      if (unsent === 0) return act(...args);
      play('wrong');
      setFeedback({ tone: 'wrong', title: t('scan.waitSent', { scans: unsent }), detail: current.current?.no });
      return otherwise;
    };
}

/** Scans on their way to the server, and what its answers mean for the table. */
function useTableQueue(mode: ScanMode, { current, show, setFeedback, say }: Table) {
  const t = useT();
  const me = useQuery(meQuery).data;
  const lastScan = useRef('');
  const taken = (answer: Work, [sent]: readonly Queued<Piece>[]) => {
    const on = current.current;
    const leftover = lastScan.current === ''; // nothing was scanned since the page opened: it goes on where it was
    if (on ? on.id !== answer.id : !leftover || answer.mode !== mode) return;
    show(answer);
    const shown = withWaiting(answer, queue?.state.waiting ?? []);
    if (!on) return say(shown, { tone: 'idle', title: t('scan.opened', { no: answer.no }) });
    const line = touched(on.lines, answer.lines);
    const title = line ? `${line.title} ${line.scanned}/${line.quantity}` : (sent?.item.code ?? '');
    if (left(answer.lines) === 0 || sent?.item.lineId === '') say(shown, { tone: 'ok', title });
  };
  /** The table and the server disagree: the server is right. */
  const reread = async (on: Work) => {
    const now = await readWork(on).catch(() => undefined); // nobody answered: the next scan's answer has the counts
    if (now && current.current?.id === now.id) show(now);
  };
  const refused = ({ item, scanId, why }: Refused<Piece>, seen: () => void) => {
    play('wrong');
    if (scanId === lastScan.current) {
      seen();
      setFeedback({ tone: 'wrong', title: why, detail: item.code });
    }
    const on = current.current;
    if (on?.id === item.workId && item.lineId !== '') void reread(on);
  };
  const name = me?.user ? `table ${me.user.id}` : undefined;
  const { queue, state } = useScanQueue<Piece, Work>(name, { send: sendPiece, batchMax: 1, taken, refused });
  const add = (item: Piece) => {
    lastScan.current = queue?.add(item).scanId ?? '';
  };
  /** The work with what is on its way counted, at this very moment. */
  const counted = (on: Work) => withWaiting(on, queue?.state.waiting ?? []);
  return { queue, state, add, counted };
}

/** What a piece scanned into the work on the table does at once; the server's answer follows. */
function usePiece({ setFeedback }: Table, { queue, add }: ReturnType<typeof useTableQueue>) {
  const t = useT();
  return (on: Work, code: string, judged: Judged) => {
    const known = judged.kind === 'counts' ? judged.line : undefined;
    if (judged.kind !== 'counts' && queue?.state.offline) {
      play('wrong');
      return setFeedback({ tone: 'wrong', title: t(`scan.offline.${judged.kind}`), detail: code });
    }
    add({ mode: on.mode, workId: on.id, no: on.no, code, lineId: known?.lineId ?? '' });
    if (!known) return setFeedback({ tone: 'busy', title: t('ui.queue.asking'), detail: code });
    const pieces = left(on.lines) - 1;
    play('ok');
    setFeedback({
      tone: pieces === 0 ? 'busy' : 'ok',
      title: `${known.title} ${known.scanned + 1}/${known.quantity}`,
      detail:
        pieces > 0 ? t('scan.left', { left: pieces }) : t(queue?.state.offline ? 'ui.queue.kept' : 'ui.queue.sending'),
    });
  };
}

/**
 * One scanning table: the first code opens the work, the next ones are its pieces. A piece counts on the table at once, where
 * its line is known, and is sent in order under its own scanId; what the server refuses later is taken off again.
 */
export function useScanSession(mode: ScanMode) {
  const t = useT();
  const [work, setWork] = useState<Work>();
  const { feedback, setFeedback, say, refuse } = useScanFeedback(mode);
  const current = useRef<Work>(undefined);
  const codes = useRef<Promise<void>>(Promise.resolve());

  const show = (next: Work | undefined) => {
    current.current = next;
    setWork(next);
  };
  const close = () => {
    show(undefined);
    setFeedback(undefined);
  };

  // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new mode starts with an empty table; feedback of the old one would mislead. `close` is new at each drawing
  useEffect(close, [mode]);

  const table: Table = { current, show, setFeedback, say, refuse };
  const line = useTableQueue(mode, table);
  const piece = usePiece(table, line);
  const open = async (code: string) => {
    const found = await openWork(mode, code);
    if (!found) {
      play('wrong');
      setFeedback({ tone: 'wrong', title: t(`scan.${mode}.none`), detail: code });
      return;
    }
    show(found);
    say(line.counted(found), { tone: 'idle', title: t('scan.opened', { no: found.no }) });
  };
  const take = async (code: string) => {
    const on = current.current && line.counted(current.current);
    const judged = judgePiece(on?.lines ?? [], code);
    try {
      // A finished table takes the next order or parcel at once; a surplus piece of this one is still the server's to refuse.
      if (!on || (left(on.lines) === 0 && judged.kind === 'unknown')) await open(code);
      else piece(on, code, judged);
    } catch (error) {
      refuse(error, code);
    }
  };
  const onCode = (code: string) => {
    codes.current = codes.current.then(() => take(code)); // a code scanned while another opens waits for it
  };
  const { ship, weigh, ...steps } = useParcelSteps(table);
  const { state, queue } = line;
  const unsent = state.waiting.length;
  const afterScans = useAfterScans(unsent, table);
  return {
    work: work && withWaiting(work, state.waiting),
    feedback,
    onCode,
    close,
    queue: state,
    unsent,
    retry: () => queue?.retry(),
    seen: (scanId: string) => queue?.forget(scanId),
    ...steps,
    ship: afterScans(ship, undefined),
    weigh: afterScans(weigh, false),
  };
}
