import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { BlacklistEntry } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { AddToBlacklist } from './blacklist-dialog.tsx';

function Remove({ entry }: { entry: BlacklistEntry }) {
  const t = useT();
  const remove = useSubmit((_: Record<never, never>) =>
    client.delete('/blacklist/{entryId}', { path: { entryId: entry.id } }),
  );
  return (
    <ConfirmButton
      size="small"
      type="link"
      danger
      title={t('blacklist.remove')}
      says={t('blacklist.removeSays', { masked: entry.masked })}
      act={() => remove.mutateAsync({})}
    >
      {t('blacklist.remove')}
    </ConfirmButton>
  );
}

function useColumns(mayWrite: boolean): TableColumnsType<BlacklistEntry> {
  const t = useT();
  return [
    { title: t('blacklist.kinds'), width: 110, render: (_, row) => t(`blacklist.kind.${row.kind}`) },
    { title: t('blacklist.what'), width: 240, render: (_, row) => <span className="wrap">{row.masked}</span> },
    { title: t('ui.reason'), render: (_, row) => <span className="clamp2">{row.reason}</span> },
    {
      title: t('blacklist.until'),
      width: 150,
      render: (_, row) =>
        row.until ? <TimeText at={row.until} /> : <span className="muted">{t('blacklist.forGood')}</span>,
    },
    {
      title: t('blacklist.added'),
      width: 170,
      render: (_, row) => (
        <>
          <div className="wrap">{row.addedBy}</div>
          <TimeText at={row.addedAt} />
        </>
      ),
    },
    ...(mayWrite
      ? [
          {
            key: 'do',
            width: 100,
            align: 'right' as const,
            render: (_: unknown, row: BlacklistEntry) => <Remove entry={row} />,
          },
        ]
      : []),
  ];
}

/** Phones, addresses and devices whose orders are held; only hashes are kept, so the list shows masks. */
export default function BlacklistPage() {
  const t = useT();
  const filters = useFilters(['kind', 'phone']);
  const [adding, add] = useState(false);
  const mayWrite = can(useQuery(meQuery).data, 'orders.blacklist.write');
  const query = useQuery(listQuery('/blacklist', { ...filters.search, limit: filters.limit }));
  const columns = useColumns(mayWrite);
  return (
    <Page
      title={t('blacklist.title')}
      says={t('blacklist.says')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => add(true)}>
            {t('blacklist.add')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} name="phone" placeholder={t('blacklist.findPhone')} />
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('blacklist.kinds')}
          options={(['phone', 'address', 'device'] as const).map((value) => ({
            value,
            label: t(`blacklist.kind.${value}`),
          }))}
        />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} minWidthPx={900} />
      <AddToBlacklist open={adding} onClose={() => add(false)} />
    </Page>
  );
}
