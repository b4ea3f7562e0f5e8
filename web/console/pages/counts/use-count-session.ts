import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { StockTake } from '../../../api/types.ts';
import type { ScanFeedback } from '../../../ui/components/scan-input.tsx';
import { useT } from '../../../ui/i18n.ts';
import { play } from '../../../ui/sounds.ts';
import { type Entry, linesFor, type Tally, tally } from './count-tally.ts';
import { type CountQueue, useCountQueue } from './use-count-queue.ts';

/** A code that stands for several batches in the bin. */
export type Asked = { code: string; lines: Tally[] };
type Mode = 'add' | 'set';
const BIN_PAGES_MAX = 25;

/** The codes of the bins of a count: known beforehand, a bin is told from goods without a connection too. */
function useBins(takeId: string): { bins: ReadonlySet<string>; pending: boolean } {
  const { data, isPending } = useQuery({
    queryKey: ['count bins', takeId],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const codes = new Set<string>();
      let cursor: string | undefined;
      for (let page = 0; page < BIN_PAGES_MAX; page += 1) {
        const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) };
        const answer = await client.get('/stock-takes/{takeId}/bins', { path: { takeId }, query, signal });
        for (const { bin } of answer.items) codes.add(bin);
        if (answer.nextCursor === null) break;
        cursor = answer.nextCursor;
      }
      return codes;
    },
  });
  return { bins: data ?? new Set(), pending: isPending };
}

/** What is counted in the bin on hand: as the server knows it, and what is on its way on top. */
function useTallies(takeId: string, bin: string | undefined, queue: CountQueue | undefined): () => Tally[] {
  const lines = useQuery({
    ...oneQuery('/stock-takes/{takeId}/lines', {
      path: { takeId },
      query: { bin: bin ?? '', as: 'counter', limit: 200 },
    }),
    enabled: bin !== undefined,
    retry: false,
  }).data;
  return () => (bin === undefined ? [] : tally(lines?.items ?? [], queue?.state.waiting ?? [], bin));
}

/** Goods the book does not have in the bin. */
const unknownGoods = (code: string): Tally => ({
  key: code,
  sku: code,
  title: '',
  barcode: code,
  batch: null,
  state: 'good',
  counted: null,
  book: null,
  recount: false,
  found: true,
});

const entryOf = (bin: string, { sku, barcode, batch, found, title, state }: Tally, quantity: number): Entry => ({
  bin,
  ...(found && title === '' ? { code: barcode ?? sku } : { sku }),
  mode: 'set',
  quantity,
  state,
  ...(batch ? { batch } : {}),
});

/** Colour, words and sound of what was scanned. */
function useFeedback() {
  const [feedback, setFeedback] = useState<ScanFeedback>();
  const say = (tone: ScanFeedback['tone'], title: string, detail?: string): void => {
    play(tone === 'wrong' ? 'wrong' : tone === 'done' ? 'done' : 'ok');
    setFeedback({ tone, title, detail });
  };
  return { feedback, say };
}

/** What a scan does beside the bin on hand: asks which batch, or how many. */
function useQuestions() {
  const [asked, ask] = useState<Asked>();
  const [typing, type] = useState<Tally>();
  return { asked, ask, typing, type, stopTyping: () => type(undefined), stopAsking: () => ask(undefined) };
}

/** One person counting: the bin on hand, and what is scanned into it. */
export function useCountSession(take: StockTake) {
  const t = useT();
  const { bins, pending } = useBins(take.id);
  const [bin, setBin] = useState<string>();
  const [mode, setMode] = useState<Mode>('add');
  const { feedback, say } = useFeedback();
  const questions = useQuestions();
  const { queue, state } = useCountQueue(take.id, ({ item, why }) =>
    say('wrong', why, `${item.bin} ${item.sku ?? item.code ?? ''}`),
  );
  const tallies = useTallies(take.id, bin, queue);
  const goTo = (code: string) => {
    setBin(code);
    say('ok', code, t('count.scanGoods'));
  };
  const put = (entry: Entry) => {
    queue?.add(entry);
    const name = entry.sku ?? entry.code;
    const line = tallies().find((x) => x.sku === name || x.barcode === name);
    say('ok', `${line?.title || name} × ${line?.counted ?? entry.quantity ?? 1}`);
  };
  const goods = (code: string, line: Tally | undefined) => {
    if (bin === undefined) return;
    if (mode === 'set') questions.type(line ?? unknownGoods(code));
    else put({ bin, code, mode: 'add', ...(line?.batch ? { batch: line.batch } : {}) });
  };
  const onCode = (code: string) => {
    if (bins.has(code)) return goTo(code);
    if (bin === undefined) return say('wrong', t('count.notABin'), code);
    const lines = linesFor(tallies(), code);
    if (lines.length > 1) questions.ask({ code, lines });
    else goods(code, lines[0]);
  };
  const set = (quantity: number) => {
    questions.stopTyping();
    if (questions.typing && bin !== undefined) put(entryOf(bin, questions.typing, quantity));
  };
  const finish = (how: 'done' | 'empty') => {
    if (bin === undefined) return;
    queue?.add({ bin, mode: how });
    setBin(undefined);
    say('done', t('count.binDone', { bin }), t('count.scanBin'));
  };
  const pick = (line: Tally) => {
    questions.stopAsking();
    goods(questions.asked?.code ?? line.sku, line);
  };
  const leaveBin = () => setBin(undefined);
  const forget = (scanId: string) => queue?.forget(scanId);
  const { asked, typing, type, stopTyping, stopAsking } = questions;
  const screen = { pending, bin, lines: tallies(), mode, feedback, state, asked, typing };
  return {
    ...screen,
    setMode,
    onCode,
    goTo,
    set,
    finish,
    pick,
    leaveBin,
    forget,
    retry: () => queue?.retry(),
    type,
    stopTyping,
    stopAsking,
  };
}
