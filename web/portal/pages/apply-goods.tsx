import { useState } from 'react';
import type { OrderCases } from '../../api/portal-cases.ts';
import { useT } from '../../ui/i18n.ts';

export type Quantities = Record<string, number>;
type Line = OrderCases['lines'][number];

function Stepper({ line, value, onChange }: { line: Line; value: number; onChange: (next: number) => void }) {
  const t = useT();
  return (
    <span className="zp-stepper" role="group" aria-label={t('portal.apply.quantityOf', { title: line.title })}>
      <button
        type="button"
        aria-label={t('portal.apply.less')}
        disabled={value <= 1}
        onClick={() => onChange(value - 1)}
      >
        −
      </button>
      <output aria-live="polite">{value}</output>
      <button
        type="button"
        aria-label={t('portal.apply.moreOne')}
        disabled={value >= line.free}
        onClick={() => onChange(value + 1)}
      >
        +
      </button>
    </span>
  );
}

type Props = {
  lines: readonly Line[];
  quantities: Quantities;
  onChange: (next: Quantities) => void;
  onNext: () => void;
};

/** Which goods it is about, and how many of each. Gifts go with what they came with. */
export function ApplyGoods({ lines, quantities, onChange, onNext }: Props) {
  const t = useT();
  const [isMissing, setMissing] = useState(false);
  const free = lines.filter((line) => line.free > 0 && !line.gift);
  const isChosen = free.some((line) => (quantities[line.lineId] ?? 0) > 0);
  return (
    <form
      className="zp-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChosen) onNext();
        else setMissing(true);
      }}
    >
      <fieldset className="zp-options">
        <legend>{t('portal.apply.goods')}</legend>
        {free.map((line) => {
          const value = Math.min(quantities[line.lineId] ?? 0, line.free);
          return (
            <div key={line.lineId} className="zp-option-line" data-on={value > 0}>
              <label>
                <input
                  type="checkbox"
                  checked={value > 0}
                  onChange={(event) => onChange({ ...quantities, [line.lineId]: event.target.checked ? 1 : 0 })}
                />
                <span style={{ minWidth: 0 }}>
                  <span className="clamp2">{line.title}</span>
                  <small className="muted">{t('portal.apply.free', { count: line.free })}</small>
                </span>
              </label>
              {value > 0 && line.free > 1 && (
                <Stepper
                  line={line}
                  value={value}
                  onChange={(next) => onChange({ ...quantities, [line.lineId]: next })}
                />
              )}
            </div>
          );
        })}
      </fieldset>
      {isMissing && !isChosen && (
        <div className="zp-problem" role="alert">
          {t('portal.apply.chooseGoods')}
        </div>
      )}
      <button type="submit" className="zp-button">
        {t('portal.apply.next')}
      </button>
    </form>
  );
}
