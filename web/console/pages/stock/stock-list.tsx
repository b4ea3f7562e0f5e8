import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import type { StockRow } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { AbcTag } from './abc-tag.tsx';
import { SkuLink } from './sku-link.tsx';
import { StockActions } from './stock-actions.tsx';
import type { StockFormKind } from './stock-body.ts';
import { StockAuditButton } from './stock-audit.tsx';
import { useWarehouseName, WarehouseFilter } from './warehouses.tsx';

const StockLedger = lazy(() => import('./stock-ledger.tsx'));
const StockForm = lazy(() => import('./stock-form.tsx'));
const FILTERS = ['q', 'warehouse', 'lowOnly'] as const;
const QUANTITIES = ['onHand', 'reserved', 'available', 'inTransit', 'damaged', 'frozen'] as const;

/** A row needs one key; SKU and warehouse together are it. */
type KeyedRow = StockRow & { key: string };

function useColumns(): TableColumnsType<KeyedRow> {
  const t = useT();
  const nameOf = useWarehouseName();
  return [
    {
      title: t('stock.sku'),
      dataIndex: 'sku',
      render: (_, row) => <SkuLink sku={row.sku} title={row.title} warehouse={row.warehouse} />,
    },
    { title: t('stock.abc'), width: 60, render: (_, row) => <AbcTag value={row.abc} /> },
    { title: t('stock.warehouse'), width: 150, ellipsis: true, render: (_, row) => nameOf(row.warehouse) },
    ...QUANTITIES.map((name) => ({
      title: t(`stock.${name}`),
      width: 86,
      align: 'right' as const,
      dataIndex: name,
      render: (quantity: number) => (
        <span style={name === 'available' && quantity <= 0 ? { color: 'var(--bad)', fontWeight: 600 } : {}}>
          <CountText value={quantity} />
        </span>
      ),
    })),
    {
      key: 'places',
      width: 120,
      render: (_, row) => (
        <span className="row tight nowrap">
          <Link to="/stock/bins" search={{ sku: row.sku, warehouse: row.warehouse } as never}>
            {t('stock.bin')}
          </Link>
          <Link to="/stock/batches" search={{ sku: row.sku } as never}>
            {t('stock.batch')}
          </Link>
        </span>
      ),
    },
  ];
}

/** What lies where, and for whom it is kept. */
export default function StockList() {
  const t = useT();
  const filters = useFilters(FILTERS);
  const query = useQuery({
    ...listQuery('/stock', { ...filters.search, limit: filters.limit }),
    select: (page) => ({
      ...page,
      items: page.items.map((row): KeyedRow => ({ ...row, key: `${row.sku} ${row.warehouse}` })),
    }),
  });
  const me = useQuery(meQuery).data;
  const columns = useColumns();
  const [open, setOpen] = useState<StockRow>();
  const [form, setForm] = useState<StockFormKind>();
  return (
    <Page
      title={t('stock.list')}
      extra={
        <>
          {can(me, 'inventory.count.read') && (
            <Link to="/stock/counts">
              <Button>{t('count.list')}</Button>
            </Link>
          )}
          {can(me, 'inventory.stock.audit') && <StockAuditButton />}
          <StockActions onChoose={setForm} />
          {can(me, 'inventory.transfer.write') && (
            <Button onClick={() => setForm('transfers')}>{t('stock.transfer')}</Button>
          )}
          {can(me, 'inventory.adjustment.write') && (
            <Button onClick={() => setForm('adjustments')}>{t('stock.adjust')}</Button>
          )}
          {can(me, 'inventory.receipt.write') && (
            <Button type="primary" onClick={() => setForm('receipts')}>
              {t('stock.receive')}
            </Button>
          )}
        </>
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('stock.search')} />
        <WarehouseFilter filters={filters} />
        <ChoiceFilter
          filters={filters}
          name="lowOnly"
          label={t('stock.level')}
          options={[{ value: 'true', label: t('stock.low') }]}
        />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="key" filters={filters} onOpen={setOpen} minWidthPx={1080} />
      <Suspense>
        {open && <StockLedger row={open} onClose={() => setOpen(undefined)} />}
        {form && <StockForm kind={form} onClose={() => setForm(undefined)} />}
      </Suspense>
    </Page>
  );
}
