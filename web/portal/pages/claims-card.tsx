import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { MyClaim, Order } from '../../api/types.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { useMine } from '../mine.tsx';
import { ProblemNote } from '../problem-note.tsx';

const KINDS = [
  'offer_not_applied',
  'coupon_not_applied',
  'price_wrong',
  'gift_missing',
  'points_missing',
  'other',
] as const;
type Kind = (typeof KINDS)[number];
const NOTE_MAX = 500;

/** One claim and what became of it. */
function Claim({ claim }: { claim: MyClaim }) {
  const t = useT();
  const word = useWord();
  return (
    <li>
      <strong>{word('portal.claimKind', claim.kind)}</strong> <span className="mono muted">{claim.no}</span>
      {claim.state === 'open' && (
        <div>
          {t('portal.claim.open')} <TimeText at={claim.dueAt} />
        </div>
      )}
      {claim.state === 'corrected' && (
        <div>
          {t('portal.claim.corrected')}{' '}
          {claim.refunded && claim.refunded.amount > 0 && <MoneyText value={claim.refunded} strong />}{' '}
          {claim.points !== null && claim.points > 0 && t('portal.claim.points', { points: claim.points })}
        </div>
      )}
      {claim.answer && <div className="wrap">{claim.answer}</div>}
      <div className="muted">
        <TimeText at={claim.openedAt} />
      </div>
    </li>
  );
}

function ClaimForm({ onDone }: { onDone: () => void }) {
  const t = useT();
  const word = useWord();
  const [kind, setKind] = useState<Kind>('offer_not_applied');
  const [couponCode, setCouponCode] = useState('');
  const [note, setNote] = useState('');
  const mine = useMine();
  const send = useSubmit((body: { kind: Kind; note: string; couponCode?: string }, key) => mine.claim(body, key), {
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = couponCode.trim();
    send.mutate({ kind, note: note.trim(), ...(kind === 'coupon_not_applied' && code ? { couponCode: code } : {}) });
  };
  return (
    <form className="zp-form" onSubmit={submit}>
      <ProblemNote error={send.error} />
      <label>
        <span>{t('portal.claim.kind')}</span>
        <select value={kind} onChange={(e) => setKind(e.target.value as Kind)}>
          {KINDS.map((value) => (
            <option key={value} value={value}>
              {word('portal.claimKind', value)}
            </option>
          ))}
        </select>
      </label>
      {kind === 'coupon_not_applied' && (
        <label>
          <span>{t('portal.claim.coupon')}</span>
          <input
            value={couponCode}
            maxLength={60}
            autoCapitalize="characters"
            onChange={(e) => setCouponCode(e.target.value)}
          />
        </label>
      )}
      <label>
        <span>{t('portal.claim.note')}</span>
        <textarea rows={3} value={note} maxLength={NOTE_MAX} onChange={(e) => setNote(e.target.value)} />
      </label>
      <button type="submit" className="zp-button" disabled={send.isPending}>
        {t('portal.claim.send')}
      </button>
    </form>
  );
}

/** Something is wrong with what was paid or came: the customer says so, and sees the answer here. */
export function ClaimsCard({ order }: { order: Order }) {
  const t = useT();
  const [writing, setWriting] = useState(false);
  const query = useQuery(useMine().claims);
  if (!query.data) return null;
  const claims = query.data.items;
  const may = query.data.may && order.status !== 'cancelled' && order.status !== 'closed';
  if (claims.length === 0 && !may) return null;
  return (
    <section className="zp-card">
      <h2>{t('portal.claim')}</h2>
      {claims.length > 0 && (
        <ol className="zp-track">
          {claims.map((claim) => (
            <Claim key={claim.no} claim={claim} />
          ))}
        </ol>
      )}
      {writing && <ClaimForm onDone={() => setWriting(false)} />}
      {!writing && may && (
        <button type="button" className="zp-button zp-second" onClick={() => setWriting(true)}>
          {t('portal.claim.ask')}
        </button>
      )}
    </section>
  );
}
