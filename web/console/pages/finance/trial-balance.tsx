import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DatePicker, Table, type TableColumnsType, Tag } from 'antd';
import dayjs from 'dayjs';
import { oneQuery } from '../../../api/console.ts';
import type { TrialBalance } from '../../../api/types.ts';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { BalanceText, Side, SideAmount } from './side.tsx';

type Account = TrialBalance['accounts'][number];

function useColumns(): TableColumnsType<Account> {
  const t = useT();
  return [
    { title: t('ledger.number'), width: 90, render: (_, row) => <span className="mono">{row.number}</span> },
    {
      title: t('ledger.account'),
      render: (_, row) => (
        <Link
          to="/finance/ledger/$code"
          params={{ code: row.code } as never}
          search={{ currency: row.currency } as never}
          className="wrap"
        >
          {row.name}
        </Link>
      ),
    },
    { title: t('ledger.class'), width: 100, render: (_, row) => t(`ledgerClass.${row.class}`) },
    {
      title: t('ledger.debitSum'),
      width: 160,
      align: 'right',
      render: (_, row) => <SideAmount amount={row.debit} currency={row.currency} />,
    },
    {
      title: t('ledger.creditSum'),
      width: 160,
      align: 'right',
      render: (_, row) => <SideAmount amount={row.credit} currency={row.currency} />,
    },
    { title: t('ledger.side'), width: 80, align: 'center', render: (_, row) => <Side of={row} /> },
    { title: t('ledger.balance'), width: 160, align: 'right', render: (_, row) => <BalanceText of={row} /> },
  ];
}

/** The accounts of one currency with the sums of both sides below. */
function Accounts({ data, currency }: { data: TrialBalance; currency: string }) {
  const t = useT();
  const columns = useColumns();
  const navigate = useNavigate();
  const total = data.totals.find((one) => one.currency === currency);
  const isEven = total?.debit === total?.credit;
  const open = (row: Account) =>
    void navigate({ to: '/finance/ledger/$code', params: { code: row.code }, search: { currency } } as never);
  return (
    <Panel
      flush
      title={
        <span className="row">
          {currency}
          <Tag color={isEven ? 'success' : 'error'}>{t(isEven ? 'ledger.balanced' : 'ledger.unbalanced')}</Tag>
        </span>
      }
    >
      <Table<Account>
        size="small"
        rowKey="code"
        pagination={false}
        scroll={{ x: 860 }}
        columns={columns}
        dataSource={data.accounts.filter((account) => account.currency === currency)}
        rowClassName="zg-open"
        onRow={(row) => ({
          onClick: (event) => !(event.target as Element).closest('a') && open(row),
        })}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={3}>
              <strong>{t('ledger.total')}</strong>
            </Table.Summary.Cell>
            <Table.Summary.Cell index={3} align="right">
              <MoneyText value={{ amount: total?.debit ?? 0, currency }} strong />
            </Table.Summary.Cell>
            <Table.Summary.Cell index={4} align="right">
              <MoneyText value={{ amount: total?.credit ?? 0, currency }} strong />
            </Table.Summary.Cell>
            <Table.Summary.Cell index={5} colSpan={2} />
          </Table.Summary.Row>
        )}
      />
    </Panel>
  );
}

/** The books up to a day: every account with both its sides, and whether they are the same. */
export default function TrialBalancePage() {
  const t = useT();
  const filters = useFilters(['at']);
  const { at } = filters.search;
  const query = useQuery(oneQuery('/ledger/trial-balance', { query: at === undefined ? {} : { at } }));
  const { data } = query;
  const day = at ?? data?.at;
  return (
    <Page
      title={t('ledger.title')}
      says={t('ledger.says')}
      extra={data && !data.balanced && <Tag color="error">{t('ledger.unbalanced')}</Tag>}
    >
      <FilterBar filters={filters}>
        <span className="muted">{t('ledger.upTo')}</span>
        <DatePicker
          value={day === undefined ? null : dayjs(day)}
          allowClear={at !== undefined}
          aria-label={t('ledger.upTo')}
          disabledDate={(date) => date.isAfter(dayjs(), 'day')}
          onChange={(to: dayjs.Dayjs | null) => filters.set({ at: to?.format('YYYY-MM-DD') })}
        />
      </FilterBar>
      {query.isPending && <Loading />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {data?.totals.length === 0 && <EmptyState title={t('ledger.empty')} />}
      <div className="stack wide">
        {data?.totals.map(({ currency }) => (
          <Accounts key={currency} data={data} currency={currency} />
        ))}
      </div>
    </Page>
  );
}
