import { useState, type FormEvent, type ReactNode } from 'react';
import { cases, type PortalCase } from '../../api/portal-cases.ts';
import { uploadShelf } from '../../api/upload-shelf.ts';
import type { StoredFile } from '../../api/uploads.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { FileUpload } from '../../ui/components/file-upload.tsx';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { ProblemNote } from '../problem-note.tsx';
import { pickupSlots } from '../pickup-slots.ts';

type Doing = 'pickup' | 'ship' | 'evidence' | 'escalate' | 'cancel';
type Props = { c: PortalCase };
const FILES_MAX = 9;

function Decide({
  title,
  children,
  ...on
}: {
  title: ReactNode;
  children?: ReactNode;
  isPending: boolean;
  error: unknown;
  onAnswer: (answer: 'accept' | 'decline') => void;
}) {
  const t = useT();
  return (
    <section className="zp-card" aria-live="polite">
      <h2>{title}</h2>
      {children}
      <ProblemNote error={on.error} />
      <div className="zp-buttons">
        <button
          type="button"
          className="zp-button zp-second"
          disabled={on.isPending}
          onClick={() => on.onAnswer('decline')}
        >
          {t('portal.case.decline')}
        </button>
        <button type="button" className="zp-button" disabled={on.isPending} onClick={() => on.onAnswer('accept')}>
          {t('portal.case.accept')}
        </button>
      </div>
    </section>
  );
}

/** A solution that was proposed, and the answer to it. */
function Offer({ c }: Props) {
  const t = useT();
  const word = useWord();
  const offer = c.offers.find((o) => o.state === 'open');
  const answer = useSubmit((given: 'accept' | 'decline', key) =>
    cases.answerOffer(c.id, { answer: given, ...(offer ? { offerId: offer.id } : {}) }, key),
  );
  if (!offer || !c.may.includes('answer_offer')) return null;
  return (
    <Decide
      title={t('portal.case.offer')}
      isPending={answer.isPending}
      error={answer.error}
      onAnswer={(given) => answer.mutate(given)}
    >
      <p>
        <strong>{word('portal.caseType', offer.kind)}</strong>{' '}
        {offer.amount && <MoneyText value={offer.amount} strong />}
      </p>
      {offer.note && <p className="wrap">{offer.note}</p>}
      <p className="muted">
        {t('portal.case.answerBefore')} <TimeText at={offer.expiresAt} />
      </p>
    </Decide>
  );
}

/** What a repair costs, and the answer to it. */
function Quote({ c }: Props) {
  const t = useT();
  const answer = useSubmit((given: 'accept' | 'decline', key) => cases.answerQuote(c.id, given, key));
  if (!c.repair?.amount || !c.may.includes('answer_quote')) return null;
  return (
    <Decide
      title={t('portal.case.quote')}
      isPending={answer.isPending}
      error={answer.error}
      onAnswer={(given) => answer.mutate(given)}
    >
      <p>
        <MoneyText value={c.repair.amount} strong />
      </p>
      {c.repair.note && <p className="wrap">{c.repair.note}</p>}
    </Decide>
  );
}

type FormProps = Props & { onDone: () => void };

function PickupForm({ c, onDone }: FormProps) {
  const t = useT();
  const [slots] = useState(() => pickupSlots(new Date()));
  const [at, setAt] = useState(0);
  const book = useSubmit((slot: { from: string; until: string }, key) => cases.pickup(c.id, slot, key), {
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const slot = slots[at];
    if (slot) book.mutate(slot);
  };
  return (
    <form className="zp-form" onSubmit={submit}>
      <label>
        <span>{t('portal.case.when')}</span>
        <select value={at} onChange={(event) => setAt(Number(event.target.value))}>
          {slots.map((slot, i) => (
            <option key={slot.from} value={i}>
              {slot.label}
            </option>
          ))}
        </select>
        <small className="muted">{t('portal.case.whereSays')}</small>
      </label>
      <ProblemNote error={book.error} />
      <button type="submit" className="zp-button" disabled={book.isPending}>
        {t('portal.case.book')}
      </button>
    </form>
  );
}

function ShipForm({ c, onDone }: FormProps) {
  const t = useT();
  const [waybillNo, setWaybillNo] = useState('');
  const ship = useSubmit((no: string, key) => cases.ship(c.id, { waybillNo: no }, key), { onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ship.mutate(waybillNo.trim());
  };
  return (
    <form className="zp-form" onSubmit={submit}>
      {c.returning.warehouse?.address && (
        <p className="wrap">
          {t('portal.case.sendTo')}: {c.returning.warehouse.address}
        </p>
      )}
      <label>
        <span>{t('portal.case.waybill')}</span>
        <input
          required
          minLength={4}
          maxLength={60}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={waybillNo}
          onChange={(event) => setWaybillNo(event.target.value)}
        />
      </label>
      <ProblemNote error={ship.error} />
      <button type="submit" className="zp-button" disabled={ship.isPending}>
        {t('portal.case.sent')}
      </button>
    </form>
  );
}

function EvidenceForm({ c, onDone }: FormProps) {
  const t = useT();
  const place = `case:${c.id}`;
  const [files, setFiles] = useState<StoredFile[]>([]);
  const [isBusy, setBusy] = useState(false);
  const show = useSubmit((ids: string[], key) => cases.evidence(c.id, ids, key), {
    onSuccess: () => {
      void uploadShelf.forget(place);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show.mutate(files.map((f) => f.id));
  };
  return (
    <form className="zp-form" onSubmit={submit}>
      <FileUpload
        label={t('portal.case.addEvidence')}
        says={t('portal.apply.evidenceSays')}
        place={place}
        max={FILES_MAX}
        onChange={setFiles}
        onBusy={setBusy}
      />
      <ProblemNote error={show.error} />
      <button type="submit" className="zp-button" disabled={show.isPending || isBusy || files.length === 0}>
        {t('portal.case.show')}
      </button>
    </form>
  );
}

function EscalateForm({ c, onDone }: FormProps) {
  const t = useT();
  const [note, setNote] = useState('');
  const escalate = useSubmit((said: string, key) => cases.escalate(c.id, said, key), { onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    escalate.mutate(note.trim());
  };
  return (
    <form className="zp-form" onSubmit={submit}>
      <label>
        <span>{t('portal.case.disagree')}</span>
        <textarea rows={3} required maxLength={1_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <ProblemNote error={escalate.error} />
      <button type="submit" className="zp-button" disabled={escalate.isPending}>
        {t('portal.case.send')}
      </button>
    </form>
  );
}

function CancelForm({ c, onDone }: FormProps) {
  const t = useT();
  const cancel = useSubmit((_: Record<never, never>, key) => cases.cancel(c.id, key), { onSuccess: onDone });
  return (
    <div className="zp-form">
      <p>{t('portal.case.cancelSays')}</p>
      <ProblemNote error={cancel.error} />
      <button type="button" className="zp-button" disabled={cancel.isPending} onClick={() => cancel.mutate({})}>
        {t('portal.case.cancelYes')}
      </button>
    </div>
  );
}

const FORMS: Record<Doing, (props: FormProps) => ReactNode> = {
  pickup: PickupForm,
  ship: ShipForm,
  evidence: EvidenceForm,
  escalate: EscalateForm,
  cancel: CancelForm,
};
const ASKABLE: readonly [Doing, string][] = [
  ['pickup', 'book_pickup'],
  ['ship', 'ship'],
  ['evidence', 'add_evidence'],
  ['escalate', 'escalate'],
  ['cancel', 'cancel'],
];

/** What the customer may do with the case now; nothing is offered that would be refused. */
export function CaseActions({ c }: Props) {
  const t = useT();
  const [doing, setDoing] = useState<Doing>();
  const offered = ASKABLE.filter(([, action]) => c.may.includes(action));
  const Form = doing && offered.some(([what]) => what === doing) ? FORMS[doing] : undefined;
  return (
    <>
      <Offer c={c} />
      <Quote c={c} />
      {offered.length > 0 && (
        <section className="zp-card" aria-label={t('portal.case.actions')}>
          {Form ? (
            <>
              <Form c={c} onDone={() => setDoing(undefined)} />
              <button type="button" className="zp-link" onClick={() => setDoing(undefined)}>
                {t('portal.goBack')}
              </button>
            </>
          ) : (
            <div className="zp-buttons">
              {offered.map(([what], i) => (
                <button
                  key={what}
                  type="button"
                  className={i === 0 && what !== 'cancel' ? 'zp-button' : 'zp-button zp-second'}
                  onClick={() => setDoing(what)}
                >
                  {t(`portal.case.do.${what}`)}
                </button>
              ))}
            </div>
          )}
        </section>
      )}
    </>
  );
}
