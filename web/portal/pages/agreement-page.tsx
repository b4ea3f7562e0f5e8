import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { agreementQuery, portal } from '../../api/portal.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { AgreementToSign } from '../../api/types.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { useT } from '../../ui/i18n.ts';
import { ProblemNote } from '../problem-note.tsx';
import { SignaturePad } from '../signature-pad.tsx';

const TEXT_LINE = '\n';

/** What is agreed, as it will be signed. */
export function AgreementText({ agreement: a, isPart }: { agreement: AgreementToSign; isPart?: boolean }) {
  const t = useT();
  const facts: Record<string, React.ReactNode> = {
    organisation: a.organisation,
    customer: a.customer,
    ticket: <span className="mono">{a.ticketNo}</span>,
    ...(a.orderNo === null ? {} : { order: <span className="mono">{a.orderNo}</span> }),
    amount: <MoneyText value={a.amount} strong />,
    measures: a.measures || '–',
    performBy: a.performBy ?? '–',
    other: a.other || '–',
  };
  return (
    <section className="zp-card" lang={a.locale}>
      <p className="muted">
        <span className="mono">{a.no}</span> · {t('portal.agreement.version', { version: a.version })}
      </p>
      {isPart ? <h2>{t('portal.agreement.text')}</h2> : <h1>{t('portal.agreement.title')}</h1>}
      <dl className="zp-terms">
        {Object.entries(facts).map(([key, value]) => (
          <div key={key}>
            <dt>{t(`portal.agreement.${key}`)}</dt>
            <dd className="wrap">{value}</dd>
          </div>
        ))}
      </dl>
      {a.text.split(TEXT_LINE).map((line, i) => (
        <p key={String(i)} className="wrap">
          {line}
        </p>
      ))}
    </section>
  );
}

type Way = 'drawn' | 'typed';

/** By hand, or by the name as typed. */
function SignatureField(props: {
  name: string;
  way: Way;
  onWay: (way: Way) => void;
  onDrawn: (png: string | undefined) => void;
}) {
  const { name, way, onWay, onDrawn } = props;
  const t = useT();
  return (
    <>
      <fieldset className="zp-ways">
        <legend>{t('portal.agreement.how')}</legend>
        {(['drawn', 'typed'] as const).map((value) => (
          <label key={value} className="zp-check">
            <input type="radio" name="way" checked={way === value} onChange={() => onWay(value)} />
            {t(`portal.agreement.way.${value}`)}
          </label>
        ))}
      </fieldset>
      {way === 'drawn' ? (
        <SignaturePad onChange={onDrawn} />
      ) : (
        <div className="zp-typed" aria-hidden>
          {name || ' '}
        </div>
      )}
    </>
  );
}

type SignBody = Parameters<typeof portal.sign>[1];

/** Signed by hand or by name; whoever shows it says how it is sent and what comes of it. */
export function SignForm(props: {
  agreement: AgreementToSign;
  send: (body: SignBody) => Promise<AgreementToSign>;
  onSigned: (now: AgreementToSign) => void;
  onRefused: () => void;
}) {
  const { agreement, send, onSigned, onRefused } = props;
  const t = useT();
  const [name, setName] = useState('');
  const [way, setWay] = useState<Way>('drawn');
  const [image, setImage] = useState<string>();
  const [agree, setAgree] = useState(false);
  const [tried, setTried] = useState(false);
  const sign = useMutation({
    mutationFn: () =>
      send({
        name: name.trim(),
        signature: way === 'drawn' ? { kind: 'drawn', image: image ?? '' } : { kind: 'typed' },
        agree: true,
        sha256: agreement.sha256,
      }),
    onSuccess: onSigned,
    onError: onRefused,
  });
  const missing = {
    name: name.trim() === '',
    signature: way === 'drawn' && image === undefined,
    agree: !agree,
  };
  const isWhole = !missing.name && !missing.signature && !missing.agree;
  const note = (what: keyof typeof missing) =>
    tried && missing[what] ? (
      <small className="zp-warn" role="alert">
        {t(`portal.agreement.needs.${what}`)}
      </small>
    ) : null;
  return (
    <form
      className="zp-card zp-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isWhole) sign.mutate();
      }}
    >
      <h2>{t('portal.agreement.sign')}</h2>
      <ProblemNote error={sign.error} />
      <label>
        {t('portal.agreement.name')}
        <input value={name} maxLength={60} autoComplete="name" onChange={(e) => setName(e.target.value)} />
      </label>
      {note('name')}
      <SignatureField name={name} way={way} onWay={setWay} onDrawn={setImage} />
      {note('signature')}
      <label className="zp-check">
        <input type="checkbox" checked={agree} onChange={(e) => setAgree(e.target.checked)} />
        {t('portal.agreement.agree')}
      </label>
      {note('agree')}
      <button type="submit" className="zp-button" disabled={sign.isPending}>
        {t(sign.isPending ? 'ui.loading' : 'portal.agreement.signNow')}
      </button>
      <p className="muted">{t('portal.agreement.kept')}</p>
    </form>
  );
}

function Note({ title, says }: { title: string; says: string }) {
  return (
    <section className="zp-card" role="status">
      <h1>{title}</h1>
      <p>{says}</p>
    </section>
  );
}

const pdfOf = (token: string): string => `/api/v1/portal/agreements/${token}/pdf`;

/** A settlement agreement: read, then signed once, without logging in. Opening it signs nothing. */
export default function AgreementPage({ token }: { token: string }) {
  const t = useT();
  const queries = useQueryClient();
  const key = agreementQuery(token).queryKey;
  const query = useQuery(agreementQuery(token));
  if (query.isPending) return <div className="zp-wait" aria-busy />;
  if (!query.data) {
    if (query.error instanceof ApiProblem && query.error.status === 404)
      return <Note title={t('portal.agreement.unknown')} says={t('portal.agreement.unknownSays')} />;
    return <ProblemNote error={query.error} />;
  }
  const agreement = query.data;
  if (agreement.state === 'gone')
    return <Note title={t('portal.agreement.gone')} says={t('portal.agreement.goneSays')} />;
  if (agreement.state === 'expired')
    return <Note title={t('portal.agreement.expired')} says={t('portal.agreement.expiredSays')} />;
  return (
    <>
      {agreement.state === 'signed' && (
        <section className="zp-card" role="status">
          <h1>{t('portal.agreement.signed')}</h1>
          <p className="wrap">
            {agreement.signedBy} · <TimeText at={agreement.signedAt} />
          </p>
          <a className="zp-button" href={pdfOf(token)} target="_blank" rel="noreferrer">
            {t('portal.agreement.pdf')}
          </a>
        </section>
      )}
      <AgreementText agreement={agreement} />
      {agreement.state === 'open' && (
        <>
          <p className="muted">
            {t('portal.agreement.until')} <TimeText at={agreement.expiresAt} />
          </p>
          <SignForm
            agreement={agreement}
            send={(body) => portal.sign(token, body)}
            onSigned={(now) => queries.setQueryData(key, now)}
            onRefused={() => void queries.invalidateQueries({ queryKey: key })}
          />
        </>
      )}
      <p className="mono muted zp-hash">SHA-256 {agreement.sha256}</p>
    </>
  );
}
