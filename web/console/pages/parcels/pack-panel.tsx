import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, type InputRef, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { cartonsQuery, meQuery } from '../../../api/console.ts';
import type { Carton, CartonPlan, Parcel } from '../../../api/types.ts';
import { CountText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { openDocument } from './print.ts';
import { useFunctionKeys } from './use-function-keys.ts';
import type { useScanSession } from './use-scan-session.ts';
import { readWeight } from './weight-text.ts';

type Session = ReturnType<typeof useScanSession>;

/** How the parcel is to be handled, in the words of the label. */
export function Marks({ marks }: { marks: Parcel['marks'] }) {
  const word = useWord();
  return (
    <>
      {marks.map((mark) => (
        <span key={mark} className="zg-mark" data-mark={mark}>
          {word('mark', mark)}
        </span>
      ))}
    </>
  );
}

function Suggestion({ plan, use }: { plan: CartonPlan; use: (code: string) => void }) {
  const t = useT();
  const [first] = plan.cartons;
  return (
    <div className="row tight">
      <span className="wrap">{plan.says}</span>
      {first && (
        <Button size="small" onClick={() => use(first.code)}>
          {t('pack.useCarton', { code: first.code })}
        </Button>
      )}
    </div>
  );
}

/** Asks why a weight that differs is right, and sends it again. */
function WhyDifferent({ onReason }: { onReason: (reason: string) => void }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const send = () => reason.trim().length >= 2 && onReason(reason.trim());
  return (
    <div className="row">
      <Input
        size="large"
        style={{ width: 320, maxWidth: '100%' }}
        data-scan="hold"
        value={reason}
        maxLength={300}
        placeholder={t('pack.why')}
        aria-label={t('pack.why')}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={send}
      />
      <Button size="large" danger disabled={reason.trim().length < 2} onClick={send}>
        {t('pack.takeAnyway')}
      </Button>
    </div>
  );
}

/** The scale's box: typed, or typed by the scale itself. Anything that is no weight is a scan, and goes where scans go. */
function WeightBox({ parcel, carton, session }: { parcel: Parcel; carton: string | undefined; session: Session }) {
  const t = useT();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [differs, setDiffers] = useState<number>();
  const waiting = parcel.may.includes('weigh') && parcel.weightG === null;
  const guided = waiting && carton !== undefined && session.queue.refused.length === 0; // what was refused is seen first
  useEffect(() => {
    if (guided) field.current?.focus();
  }, [guided]);
  useFunctionKeys({ F6: () => field.current?.focus() });
  const turn = useRef(Promise.resolve());
  const send = (weightG: number, reason?: string) => {
    turn.current = turn.current.then(async () => {
      const taken = await session.weigh({ weightG, ...(carton ? { carton } : {}), ...(reason ? { reason } : {}) });
      setDiffers(taken ? undefined : weightG);
      if (!taken) field.current?.select();
    }); // a scale that sends again before the last was answered waits for it
  };
  const take = () => {
    const weightG = readWeight(text);
    setText('');
    if (weightG !== undefined) send(weightG);
    else if (text.trim() !== '') session.onCode(text.trim());
  };
  return (
    <div className="stack tight">
      <div className="row">
        <Input
          ref={field}
          size="large"
          className="zg-weight"
          data-scan={guided || text !== '' ? 'hold' : 'keep'}
          inputMode="decimal"
          suffix="g"
          value={text}
          disabled={!parcel.may.includes('weigh')}
          placeholder={t('pack.weight')}
          aria-label={t('pack.weight')}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={take}
        />
        <kbd>F6</kbd>
        {parcel.weightG !== null && (
          <strong className="zg-weighed">
            <CountText value={parcel.weightG} /> g
          </strong>
        )}
        {parcel.expectedWeightG !== null && (
          <span className="muted">{t('pack.expected', { weight: parcel.expectedWeightG })}</span>
        )}
      </div>
      {differs !== undefined && waiting && <WhyDifferent onReason={(reason) => send(differs, reason)} />}
    </div>
  );
}

const inside = (c: Carton): string => `${c.lengthMm}×${c.widthMm}×${c.heightMm} mm`;

/** What a parcel needs beside its goods: a carton, a weight, its marks, a label. By keyboard alone. */
export function PackPanel({ parcel, session }: { parcel: Parcel; session: Session }) {
  const t = useT();
  const me = useQuery(meQuery).data;
  const cartons = (useQuery({ ...cartonsQuery, enabled: can(me, 'fulfilment.carton.read') }).data?.items ?? []).filter(
    (c) => c.active,
  );
  const suggested = parcel.suggestion?.cartons[0]?.code;
  const carton = parcel.carton?.code ?? suggested;
  const verified = parcel.status === 'verified' && session.unsent === 0;
  const mayPrint = parcel.may.includes('print');
  useFunctionKeys({ F7: () => mayPrint && verified && openDocument(parcel.id, 'label') });
  return (
    <div className="zg-pack">
      {parcel.marks.length > 0 && (
        <div className="row tight">
          <Marks marks={parcel.marks} />
        </div>
      )}
      {parcel.suggestion && !parcel.carton && (
        <Suggestion plan={parcel.suggestion} use={(code) => void session.choose(code)} />
      )}
      {parcel.checkPending && <Alert type="warning" showIcon title={t('pack.checkPending')} />}
      <div className="row">
        {cartons.length > 0 && (
          <Select
            size="large"
            style={{ minWidth: 220, maxWidth: '100%' }}
            value={parcel.carton?.code ?? null}
            placeholder={carton ? t('pack.cartonSuggested', { code: carton }) : t('pack.carton')}
            aria-label={t('pack.carton')}
            options={cartons.map((c) => ({ value: c.code, label: `${c.code} ${c.name} · ${inside(c)}` }))}
            onChange={(code: string) => void session.choose(code)}
          />
        )}
        <WeightBox parcel={parcel} carton={carton} session={session} />
      </div>
      {mayPrint && (
        <div className="row">
          <Button
            size="large"
            type="primary"
            className={verified ? 'zg-print' : ''}
            disabled={!verified}
            icon={<PrinterOutlined />}
            onClick={() => openDocument(parcel.id, 'label')}
          >
            {t('pack.printLabel')} <kbd>F7</kbd>
          </Button>
          <Button size="large" onClick={() => openDocument(parcel.id, 'slip')}>
            {t('pack.printSlip')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The parcel that just shipped has its waybill now: its label is one key away. */
export function LastShipped({ parcel }: { parcel: Parcel }) {
  const t = useT();
  const mayPrint = parcel.may.includes('print');
  useFunctionKeys({ F7: () => mayPrint && openDocument(parcel.id, 'label') });
  if (!mayPrint) return null;
  return (
    <div className="row">
      <Button
        size="large"
        type="primary"
        className="zg-print"
        icon={<PrinterOutlined />}
        onClick={() => openDocument(parcel.id, 'label')}
      >
        {t('pack.printLabel')} <kbd>F7</kbd>
      </Button>
      <span className="mono muted">{parcel.waybillNo ?? parcel.parcelNo}</span>
    </div>
  );
}
