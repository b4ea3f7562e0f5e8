import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { portal, withdrawalQuery } from '../../api/portal.ts';
import { useT } from '../../ui/i18n.ts';
import { ProblemNote } from '../problem-note.tsx';

/** Somebody who asked to be told of goods takes it back. Looking takes nothing back. */
export default function WithdrawPage({ token }: { token: string }) {
  const t = useT();
  const queries = useQueryClient();
  const query = useQuery(withdrawalQuery(token));
  const withdraw = useMutation({
    mutationFn: () => portal.withdraw(token),
    onSuccess: (now) => queries.setQueryData(withdrawalQuery(token).queryKey, now),
  });
  if (query.isPending) return <div className="zp-wait" aria-busy />;
  if (!query.data) return <ProblemNote error={query.error} />;
  const { state, title } = query.data;
  return (
    <section className="zp-card zp-form">
      <h1>{t('portal.withdraw.title')}</h1>
      <p className="wrap">{t(`portal.withdraw.${state}`, { title })}</p>
      <ProblemNote error={withdraw.error} />
      {state === 'waiting' && (
        <button type="button" className="zp-button" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('portal.withdraw.act')}
        </button>
      )}
    </section>
  );
}
