import { CheckCircleFilled, CloudSyncOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, Input, Segmented, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { carriersQuery, skusByCodeQuery } from '../../../api/console.ts';
import type { Carrier, ScanLine } from '../../../api/types.ts';
import { CameraScan } from '../../../ui/components/camera-scan.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ScanInput } from '../../../ui/components/scan-input.tsx';
import { QueueNotice, RefusedScans } from '../../../ui/components/scan-queue-notice.tsx';
import { useT } from '../../../ui/i18n.ts';
import { readPref, writePref } from '../../../ui/prefs.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useCarrierName } from '../orders/order-parcels.tsx';
import { Picture } from '../products/picture.tsx';
import { LastShipped, PackPanel } from './pack-panel.tsx';
import { left, type ScanMode, type Work, type WorkLine as Line } from './scan-work.ts';
import { useFunctionKeys } from './use-function-keys.ts';
import { useScanSession } from './use-scan-session.ts';
import { PickPlaces } from './wave-picks.tsx';
import './scan-page.css';

function WorkLine({ line, pictureUrl }: { line: Line; pictureUrl: string | null | undefined }) {
  const t = useT();
  const waiting = line.waiting ?? 0;
  const done = line.scanned >= line.quantity;
  return (
    <li className="zg-work-line" data-done={done} data-waiting={waiting > 0}>
      <Picture url={pictureUrl} title={line.title} sizePx={56} />
      <div style={{ minWidth: 0 }}>
        <div className="clamp2 zg-work-title" title={line.title}>
          {line.title}
        </div>
        <div className="mono muted">
          {line.sku}
          {line.barcode ? ` · ${line.barcode}` : ''}
        </div>
        {line.places && !done && <PickPlaces places={line.places} reasons={false} />}
      </div>
      <div className="zg-work-count">
        {waiting > 0 && <CloudSyncOutlined aria-label={t('scan.lineWaiting', { pieces: waiting })} />}
        {waiting === 0 && done && <CheckCircleFilled />} {line.scanned}
        <span className="muted">/{line.quantity}</span>
      </div>
    </li>
  );
}

/** Lines still to do come first, so that the next thing to take is always at the top. */
function WorkLines({ work }: { work: Work }) {
  const known = useQuery(skusByCodeQuery(work.lines.map((line) => line.sku))).data?.items ?? [];
  const pictures = new Map(known.map((hit) => [hit.sku, hit.pictureUrl]));
  const open = (line: ScanLine) => (line.scanned < line.quantity ? 0 : 1);
  return (
    <ul className="zg-work">
      {work.lines
        .toSorted((a, b) => open(a) - open(b))
        .map((line) => (
          <WorkLine key={line.lineId} line={line} pictureUrl={pictures.get(line.sku)} />
        ))}
    </ul>
  );
}

/** The carrier this device shipped with last, else one that makes the waybill itself, so that nothing need be typed. */
function usualCarrier(carriers: readonly Carrier[]): string {
  const last = carriers.find(({ code }) => code === readPref('carrier'));
  return (last ?? carriers.find(({ adapter }) => adapter !== 'manual') ?? carriers[0])?.code ?? '';
}

function ShipBar(props: {
  work: Work;
  /** Scans that were not answered yet: shipping waits for them. */
  unsent: number;
  ship: (carrier: string, waybillNo: string) => Promise<void>;
}) {
  const { work, unsent, ship } = props;
  const t = useT();
  const carrierName = useCarrierName();
  const carriers = useQuery(carriersQuery).data?.items.filter(({ enabled }) => enabled) ?? [];
  const [chosen, setCarrier] = useState<string>();
  const carrier = chosen ?? usualCarrier(carriers);
  const needsWaybill = carriers.find(({ code }) => code === carrier)?.adapter === 'manual';
  const [waybill, setWaybill] = useState('');
  const [busy, setBusy] = useState(false);
  const ready =
    unsent === 0 &&
    left(work.lines) === 0 &&
    (work.parcel?.may.includes('ship') ?? false) &&
    (!needsWaybill || waybill.trim() !== '');
  const go = async () => {
    if (!ready || busy) return;
    setBusy(true);
    writePref('carrier', carrier);
    await ship(carrier, waybill.trim());
    setBusy(false);
  };
  useFunctionKeys({ F9: () => void go() });
  return (
    <div className="row zg-ship">
      <Select
        size="large"
        style={{ minWidth: 160 }}
        value={carrier}
        onChange={setCarrier}
        aria-label={t('parcel.carrier')}
        options={carriers.map(({ code }) => ({ value: code, label: carrierName(code) }))}
      />
      <Input
        size="large"
        style={{ width: 260 }}
        data-scan={waybill === '' ? 'keep' : 'hold'}
        value={waybill}
        placeholder={t(needsWaybill ? 'scan.waybillNeeded' : 'scan.waybill')}
        aria-label={t(needsWaybill ? 'scan.waybillNeeded' : 'scan.waybill')}
        onChange={(event) => setWaybill(event.target.value)}
        onPressEnter={() => void go()}
      />
      <Button size="large" type="primary" disabled={!ready} loading={busy} onClick={() => void go()}>
        {t('scan.ship')} <kbd>F9</kbd>
      </Button>
      {unsent > 0 && left(work.lines) === 0 && (
        <strong className="zg-unsent wrap">{t('scan.waitSent', { scans: unsent })}</strong>
      )}
    </div>
  );
}

/** What lies on the table: its lines, and for a parcel what comes after them. */
function TableWork({ work, session }: { work: Work; session: ReturnType<typeof useScanSession> }) {
  const t = useT();
  return (
    <Panel
      title={
        <span className="row">
          <span className="mono">{work.no}</span>
          <span className="muted">{t('scan.left', { left: left(work.lines) })}</span>
        </span>
      }
      extra={
        <Button onClick={session.close}>
          {t('scan.close')} <kbd>F4</kbd>
        </Button>
      }
      flush
    >
      <WorkLines work={work} />
      {work.parcel && <PackPanel key={`pack-${work.id}`} parcel={work.parcel} session={session} />}
      {work.mode === 'pack' && (
        <div style={{ padding: 16, borderTop: '1px solid var(--line)' }}>
          <ShipBar key={work.id} work={work} unsent={session.unsent} ship={session.ship} />
        </div>
      )}
    </Panel>
  );
}

/** Picking and packing by scanner alone: no mouse, and no need to look at the keyboard. */
export default function ScanPage() {
  const t = useT();
  const filters = useFilters(['mode']);
  const mode: ScanMode = filters.search['mode'] === 'pick' ? 'pick' : 'pack';
  const { code } = useSearch({ strict: false }) as { code?: string };
  const session = useScanSession(mode);
  const [oldest] = session.queue.refused;
  const setMode = (next: ScanMode) => filters.set({ mode: next }, { replace: true });
  useFunctionKeys({
    F2: () => setMode(mode === 'pick' ? 'pack' : 'pick'),
    F4: session.close,
    F8: () => oldest && session.seen(oldest.scanId),
  });
  const openedOnce = useRef('');
  useEffect(() => {
    if (!code || openedOnce.current === code) return;
    openedOnce.current = code;
    session.onCode(code);
  }, [code, session]);
  const { work, feedback } = session;
  return (
    <Page
      title={t('scan.title')}
      says={<span className="zg-keys">{t('scan.keys')}</span>}
      extra={
        <>
          {session.shipped > 0 && <span className="muted">{t('scan.shippedCount', { shipped: session.shipped })}</span>}
          <Segmented<ScanMode>
            size="large"
            value={mode}
            onChange={setMode}
            options={(['pick', 'pack'] as const).map((value) => ({ value, label: t(`scan.mode.${value}`) }))}
          />
        </>
      }
    >
      <QueueNotice state={session.queue} retry={session.retry} />
      <RefusedScans
        refused={session.queue.refused}
        name={({ no, code }) => `${no} · ${code}`}
        onSeen={session.seen}
        hotkey="F8"
      />
      <ScanInput
        placeholder={t(work && left(work.lines) > 0 ? 'scan.piece' : `scan.${mode}.open`)}
        feedback={feedback ?? { tone: 'idle', title: t(`scan.${mode}.open`) }}
        onCode={session.onCode}
      />
      <div className="row">
        <CameraScan onCode={session.onCode} />
      </div>
      {!work && mode === 'pack' && session.last && <LastShipped parcel={session.last} />}
      {work && <TableWork work={work} session={session} />}
    </Page>
  );
}
