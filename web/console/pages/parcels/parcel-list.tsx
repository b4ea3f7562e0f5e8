import { BarcodeOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import type { Parcel } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useCarrierName } from '../orders/order-parcels.tsx';
import { openLabels } from './print.ts';
import { WarehouseFilter } from '../stock/warehouses.tsx';

const LABELS_MAX = 500;

const FILTERS = ['q', 'status', 'warehouse'] as const;
const STATUSES = ['created', 'verified', 'shipped', 'delivered', 'exception', 'cancelled'];

function useColumns(): TableColumnsType<Parcel> {
  const t = useT();
  const carrierName = useCarrierName();
  return [
    {
      title: t('parcel.no'),
      dataIndex: 'parcelNo',
      width: 190,
      render: (no: string) => <span className="mono">{no}</span>,
    },
    {
      title: t('order.no'),
      width: 190,
      render: (_, parcel) => (
        <Link to="/orders/$id" params={{ id: parcel.orderId } as never}>
          {parcel.orderNo}
        </Link>
      ),
    },
    { title: t('parcel.status'), width: 110, render: (_, parcel) => <StatusTag kind="parcel" value={parcel.status} /> },
    {
      title: t('parcel.waybill'),
      render: (_, parcel) =>
        parcel.carrier ? (
          <span className="wrap">
            {carrierName(parcel.carrier)} <span className="mono">{parcel.waybillNo}</span>
          </span>
        ) : (
          <span className="muted">–</span>
        ),
    },
    {
      title: t('parcel.scanned'),
      width: 110,
      align: 'right',
      render: (_, parcel) => (
        <span className="nowrap">
          <CountText value={parcel.lines.reduce((sum, line) => sum + line.scanned, 0)} /> /{' '}
          <CountText value={parcel.lines.reduce((sum, line) => sum + line.quantity, 0)} />
        </span>
      ),
    },
    { title: t('parcel.createdAt'), dataIndex: 'createdAt', width: 120, render: (at: string) => <TimeText at={at} /> },
    {
      title: t('parcel.shippedAt'),
      dataIndex: 'shippedAt',
      width: 120,
      render: (at: string | null) => <TimeText at={at} />,
    },
  ];
}

/** Prints the labels of what is selected, over several pages of the list. */
function PrintSelected({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const t = useT();
  const title = useErrorTitle();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const print = async () => {
    setBusy(true);
    try {
      await openLabels(ids);
      onDone();
    } catch (error) {
      void message.error(title(error));
    }
    setBusy(false);
  };
  const tooMany = ids.length > LABELS_MAX;
  return (
    <Button icon={<PrinterOutlined />} loading={busy} disabled={tooMany} onClick={() => void print()}>
      {t(tooMany ? 'pack.tooManyLabels' : 'pack.printSelected', { n: ids.length, max: LABELS_MAX })}
    </Button>
  );
}

/** Parcels, from the packing table to the customer's door. */
export default function ParcelList() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const filters = useFilters(FILTERS);
  const query = useQuery(listQuery('/parcels', { ...filters.search, limit: filters.limit }));
  const columns = useColumns();
  const me = useQuery(meQuery).data;
  const mayScan = can(me, 'fulfilment.parcel.write');
  const mayPrint = can(me, 'fulfilment.label.print');
  const [selected, setSelected] = useState<string[]>([]);
  return (
    <Page
      title={t('parcel.list')}
      extra={
        <>
          {selected.length > 0 && <PrintSelected ids={selected} onDone={() => setSelected([])} />}
          {mayScan && (
            <Link to="/parcels/scan">
              <Button type="primary" icon={<BarcodeOutlined />}>
                {t('nav.scan')}
              </Button>
            </Link>
          )}
        </>
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('parcel.search')} />
        <ChoiceFilter
          filters={filters}
          name="status"
          label={t('parcel.status')}
          options={STATUSES.map((value) => ({ value, label: word('status.parcel', value) }))}
        />
        <WarehouseFilter filters={filters} />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1000}
        {...(mayPrint ? { selection: { keys: selected, onChange: setSelected } } : {})}
        onOpen={(parcel) =>
          void (mayScan && parcel.may.length > 0
            ? navigate({ to: '/parcels/scan', search: { code: parcel.parcelNo } as never })
            : navigate({ to: '/orders/$id', params: { id: parcel.orderId } as never }))
        }
      />
    </Page>
  );
}
