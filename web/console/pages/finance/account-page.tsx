import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, postingsQuery } from '../../../api/console.ts';
import type { LedgerPosting } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { BalanceText, Side, SideAmount } from './side.tsx';
import { SubjectLink } from '../payments/subject-link.tsx';

function useColumns(side: 'debit' | 'credit'): TableColumnsType<LedgerPosting> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('ledger.when'), width: 112, render: (_, row) => <TimeText at={row.at} /> },
    { title: t('ledger.kind'), render: (_, row) => <span className="wrap">{word('entryKind', row.kind)}</span> },
    {
      title: t('ledger.document'),
      width: 190,
      render: (_, row) => <span className="mono">{row.subjectNo ?? '–'}</span>,
    },
    {
      title: t('order.no'),
      width: 150,
      render: (_, row) =>
        row.about && row.aboutNo ? <SubjectLink kind={row.aboutKind} id={row.about} no={row.aboutNo} /> : '–',
    },
    {
      title: t('ledger.debit'),
      width: 130,
      align: 'right',
      render: (_, row) => <SideAmount amount={row.debit} currency={row.currency} />,
    },
    {
      title: t('ledger.credit'),
      width: 130,
      align: 'right',
      render: (_, row) => <SideAmount amount={row.credit} currency={row.currency} />,
    },
    { title: t('ledger.side'), width: 70, align: 'center', render: (_, row) => <Side of={{ ...row, side }} /> },
    {
      title: t('ledger.balance'),
      width: 140,
      align: 'right',
      render: (_, row) => <BalanceText of={{ ...row, side }} />,
    },
  ];
}

/** One account: what was posted to it, newest first, with the balance after each. */
export default function AccountPage() {
  const t = useT();
  const { code } = useParams({ strict: false }) as { code: string };
  const filters = useFilters(['currency', 'from', 'to']);
  const accounts = useQuery(listQuery('/ledger/accounts', { limit: 200 }));
  const same = accounts.data?.items.filter((account) => account.code === code) ?? [];
  const [account] = same;
  const query = useQuery(postingsQuery(code, { ...filters.search, limit: filters.limit }));
  const columns = useColumns(account?.side ?? 'debit');
  const [openId, setOpen] = useState<string>();
  return (
    <Page
      title={account ? `${account.number} ${account.name}` : code}
      says={t('ledger.accountSays')}
      extra={
        <Link to="/finance/ledger">
          <Button>{t('ledger.title')}</Button>
        </Link>
      }
    >
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="currency"
          label={t('ledger.currency')}
          options={same.map(({ currency }) => ({ value: currency, label: currency }))}
        />
        <DaysFilter filters={filters} from="from" to="to" />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1060}
        onOpen={(posting) => setOpen(posting.entryId)}
      />
      {openId && <EntryDrawer entryId={openId} onOpen={setOpen} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
