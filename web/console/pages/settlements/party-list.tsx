import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import type { PartyRow } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText, MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { CreatePartyDialog } from './party-dialogs.tsx';
import { PARTY_KINDS } from './words.ts';

function useColumns(): TableColumnsType<PartyRow> {
  const t = useT();
  const word = useWord();
  const money = (p: PartyRow, amount: number) => (
    <span style={amount < 0 ? { color: 'var(--bad)' } : {}}>
      <MoneyText value={{ amount, currency: p.currency }} strong />
    </span>
  );
  return [
    {
      title: t('settle.party'),
      render: (_, p) => (
        <span className="row tight">
          <span className="wrap">{p.name}</span>
          {p.own && <Tag>{t('settle.ownShop')}</Tag>}
        </span>
      ),
    },
    { title: t('settle.kind'), width: 100, render: (_, p) => word('partyKind', p.kind) },
    { title: t('terms.cycle'), width: 120, render: (_, p) => (p.cycle ? t(`terms.cycle.${p.cycle.kind}`) : '–') },
    { title: t('settle.settledThrough'), width: 130, render: (_, p) => p.settledThrough },
    { title: t('settle.openItems'), width: 100, align: 'right', render: (_, p) => <CountText value={p.open.items} /> },
    { title: t('settle.openAmount'), width: 140, align: 'right', render: (_, p) => money(p, p.open.amount) },
    { title: t('settle.balance'), width: 140, align: 'right', render: (_, p) => money(p, p.balance) },
    {
      title: t('settle.account'),
      width: 260,
      render: (_, p) => <span className="wrap">{p.account ?? t(p.own ? 'settle.own' : 'settle.noAccount')}</span>,
    },
  ];
}

/** Whom is settled with, what is open for each, and what is owed. */
export default function PartyList() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const mayWrite = can(useQuery(meQuery).data, 'payments.settlement.write');
  const filters = useFilters(['q', 'kind']);
  const query = useQuery(listQuery('/settlements/parties', { ...filters.search, limit: filters.limit } as never));
  const [making, setMaking] = useState(false);
  const open = (id: string) => void navigate({ to: '/finance/parties/$id', params: { id } } as never);
  return (
    <Page
      title={t('settle.parties')}
      says={t('settle.partiesSay')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t('settle.newParty')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('settle.searchParty')} />
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('settle.kind')}
          options={PARTY_KINDS.map((value) => ({ value, label: word('partyKind', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={useColumns()}
        rowKey="id"
        filters={filters}
        minWidthPx={1160}
        onOpen={({ id }) => open(id)}
      />
      {making && <CreatePartyDialog onClose={() => setMaking(false)} onMade={open} />}
    </Page>
  );
}
