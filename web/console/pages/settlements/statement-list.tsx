import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { type Filters, useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { useStatementColumns } from './statement-columns.tsx';
import { PARTY_KINDS, STATEMENT_STATES } from './words.ts';
import './settlements.css';

/** How many there are in each state and what they pay; one pressed is a filter. */
function Counts({ filters }: { filters: Filters }) {
  const word = useWord();
  const { state, cursor: _cursor, limit: _limit, ...rest } = filters.search;
  const { data } = useQuery(oneQuery('/settlements/statements/counts', { query: rest as never }));
  return (
    <div className="zg-settle-counts">
      {STATEMENT_STATES.map((name) => {
        const found = (data?.items ?? []).filter((c) => c.state === name);
        const count = found.reduce((n, c) => n + c.count, 0);
        return (
          <Button
            key={name}
            type={state === name ? 'primary' : 'default'}
            onClick={() => filters.set({ state: state === name ? undefined : name })}
          >
            {word('status.statement', name)} <strong>{count}</strong>
            {found
              .filter((c) => c.payable > 0)
              .map((c) => (
                <MoneyText key={c.currency} value={{ amount: c.payable, currency: c.currency }} />
              ))}
          </Button>
        );
      })}
    </div>
  );
}

/** What is owed to shops, suppliers and stations, statement by statement; approved ones are chosen for a batch. */
export default function StatementList() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const mayPay = can(useQuery(meQuery).data, 'payments.settlement.pay');
  const filters = useFilters(['q', 'state', 'kind', 'partyId', 'from', 'to', 'disputed']);
  const query = useQuery(listQuery('/settlements/statements', { ...filters.search, limit: filters.limit } as never));
  const [chosen, setChosen] = useState<string[]>([]);
  const pay = useSubmit(
    (statementIds: string[], idempotencyKey) =>
      client.post('/settlements/payouts', { body: { statementIds }, idempotencyKey }),
    {
      onSuccess: ({ id }) => void navigate({ to: '/finance/payouts/$id', params: { id } } as never),
      onError: (error) => void message.error(title(error)),
    },
  );
  return (
    <Page
      title={t('settle.list')}
      says={t('settle.says')}
      extra={
        mayPay && (
          <Button
            type="primary"
            disabled={chosen.length === 0}
            loading={pay.isPending}
            onClick={() => pay.mutate(chosen)}
          >
            {chosen.length === 0 ? t('settle.pay') : t('settle.payCount', { n: chosen.length })}
          </Button>
        )
      }
    >
      <Counts filters={filters} />
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('settle.search')} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('settle.state')}
          options={STATEMENT_STATES.map((value) => ({ value, label: word('status.statement', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('settle.kind')}
          options={PARTY_KINDS.map((value) => ({ value, label: word('partyKind', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="disputed"
          label={t('settle.disputed')}
          options={[{ value: 'true', label: t('settle.onlyDisputed') }]}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={useStatementColumns()}
        rowKey="id"
        filters={filters}
        minWidthPx={1420}
        onOpen={({ id }) => void navigate({ to: '/finance/settlements/$id', params: { id } as never })}
        {...(mayPay ? { selection: { keys: chosen, onChange: setChosen } } : {})}
      />
    </Page>
  );
}
