import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { feedbackQuery, portal } from '../../api/portal.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { PortalFeedback } from '../../api/types.ts';
import { TimeText } from '../../ui/components/text.tsx';
import { useT } from '../../ui/i18n.ts';
import { ProblemNote } from '../problem-note.tsx';

/** A row of scores to choose one from; radio buttons, so that keyboards and screen readers know what to do. */
function Scale(props: {
  name: string;
  legend: string;
  min: number;
  max: number;
  value: number | undefined;
  ends?: [string, string];
  onChange: (value: number) => void;
}) {
  const { name, legend, min, max, value, ends, onChange } = props;
  const scores = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  return (
    <fieldset className="zp-scale">
      <legend>{legend}</legend>
      <div className="zp-scores" data-many={scores.length > 5}>
        {scores.map((score) => (
          <label key={score} data-on={score === value}>
            <input type="radio" name={name} value={score} checked={score === value} onChange={() => onChange(score)} />
            {score}
          </label>
        ))}
      </div>
      {ends && (
        <div className="zp-ends muted" aria-hidden>
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </div>
      )}
    </fieldset>
  );
}

type Given = { score: number; more: Record<string, number>; comment: string };

/** The question and its answer; whoever shows it says what stands above it and how the answer is sent. */
export function FeedbackForm(props: {
  asked: PortalFeedback;
  head: ReactNode;
  className: string;
  send: (given: Given) => Promise<unknown>;
  onDone: () => void;
}) {
  const { asked, head, className, send, onDone } = props;
  const t = useT();
  const [score, setScore] = useState<number | undefined>(asked.score ?? undefined);
  const [more, setMore] = useState<Record<string, number>>(asked.more);
  const [comment, setComment] = useState(asked.comment);
  const give = useMutation({ mutationFn: send, onSuccess: onDone });
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        if (score !== undefined) give.mutate({ score, more, comment });
      }}
    >
      {head}
      <ProblemNote error={give.error} />
      <Scale
        name="score"
        legend={t(`portal.feedback.ask.${asked.kind}`)}
        min={asked.min}
        max={asked.max}
        value={score}
        ends={[t(`portal.feedback.low.${asked.kind}`), t(`portal.feedback.high.${asked.kind}`)]}
        onChange={setScore}
      />
      {asked.questions.map((q) => (
        <Scale
          key={q.code}
          name={q.code}
          legend={q.text}
          min={1}
          max={5}
          value={more[q.code]}
          onChange={(value) => setMore({ ...more, [q.code]: value })}
        />
      ))}
      <label>
        {t('portal.feedback.comment')}
        <textarea value={comment} rows={4} maxLength={2000} onChange={(event) => setComment(event.target.value)} />
      </label>
      <button type="submit" className="zp-button" disabled={score === undefined || give.isPending}>
        {t(give.isPending ? 'ui.loading' : 'portal.feedback.send')}
      </button>
      <small className="muted">
        {t('portal.feedback.until')} <TimeText at={asked.answerUntil} />
      </small>
    </form>
  );
}

function Answer({ token, asked, onDone }: { token: string; asked: PortalFeedback; onDone: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  return (
    <FeedbackForm
      asked={asked}
      className="zp-card zp-form"
      head={
        <>
          <p className="muted wrap">{asked.organisation}</p>
          <h1>{t(`portal.feedback.${asked.subjectKind}`, { no: asked.subjectNo })}</h1>
        </>
      }
      send={async (given) =>
        queries.setQueryData(feedbackQuery(token).queryKey, await portal.rate({ token, ...given }))
      }
      onDone={onDone}
    />
  );
}

/** How it went, or whether one would recommend the shop: without logging in, and changed until the time is over. */
export default function FeedbackPage({ token }: { token: string }) {
  const t = useT();
  const query = useQuery(feedbackQuery(token));
  const [changing, setChanging] = useState(false);
  if (query.isPending) return <div className="zp-wait" aria-busy />;
  if (!query.data) {
    if (query.error instanceof ApiProblem && query.error.status === 404)
      return (
        <section className="zp-card" role="status">
          <h1>{t('portal.feedback.unknown')}</h1>
          <p>{t('portal.feedback.unknownSays')}</p>
        </section>
      );
    return <ProblemNote error={query.error} />;
  }
  const asked = query.data;
  if (asked.state === 'open' || changing)
    return <Answer token={token} asked={asked} onDone={() => setChanging(false)} />;
  return (
    <section className="zp-card" role="status">
      <h1>{t(asked.score === null ? 'portal.feedback.over' : 'portal.feedback.thanks')}</h1>
      {asked.score !== null && <p>{t('portal.feedback.given', { score: asked.score, max: asked.max })}</p>}
      {asked.state === 'answered' && (
        <button type="button" className="zp-button zp-second" onClick={() => setChanging(true)}>
          {t('portal.feedback.change')}
        </button>
      )}
    </section>
  );
}
