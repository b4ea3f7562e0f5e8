import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  cases,
  casesOfOrderQuery,
  type CaseGuide,
  type CheckCase,
  checkQuery,
  guideQuery,
  type NewCase,
  type OrderCases,
} from '../../api/portal-cases.ts';
import { portalPass } from '../../api/portal.ts';
import { uploadShelf } from '../../api/upload-shelf.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { useT, useWord } from '../../ui/i18n.ts';
import { goInstead } from '../location.ts';
import { useMine } from '../mine.tsx';
import { Failed, Heading, Nothing, Wait } from '../page.tsx';
import { ApplyGoods, type Quantities } from './apply-goods.tsx';
import { ApplyProof, type Proof } from './apply-proof.tsx';

type Step = 'goods' | 'why' | 'proof';
const STEPS: readonly Step[] = ['goods', 'why', 'proof'];
type Kind = NewCase['type'];

/** Goods that were not sent can only be paid back; what was sent may come back, be mended or sent again. */
function kindsFor(found: OrderCases, quantities: Quantities, all: readonly Kind[]): Kind[] {
  const chosen = found.lines.filter((line) => (quantities[line.lineId] ?? 0) > 0);
  const isOut = chosen.every((line) => (quantities[line.lineId] ?? 0) <= line.out);
  return all.filter((kind) => kind === 'refund' || isOut);
}

function Progress({ step }: { step: Step }) {
  const t = useT();
  return (
    <ol className="zp-steps" aria-label={t('portal.apply.progress')}>
      {STEPS.map((s) => (
        <li
          key={s}
          data-state={s === step ? 'now' : STEPS.indexOf(s) < STEPS.indexOf(step) ? 'done' : 'ahead'}
          aria-current={s === step ? 'step' : undefined}
        >
          <span>{t(`portal.apply.step.${s}`)}</span>
        </li>
      ))}
    </ol>
  );
}

type WhyProps = {
  kinds: Kind[];
  reasons: (kind: Kind) => readonly string[];
  kind: Kind | undefined;
  reason: string;
  onChoose: (kind: Kind | undefined, reason: string) => void;
  onBack: () => void;
  onNext: () => void;
};

/** What is wanted, and why. */
function Why({ kinds, reasons, kind, reason, onChoose, onBack, onNext }: WhyProps) {
  const t = useT();
  const word = useWord();
  return (
    <form
      className="zp-form"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <fieldset className="zp-options">
        <legend>{t('portal.apply.what')}</legend>
        {kinds.map((value) => (
          <label key={value} data-on={kind === value}>
            <input
              type="radio"
              name="kind"
              required
              checked={kind === value}
              onChange={() => onChoose(value, reasons(value).includes(reason) ? reason : '')}
            />
            <span>
              <strong>{word('portal.caseType', value)}</strong>
              <small className="muted">{t(`portal.caseTypeSays.${value}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {kind && (
        <label>
          <span>{t('portal.apply.why')}</span>
          <select required value={reason} onChange={(event) => onChoose(kind, event.target.value)}>
            <option value="" disabled>
              {t('portal.apply.choose')}
            </option>
            {reasons(kind).map((code) => (
              <option key={code} value={code}>
                {word('portal.caseReason', code)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="zp-buttons">
        <button type="button" className="zp-button zp-second" onClick={onBack}>
          {t('portal.goBack')}
        </button>
        <button type="submit" className="zp-button">
          {t('portal.apply.next')}
        </button>
      </div>
    </form>
  );
}

/** What has been chosen so far, and what the policy says of it once all is. */
function useRequest(orderId: string, step: Step) {
  const line = new URLSearchParams(window.location.search).get('line') ?? '';
  const [quantities, setQuantities] = useState<Quantities>(line === '' ? {} : { [line]: 1 });
  const [kind, setKind] = useState<Kind>();
  const [reason, setReason] = useState('');
  const lines = Object.entries(quantities).flatMap(([lineId, quantity]) =>
    quantity > 0 ? [{ lineId, quantity }] : [],
  );
  const asked = { lines, type: kind ?? 'refund', reason };
  const check = useQuery({ ...checkQuery(orderId, asked as CheckCase), enabled: step === 'proof' });
  const choose = (nextKind: Kind | undefined, nextReason: string): void => {
    setKind(nextKind);
    setReason(nextReason);
  };
  return { quantities, setQuantities, kind, reason, choose, asked, check };
}

type StepsProps = { orderId: string; found: OrderCases; guide: CaseGuide };

/** The steps of asking, one at a time; what was chosen stays when one goes back. */
function Steps({ orderId, found, guide: { types } }: StepsProps) {
  const [step, setStep] = useState<Step>('goods');
  const { quantities, setQuantities, kind, reason, choose, asked, check } = useRequest(orderId, step);
  const place = `apply:${orderId}`;
  const send = useSubmit((body: NewCase, key) => cases.open(orderId, body, key), {
    onSuccess: (made) => {
      void uploadShelf.forget(place);
      goInstead(`/portal/cases/${made.id}`);
    },
  });
  const kinds = kindsFor(
    found,
    quantities,
    types.map((x) => x.type),
  );
  const submit = ({ description, fileIds }: Proof) =>
    send.mutate({
      ...asked,
      ...(description === '' ? {} : { description }),
      ...(fileIds.length === 0 ? {} : { evidence: fileIds }),
    } as NewCase);
  return (
    <>
      <Progress step={step} />
      {step === 'goods' && (
        <ApplyGoods
          lines={found.lines}
          quantities={quantities}
          onChange={setQuantities}
          onNext={() => setStep('why')}
        />
      )}
      {step === 'why' && (
        <Why
          kinds={kinds}
          reasons={(value) => types.find((x) => x.type === value)?.reasons ?? []}
          kind={kind && kinds.includes(kind) ? kind : undefined}
          reason={reason}
          onChoose={choose}
          onBack={() => setStep('goods')}
          onNext={() => setStep('proof')}
        />
      )}
      {step === 'proof' && (
        <ApplyProof
          place={place}
          check={check}
          isSending={send.isPending}
          error={send.error}
          onBack={() => {
            send.reset();
            setStep('why');
          }}
          onSend={submit}
        />
      )}
    </>
  );
}

/** Asking for something after the sale; only what the policy needs is asked. */
export default function ApplyPage() {
  const t = useT();
  const { orderId } = useMine();
  const found = useQuery({ ...casesOfOrderQuery(orderId), refetchInterval: false });
  const guide = useQuery(guideQuery(orderId));
  const failed = found.error ?? guide.error;
  const again = () => {
    void found.refetch();
    void guide.refetch();
  };
  if (failed) return <Failed error={failed} onRetry={again} />;
  if (!found.data || !guide.data) return <Wait />;
  if (!found.data.may.includes('apply')) return <Nothing>{t('portal.apply.nothing')}</Nothing>;
  const home = portalPass.get()?.orderId === orderId ? '/portal/order' : `/portal/orders/${orderId}`;
  return (
    <section className="zp-card">
      <Heading title={t('portal.apply.title')} back={{ to: home, label: t('portal.toOrder') }} />
      <Steps orderId={orderId} found={found.data} guide={guide.data} />
    </section>
  );
}
