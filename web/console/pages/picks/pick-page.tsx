import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import { skusByCodeQuery, waveQuery } from '../../../api/console.ts';
import { CameraScan } from '../../../ui/components/camera-scan.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { ScanInput } from '../../../ui/components/scan-input.tsx';
import { QueueNotice } from '../../../ui/components/scan-queue-notice.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { roundsOf } from '../parcels/pick-route.ts';
import { Picture } from '../products/picture.tsx';
import { leftOf, nextTask, type Task } from './pick-work.ts';
import { ShortDialog } from './short-dialog.tsx';
import { type PickSession, usePickSession } from './use-pick-session.ts';
import './pick-page.css';

const SHOWN_NEXT = 6;

/** What to do now, readable at arm's length: where, what, how many, and which place on the cart. */
function Now({ task, left, pictureUrl }: { task: Task; left: number; pictureUrl: string | null | undefined }) {
  const t = useT();
  return (
    <section className="zg-pick-now" aria-label={t('pick.now')} aria-live="polite">
      <div className="zg-pick-where">
        <div>
          <div className="muted">{t('stock.bin')}</div>
          <div className="zg-pick-bin mono">{task.bin}</div>
        </div>
        <div className="zg-pick-place" title={task.orderNo}>
          <span className="muted">{t('wave.place')}</span>
          <strong>{task.place}</strong>
        </div>
      </div>
      <div className="zg-pick-what">
        <Picture url={pictureUrl} title={task.title} sizePx={84} />
        <div style={{ minWidth: 0, flex: 1 }}>
          <div className="zg-pick-title clamp2" title={task.title}>
            {task.title || task.sku}
          </div>
          <div className="mono muted">
            {task.sku}
            {task.barcode ? ` · ${task.barcode}` : ''}
          </div>
          {(task.batch ?? task.expiresOn) && (
            <div className="wrap">
              {t('stock.batch')} <strong>{task.batch ?? task.expiresOn}</strong>
              {task.batch && task.expiresOn && (
                <span className="muted"> · {t('batch.until', { day: task.expiresOn })}</span>
              )}
            </div>
          )}
        </div>
        <div className="zg-pick-count" aria-label={t('pick.leftHere', { pieces: left })}>
          {left.toLocaleString()}
        </div>
      </div>
    </section>
  );
}

function Actions({ session, task, left }: { session: PickSession; task: Task; left: number }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  return (
    <div className="zg-pick-actions">
      <CameraScan onCode={session.onCode} />
      <Button size="large" onClick={() => session.count(task, left, task.barcode ?? task.sku)}>
        {t('pick.takeAll', { pieces: left })}
      </Button>
      <Button size="large" danger onClick={() => setAsking(true)}>
        {t('pick.notThere')}
      </Button>
      {asking && (
        <ShortDialog
          task={task}
          left={left}
          onClose={() => setAsking(false)}
          onShort={(missing, note) => session.short(task, missing, note)}
        />
      )}
    </div>
  );
}

function Following({ session, after }: { session: PickSession; after: Task }) {
  const t = useT();
  const open = session.tasks.filter((task) => leftOf(task, session.deeds) > 0 && task.key !== after.key);
  if (open.length === 0) return null;
  return (
    <section>
      <h2 className="zg-pick-next">{t('pick.next')}</h2>
      <ol className="zg-pick-list">
        {open.slice(0, SHOWN_NEXT).map((task) => (
          <li key={task.key}>
            <strong className="mono">{task.bin}</strong>
            <span className="ellipsis" title={task.title}>
              {task.title || task.sku}
            </span>
            <span className="nowrap">
              {leftOf(task, session.deeds)} → {task.place}
            </span>
          </li>
        ))}
      </ol>
      {open.length > SHOWN_NEXT && <div className="muted">{t('pick.more', { tasks: open.length - SHOWN_NEXT })}</div>}
    </section>
  );
}

function Walk({ waveId, round, session }: { waveId: string; round: number; session: PickSession }) {
  const t = useT();
  const task = nextTask(session.tasks, session.deeds);
  const known = useQuery(skusByCodeQuery(session.tasks.map((o) => o.sku))).data?.items ?? [];
  const asks = task ? t('pick.scan') : t('pick.allDone');
  const left = task ? leftOf(task, session.deeds) : 0;
  return (
    <>
      <QueueNotice state={session.queue} retry={session.retry} />
      {task && <Now task={task} left={left} pictureUrl={known.find((hit) => hit.sku === task.sku)?.pictureUrl} />}
      {!task && (
        <div className="zg-pick-done">
          <strong>{session.queue.waiting.length > 0 ? t('ui.queue.sending') : t('pick.allDone')}</strong>
          <Link to="/waves/$id" params={{ id: waveId } as never} search={{ round: String(round) } as never}>
            {t('pick.toWave')}
          </Link>
        </div>
      )}
      <ScanInput
        placeholder={t('scan.piece')}
        feedback={session.feedback ?? { tone: 'idle', title: asks }}
        onCode={session.onCode}
      />
      {task && <Actions key={task.key} session={session} task={task} left={left} />}
      {task && <Following session={session} after={task} />}
    </>
  );
}

/** The picker's handheld: one walk, the next thing to take large, and scans that survive a dropped connection. */
export default function PickPage() {
  const t = useT();
  const params = useParams({ strict: false }) as { waveId: string; round: string };
  const round = Number(params.round) || 1;
  const wave = useQuery(waveQuery(params.waveId)).data;
  const session = usePickSession(params.waveId, round);
  const { route } = session;
  const mine = wave && roundsOf(wave).find((r) => r.round === round);
  const left = session.tasks.reduce((n, task) => n + Math.max(0, leftOf(task, session.deeds)), 0);
  const done = mine && route.data ? Math.max(0, mine.quantity - mine.missing - left) : 0;
  return (
    <Page
      title={t('pick.title', { round })}
      says={
        mine && (
          <Progress
            percent={Math.min(100, Math.floor((100 * done) / Math.max(1, mine.quantity)))}
            format={() => `${done}/${mine.quantity}`}
          />
        )
      }
    >
      {route.isPending && <Loading />}
      {route.isError && !route.data && <ErrorState error={route.error} onRetry={() => void route.refetch()} />}
      {route.data && <Walk waveId={params.waveId} round={round} session={session} />}
    </Page>
  );
}
