import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import { carriersQuery, listQuery } from '../../../api/console.ts';
import type { Manifest } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useCarrierName } from '../orders/order-parcels.tsx';
import { WarehouseFilter } from '../stock/warehouses.tsx';

const STATES = ['open', 'closed', 'handed_over'] as const;

function useColumns(): TableColumnsType<Manifest> {
  const t = useT();
  const carrierName = useCarrierName();
  return [
    { title: t('manifest.no'), width: 180, render: (_, m) => <span className="mono">{m.no}</span> },
    { title: t('parcel.carrier'), render: (_, m) => <span className="wrap">{carrierName(m.carrier)}</span> },
    { title: t('stock.warehouse'), width: 120, render: (_, m) => <span className="wrap">{m.warehouse}</span> },
    { title: t('manifest.state'), width: 120, render: (_, m) => <StatusTag kind="manifest" value={m.state} /> },
    {
      title: t('manifest.scanned'),
      width: 120,
      align: 'right',
      render: (_, m) => (
        <span className="nowrap">
          <CountText value={m.scanned} /> / <CountText value={m.parcels} />
        </span>
      ),
    },
    { title: t('manifest.cutoff'), width: 140, render: (_, m) => <TimeText at={m.cutoffAt} relative /> },
    { title: t('parcel.createdAt'), width: 130, render: (_, m) => <TimeText at={m.createdAt} /> },
    {
      title: t('manifest.handedAt'),
      width: 180,
      render: (_, m) =>
        m.handedAt ? (
          <>
            <TimeText at={m.handedAt} /> <span className="wrap">{m.driver}</span>
          </>
        ) : (
          <span className="muted">–</span>
        ),
    },
  ];
}

/** What carriers take along, visit by visit. */
export default function ManifestList() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const carrierName = useCarrierName();
  const filters = useFilters(['q', 'state', 'carrier', 'warehouse']);
  const query = useQuery(listQuery('/manifests', { ...filters.search, limit: filters.limit }));
  const carriers = useQuery(carriersQuery).data?.items ?? [];
  const columns = useColumns();
  return (
    <Page title={t('manifest.list')} says={t('manifest.says')}>
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('manifest.search')} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('manifest.state')}
          options={STATES.map((value) => ({ value, label: word('status.manifest', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="carrier"
          label={t('parcel.carrier')}
          options={carriers.map(({ code }) => ({ value: code, label: carrierName(code) }))}
        />
        <WarehouseFilter filters={filters} />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1050}
        onOpen={(m) => void navigate({ to: '/manifests/$id', params: { id: m.id } as never })}
      />
    </Page>
  );
}
