import { SearchOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { dayOf, dayStart } from '../format/time.ts';
import { useEffect, useState, type ReactNode } from 'react';
import { useT } from '../i18n.ts';
import type { Filters } from '../use-filters.ts';

/** Text filter; searches on Enter, on the button, and when cleared. The first of a page takes `/`. */
export function SearchFilter({
  filters,
  name = 'q',
  placeholder,
}: {
  filters: Filters;
  name?: string;
  placeholder: string;
}) {
  const applied = filters.search[name] ?? '';
  const [text, setText] = useState(applied);
  useEffect(() => setText(applied), [applied]);
  return (
    <Input
      allowClear
      className="zg-filter-search"
      prefix={<SearchOutlined className="muted" />}
      value={text}
      placeholder={placeholder}
      aria-label={placeholder}
      maxLength={100}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === '' && applied !== '') filters.set({ [name]: undefined });
      }}
      onPressEnter={() => filters.set({ [name]: text.trim() })}
      onBlur={() => text.trim() !== applied && filters.set({ [name]: text.trim() })}
    />
  );
}

/** One of a set of values, or all. */
export function ChoiceFilter(props: {
  filters: Filters;
  name: string;
  label: string;
  options: { value: string; label: string }[];
}) {
  const { filters, name, label, options } = props;
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      className="zg-filter-choice"
      popupMatchSelectWidth={false}
      placeholder={label}
      aria-label={label}
      value={filters.search[name] ?? null}
      options={options}
      onChange={(value: string | null | undefined) => filters.set({ [name]: value ?? undefined })}
    />
  );
}

/** A span of days; the address holds the two moments, the second one exclusive. */
export function DaysFilter({ filters, from, to }: { filters: Filters; from: string; to: string }) {
  const start = filters.search[from];
  const end = filters.search[to];
  return (
    <DatePicker.RangePicker
      allowEmpty={[true, true]}
      value={[start ? dayjs(dayOf(start)) : null, end ? dayjs(dayOf(new Date(Date.parse(end) - 1))) : null]}
      onChange={(days) => {
        const day = (d: dayjs.Dayjs | null | undefined, plus: number) =>
          d ? dayStart(d.add(plus, 'day').format('YYYY-MM-DD')) : undefined;
        filters.set({ [from]: day(days?.[0], 0), [to]: day(days?.[1], 1) });
      }}
    />
  );
}

/** The filters of a list in one line that wraps, with a way to drop them all. */
export function FilterBar({ filters, children }: { filters: Filters; children: ReactNode }) {
  const t = useT();
  const { limit: _limit, cursor: _cursor, sort: _sort, ...set } = filters.search;
  return (
    <div className="row zg-filters">
      {children}
      {Object.keys(set).length > 0 && (
        <Button type="link" onClick={filters.clear}>
          {t('ui.filter.clear')}
        </Button>
      )}
    </div>
  );
}
