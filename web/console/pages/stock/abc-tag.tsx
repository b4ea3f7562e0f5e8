import { useT } from '../../../ui/i18n.ts';
import './demand-chart.css';

/** The class of a SKU in a warehouse, by what it brings there. */
export function AbcTag({ value }: { value: 'A' | 'B' | 'C' | null }) {
  const t = useT();
  if (value === null) return <span className="muted">–</span>;
  return (
    <span className="zg-abc" data-class={value} title={t(`stock.abc.${value}`)}>
      {value}
    </span>
  );
}
