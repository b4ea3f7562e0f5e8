import { useEffect, useRef, useState, type RefObject } from 'react';
import { randomId } from '../../../api/intent.ts';
import type { Parcel } from '../../../api/types.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { ScanFeedback } from '../../../ui/components/scan-input.tsx';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { play } from '../../../ui/sounds.ts';
import { useCarrierName } from '../orders/order-parcels.tsx';
import {
  chooseCarton,
  left,
  openWork,
  scanPiece,
  shipParcel,
  touched,
  weighParcel,
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

/**
 * One scanning table: the first code opens the work, the next ones are its pieces. Scans are answered in the order they
 * came in, however fast, and each is counted by the server before the next is sent.
 */
export function useScanSession(mode: ScanMode) {
  const t = useT();
  const [work, setWork] = useState<Work>();
  const { feedback, setFeedback, say, refuse } = useScanFeedback(mode);
  const current = useRef<Work>(undefined);
  const queue = useRef<Promise<void>>(Promise.resolve());

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

  const open = async (code: string) => {
    const found = await openWork(mode, code);
    if (!found) {
      play('wrong');
      setFeedback({ tone: 'wrong', title: t(`scan.${mode}.none`), detail: code });
      return;
    }
    show(found);
    say(found, { tone: 'idle', title: t('scan.opened', { no: found.no }) });
  };
  const piece = async (on: Work, code: string) => {
    const next = await scanPiece(on, code, randomId()); // each beep is one piece, even of the same code
    const line = touched(on.lines, next.lines);
    show(next);
    say(next, { tone: 'ok', title: line ? `${line.title} ${line.scanned}/${line.quantity}` : code });
  };
  const take = async (code: string) => {
    const on = current.current;
    try {
      // A finished table takes the next order or parcel at once; a surplus piece of this one is still the server's to refuse.
      const isPiece = on?.lines.some((line) => line.sku === code || line.barcode === code);
      if (!on || (left(on.lines) === 0 && !isPiece)) await open(code);
      else await piece(on, code);
    } catch (error) {
      refuse(error, code);
    }
  };
  const onCode = (code: string) => {
    queue.current = queue.current.then(() => take(code));
  };
  const steps = useParcelSteps({ current, show, setFeedback, refuse });
  return { work, feedback, onCode, close, ...steps };
}
