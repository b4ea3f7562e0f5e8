import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseCheck } from '../../api/portal-cases.ts';
import type { StoredFile } from '../../api/uploads.ts';
import { FileUpload } from '../../ui/components/file-upload.tsx';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { Wait } from '../page.tsx';
import { ProblemNote } from '../problem-note.tsx';

const FILES_MAX = 9;
const WORDS_MAX = 1_000;

export type Proof = { description: string; fileIds: string[] };

/** What goes back, part by part; the same computation as the one carried out. */
export function Breakdown({ refund }: { refund: Pick<NonNullable<CaseCheck['refund']>, 'amount' | 'breakdown'> }) {
  const t = useT();
  return (
    <dl className="zp-sum">
      {refund.breakdown.map((item) => (
        <div key={`${item.code} ${item.lineId} ${item.text}`}>
          <dt className="wrap">{item.text}</dt>
          <dd>
            <MoneyText value={item.amount} />
          </dd>
        </div>
      ))}
      <div data-total="true">
        <dt>{t('portal.case.refund')}</dt>
        <dd>
          <MoneyText value={refund.amount} />
        </dd>
      </div>
    </dl>
  );
}

/** The clause that decides, and what follows from it. */
function Clause({ answer }: { answer: CaseCheck }) {
  const t = useT();
  const word = useWord();
  const { policy } = answer;
  return (
    <div className="zp-clause" data-bad={!policy.allowed} role={policy.allowed ? 'status' : 'alert'}>
      <strong>
        {policy.allowed
          ? t(policy.instant ? 'portal.apply.instant' : 'portal.apply.reviewed')
          : t('portal.apply.refused')}
      </strong>
      <p className="wrap">{policy.text}</p>
      <small className="muted">
        {t('portal.apply.clause')} <span className="mono">{policy.clause}</span>
      </small>
      {policy.allowed && answer.comesBack && <p>{word('portal.freight', policy.freight)}</p>}
      {policy.windowEndsAt && (
        <p className="muted">
          {t(policy.allowed ? 'portal.apply.until' : 'portal.apply.was')} <TimeText at={policy.windowEndsAt} />
        </p>
      )}
      {!policy.allowed && <p>{t('portal.apply.refusedSays')}</p>}
    </div>
  );
}

function Lacking({ wants }: { wants: string }) {
  const t = useT();
  return (
    <div className="zp-problem" role="alert">
      {t(`portal.apply.lacking.${wants}`)}
    </div>
  );
}

type Props = {
  /** What the files are for. */
  place: string;
  check: UseQueryResult<CaseCheck>;
  isSending: boolean;
  error: unknown;
  onBack: () => void;
  onSend: (proof: Proof) => void;
};

/** What the policy says, and what it needs to be shown; nothing else is asked. */
export function ApplyProof({ place, check, isSending, error, onBack, onSend }: Props) {
  const t = useT();
  const [description, setDescription] = useState('');
  const [files, setFiles] = useState<StoredFile[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [isLacking, setLacking] = useState(false);
  const answer = check.data;
  if (check.isPending) return <Wait />;
  const wants = answer?.policy.evidence ?? 'none';
  const isShown =
    wants === 'none' || (wants === 'video' ? files.some((f) => f.mediaType.startsWith('video/')) : files.length > 0);
  const back = (
    <button type="button" className="zp-button zp-second" onClick={onBack}>
      {t('portal.goBack')}
    </button>
  );
  if (!answer?.policy.allowed)
    return (
      <div className="zp-form">
        {answer ? <Clause answer={answer} /> : <ProblemNote error={check.error} />}
        <div className="zp-buttons">{back}</div>
      </div>
    );
  return (
    <form
      className="zp-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isShown) onSend({ description: description.trim(), fileIds: files.map((f) => f.id) });
        else setLacking(true);
      }}
    >
      <Clause answer={answer} />
      {answer.refund && <Breakdown refund={answer.refund} />}
      {wants !== 'none' && (
        <FileUpload
          label={t(`portal.apply.evidence.${wants}`)}
          says={t('portal.apply.evidenceSays')}
          place={place}
          max={FILES_MAX}
          onChange={setFiles}
          onBusy={setBusy}
        />
      )}
      {answer.asksWords && (
        <label>
          <span>{t('portal.apply.describe')}</span>
          <textarea
            rows={3}
            required={answer.needsWords}
            value={description}
            maxLength={WORDS_MAX}
            onChange={(event) => setDescription(event.target.value)}
          />
        </label>
      )}
      {isLacking && !isShown && <Lacking wants={wants} />}
      <ProblemNote error={error} />
      <div className="zp-buttons">
        {back}
        <button type="submit" className="zp-button" disabled={isSending || isBusy}>
          {t(isBusy ? 'portal.apply.uploading' : isSending ? 'ui.loading' : 'portal.apply.send')}
        </button>
      </div>
    </form>
  );
}
