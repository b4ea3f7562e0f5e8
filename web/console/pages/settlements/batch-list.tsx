import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import { listQuery } from '../../../api/console.ts';
import type { BatchRow } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';

function useColumns(): TableColumnsType<BatchRow> {
  const t = useT();
  return [
    { title: t('payout.batch'), width: 200, render: (_, b) => <span className="mono">{b.no}</span> },
    { title: t('payout.count'), width: 90, align: 'right', render: (_, b) => <CountText value={b.payouts} /> },
    { title: t('settle.amount'), width: 150, align: 'right', render: (_, b) => <MoneyText value={b} strong /> },
    {
      title: t('payout.answered'),
      render: (_, b) => (
        <span className="wrap">{t('payout.answeredSays', { paying: b.paying, paid: b.paid, failed: b.failed })}</span>
      ),
    },
    { title: t('payout.createdAt'), width: 140, render: (_, b) => <TimeText at={b.createdAt} /> },
    { title: t('payout.createdBy'), width: 160, render: (_, b) => <span className="wrap">{b.createdBy}</span> },
  ];
}

/** Batches that went to the bank, and how far it has answered. */
export default function BatchList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(['state']);
  const query = useQuery(listQuery('/settlements/payouts', { ...filters.search, limit: filters.limit } as never));
  return (
    <Page title={t('payout.list')} says={t('payout.says')}>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('settle.state')}
          options={['paying', 'settled'].map((value) => ({ value, label: t(`payout.state.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={useColumns()}
        rowKey="id"
        filters={filters}
        minWidthPx={900}
        onOpen={({ id }) => void navigate({ to: '/finance/payouts/$id', params: { id } as never })}
      />
    </Page>
  );
}
