import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { categoriesQuery, shopsQuery, skuSearchQuery } from '../../../api/console.ts';
import { useT } from '../../../ui/i18n.ts';

type Many = { value?: string[]; onChange?: (value: string[]) => void; label: string };
type One = { value?: string; onChange?: (value: string | undefined) => void; label: string };

const WIDE = { width: '100%' } as const;

/** SKUs found by code, bar code or title; those chosen stay by their code. */
function useSkus(text: string) {
  const hits = useQuery(skuSearchQuery(useDeferredValue(text.trim())));
  return {
    loading: hits.isFetching,
    options: (hits.data?.items ?? []).map(({ sku, title }) => ({ value: sku, label: sku, title })),
  };
}

const skuLine = ({ data }: { data: { value?: unknown; title?: unknown } }) => (
  <div style={{ minWidth: 0 }}>
    <div className="ellipsis">{String(data.title)}</div>
    <div className="mono muted">{String(data.value)}</div>
  </div>
);

/** Several SKUs. */
export function SkusSelect({ value = [], onChange, label }: Many) {
  const t = useT();
  const [text, setText] = useState('');
  const { loading, options } = useSkus(text);
  return (
    <Select<string[]>
      mode="multiple"
      allowClear
      style={WIDE}
      value={value}
      {...(onChange ? { onChange: (skus: string[]) => (onChange(skus), setText('')) } : {})}
      showSearch={{ searchValue: text, onSearch: setText, filterOption: false }}
      loading={loading}
      options={options}
      optionRender={skuLine}
      placeholder={t('offer.anySku')}
      aria-label={label}
      listHeight={360}
      maxTagCount={40}
    />
  );
}

/** One SKU. */
export function SkuSelect({ value, onChange, label }: One) {
  const t = useT();
  const [text, setText] = useState('');
  const { loading, options } = useSkus(text);
  return (
    <Select<string>
      allowClear
      style={WIDE}
      value={value ?? (null as unknown as string)}
      {...(onChange ? { onChange: (sku: string | undefined) => onChange(sku) } : {})}
      showSearch={{ searchValue: text, onSearch: setText, filterOption: false }}
      loading={loading}
      options={options}
      optionRender={skuLine}
      placeholder={t('order.addSku')}
      aria-label={label}
      listHeight={360}
    />
  );
}

export function CategoriesSelect({ value = [], onChange, label }: Many) {
  const t = useT();
  const [text, setText] = useState('');
  const found = useQuery(categoriesQuery(useDeferredValue(text.trim())));
  return (
    <Select<string[]>
      mode="multiple"
      allowClear
      style={WIDE}
      value={value}
      {...(onChange ? { onChange: (paths: string[]) => (onChange(paths), setText('')) } : {})}
      showSearch={{ searchValue: text, onSearch: setText, filterOption: false }}
      loading={found.isFetching}
      options={withParents(found.data?.items ?? []).map((path) => ({ value: path, label: path }))}
      placeholder={t('offer.anyCategory')}
      aria-label={label}
    />
  );
}

/** Categories are paths: a branch can be chosen as well as a leaf. */
function withParents(paths: readonly string[]): string[] {
  const all = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/');
    for (let n = 1; n <= parts.length; n += 1) all.add(parts.slice(0, n).join('/'));
  }
  return [...all].toSorted();
}

export function ShopsSelect({ value = [], onChange, label }: Many) {
  const t = useT();
  const shops = useQuery(shopsQuery);
  return (
    <Select<string[]>
      mode="multiple"
      allowClear
      style={WIDE}
      value={value}
      {...(onChange ? { onChange } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      loading={shops.isFetching}
      options={(shops.data?.items ?? []).map((shop) => ({ value: shop.code, label: shop.name }))}
      placeholder={t('offer.anyShop')}
      aria-label={label}
    />
  );
}
