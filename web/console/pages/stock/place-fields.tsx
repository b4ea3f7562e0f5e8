import { useQuery } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { useDeferredValue } from 'react';
import { batchesOfQuery, binSearchQuery } from '../../../api/console.ts';
import { useT, useWord } from '../../../ui/i18n.ts';

type FieldProps = {
  /** Given by the form. */
  id?: string;
  value?: string;
  onChange?: (text: string | undefined) => void;
};
const LENGTH_MAX = 60;
const within = (text: string | undefined): string | undefined => text?.slice(0, LENGTH_MAX);

/** A bin of a warehouse, found by how its code begins; a code that is not there yet may be typed. */
export function BinField({
  warehouse,
  empty,
  onChange,
  ...field
}: FieldProps & {
  warehouse: string | undefined;
  /** What leaving it empty means, where that is allowed. */
  empty?: 'chosen' | 'floor';
}) {
  const t = useT();
  const word = useWord();
  const asked = useDeferredValue(field.value?.trim() ?? '');
  const bins = useQuery(binSearchQuery(warehouse ?? '', asked)).data?.items ?? [];
  return (
    <AutoComplete
      {...field}
      allowClear
      style={{ width: '100%' }}
      placeholder={empty && t(`stock.binEmpty.${empty}`)}
      popupMatchSelectWidth={false}
      onChange={(text: string | undefined) => onChange?.(within(text))}
      options={bins.map((b) => ({
        value: b.code,
        label: (
          <span className="row between" style={{ flexWrap: 'nowrap' }}>
            <span className="mono">{b.code}</span>
            <span className="muted">
              {[b.zone, b.kind === 'storage' ? '' : word('binKind', b.kind), b.closed ? t('bin.closed') : '']
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
        ),
      }))}
    />
  );
}

/** A batch of a SKU, those that expire first at the front; a new one may be typed where goods come in. */
export function BatchField({ sku, onChange, ...field }: FieldProps & { sku: string | undefined }) {
  const t = useT();
  const batches = useQuery(batchesOfQuery(sku ?? '')).data?.items ?? [];
  const typed = (field.value ?? '').toLowerCase();
  return (
    <AutoComplete
      {...field}
      allowClear
      style={{ width: '100%' }}
      popupMatchSelectWidth={false}
      onChange={(text: string | undefined) => onChange?.(within(text))}
      options={batches
        .filter((b) => b.batch.toLowerCase().includes(typed))
        .map((b) => ({
          value: b.batch,
          label: (
            <span className="row between" style={{ flexWrap: 'nowrap' }}>
              <span>{b.batch}</span>
              <span className="muted">
                {b.expiresOn ? t('batch.until', { day: b.expiresOn }) : ''} {b.units.toLocaleString()}
              </span>
            </span>
          ),
        }))}
    />
  );
}
