import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { portal, portalPass, welcomeQuery } from '../../api/portal.ts';
import { useT } from '../../ui/i18n.ts';
import { Link } from '../link.tsx';
import { Heading } from '../page.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { homeOf, useEnter, wantedOrg } from '../session.ts';

const AGAIN_AFTER_S = 60;

type Way = 'order' | 'phone';
const plain = (phone: string): string => phone.replace(/[\s-]/g, '');

/** Order number and phone, whole or its last four digits, open one order. */
function ByOrder() {
  const t = useT();
  const enter = useEnter();
  const given = new URLSearchParams(window.location.search).get('orderNo') ?? '';
  const [orderNo, setOrderNo] = useState(given);
  const [phone, setPhone] = useState('');
  const find = useMutation({ mutationFn: () => portal.find(orderNo.trim(), plain(phone)), onSuccess: enter });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find.mutate();
  };
  return (
    <form className="zp-form" onSubmit={submit}>
      <p className="muted">{t('portal.findSays')}</p>
      <label>
        {t('portal.orderNo')}
        <input
          value={orderNo}
          onChange={(event) => setOrderNo(event.target.value)}
          required
          maxLength={64}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <label>
        {t('portal.phone')}
        <input
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
          required
          inputMode="tel"
          maxLength={20}
          autoComplete="tel"
        />
        <small className="muted">{t('portal.phoneSays')}</small>
      </label>
      <ProblemNote error={find.error} />
      <button type="submit" className="zp-button" disabled={find.isPending}>
        {t(find.isPending ? 'ui.loading' : 'portal.open')}
      </button>
    </form>
  );
}

/** Seconds until another code may be asked for. */
function useCountdown(): [number, () => void] {
  const [left, setLeft] = useState(0);
  const isRunning = left > 0;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setLeft((s) => s - 1), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return [left, () => setLeft(AGAIN_AFTER_S)];
}

/** A code sent to the phone opens all orders under its number. */
function ByPhone({ org }: { org: string }) {
  const t = useT();
  const enter = useEnter();
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [left, begin] = useCountdown();
  const ask = useMutation({ mutationFn: () => portal.askForCode(org, plain(phone)), onSuccess: begin });
  const open = useMutation({ mutationFn: () => portal.enterCode(org, plain(phone), code.trim()), onSuccess: enter });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ask.isSuccess) open.mutate();
    else ask.mutate();
  };
  return (
    <form className="zp-form" onSubmit={submit}>
      <p className="muted">{t('portal.codeSays')}</p>
      <label>
        {t('portal.phone')}
        <input
          value={phone}
          onChange={(event) => {
            setPhone(event.target.value);
            ask.reset();
          }}
          required
          type="tel"
          inputMode="tel"
          maxLength={20}
          autoComplete="tel"
        />
      </label>
      {ask.isSuccess && (
        <label>
          {t('portal.code')}
          <input
            value={code}
            onChange={(event) => setCode(event.target.value)}
            required
            autoFocus
            inputMode="numeric"
            pattern="[0-9]{6}"
            maxLength={6}
            autoComplete="one-time-code"
          />
          <small className="muted" role="status">
            {t('portal.codeSent')}
          </small>
        </label>
      )}
      <ProblemNote error={open.error ?? ask.error} />
      <button type="submit" className="zp-button" disabled={ask.isPending || open.isPending}>
        {t(ask.isSuccess ? 'portal.signIn' : 'portal.sendCode')}
      </button>
      {ask.isSuccess && (
        <button
          type="button"
          className="zp-button zp-second"
          disabled={left > 0 || ask.isPending}
          onClick={() => ask.mutate()}
        >
          {left > 0 ? t('portal.codeAgainIn', { left }) : t('portal.codeAgain')}
        </button>
      )}
    </form>
  );
}

/** How a customer comes in: by one order, or by the phone to all of their own. */
export default function SignIn() {
  const t = useT();
  const org = wantedOrg();
  const place = useQuery(welcomeQuery(org)).data;
  const named = new URLSearchParams(window.location.search).has('orderNo');
  const [chosen, setChosen] = useState<Way>();
  const pass = portalPass.get();
  const way: Way = place?.phoneSignIn ? (chosen ?? (named ? 'order' : 'phone')) : 'order';
  const ways: Way[] = ['phone', 'order'];
  return (
    <>
      {pass && (
        <Link to={homeOf(pass)} className="zp-card zp-go">
          {t(pass.orderId === undefined ? 'portal.toOrders' : 'portal.toOrder')} <span aria-hidden>›</span>
        </Link>
      )}
      <section className="zp-card">
        <Heading title={t(way === 'order' ? 'portal.find' : 'portal.signInTitle')} />
        {place?.org && <p className="muted wrap">{place.org.name}</p>}
        {place?.phoneSignIn && (
          <fieldset className="zp-signin">
            <legend className="sr">{t('portal.ways')}</legend>
            {ways.map((value) => (
              <label key={value} data-on={way === value}>
                <input
                  type="radio"
                  className="sr"
                  name="way"
                  checked={way === value}
                  onChange={() => setChosen(value)}
                />
                {t(`portal.way.${value}`)}
              </label>
            ))}
          </fieldset>
        )}
        {way === 'order' ? <ByOrder /> : <ByPhone org={org} />}
      </section>
    </>
  );
}
