import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, InputNumber, Modal, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { oneQuery, stockTakeQuery } from '../../../api/console.ts';
import type { StockTake } from '../../../api/types.ts';
import { CameraScan } from '../../../ui/components/camera-scan.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ScanInput } from '../../../ui/components/scan-input.tsx';
import { RefusedScans } from '../../../ui/components/scan-queue-notice.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import type { QueueState } from '../../../ui/scan-queue.ts';
import type { Entry, Tally } from './count-tally.ts';
import { type Asked, useCountSession } from './use-count-session.ts';
import './count-scan.css';

/** Whether everything has arrived; what waits is safe on the device. */
function QueueStrip({ state, retry }: { state: QueueState<Entry>; retry: () => void }) {
  const t = useT();
  const waiting = state.waiting.length;
  const tone = state.offline && waiting > 0 ? 'offline' : 'ok';
  return (
    <div className="zg-count-strip" data-tone={tone} role="status">
      <span>
        {waiting === 0 ? t('count.allSent') : t(state.offline ? 'count.offline' : 'count.sending', { waiting })}
      </span>
      {tone === 'offline' && (
        <Button size="small" onClick={retry}>
          {t('count.retry')}
        </Button>
      )}
    </div>
  );
}

function TallyLine({ line, onOpen }: { line: Tally; onOpen: () => void }) {
  const t = useT();
  const word = useWord();
  return (
    <li>
      <button type="button" className="zg-count-line" data-counted={line.counted !== null} onClick={onOpen}>
        <span style={{ minWidth: 0 }}>
          <span className="clamp2" style={{ fontSize: 16 }}>
            {line.title || line.sku}
          </span>
          <span className="mono muted wrap">
            {line.sku}
            {line.batch ? ` · ${line.batch}` : ''}
          </span>{' '}
          {line.state !== 'good' && <Tag>{word('quality', line.state)}</Tag>}
          {line.recount && <Tag color="warning">{t('count.recount')}</Tag>}
          {line.found && <Tag color="processing">{t('count.found')}</Tag>}
        </span>
        <span className="zg-count-number">
          {line.counted ?? '–'}
          {line.book !== null && <span className="muted" style={{ fontSize: 15 }}>{` / ${line.book}`}</span>}
        </span>
      </button>
    </li>
  );
}

/** How many there are, typed: for what nobody scans piece by piece. */
function QuantityDialog({ line, onSet, onClose }: { line: Tally; onSet: (n: number) => void; onClose: () => void }) {
  const t = useT();
  const [quantity, setQuantity] = useState<number | null>(line.counted);
  const set = () => quantity !== null && onSet(quantity);
  return (
    <Modal
      open
      title={t('count.howMany')}
      okText={t('ui.confirm')}
      onOk={set}
      onCancel={onClose}
      okButtonProps={{ size: 'large', disabled: quantity === null }}
      cancelButtonProps={{ size: 'large' }}
    >
      <p className="wrap">{line.title || line.sku}</p>
      <p className="mono muted">
        {line.sku}
        {line.batch ? ` · ${line.batch}` : ''}
      </p>
      <InputNumber<number>
        autoFocus
        size="large"
        min={0}
        max={100_000_000}
        precision={0}
        inputMode="numeric"
        data-scan="keep"
        style={{ width: '100%' }}
        value={quantity}
        aria-label={t('count.howMany')}
        onChange={setQuantity}
        onPressEnter={set}
      />
    </Modal>
  );
}

function BatchDialog({ asked, onPick, onClose }: { asked: Asked; onPick: (line: Tally) => void; onClose: () => void }) {
  const t = useT();
  return (
    <Modal open title={t('count.whichBatch')} footer={null} onCancel={onClose}>
      <div className="stack">
        {asked.lines.map((line) => (
          <Button key={line.key} size="large" block onClick={() => onPick(line)}>
            {line.batch ?? t('count.noBatch')}
          </Button>
        ))}
      </div>
    </Modal>
  );
}

/** The bins still to be walked to, the next one first. */
function NextBins({ take, onPick }: { take: StockTake; onPick: (bin: string) => void }) {
  const t = useT();
  const query = useQuery(
    oneQuery('/stock-takes/{takeId}/bins', { path: { takeId: take.id }, query: { only: 'open', limit: 30 } }),
  );
  const bins = query.data?.items ?? [];
  if (query.isPending) return <Loading heightPx={120} />;
  if (bins.length === 0) return <EmptyState title={t('count.noBinsLeft')} />;
  return (
    <ul className="zg-count-lines">
      {bins.map((bin) => (
        <li key={bin.bin}>
          <button type="button" className="zg-count-line" onClick={() => onPick(bin.bin)}>
            <span className="mono" style={{ fontSize: 18 }}>
              {bin.zone ? `${bin.zone} / ` : ''}
              {bin.bin}
            </span>
            <span className="muted">{t('count.ofLines', { counted: bin.counted, lines: bin.lines })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Counting({ take }: { take: StockTake }) {
  const t = useT();
  const session = useCountSession(take);
  const { bin, lines, state } = session;
  const busy = session.pending || session.asked !== undefined || session.typing !== undefined;
  return (
    <div className="stack zg-count">
      <QueueStrip state={state} retry={session.retry} />
      <ScanInput
        placeholder={t(bin ? 'count.scanGoods' : 'count.scanBin')}
        feedback={session.feedback ?? { tone: 'idle', title: t(bin ? 'count.scanGoods' : 'count.scanBin') }}
        onCode={session.onCode}
        enabled={!busy}
      />
      <div className="row">
        <CameraScan onCode={(code) => busy || session.onCode(code)} />
      </div>
      <Segmented
        block
        size="large"
        value={session.mode}
        onChange={session.setMode}
        options={(['add', 'set'] as const).map((value) => ({ value, label: t(`count.mode.${value}`) }))}
      />
      {bin ? (
        <>
          <Panel
            title={<span className="mono zg-count-bin">{bin}</span>}
            extra={<Button onClick={session.leaveBin}>{t('count.otherBin')}</Button>}
            flush
          >
            {lines.length === 0 && <EmptyState title={t('count.nothingExpected')} />}
            <ul className="zg-count-lines">
              {lines.map((line) => (
                <TallyLine key={line.key} line={line} onOpen={() => session.type(line)} />
              ))}
            </ul>
          </Panel>
          <div className="zg-count-actions">
            <Button onClick={() => session.finish('empty')} disabled={lines.some((l) => (l.counted ?? 0) > 0)}>
              {t('count.empty')}
            </Button>
            <Button type="primary" onClick={() => session.finish('done')}>
              {t('count.done')}
            </Button>
          </div>
        </>
      ) : (
        <Panel title={t('count.nextBins')} flush>
          <NextBins take={take} onPick={session.goTo} />
        </Panel>
      )}
      <RefusedScans
        refused={state.refused}
        name={({ bin: at, sku, code }) => `${at} ${sku ?? code ?? ''}`}
        onSeen={session.forget}
      />
      {session.typing && <QuantityDialog line={session.typing} onSet={session.set} onClose={session.stopTyping} />}
      {session.asked && <BatchDialog asked={session.asked} onPick={session.pick} onClose={session.stopAsking} />}
    </div>
  );
}

/** Counting with a hand scanner or a handheld: bin, goods, goods, done. Goes on without a connection. */
export default function CountScan() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(stockTakeQuery(id));
  const take = query.data;
  if (query.isPending) return <Loading />;
  if (!take) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Page
      title={
        <>
          {t('count.title')} <span className="mono">{take.no}</span>
        </>
      }
      says={t('count.progress', { done: take.binsDone, bins: take.bins, counted: take.counted, lines: take.lines })}
      extra={
        <Link to="/stock/counts/$id" params={{ id } as never}>
          {t('count.toReview')}
        </Link>
      }
    >
      {take.state === 'counting' ? <Counting take={take} /> : <EmptyState title={t('count.notOpen')} />}
    </Page>
  );
}
