import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableColumnsType, Tabs } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../../api/console.ts';
import type { BankLineSummary } from '../../../../api/types.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar, SearchFilter } from '../../../../ui/components/filter-bar.tsx';
import { Page } from '../../../../ui/components/page.tsx';
import { StatusTag } from '../../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../../ui/components/text.tsx';
import { useT, useWord } from '../../../../ui/i18n.ts';
import { useFilters } from '../../../../ui/use-filters.ts';
import { can } from '../../../permissions.ts';
import { AccountDialog, Accounts } from './accounts.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { LineDrawer } from './line-drawer.tsx';
import '../finance.css';

export const LINE_STATES = ['open', 'matched', 'ignored'] as const;
const CURRENCY = 'CNY';

function useColumns(): TableColumnsType<BankLineSummary> {
  const t = useT();
  return [
    { title: t('bank.at'), width: 150, render: (_, l) => <TimeText at={l.at} /> },
    { title: t('bank.account'), width: 110, render: (_, l) => <span className="wrap">{l.account}</span> },
    { title: t('bank.amount'), width: 150, align: 'right', render: (_, l) => <MoneyText value={l} strong /> },
    { title: t('bank.party'), width: 170, render: (_, l) => <span className="wrap">{l.party}</span> },
    { title: t('bank.remark'), render: (_, l) => <span className="clamp2">{l.remark}</span> },
    { title: t('bank.ref'), width: 170, render: (_, l) => <span className="mono">{l.ref}</span> },
    {
      title: t('bank.left'),
      width: 130,
      align: 'right',
      render: (_, l) => l.left > 0 && <MoneyText value={{ amount: l.left, currency: l.currency }} />,
    },
    { title: t('bank.state'), width: 110, render: (_, l) => <StatusTag kind="bankLine" value={l.state} /> },
  ];
}

/** What is explained, what is not, and what our books have and no statement has shown; each is a filter or leads to its rows. */
function Sums({ account, choose }: { account?: string; choose: (side: 'in' | 'out') => void }) {
  const t = useT();
  const { data } = useQuery(
    oneQuery('/bank-lines/sums', { query: { state: 'open', ...(account ? { account } : {}) } }),
  );
  if (!data) return null;
  return (
    <div className="zg-recon-counts">
      {(['in', 'out'] as const).map((side) => {
        const sum = data.items.find((i) => i.side === side);
        return (
          <Button key={side} onClick={() => choose(side)}>
            {t(`bank.open.${side}`)} <CountText value={sum?.lines ?? 0} />
            {' · '}
            <MoneyText value={{ amount: sum?.left ?? 0, currency: CURRENCY }} strong />
          </Button>
        );
      })}
      <span className="muted">
        {t('bank.unseen')} <MoneyText value={{ amount: data.unseen.in, currency: CURRENCY }} /> /{' '}
        <MoneyText value={{ amount: data.unseen.out, currency: CURRENCY }} />
      </span>
    </div>
  );
}

function Lines() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['view', 'q', 'state', 'side', 'account', 'from', 'to']);
  const { view: _view, ...search } = filters.search;
  const query = useQuery(listQuery('/bank-lines', { ...search, limit: filters.limit } as never));
  const columns = useColumns();
  const [open, setOpen] = useState<string>();
  return (
    <>
      <Sums
        {...(search.account ? { account: search.account } : {})}
        choose={(side) => filters.set({ state: 'open', side })}
      />
      <FilterBar filters={{ ...filters, search }}>
        <SearchFilter filters={filters} placeholder={t('bank.search')} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('bank.state')}
          options={LINE_STATES.map((value) => ({ value, label: word('status.bankLine', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="side"
          label={t('bank.side')}
          options={['in', 'out'].map((value) => ({ value, label: word('bankSide', value) }))}
        />
        <DaysFilter filters={filters} from="from" to="to" />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1180}
        onOpen={(row) => setOpen(row.id)}
      />
      {open && <LineDrawer lineId={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** Movements on our bank accounts and what each of them is. */
export default function BankPage() {
  const t = useT();
  const filters = useFilters(['view']);
  const mayWrite = can(useQuery(meQuery).data, 'payments.bank.write');
  const [dialog, setDialog] = useState<'import' | 'account'>();
  const view = filters.search.view === 'accounts' ? 'accounts' : 'lines';
  const close = () => setDialog(undefined);
  return (
    <Page
      title={t('bank.title')}
      says={t('bank.says')}
      extra={
        mayWrite && (
          <>
            <Button icon={<PlusOutlined />} onClick={() => setDialog('account')}>
              {t('bank.newAccount')}
            </Button>
            <Button type="primary" icon={<UploadOutlined />} onClick={() => setDialog('import')}>
              {t('bank.import')}
            </Button>
          </>
        )
      }
    >
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={['lines', 'accounts'].map((key) => ({ key, label: t(`bank.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key })}
      />
      {view === 'lines' ? <Lines /> : <Accounts />}
      {dialog === 'import' && <ImportDialog onClose={close} />}
      {dialog === 'account' && <AccountDialog onClose={close} />}
    </Page>
  );
}
