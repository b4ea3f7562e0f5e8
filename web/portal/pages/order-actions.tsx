import { useState, type ReactNode } from 'react';
import type { Order } from '../../api/types.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { MoneyText } from '../../ui/components/text.tsx';
import { formatMoney } from '../../ui/format/money.ts';
import { useLocale, useT, type Translate } from '../../ui/i18n.ts';
import { useMine } from '../mine.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { PaySheet } from './pay-sheet.tsx';

const EXTEND_DAYS = [3, 7] as const;
const CANCEL_REASONS = ['changedMind', 'wrongGoods', 'wrongAddress', 'tooSlow'] as const;

type Question = 'confirm' | 'extend' | 'cancel' | 'intercept';
type Nothing = Record<never, never>;

/** What a customer may ask of their order, each under the Idempotency-Key of its intent. */
function useCommands(onDone: () => void) {
  const mine = useMine();
  const done = { onSuccess: onDone };
  return {
    confirm: useSubmit((_: Nothing, key) => mine.confirmReceipt(key), done),
    extend: useSubmit((days: 3 | 7, key) => mine.extendReceipt(days, key), done),
    cancel: useSubmit((reason: string, key) => mine.cancel(reason, key), done),
    intercept: useSubmit((reason: string, key) => mine.intercept(reason, key), done),
  };
}

type Commands = ReturnType<typeof useCommands>;

function Press(props: { second?: boolean; busy?: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className={props.second ? 'zp-button zp-second' : 'zp-button'}
      disabled={props.busy}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}

/** The answers to a question that was asked before anything is done. */
function Answers({ asking, commands }: { asking: Question; commands: Commands }) {
  const t = useT();
  if (asking === 'confirm') {
    return (
      <Press busy={commands.confirm.isPending} onPress={() => commands.confirm.mutate({})}>
        {t('portal.confirmYes')}
      </Press>
    );
  }
  if (asking === 'extend') {
    return EXTEND_DAYS.map((days) => (
      <Press key={days} busy={commands.extend.isPending} onPress={() => commands.extend.mutate(days)}>
        {t('portal.days', { days })}
      </Press>
    ));
  }
  const command = asking === 'cancel' ? commands.cancel : commands.intercept;
  return CANCEL_REASONS.map((reason) => {
    const says = t(`portal.cancelReason.${reason}`);
    return (
      <Press key={reason} busy={command.isPending} onPress={() => command.mutate(says)}>
        {says}
      </Press>
    );
  });
}

const ASKABLE = [
  ['cancel', 'cancel', 'portal.cancel'],
  ['intercept', 'intercept', 'portal.intercept'],
  ['extend', 'extend_receipt', 'portal.extend'],
  ['confirm', 'confirm_receipt', 'portal.confirm'],
] as const;

function payLabel({ presale }: Order): string {
  if (!presale) return 'portal.pay';
  return presale.state === 'deposit_due' ? 'portal.payDeposit' : 'portal.payBalance';
}

/** What becomes of the money, before anything is done: of a presale the deposit may be lost. */
function cancelSays({ presale }: Order, t: Translate, locale: ReturnType<typeof useLocale>): string {
  const atStake = presale?.atStake;
  if (!atStake || atStake.amount === 0) return t('portal.cancelSays');
  return t('portal.cancelForfeits', { amount: formatMoney(atStake, locale) });
}

/** What the customer may do now, held at the lower edge where a thumb reaches it. */
export function Actions({ order }: { order: Order }) {
  const t = useT();
  const [asking, setAsking] = useState<Question>();
  const [paying, setPaying] = useState(false);
  const locale = useLocale();
  const commands = useCommands(() => setAsking(undefined));
  const may = (action: string) => order.may.includes(action);
  const offered = ASKABLE.filter(([, action]) => may(action));
  if (paying)
    return (
      <div className="zp-actions">
        <PaySheet order={order} onClose={() => setPaying(false)} />
      </div>
    );
  if (!may('pay') && offered.length === 0) return null;
  return (
    <div className="zp-actions">
      <ProblemNote
        error={commands.confirm.error ?? commands.extend.error ?? commands.cancel.error ?? commands.intercept.error}
      />
      {asking && <p>{asking === 'cancel' ? cancelSays(order, t, locale) : t(`portal.${asking}Says`)}</p>}
      <div className="zp-buttons">
        {asking ? (
          <>
            <Press second onPress={() => setAsking(undefined)}>
              {t('portal.goBack')}
            </Press>
            <Answers asking={asking} commands={commands} />
          </>
        ) : (
          <>
            {offered.map(([question, , label]) => (
              <Press key={question} second={question !== 'confirm'} onPress={() => setAsking(question)}>
                {t(label)}
              </Press>
            ))}
            {may('pay') && (
              <Press onPress={() => setPaying(true)}>
                {t(payLabel(order))} <MoneyText value={order.due} />
              </Press>
            )}
          </>
        )}
      </div>
    </div>
  );
}
