import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { myFeedbackQuery, portal, type Rated } from '../../api/portal.ts';
import { useT } from '../../ui/i18n.ts';
import { FeedbackForm } from './feedback-page.tsx';

/** How something of the customer's went, asked where they look at it: the same question as in the mail, with one answer. */
export function FeedbackCard({ of }: { of: Rated }) {
  const t = useT();
  const queries = useQueryClient();
  const [isChanging, setChanging] = useState(false);
  const asked = useQuery(myFeedbackQuery(of)).data?.feedback;
  if (!asked || (asked.state === 'over' && asked.score === null)) return null;
  const title = t('portal.feedback.howWasIt');
  if (asked.state === 'open' || isChanging)
    return (
      <section className="zp-card" aria-labelledby="feedback">
        <FeedbackForm
          asked={asked}
          className="zp-form"
          head={<h2 id="feedback">{title}</h2>}
          send={async (given) => {
            queries.setQueryData(myFeedbackQuery(of).queryKey, await portal.rateMine(of, given));
            // A bad score may open a ticket again. Not waited for: whoever changes the answer meanwhile keeps the form.
            void queries.invalidateQueries();
          }}
          onDone={() => setChanging(false)}
        />
      </section>
    );
  return (
    <section className="zp-card" aria-labelledby="feedback">
      <h2 id="feedback">{t('portal.feedback.thanks')}</h2>
      <p role="status">{t('portal.feedback.given', { score: asked.score, max: asked.max })}</p>
      {asked.state === 'answered' && (
        <button type="button" className="zp-button zp-second" onClick={() => setChanging(true)}>
          {t('portal.feedback.change')}
        </button>
      )}
    </section>
  );
}
