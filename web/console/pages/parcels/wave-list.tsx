import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import type { Wave } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { StartWave } from './start-wave.tsx';
import { useWarehouseName, WarehouseFilter } from '../stock/warehouses.tsx';

function useColumns(): TableColumnsType<Wave> {
  const t = useT();
  const nameOf = useWarehouseName();
  return [
    { title: t('wave.createdAt'), width: 150, render: (_, wave) => <TimeText at={wave.createdAt} /> },
    { title: t('stock.warehouse'), render: (_, wave) => <span className="wrap">{nameOf(wave.warehouse)}</span> },
    { title: t('wave.mode'), width: 130, render: (_, wave) => t(`waveMode.${wave.mode}`) },
    { title: t('wave.note'), width: 180, ellipsis: true, render: (_, wave) => wave.note ?? '–' },
    { title: t('wave.picks'), width: 110, align: 'right', render: (_, wave) => <CountText value={wave.picks} /> },
    {
      title: t('wave.open'),
      width: 110,
      align: 'right',
      render: (_, wave) => (
        <span style={wave.open > 0 ? { color: 'var(--warn)', fontWeight: 600 } : {}}>
          <CountText value={wave.open} />
        </span>
      ),
    },
  ];
}

/** Picking rounds, newest first; a new one takes the oldest orders that wait. */
export default function WaveList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(['warehouse']);
  const query = useQuery(listQuery('/waves', { ...filters.search, limit: filters.limit }));
  const mayStart = can(useQuery(meQuery).data, 'fulfilment.wave.write');
  const columns = useColumns();
  const [starting, setStarting] = useState(false);
  const open = (id: string) => void navigate({ to: '/waves/$id', params: { id } as never });
  return (
    <Page
      title={t('wave.list')}
      says={t('wave.says')}
      extra={
        mayStart && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setStarting(true)}>
            {t('wave.start')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <WarehouseFilter filters={filters} />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={860}
        onOpen={(wave) => open(wave.id)}
      />
      {starting && <StartWave onClose={() => setStarting(false)} onStarted={open} />}
    </Page>
  );
}
