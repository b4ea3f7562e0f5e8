import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../../api/types.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { formatMoney } from '../../ui/format/money.ts';
import { useLocale, useT } from '../../ui/i18n.ts';
import { useMine } from '../mine.tsx';
import { ProblemNote } from '../problem-note.tsx';

type Preview = Schemas['PriceProtectionPreview'];

/** What was paid for a line, the lowest since, and what comes back of it, or why nothing does. */
function Line({ line }: { line: Preview['lines'][number] }) {
  const t = useT();
  return (
    <li>
      <div className="wrap">
        {line.title} <span className="muted">{t('portal.protection.units', { units: line.kept })}</span>
      </div>
      <dl className="zp-facts">
        <dt>{t(line.given.amount > 0 ? 'portal.protection.downTo' : 'portal.protection.paid')}</dt>
        <dd>
          <MoneyText value={line.priceFrom} />
        </dd>
        {line.lowest && (
          <>
            <dt>{t('portal.protection.lowest')}</dt>
            <dd>
              <MoneyText value={line.lowest} />
            </dd>
          </>
        )}
        {line.given.amount > 0 && (
          <>
            <dt>{t('portal.protection.given')}</dt>
            <dd>
              <MoneyText value={line.given} />
            </dd>
          </>
        )}
        <dt>{t('portal.protection.back')}</dt>
        <dd className="wrap">{line.why === null ? <MoneyText value={line.amount} strong /> : line.whyText}</dd>
      </dl>
    </li>
  );
}

/** What has gone back so far: the same however often it is asked. */
function Given({ given }: { given: Preview['given'] }) {
  const t = useT();
  return (
    <div className="zp-clause" role="status">
      <strong>
        {t('portal.protection.given')} <MoneyText value={given.amount} />
        {given.points > 0 && ` ${t('portal.protection.givenPoints', { points: given.points })}`}
      </strong>
      <p>{t('portal.protection.way')}</p>
    </div>
  );
}

function Asked({ preview, onClose }: { preview: Preview; onClose: () => void }) {
  const t = useT();
  const locale = useLocale();
  const mine = useMine();
  const ask = useSubmit((_: Record<never, never>, key) => mine.protect(key));
  const mayAsk = preview.may.includes('protect');
  return (
    <>
      <ul className="zp-protected">
        {preview.lines.map((line) => (
          <Line key={line.lineId} line={line} />
        ))}
      </ul>
      {mayAsk && preview.points > 0 && <p>{t('portal.protection.points', { points: preview.points })}</p>}
      {!mayAsk && <p role="status">{t('portal.protection.none')}</p>}
      <ProblemNote error={ask.error} />
      <div className="zp-buttons">
        <button type="button" className="zp-button zp-second" onClick={onClose}>
          {t('portal.protection.close')}
        </button>
        {mayAsk && (
          <button type="button" className="zp-button" disabled={ask.isPending} onClick={() => ask.mutate({})}>
            {t(ask.isPending ? 'ui.loading' : 'portal.protection.yes', { amount: formatMoney(preview.total, locale) })}
          </button>
        )}
      </div>
    </>
  );
}

/** Whether the goods have become cheaper, and the difference back. */
export function ProtectionCard() {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const { data: preview, dataUpdatedAt } = useQuery(useMine().protection);
  if (!preview?.takesPart) return null;
  const ends = preview.lines.flatMap((line) => line.windowEndsAt ?? []).toSorted();
  const last = ends.at(-1);
  const given = preview.given.amount.amount > 0;
  if (last === undefined && !given) return null;
  const isOver = last !== undefined && Date.parse(last) <= dataUpdatedAt;
  return (
    <section className="zp-card" aria-labelledby="price-protection">
      <h2 id="price-protection">{t('portal.protection')}</h2>
      {given && <Given given={preview.given} />}
      {last !== undefined && (
        <p className="muted">
          {isOver ? (
            t('portal.protection.over')
          ) : (
            <>
              {t('portal.protection.until')} <TimeText at={last} />
            </>
          )}
        </p>
      )}
      {isOpen && <Asked preview={preview} onClose={() => setOpen(false)} />}
      {!isOpen && (!isOver || preview.total.amount > 0) && (
        <button type="button" className="zp-button zp-second" onClick={() => setOpen(true)}>
          {t('portal.protection.ask')}
        </button>
      )}
    </section>
  );
}
