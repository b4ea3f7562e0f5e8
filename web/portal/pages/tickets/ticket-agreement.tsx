import { useQuery, useQueryClient } from '@tanstack/react-query';
import { agreementsOfTicketQuery, myTickets } from '../../../api/portal-tickets.ts';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { Failed, Heading, Wait } from '../../page.tsx';
import { saveBytes } from '../../save-bytes.ts';
import { AgreementText, SignForm } from '../agreement-page.tsx';

/** A settlement of a complaint, read and signed by whoever is signed in. */
export default function TicketAgreement({ ticketId, agreementId }: { ticketId: string; agreementId: string }) {
  const t = useT();
  const queries = useQueryClient();
  const query = useQuery(agreementsOfTicketQuery(ticketId));
  const back = { to: `/portal/tickets/${ticketId}`, label: t('portal.ticket.back') };
  if (query.isPending) return <Wait />;
  if (!query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const found = query.data.items.find((a) => a.id === agreementId);
  if (!found || found.state === 'gone' || found.state === 'expired') {
    const what = found ? found.state : 'unknown';
    return (
      <section className="zp-card" role="status">
        <Heading title={t(`portal.agreement.${what}`)} back={back} />
        <p>{t(`portal.agreement.${what}Says`)}</p>
      </section>
    );
  }
  const refresh = () => void queries.invalidateQueries();
  return (
    <>
      <section className="zp-card" role={found.state === 'signed' ? 'status' : undefined}>
        <Heading
          title={t(found.state === 'signed' ? 'portal.agreement.signed' : 'portal.agreement.title')}
          back={back}
        />
        {found.state === 'signed' ? (
          <>
            <p className="wrap">
              {found.signedBy} · <TimeText at={found.signedAt} />
            </p>
            <button
              type="button"
              className="zp-button"
              onClick={() =>
                void myTickets.agreementPdf(ticketId, agreementId).then((pdf) => saveBytes(pdf, `${found.no}.pdf`))
              }
            >
              {t('portal.agreement.pdf')}
            </button>
          </>
        ) : (
          <p className="muted">
            {t('portal.agreement.until')} <TimeText at={found.expiresAt} />
          </p>
        )}
      </section>
      <AgreementText agreement={found} isPart />
      {found.state === 'open' && (
        <SignForm
          agreement={found}
          send={(body) => myTickets.sign(ticketId, agreementId, body)}
          onSigned={refresh}
          onRefused={refresh}
        />
      )}
      <p className="mono muted zp-hash">SHA-256 {found.sha256}</p>
    </>
  );
}
