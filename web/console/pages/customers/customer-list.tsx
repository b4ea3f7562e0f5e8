import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import { listQuery, membershipQuery } from '../../../api/console.ts';
import type { CustomerRow } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useOrgCurrency } from './currency.ts';
import { MemberTag } from './member-tag.tsx';

function useColumns(): TableColumnsType<CustomerRow> {
  const t = useT();
  const currency = useOrgCurrency();
  return [
    {
      title: t('customer.who'),
      render: (_, row) => (
        <Link to="/customers/$id" params={{ id: row.id } as never}>
          {row.name || t('customer.nameless')} <span className="muted">{row.phone}</span>
        </Link>
      ),
    },
    {
      title: t('customer.externalId'),
      width: 180,
      ellipsis: true,
      render: (_, row) => <span className="mono">{row.externalId ?? '–'}</span>,
    },
    { title: t('customer.level'), width: 150, render: (_, row) => <MemberTag level={row.level} /> },
    {
      title: t('customer.spent'),
      width: 140,
      align: 'right',
      render: (_, row) => <MoneyText value={{ amount: row.spent, currency }} />,
    },
    {
      title: t('customer.orders'),
      dataIndex: 'orders',
      width: 90,
      align: 'right',
      render: (n: number) => <CountText value={n} />,
    },
    {
      title: t('customer.points'),
      dataIndex: 'points',
      width: 110,
      align: 'right',
      render: (n: number) => <CountText value={n} />,
    },
    { title: t('customer.since'), width: 130, render: (_, row) => <TimeText at={row.createdAt} /> },
  ];
}

/** Customers, newest first; a whole telephone number, name or external id finds one among any number. */
export default function CustomerList() {
  const t = useT();
  const locale = useLocale();
  const navigate = useNavigate();
  const filters = useFilters(['q', 'level']);
  const query = useQuery(listQuery('/customers', { ...filters.search, limit: filters.limit }));
  const levels = useQuery(membershipQuery).data?.levels ?? [];
  return (
    <Page title={t('customer.list')} says={t('customer.listSays')}>
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('customer.search')} />
        <ChoiceFilter
          filters={filters}
          name="level"
          label={t('customer.level')}
          options={levels.map((level) => ({ value: level.code, label: level.name[locale] }))}
        />
      </FilterBar>
      <DataTable
        query={query}
        columns={useColumns()}
        rowKey="id"
        filters={filters}
        minWidthPx={900}
        onOpen={(row) => void navigate({ to: '/customers/$id', params: { id: row.id } as never })}
      />
    </Page>
  );
}
