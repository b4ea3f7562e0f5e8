import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { skuSearchQuery } from '../../../api/console.ts';
import type { SkuHit } from '../../../api/types.ts';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { Picture } from './picture.tsx';

function Hit({ hit }: { hit: SkuHit }) {
  const t = useT();
  return (
    <div className="row" style={{ flexWrap: 'nowrap' }}>
      <Picture url={hit.pictureUrl} title={hit.title} sizePx={32} />
      <div style={{ minWidth: 0, flex: 1 }}>
        <div className="ellipsis" title={hit.title}>
          {hit.title}
        </div>
        <div className="row between muted" style={{ fontSize: 12, flexWrap: 'nowrap' }}>
          <span className="mono">{hit.sku}</span>
          <span className="nowrap">
            {t('order.available', { available: hit.available })} · <MoneyText value={hit.price} />
          </span>
        </div>
      </div>
    </div>
  );
}

/** Finds one SKU by code, bar code or title, with what is in stock; picking clears the field for the next. */
export function SkuPicker({ onPick, warehouse }: { onPick: (hit: SkuHit) => void; warehouse?: string }) {
  const t = useT();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const hits = useQuery(skuSearchQuery(asked, warehouse));
  const items = (hits.data?.items ?? []).filter((hit) => hit.status === 'on_sale');
  return (
    <Select<string>
      style={{ width: '100%', marginBottom: 8 }}
      showSearch={{ searchValue: text, onSearch: setText, filterOption: false }}
      value={null as unknown as string}
      placeholder={t('order.addSku')}
      aria-label={t('order.addSku')}
      loading={hits.isFetching}
      notFoundContent={hits.isFetching ? t('ui.loading') : t('ui.empty')}
      listHeight={420}
      onSelect={(sku: string) => {
        const hit = items.find((item) => item.sku === sku);
        if (hit) onPick(hit);
        setText('');
      }}
      options={items.map((hit) => ({ value: hit.sku, label: hit.title, hit }))}
      optionRender={({ data }) => <Hit hit={(data as { hit: SkuHit }).hit} />}
    />
  );
}
