import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Manifest, ManifestParcel } from '../../../api/types.ts';
import type { ScanFeedback } from '../../../ui/components/scan-input.tsx';
import { useT } from '../../../ui/i18n.ts';
import type { Queued, Refused } from '../../../ui/scan-queue.ts';
import { play } from '../../../ui/sounds.ts';
import { useScanQueue } from '../../../ui/use-scan-queue.ts';
import { type Expected, judgeOut, type Out, scannedWith } from './scan-out.ts';

const EXPECTED_PAGES_MAX = 25;
const expectedKey = (manifestId: string) => ['parcels to scan out', manifestId] as const;

/** The parcels not scanned yet: known beforehand, a scan is answered without a connection too. */
function useExpected(manifestId: string, enabled: boolean): readonly Expected[] {
  const { data } = useQuery({
    queryKey: expectedKey(manifestId),
    enabled,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const found: ManifestParcel[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < EXPECTED_PAGES_MAX; page += 1) {
        const query = { scanned: 'false', limit: 200, ...(cursor === undefined ? {} : { cursor }) };
        const answer = await client.get('/manifests/{manifestId}/parcels', { path: { manifestId }, query, signal });
        found.push(...answer.items);
        if (answer.nextCursor === null) break;
        cursor = answer.nextCursor;
      }
      return found.map(({ id, parcelNo, waybillNo }): Expected => ({ id, parcelNo, waybillNo }));
    },
  });
  return data ?? [];
}

/** Sends one scan; the answer has the manifest's counts. It counts once, however often it is sent. */
async function sendOut(manifestId: string, [first]: readonly Queued<Out>[]): Promise<Manifest> {
  if (!first) throw new Error('nothing to send');
  const body = { code: first.item.code, scanId: first.scanId };
  return client.repeatable('/manifests/{manifestId}/scan', { path: { manifestId }, body });
}

/** Shows the server's counts at once, and reads the list again. */
function useNoted(manifestId: string) {
  const queries = useQueryClient();
  return (manifest: Manifest, { parcelId }: Out) => {
    const { queryKey } = oneQuery('/manifests/{manifestId}', { path: { manifestId } });
    queries.setQueryData(queryKey, manifest);
    queries.setQueryData<readonly Expected[]>(expectedKey(manifestId), (all) => all?.filter((p) => p.id !== parcelId));
    for (const key of [queryKey, ['/manifests', manifestId]]) void queries.invalidateQueries({ queryKey: key });
  };
}

/** Scans parcels out of a manifest: each counts on the screen at once where it is known, and is sent in order. */
export function useScanOut(manifestId: string, manifest: Manifest | undefined) {
  const t = useT();
  const me = useQuery(meQuery).data;
  const expected = useExpected(manifestId, manifest?.may.includes('scan') ?? false);
  const [feedback, setFeedback] = useState<ScanFeedback>();
  const lastScan = useRef('');
  const noted = useNoted(manifestId);
  const wrong = (title: string, detail: string) => {
    play('wrong');
    setFeedback({ tone: 'wrong', title, detail });
  };
  const say = (title: string, scanned: number, parcels: number, done: boolean) => {
    play(done ? 'done' : 'ok');
    const detail = t('manifest.count', { scanned, parcels });
    setFeedback({ tone: done ? 'done' : 'ok', title: done ? t('manifest.allScanned') : title, detail });
  };
  const taken = (answer: Manifest, [sent]: readonly Queued<Out>[]) => {
    if (!sent) return;
    noted(answer, sent.item);
    const { scanned, parcels } = answer;
    if (scanned === parcels || sent.item.parcelId === '') say(sent.item.code, scanned, parcels, scanned === parcels);
  };
  const refused = ({ item, scanId, why }: Refused<Out>, seen: () => void) => {
    if (scanId === lastScan.current) {
      seen();
      wrong(why, item.code);
    } else play('wrong');
  };
  const name = me?.user ? `scan-out ${me.user.id} ${manifestId}` : undefined;
  const send = (batch: readonly Queued<Out>[]) => sendOut(manifestId, batch);
  const { queue, state } = useScanQueue<Out, Manifest>(name, { send, batchMax: 1, taken, refused });

  const onCode = (scannedCode: string) => {
    const code = scannedCode.normalize('NFKC').trim();
    const waiting = queue?.state.waiting ?? [];
    const judged = judgeOut(code, expected, waiting);
    if (judged.kind === 'twice') return wrong(t('manifest.twice'), code);
    if (judged.kind === 'unknown' && queue?.state.offline) return wrong(t('manifest.notHere'), code);
    const parcelId = judged.kind === 'counts' ? judged.parcelId : '';
    lastScan.current = queue?.add({ code, parcelId }).scanId ?? '';
    if (parcelId === '') return setFeedback({ tone: 'busy', title: t('ui.queue.asking'), detail: code });
    say(code, scannedWith(manifest?.scanned ?? 0, queue?.state.waiting ?? []), manifest?.parcels ?? 0, false);
  };
  return {
    feedback,
    onCode,
    queue: state,
    scanned: scannedWith(manifest?.scanned ?? 0, state.waiting),
    retry: () => queue?.retry(),
    seen: (scanId: string) => queue?.forget(scanId),
  };
}
