import type { TableColumnsType } from 'antd';
import type { DifferenceRow } from '../../../api/types.ts';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

/** One side of a difference: an amount, a state, or nothing. */
export function Side({
  row,
  value,
}: {
  row: Pick<DifferenceRow, 'currency' | 'subject'>;
  value: number | string | undefined;
}) {
  const word = useWord();
  if (typeof value === 'string') return <span>{word('reconStatus', value)}</span>;
  return <MoneyText value={value === undefined ? undefined : { amount: value, currency: row.currency }} />;
}

export function useDifferenceColumns(): TableColumnsType<DifferenceRow> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('recon.kind'),
      width: 130,
      render: (_, d) => (
        <>
          <div>{word('reconKind', d.kind)}</div>
          <span className="muted">{word('reconSubject', d.subject)}</span>
        </>
      ),
    },
    {
      title: t('recon.reference'),
      render: (_, d) => (
        <>
          <div className="mono wrap">{d.reference}</div>
          {d.txn !== d.reference && d.txn && <div className="mono muted wrap">{d.txn}</div>}
        </>
      ),
    },
    { title: t('recon.expected'), width: 120, align: 'right', render: (_, d) => <Side row={d} value={d.expected} /> },
    { title: t('recon.actual'), width: 120, align: 'right', render: (_, d) => <Side row={d} value={d.actual} /> },
    {
      title: t('recon.state'),
      width: 150,
      render: (_, d) => (
        <>
          <StatusTag kind="difference" value={d.state} />
          {d.action && <div className="muted">{word('reconAction', d.action)}</div>}
        </>
      ),
    },
    {
      title: t('recon.bill'),
      width: 130,
      render: (_, d) => (
        <>
          <div>{word('billChannel', d.channel)}</div>
          <span className="muted nowrap">{d.billDate}</span>
        </>
      ),
    },
    { title: t('recon.occurredAt'), width: 120, render: (_, d) => <TimeText at={d.occurredAt} /> },
    {
      title: t('recon.owner'),
      width: 130,
      render: (_, d) => <span className="wrap">{d.owner ?? <span className="muted">–</span>}</span>,
    },
  ];
}
