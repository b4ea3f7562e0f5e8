import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { PutAway } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import type { ScanFeedback } from '../../../ui/components/scan-input.tsx';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { play } from '../../../ui/sounds.ts';
import { meaningOf, toMove } from './put-away-work.ts';

type Move = { line: PutAway; to: string; quantity: number };

export type PutAwaySession = {
  line: PutAway | undefined;
  quantity: number;
  busy: boolean;
  feedback: ScanFeedback | undefined;
  onCode: (code: string) => void;
  take: (line: PutAway) => void;
  setQuantity: (quantity: number) => void;
  drop: () => void;
};

/** One pair of hands: goods are taken up by a scan or a click, and put down by scanning the bin. */
export function usePutAway(warehouse: string, lines: readonly PutAway[]): PutAwaySession {
  const t = useT();
  const errorTitle = useErrorTitle();
  const [line, setLine] = useState<PutAway>();
  const [quantity, setQuantity] = useState(1);
  const [feedback, setFeedback] = useState<ScanFeedback>();
  const move = useSubmit(
    ({ line, to, quantity }: Move, idempotencyKey) =>
      client.post('/stock/relocations', { body: toMove(warehouse, line, to, quantity), idempotencyKey }),
    {
      onSuccess: (_, done) => {
        play('done');
        setLine(undefined);
        setFeedback({
          tone: 'done',
          title: t('putAway.put', { quantity: done.quantity, bin: done.to }),
          detail: done.line.title || done.line.sku,
        });
      },
      onError: (error) => {
        play('wrong');
        const detail = error instanceof ApiProblem ? (error.errors[0]?.message ?? error.detail) : undefined;
        setFeedback({ tone: 'wrong', title: errorTitle(error), detail });
      },
    },
  );
  const take = (next: PutAway) => {
    play('ok');
    setLine(next);
    setQuantity(next.quantity);
    setFeedback({
      tone: 'ok',
      title: next.to === null ? t('putAway.noBin') : t('putAway.goTo', { bin: next.to }),
      detail: next.title || next.sku,
    });
  };
  const onCode = (code: string) => {
    if (move.isPending) return;
    const means = meaningOf(code, lines, line);
    if (means.kind === 'goods') take(means.line);
    else if (means.kind === 'bin' && line) move.mutate({ line, to: means.bin, quantity });
    else {
      play('wrong');
      setFeedback({ tone: 'wrong', title: t('putAway.notWaiting'), detail: code });
    }
  };
  const drop = () => {
    setLine(undefined);
    setFeedback(undefined);
  };
  return { line, quantity, busy: move.isPending, feedback, onCode, take, setQuantity, drop };
}
