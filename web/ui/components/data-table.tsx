import { LeftOutlined, ReloadOutlined, RightOutlined, VerticalRightOutlined } from '@ant-design/icons';
import { Button, Select, Table, Tooltip, type TableColumnsType, type TableProps } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Page } from '../../api/types.ts';
import { useT } from '../i18n.ts';
import { PAGE_SIZES, readSort, stringifySearch } from '../search-params.ts';
import type { Filters } from '../use-filters.ts';
import { useHotkeys } from '../use-hotkeys.ts';
import { EmptyState, ErrorState } from './states.tsx';
import './data-table.css';

type Props<Row extends object> = {
  query: UseQueryResult<Page<Row>>;
  columns: TableColumnsType<Row>;
  rowKey: keyof Row & string;
  filters: Filters;
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
  empty?: ReactNode;
  /** Least width of the table in pixels; below it the table scrolls sideways inside its card. */
  minWidthPx?: number;
  /** Rows may be chosen: by their boxes, or X on the active row. They stay chosen over pages. */
  selection?: { keys: readonly string[]; onChange: (keys: string[]) => void };
};

/** Cursors of the pages before this one, for the way back; a changed filter starts anew. */
function usePageTrail(filters: Filters) {
  const { cursor, ...rest } = filters.search;
  const of = stringifySearch(rest);
  const trail = useRef<{ of: string; cursors: (string | undefined)[] }>({ of, cursors: [] });
  if (trail.current.of !== of) trail.current = { of, cursors: [] };
  const before = trail.current.cursors;
  const at = before.indexOf(cursor);
  if (at >= 0) before.length = at; // the browser's Back button turned the page
  return {
    isFirst: cursor === undefined,
    canBack: before.length > 0,
    first: () => ((before.length = 0), filters.set({ cursor: undefined })),
    next: (to: string) => (before.push(cursor), filters.set({ cursor: to })),
    back: () => filters.set({ cursor: before.at(-1) }),
    page: before.length + 1,
  };
}

function Pager(props: {
  filters: Filters;
  nextCursor: string | null;
  rows: number;
  query: { isFetching: boolean; refetch: () => unknown };
}) {
  const { filters, nextCursor, rows, query } = props;
  const t = useT();
  const trail = usePageTrail(filters);
  const next = () => nextCursor && trail.next(nextCursor);
  const back = () => (trail.canBack ? trail.back() : !trail.isFirst && trail.first());
  useHotkeys({ ']': next, '[': back });
  return (
    <div className="zg-pager">
      <span className="muted">{t('ui.page.rows', { rows })}</span>
      <Tooltip title={t('ui.refresh')}>
        <Button
          size="small"
          type="text"
          aria-label={t('ui.refresh')}
          icon={<ReloadOutlined spin={query.isFetching} />}
          onClick={() => void query.refetch()}
        />
      </Tooltip>
      <span style={{ flex: 1 }} />
      <Select
        size="small"
        value={filters.limit}
        aria-label={t('ui.page.size', { size: filters.limit })}
        options={PAGE_SIZES.map((size) => ({ value: size, label: t('ui.page.size', { size }) }))}
        onChange={(size) => filters.set({ limit: String(size) })}
      />
      <Button
        size="small"
        disabled={trail.isFirst}
        icon={<VerticalRightOutlined />}
        onClick={trail.first}
        aria-label={t('ui.page.first')}
      />
      <Button size="small" disabled={trail.isFirst} icon={<LeftOutlined />} onClick={back}>
        {t('ui.page.prev')}
      </Button>
      <Button size="small" disabled={!nextCursor} icon={<RightOutlined />} iconPlacement="end" onClick={next}>
        {t('ui.page.next')}
      </Button>
    </div>
  );
}

/** A keyset-paged list: filters and page in the address, j/k/Enter on the rows, sorting by the server. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { query, columns, rowKey, filters, onOpen, empty, minWidthPx = 900, selection } = props;
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  const rows = query.data?.items ?? [];
  const sort = readSort(filters.search['sort']);

  useEffect(() => setActive(-1), [query.data]);
  const move = (by: number) =>
    setActive((now) => {
      const next = Math.max(0, Math.min(rows.length - 1, now + by));
      const line = box.current?.querySelectorAll('.ant-table-tbody tr.ant-table-row')[next];
      line?.scrollIntoView({ block: 'nearest' });
      return next;
    });
  const openActive = () => {
    const row = rows[active];
    if (row) onOpen?.(row);
  };
  const chooseActive = () => {
    const key = rows[active]?.[rowKey] as string | undefined;
    if (!selection || key === undefined) return;
    const { keys } = selection;
    selection.onChange(keys.includes(key) ? keys.filter((k) => k !== key) : [...keys, key]);
  };
  useHotkeys({ j: () => move(1), k: () => move(-1), Enter: openActive, ...(selection ? { x: chooseActive } : {}) });

  const onChange: NonNullable<TableProps<Row>['onChange']> = (_page, _filters, sorter) => {
    const { field, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
    filters.set({ sort: order ? `${order === 'descend' ? '-' : ''}${String(field)}` : undefined });
  };
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div ref={box} className="zg-table" aria-busy={query.isFetching}>
      <Table<Row>
        size="small"
        rowKey={rowKey}
        columns={columns.map((column) =>
          column.sorter && 'dataIndex' in column
            ? { ...column, sortOrder: sort?.field === column.dataIndex ? (sort?.order ?? null) : null }
            : column,
        )}
        dataSource={rows}
        {...(selection
          ? {
              rowSelection: {
                selectedRowKeys: [...selection.keys],
                preserveSelectedRowKeys: true,
                onChange: (keys: React.Key[]) => selection.onChange(keys.map(String)),
              },
            }
          : {})}
        pagination={false}
        loading={query.isPending}
        showSorterTooltip={false}
        scroll={{ x: minWidthPx }}
        locale={{ emptyText: query.isPending ? ' ' : (empty ?? <EmptyState />) }}
        onChange={onChange}
        rowClassName={(_row, index) => (index === active ? 'zg-active' : onOpen ? 'zg-open' : '')}
        onRow={(row) => ({
          onClick: (event) => {
            const onControl = (event.target as Element).closest('a,button,input,label,.ant-select');
            if (!onControl && !window.getSelection()?.toString()) onOpen?.(row);
          },
        })}
      />
      <Pager filters={filters} nextCursor={query.data?.nextCursor ?? null} rows={rows.length} query={query} />
    </div>
  );
}
