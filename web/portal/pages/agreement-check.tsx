import { useQuery } from '@tanstack/react-query';
import { agreementCheckQuery } from '../../api/portal.ts';
import { TimeText } from '../../ui/components/text.tsx';
import { useT } from '../../ui/i18n.ts';
import { ProblemNote } from '../problem-note.tsx';

/** Whether a copy is of what was signed: compare its hash with this one. */
export default function AgreementCheck({ token }: { token: string }) {
  const t = useT();
  const query = useQuery(agreementCheckQuery(token));
  if (query.isPending) return <div className="zp-wait" aria-busy />;
  if (!query.data) return <ProblemNote error={query.error} />;
  const a = query.data;
  return (
    <section className="zp-card" role="status">
      <p className="muted wrap">{a.organisation}</p>
      <h1>{t(a.holds ? 'portal.check.holds' : 'portal.check.broken')}</h1>
      <p>
        <span className="mono">{a.no}</span> · {t('portal.agreement.version', { version: a.version })}
      </p>
      <p>
        {a.signedAt ? (
          <>
            {t('portal.check.signedAt')} <TimeText at={a.signedAt} />
          </>
        ) : (
          t('portal.check.unsigned')
        )}
      </p>
      <p className="mono zp-hash">SHA-256 {a.sha256}</p>
      <p className="muted">{t('portal.check.says')}</p>
    </section>
  );
}
