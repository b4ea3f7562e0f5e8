import type { InvoiceRow } from '../../../api/types.ts';
import { TimeText } from '../../../ui/components/text.tsx';
import { useWord } from '../../../ui/i18n.ts';
import './invoices.css';

/** Until when it is to be issued; in colour when that is near or past. */
export function Clock({ invoice }: { invoice: Pick<InvoiceRow, 'clock' | 'dueAt' | 'issuedAt'> }) {
  const word = useWord();
  const { clock, dueAt, issuedAt } = invoice;
  if (issuedAt) return <TimeText at={issuedAt} />;
  if (clock === 'none' || dueAt === null) return <span className="muted">–</span>;
  if (clock === 'paused') return <span className="muted">{word('invoiceClock', 'paused')}</span>;
  return (
    <span className={clock === 'missed' ? 'zg-inv-late' : clock === 'warned' ? 'zg-inv-soon' : ''}>
      <TimeText at={dueAt} relative />
    </span>
  );
}

/** Who did something: a name, or that it was a customer or the system. */
export function Who({ name }: { name: string }) {
  const word = useWord();
  const known = name === 'customer' || name === 'system';
  return <span className="wrap">{known ? word('actor', name) : name}</span>;
}
