import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { caseQuery, cases, feeOptionsQuery, type PortalCase } from '../../api/portal-cases.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { MoneyText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { ProblemNote } from '../problem-note.tsx';
import { PayBy } from './pay-sheet.tsx';

const POLL_MS = 2_500;

type Fee = NonNullable<NonNullable<PortalCase['repair']>['fee']>;

function FeeSheet({ c, due, onClose }: { c: PortalCase; due: Fee['due']; onClose: () => void }) {
  const t = useT();
  const options = useQuery(feeOptionsQuery(c.id));
  const [isOpen, setOpen] = useState(false);
  const now = useQuery({ ...caseQuery(c.id), refetchInterval: isOpen ? POLL_MS : false }).data;
  return (
    <PayBy
      due={due}
      options={options.data?.items}
      error={options.error}
      open={(choice, key) => cases.payFee(c.id, choice, key)}
      isPaid={now?.may.includes('pay_fee') === false}
      back={`/portal/cases/${c.id}`}
      onCode={() => setOpen(true)}
      close={t('portal.goBack')}
      onClose={onClose}
    />
  );
}

function GiveUp({ c, onClose }: { c: PortalCase; onClose: () => void }) {
  const t = useT();
  const giveUp = useSubmit((_: Record<never, never>, key) => cases.giveUpRepair(c.id, key), { onSuccess: onClose });
  return (
    <>
      <p>{t('portal.fee.giveUpSays')}</p>
      <ProblemNote error={giveUp.error} />
      <div className="zp-buttons">
        <button type="button" className="zp-button zp-second" onClick={onClose}>
          {t('portal.goBack')}
        </button>
        <button type="button" className="zp-button" disabled={giveUp.isPending} onClick={() => giveUp.mutate({})}>
          {t('portal.fee.giveUpYes')}
        </button>
      </div>
    </>
  );
}

/** What a repair costs once the quote was accepted: to be paid here, or paid, or gone back. */
export function FeeCard({ c }: { c: PortalCase }) {
  const t = useT();
  const word = useWord();
  const [doing, setDoing] = useState<'pay' | 'giveUp'>();
  const fee = c.repair?.fee;
  if (!fee) return null;
  const close = () => setDoing(undefined);
  const mayPay = c.may.includes('pay_fee');
  return (
    <section className="zp-card" aria-labelledby="case-fee">
      <h2 id="case-fee">{t('portal.fee')}</h2>
      <dl className="zp-facts">
        <dt>{t('portal.fee.amount')}</dt>
        <dd>
          <MoneyText value={fee.amount} strong /> {word('portal.feeStatus', fee.status)}
        </dd>
        {fee.due.amount > 0 && fee.due.amount < fee.amount.amount && (
          <>
            <dt>{t('portal.fee.due')}</dt>
            <dd>
              <MoneyText value={fee.due} strong />
            </dd>
          </>
        )}
        {fee.paid.amount > 0 && (
          <>
            <dt>{t('portal.fee.paid')}</dt>
            <dd>
              <MoneyText value={fee.paid} />
            </dd>
          </>
        )}
        {fee.refunded.amount > 0 && (
          <>
            <dt>{t('portal.fee.refunded')}</dt>
            <dd>
              <MoneyText value={fee.refunded} />
            </dd>
          </>
        )}
      </dl>
      {fee.waits && <p>{t('portal.fee.waits')}</p>}
      {doing === 'pay' && <FeeSheet c={c} due={fee.due} onClose={close} />}
      {doing === 'giveUp' && <GiveUp c={c} onClose={close} />}
      {!doing && (
        <div className="zp-buttons">
          {c.may.includes('give_up_repair') && (
            <button type="button" className="zp-button zp-second" onClick={() => setDoing('giveUp')}>
              {t('portal.fee.giveUp')}
            </button>
          )}
          {mayPay && (
            <button type="button" className="zp-button" onClick={() => setDoing('pay')}>
              {t('portal.pay')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
