import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { skuSearchQuery } from '../../../api/console.ts';
import type { Exception } from '../../../api/types.ts';
import { formatMoney } from '../../../ui/format/money.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';

type Props = { suggested: Exception['substitutes']; value?: string[]; onChange?: (skus: string[]) => void };

/** SKUs to send instead: those of the same product first, any other by typing. */
export function SkuPicker({ suggested, value, onChange }: Props) {
  const t = useT();
  const locale = useLocale();
  const [typed, setTyped] = useState('');
  const found = useQuery({ ...skuSearchQuery(typed), enabled: typed.length > 1 }).data?.items ?? [];
  const own = suggested.map((s) => ({
    value: s.sku,
    label: `${s.title} (${s.sku}) · ${t('exception.inStock', { units: s.available })} · ${formatMoney(s.payable, locale)}`,
  }));
  const known = new Set(suggested.map((s) => s.sku));
  const others = found
    .filter((hit) => !known.has(hit.sku))
    .map((hit) => ({ value: hit.sku, label: `${hit.title} (${hit.sku})` }));
  return (
    <Select
      mode="multiple"
      maxCount={5}
      value={value ?? []}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(skus: string[]) => onChange?.(skus)}
      options={[
        ...(own.length > 0 ? [{ label: t('exception.sameProduct'), options: own }] : []),
        ...(others.length > 0 ? [{ label: t('exception.otherProducts'), options: others }] : []),
      ]}
      placeholder={t('exception.findSku')}
      aria-label={t('exception.substitute')}
    />
  );
}
