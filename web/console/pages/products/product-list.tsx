import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery, skusByCodeQuery } from '../../../api/console.ts';
import type { Product } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { Picture } from './picture.tsx';
import { pictureOf } from './product-form.ts';

const ProductDrawer = lazy(() => import('./product-drawer.tsx'));
const FILTERS = ['q', 'category', 'status'] as const;
const STATUSES = ['on_sale', 'off_sale'];

function PriceRange({ product }: { product: Product }) {
  const sorted = product.skus.map((sku) => sku.price).toSorted((a, b) => a.amount - b.amount);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!low || !high || low.amount === high.amount) return <MoneyText value={low} />;
  return (
    <span className="nowrap">
      <MoneyText value={low} /> – <MoneyText value={high} />
    </span>
  );
}

/** What is left, and of what is gone whether it can be ordered all the same. */
function Available({ product, left }: { product: Product; left: number | undefined }) {
  const t = useT();
  const waits = left === 0 ? product.skus.filter((sku) => sku.backorder && sku.status === 'on_sale') : [];
  const day = waits.flatMap((sku) => sku.availableFrom ?? []).toSorted()[0];
  return (
    <>
      <CountText value={left} />
      {waits.length > 0 && (
        <div className="muted nowrap" style={{ fontSize: 12 }}>
          {t('product.backorder')} {day?.slice(5)}
        </div>
      )}
    </>
  );
}

function useColumns(available: (product: Product) => number | undefined): TableColumnsType<Product> {
  const t = useT();
  return [
    {
      title: t('product.title'),
      render: (_, product) => (
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <Picture url={pictureOf(product)} title={product.title} />
          <div style={{ minWidth: 0 }}>
            <div className="clamp2" title={product.title}>
              {product.title}
            </div>
            <div className="mono muted">{product.code}</div>
          </div>
        </div>
      ),
    },
    { title: t('product.category'), dataIndex: 'category', width: 180, ellipsis: true },
    {
      title: t('product.skus'),
      width: 70,
      align: 'right',
      render: (_, product) => <CountText value={product.skus.length} />,
    },
    { title: t('product.price'), width: 180, align: 'right', render: (_, product) => <PriceRange product={product} /> },
    {
      title: t('product.available'),
      width: 110,
      align: 'right',
      render: (_, product) => <Available product={product} left={available(product)} />,
    },
    {
      title: t('product.status'),
      width: 100,
      render: (_, product) => <StatusTag kind="product" value={product.status} />,
    },
    { title: t('product.createdAt'), dataIndex: 'createdAt', width: 120, render: (at: string) => <TimeText at={at} /> },
  ];
}

/** What is left of each product of the page, once it is known. */
function useAvailable(products: readonly Product[]): (product: Product) => number | undefined {
  const hits = useQuery(skusByCodeQuery(products.flatMap((product) => product.skus.map((sku) => sku.sku)))).data;
  const left = new Map(hits?.items.map((hit) => [hit.sku, hit.available]));
  return (product) =>
    product.skus.every((sku) => left.has(sku.sku))
      ? product.skus.reduce((sum, sku) => sum + (left.get(sku.sku) ?? 0), 0)
      : undefined;
}

/** Everything on sale, with a drawer to add and edit. */
export default function ProductList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(FILTERS);
  const query = useQuery(listQuery('/products', { ...filters.search, limit: filters.limit }));
  const mayWrite = can(useQuery(meQuery).data, 'catalog.product.write');
  const columns = useColumns(useAvailable(query.data?.items ?? []));
  const [open, setOpen] = useState<Product | 'new'>();
  return (
    <Page
      title={t('product.list')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            {t('product.new')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('product.search')} />
        <ChoiceFilter
          filters={filters}
          name="status"
          label={t('product.status')}
          options={STATUSES.map((value) => ({ value, label: word('status.product', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        {...(mayWrite ? { onOpen: setOpen } : {})}
      />
      <Suspense>
        {open && <ProductDrawer product={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </Page>
  );
}
