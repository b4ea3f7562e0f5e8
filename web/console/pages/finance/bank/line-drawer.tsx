import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { meQuery, oneQuery } from '../../../../api/console.ts';
import { client } from '../../../../api/instance.ts';
import type { Body } from '../../../../api/paths.ts';
import type { BankLine } from '../../../../api/types.ts';
import { useSubmit } from '../../../../api/use-submit.ts';
import { ConfirmButton } from '../../../../ui/components/confirm-button.tsx';
import { MaskedText, useReveal } from '../../../../ui/components/masked-text.tsx';
import { ErrorState, Loading } from '../../../../ui/components/states.tsx';
import { StatusTag } from '../../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../../ui/components/text.tsx';
import { useT, useWord } from '../../../../ui/i18n.ts';
import { can } from '../../../permissions.ts';
import { MatchDialog } from './match-dialog.tsx';

type Match = Body<'/bank-lines/{lineId}/matches', 'post'>['match'];

function Facts({ line }: { line: BankLine }) {
  const t = useT();
  const { shown, button, dialog } = useReveal('bank_line', line.id);
  const maySee = can(useQuery(meQuery).data, 'compliance.personal_data.reveal');
  const clear = Object.values(shown).filter(Boolean).join(' · ');
  const facts: Record<string, ReactNode> = {
    'bank.at': <TimeText at={line.at} />,
    'bank.account': line.account,
    'bank.amount': <MoneyText value={line} strong />,
    'bank.left': line.left > 0 && <MoneyText value={{ amount: line.left, currency: line.currency }} />,
    'bank.balance': line.balance !== null && <MoneyText value={{ amount: line.balance, currency: line.currency }} />,
    'bank.party': line.party && (
      <span className="row tight">
        <MaskedText masked={line.party} clear={clear || undefined} /> {maySee && button}
      </span>
    ),
    'bank.ref': line.ref && <span className="mono wrap">{line.ref}</span>,
    'bank.remark': line.remark && <span className="wrap">{line.remark}</span>,
  };
  return (
    <>
      <Descriptions
        column={1}
        size="small"
        items={Object.entries(facts)
          .filter(([, children]) => Boolean(children))
          .map(([key, children]) => ({ key, label: t(key), children }))}
      />
      {dialog}
    </>
  );
}

function Suggestion({ text, amount, take }: { text: ReactNode; amount: ReactNode; take: (() => void) | undefined }) {
  const t = useT();
  return (
    <div className="row between zg-bank-row">
      <span className="wrap">{text}</span>
      <span className="row tight">
        {amount}
        {take && <Button onClick={take}>{t('bank.take')}</Button>}
      </span>
    </div>
  );
}

/** What the line may be; pressed, it is that. */
function Suggestions({ line, take }: { line: BankLine; take: ((match: Match) => void) | undefined }) {
  const t = useT();
  const word = useWord();
  const { payments, settlements, refunds, entries } = line.suggestions;
  const { currency } = line;
  if (payments.length + settlements.length + refunds.length + entries.length === 0)
    return line.state === 'open' ? <p className="muted">{t('bank.noSuggestion')}</p> : null;
  const taking = (match: Match) => take && (() => take(match));
  return (
    <section>
      <h3>{t('bank.suggestions')}</h3>
      {payments.map((p) => (
        <Suggestion
          key={p.id}
          text={`${t('bank.suggest.payment')} ${p.orderNo} · ${p.paymentNo}${p.named ? ` · ${t('bank.named')}` : ''}`}
          amount={<MoneyText value={{ amount: p.amount, currency }} />}
          take={taking({ kind: 'payment', payment: p.id })}
        />
      ))}
      {settlements.map((s) => (
        <Suggestion
          key={s.channel}
          text={`${t('bank.suggest.settlement')} ${word('billChannel', s.channel)} ${s.bills[0]?.on ?? ''} – ${s.bills.at(-1)?.on ?? ''}`}
          amount={<MoneyText value={{ amount: s.bills.reduce((n, b) => n + b.amount, 0), currency }} />}
          take={taking({ kind: 'settlement', channel: s.channel, billIds: s.bills.map((b) => b.id) })}
        />
      ))}
      {refunds.map((r) => (
        <Suggestion
          key={r.id}
          text={`${t('bank.suggest.refund')} ${r.refundNo}`}
          amount={<MoneyText value={{ amount: r.amount, currency }} />}
          take={taking({ kind: 'refund', refundId: r.id })}
        />
      ))}
      {entries.map((e) => (
        <Suggestion
          key={e.id}
          text={
            <>
              {word('entryKind', e.kind)} <TimeText at={e.at} />
            </>
          }
          amount={<MoneyText value={{ amount: e.amount, currency }} />}
          take={taking({ kind: 'entry', entryId: e.id })}
        />
      ))}
    </section>
  );
}

function Matches({ line }: { line: BankLine }) {
  const t = useT();
  const word = useWord();
  const undo = useSubmit((matchId: string, idempotencyKey) =>
    client.post('/bank-matches/{matchId}/undo', { path: { matchId }, idempotencyKey }),
  );
  if (line.matches.length === 0) return null;
  return (
    <section>
      <h3>{t('bank.matches')}</h3>
      {line.matches.map((m) => (
        <div key={m.id} className="row between zg-bank-row" style={m.undoneAt ? { opacity: 0.6 } : {}}>
          <span className="wrap">
            {word('bankMatch', m.kind)}
            {m.channel && ` · ${word('billChannel', m.channel)}`}
            {m.account && ` · ${word('bankOther', m.account)}`}
            {m.note && ` · ${m.note}`}
            <br />
            <span className="muted">
              {m.undoneAt ? t('bank.undoneBy', { by: m.undoneBy }) : m.by} · <TimeText at={m.undoneAt ?? m.at} />
            </span>
          </span>
          <span className="row tight">
            <MoneyText value={{ amount: m.amount, currency: line.currency }} />
            {m.may.includes('undo') && (
              <ConfirmButton title={t('bank.undo')} says={t('bank.undoSays')} act={() => undo.mutateAsync(m.id)}>
                {t('bank.undo')}
              </ConfirmButton>
            )}
          </span>
        </div>
      ))}
    </section>
  );
}

/** One movement: what it is said to be, what it may be, and what a person makes of it. */
export function LineDrawer({ lineId, onClose }: { lineId: string; onClose: () => void }) {
  const t = useT();
  const [matching, setMatching] = useState(false);
  const path = { lineId };
  const query = useQuery(oneQuery('/bank-lines/{lineId}', { path }));
  const match = useSubmit((what: Match, idempotencyKey) =>
    client.post('/bank-lines/{lineId}/matches', { path, body: { match: what }, idempotencyKey }),
  );
  const ignore = useSubmit((ignored: boolean, idempotencyKey) =>
    client.post('/bank-lines/{lineId}/ignore', { path, body: { ignored }, idempotencyKey }),
  );
  const line = query.data;
  const may = (what: string) => line?.may.includes(what) ?? false;
  return (
    <Drawer
      open
      size={680}
      onClose={onClose}
      title={
        line && (
          <span className="row tight">
            <MoneyText value={line} strong /> <StatusTag kind="bankLine" value={line.state} />
          </span>
        )
      }
    >
      {query.isPending && <Loading heightPx={320} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {line && (
        <div className="stack">
          <div className="row">
            {may('match') && (
              <Button type="primary" onClick={() => setMatching(true)}>
                {t('bank.match')}
              </Button>
            )}
            {may('ignore') && <Button onClick={() => ignore.mutate(true)}>{t('bank.ignore')}</Button>}
            {may('unignore') && <Button onClick={() => ignore.mutate(false)}>{t('bank.unignore')}</Button>}
          </div>
          {(match.error ?? ignore.error) && <ErrorState error={match.error ?? ignore.error} />}
          <Facts line={line} />
          <Suggestions line={line} take={may('match') ? (what) => match.mutate(what) : undefined} />
          <Matches line={line} />
          {matching && <MatchDialog line={line} onClose={() => setMatching(false)} />}
        </div>
      )}
    </Drawer>
  );
}
