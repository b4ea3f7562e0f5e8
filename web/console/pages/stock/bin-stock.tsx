import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type TableColumnsType, Tag } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery } from '../../../api/console.ts';
import type { BinStock } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { StockActions } from './stock-actions.tsx';
import { formOf, STOCK_STATES, type StockFormKind, type StockValues } from './stock-body.ts';
import { useWarehouseName, WarehouseFilter } from './warehouses.tsx';

const StockForm = lazy(() => import('./stock-form.tsx'));
const FILTERS = ['warehouse', 'bin', 'sku', 'batch', 'state', 'toPutAway'] as const;
const STATE_COLOURS = { good: 'default', damaged: 'volcano', frozen: 'blue' } as const;
const BATCH_COLOURS = { released: 'default', held: 'warning', recalled: 'error' } as const;

type KeyedRow = BinStock & { key: string };
type Opened = { kind: StockFormKind; initial?: StockValues };

function Where({ row }: { row: BinStock }) {
  const word = useWord();
  return (
    <>
      <Link to="/warehouses/$code" params={{ code: row.warehouse } as never} search={{ q: row.bin } as never}>
        <span className="mono">{row.bin}</span>
      </Link>
      <div className="muted">
        {[row.zone, row.binKind === 'storage' ? '' : word('binKind', row.binKind)].filter(Boolean).join(' · ')}
      </div>
    </>
  );
}

function BatchCell({ row }: { row: BinStock }) {
  const t = useT();
  if (row.batch === null) return <span className="muted">–</span>;
  return (
    <>
      <Link to="/stock/batches" search={{ sku: row.sku } as never}>
        <span className="wrap">{row.batch}</span>
      </Link>{' '}
      {row.batchState && row.batchState !== 'released' && (
        <Tag color={BATCH_COLOURS[row.batchState]}>{t(`batchState.${row.batchState}`)}</Tag>
      )}
      {row.expiresOn && <div className="muted">{t('batch.until', { day: row.expiresOn })}</div>}
    </>
  );
}

function useColumns(onOpen: (opened: Opened) => void): TableColumnsType<KeyedRow> {
  const t = useT();
  const nameOf = useWarehouseName();
  return [
    { title: t('stock.bin'), width: 150, render: (_, row) => <Where row={row} /> },
    {
      title: t('stock.sku'),
      render: (_, row) => (
        <>
          <div className="clamp2" title={row.title}>
            {row.title}
          </div>
          <span className="mono muted">{row.sku}</span>
        </>
      ),
    },
    { title: t('stock.batch'), width: 170, render: (_, row) => <BatchCell row={row} /> },
    {
      title: t('binStock.state'),
      width: 90,
      render: (_, row) => <Tag color={STATE_COLOURS[row.state]}>{t(`stockState.${row.state}`)}</Tag>,
    },
    { title: t('stock.warehouse'), width: 140, ellipsis: true, render: (_, row) => nameOf(row.warehouse) },
    { title: t('move.quantity'), width: 100, align: 'right', render: (_, row) => <CountText value={row.quantity} /> },
    {
      title: t('binStock.allocated'),
      width: 100,
      align: 'right',
      render: (_, row) => <CountText value={row.allocated} />,
    },
    {
      key: 'actions',
      width: 110,
      align: 'right',
      render: (_, row) => (
        <StockActions small state={row.state} onChoose={(kind) => onOpen({ kind, initial: formOf(row) })} />
      ),
    },
  ];
}

/** What stands in which bin, of which batch, in which state, and how much of it is promised. */
export default function BinStockList() {
  const t = useT();
  const filters = useFilters(FILTERS);
  const query = useQuery({
    ...listQuery('/stock/bins', { ...filters.search, limit: filters.limit }),
    select: (page) => ({
      ...page,
      items: page.items.map((row): KeyedRow => ({
        ...row,
        key: [row.warehouse, row.bin, row.sku, row.batch, row.state].join('\t'),
      })),
    }),
  });
  const [open, setOpen] = useState<Opened>();
  const columns = useColumns(setOpen);
  return (
    <Page
      title={t('nav.binStock')}
      says={t('binStock.says')}
      extra={<StockActions onChoose={(kind) => setOpen({ kind })} />}
    >
      <FilterBar filters={filters}>
        <WarehouseFilter filters={filters} />
        <SearchFilter filters={filters} name="bin" placeholder={t('stock.bin')} />
        <SearchFilter filters={filters} name="sku" placeholder={t('binStock.sku')} />
        <SearchFilter filters={filters} name="batch" placeholder={t('stock.batch')} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('binStock.state')}
          options={STOCK_STATES.map((value) => ({ value, label: t(`stockState.${value}`) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="toPutAway"
          label={t('nav.putAway')}
          options={[{ value: 'true', label: t('binStock.toPutAway') }]}
        />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="key" filters={filters} minWidthPx={1080} />
      <Suspense>{open && <StockForm {...open} onClose={() => setOpen(undefined)} />}</Suspense>
    </Page>
  );
}
