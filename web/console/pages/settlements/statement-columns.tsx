import { Link } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { SettlementItem, StatementRow } from '../../../api/types.ts';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

/** The columns of statements; on a party's page without the party. What is decided by comes first. */
export function useStatementColumns(options: { party: boolean } = { party: true }): TableColumnsType<StatementRow> {
  const t = useT();
  const word = useWord();
  const money = (s: StatementRow, amount: number, strong = false) => (
    <MoneyText value={{ amount, currency: s.currency }} strong={strong} />
  );
  const party: TableColumnsType<StatementRow> = [
    {
      title: t('settle.party'),
      width: 180,
      render: (_, s) => (
        <Link to="/finance/parties/$id" params={{ id: s.partyId } as never} className="wrap">
          {s.party}
        </Link>
      ),
    },
    { title: t('settle.kind'), width: 84, render: (_, s) => word('partyKind', s.kind) },
  ];
  return [
    {
      title: t('settle.no'),
      width: 160,
      render: (_, s) => (
        <Link to="/finance/settlements/$id" params={{ id: s.id } as never} className="mono">
          {s.no}
        </Link>
      ),
    },
    ...(options.party ? party : []),
    {
      title: t('settle.period'),
      width: 196,
      render: (_, s) => <span className="nowrap">{s.from === s.to ? s.from : `${s.from} – ${s.to}`}</span>,
    },
    {
      title: t('settle.state'),
      width: 130,
      render: (_, s) => (
        <span className="row tight">
          <StatusTag kind="statement" value={s.state} />
          {s.dispute && <StatusTag kind="statement" value="disputed" />}
        </span>
      ),
    },
    { title: t('settle.payable'), width: 124, align: 'right', render: (_, s) => money(s, s.payable, true) },
    { title: t('settle.dueOn'), width: 108, render: (_, s) => <span className="nowrap">{s.dueOn}</span> },
    { title: t('settle.items'), width: 72, align: 'right', render: (_, s) => <CountText value={s.items} /> },
    { title: t('settle.sales'), width: 124, align: 'right', render: (_, s) => money(s, s.sales) },
    { title: t('settle.refunds'), width: 116, align: 'right', render: (_, s) => money(s, s.refunds) },
    { title: t('settle.commission'), width: 116, align: 'right', render: (_, s) => money(s, s.commission + s.fees) },
  ];
}

/** The columns of the facts statements are made of. */
export function useItemColumns(): TableColumnsType<SettlementItem> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('settle.day'), width: 110, render: (_, i) => <span className="nowrap">{i.day}</span> },
    { title: t('settle.itemKind'), width: 120, render: (_, i) => word('itemKind', i.kind) },
    {
      title: t('settle.document'),
      width: 190,
      render: (_, i) =>
        i.about ? (
          <Link to="/orders/$id" params={{ id: i.about } as never} className="mono">
            {i.subjectNo}
          </Link>
        ) : (
          <span className="mono wrap">{i.subjectNo}</span>
        ),
    },
    { title: t('settle.note'), render: (_, i) => <span className="wrap">{i.note || '–'}</span> },
    {
      title: t('settle.agreement'),
      width: 90,
      render: (_, i) => (i.agreement === null ? '–' : `V${i.agreement}`),
    },
    {
      title: t('settle.amount'),
      width: 140,
      align: 'right',
      render: (_, i) => <MoneyText value={i} strong />,
    },
    {
      title: t('settle.settled'),
      width: 110,
      render: (_, i) =>
        i.statementId ? (
          <Link to="/finance/settlements/$id" params={{ id: i.statementId } as never}>
            {t('settle.inStatement')}
          </Link>
        ) : (
          <span className="muted">{t('settle.open')}</span>
        ),
    },
  ];
}
