import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { client } from '../../../api/instance.ts';
import { randomId } from '../../../api/intent.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { ScanFeedback } from '../../../ui/components/scan-input.tsx';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { play } from '../../../ui/sounds.ts';

/** Scans parcels out of a manifest in the order they came in, each counted before the next is sent. */
export function useScanOut(manifestId: string): {
  feedback: ScanFeedback | undefined;
  onCode: (code: string) => void;
} {
  const t = useT();
  const title = useErrorTitle();
  const queries = useQueryClient();
  const [feedback, setFeedback] = useState<ScanFeedback>();
  const queue = useRef<Promise<void>>(Promise.resolve());
  const take = async (code: string) => {
    try {
      const { scanned, parcels } = await client.post('/manifests/{manifestId}/scan', {
        path: { manifestId },
        body: { code, scanId: randomId() },
      });
      const done = scanned === parcels;
      play(done ? 'done' : 'ok');
      const detail = t('manifest.count', { scanned, parcels });
      setFeedback({ tone: done ? 'done' : 'ok', title: done ? t('manifest.allScanned') : code, detail });
      void queries.invalidateQueries();
    } catch (error) {
      play('wrong');
      const detail = error instanceof ApiProblem ? error.detail : undefined;
      setFeedback({ tone: 'wrong', title: title(error), detail: detail ?? code });
    }
  };
  const onCode = (code: string) => {
    queue.current = queue.current.then(() => take(code));
  };
  return { feedback, onCode };
}
