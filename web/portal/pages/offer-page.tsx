import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { offerQuery, portal } from '../../api/portal.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { PortalOffer } from '../../api/types.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { ProblemNote } from '../problem-note.tsx';

type Option = PortalOffer['options'][number];

/** What an option means for the customer, in one line. */
function OptionSays({ option }: { option: Option }) {
  const t = useT();
  if (!option.available) return <small className="zp-warn">{t('portal.offer.gone')}</small>;
  if (option.kind === 'wait')
    return (
      <small>
        {t('portal.offer.waitSays')} <TimeText at={option.expectedAt} />
      </small>
    );
  if (option.kind === 'refund')
    return (
      <small>
        {t('portal.offer.refundSays')} <MoneyText value={option.refund} strong />
      </small>
    );
  return (
    <small className="wrap">
      {t('portal.offer.substituteSays', { title: option.title ?? '' })}
      {option.refund && option.refund.amount > 0 && (
        <>
          {t('portal.offer.back')} <MoneyText value={option.refund} strong />
        </>
      )}
    </small>
  );
}

function Choices({ token, offer }: { token: string; offer: PortalOffer }) {
  const t = useT();
  const word = useWord();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Option>();
  const answer = useMutation({
    mutationFn: (option: Option) =>
      portal.answer(token, { choice: option.kind, ...(option.sku === null ? {} : { sku: option.sku }) }),
    onSuccess: (now) => queries.setQueryData(offerQuery(token).queryKey, now),
    onError: () => {
      setChosen(undefined);
      void queries.invalidateQueries({ queryKey: offerQuery(token).queryKey });
    },
  });
  if (chosen) {
    return (
      <section className="zp-card zp-form" aria-live="polite">
        <h2>{word('portal.offer', chosen.kind)}</h2>
        <OptionSays option={chosen} />
        <p>{t('portal.offer.sure')}</p>
        <button type="button" className="zp-button" disabled={answer.isPending} onClick={() => answer.mutate(chosen)}>
          {t(answer.isPending ? 'ui.loading' : 'portal.offer.yes')}
        </button>
        <button type="button" className="zp-button zp-second" onClick={() => setChosen(undefined)}>
          {t('portal.goBack')}
        </button>
      </section>
    );
  }
  return (
    <>
      <ProblemNote error={answer.error} />
      {offer.options.map((option) => (
        <button
          key={`${option.kind} ${option.sku}`}
          type="button"
          className="zp-choice"
          disabled={!option.available}
          onClick={() => setChosen(option)}
        >
          <strong>{word('portal.offer', option.kind)}</strong>
          <OptionSays option={option} />
        </button>
      ))}
    </>
  );
}

function Note({ title, says, offer }: { title: string; says: string; offer?: PortalOffer }) {
  const t = useT();
  return (
    <section className="zp-card" role="status">
      <h1>{title}</h1>
      <p>{says}</p>
      {offer?.compensatedPoints ? <p>{t('portal.offer.points', { points: offer.compensatedPoints })}</p> : null}
    </section>
  );
}

/** What to do about goods that are out of stock: the customer chooses once, without logging in. */
export default function OfferPage({ token }: { token: string }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(offerQuery(token));
  if (query.isPending) return <div className="zp-wait" aria-busy />;
  if (!query.data) {
    if (query.error instanceof ApiProblem && query.error.status === 404)
      return <Note title={t('portal.offer.unknown')} says={t('portal.offer.unknownSays')} />;
    return <ProblemNote error={query.error} />;
  }
  const offer = query.data;
  if (offer.state === 'answered')
    return (
      <Note
        title={t('portal.offer.answered')}
        says={word('portal.offer.answered', offer.answer?.kind ?? 'wait')}
        offer={offer}
      />
    );
  if (offer.state === 'expired')
    return <Note title={t('portal.offer.expired')} says={t('portal.offer.expiredSays')} offer={offer} />;
  if (offer.state === 'settled')
    return <Note title={t('portal.offer.settled')} says={t('portal.offer.settledSays')} offer={offer} />;
  const { missing, title, orderNo, expiresAt } = offer;
  return (
    <>
      <section className="zp-card">
        <p className="muted wrap">{offer.shop}</p>
        <h1>{t('portal.offer.title')}</h1>
        <p className="wrap">{t('portal.offer.says', { missing, title, orderNo })}</p>
        {offer.compensatedPoints ? <p>{t('portal.offer.points', { points: offer.compensatedPoints })}</p> : null}
        <p className="muted">
          {t('portal.offer.until')} <TimeText at={expiresAt} />
        </p>
      </section>
      <Choices token={token} offer={offer} />
    </>
  );
}
