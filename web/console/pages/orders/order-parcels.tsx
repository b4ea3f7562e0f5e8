import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select, Table } from 'antd';
import { carriersQuery, listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Order, Parcel } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

type Step = Body<'/sandbox/shipments/{shipmentId}/advance', 'post'>['to'];
const STEPS: readonly Step[] = ['collected', 'in_transit', 'out_for_delivery', 'delivered', 'exception', 'returning'];

/** A carrier by the name the house gives it. */
export function useCarrierName(): (code: string) => string {
  const me = useQuery(meQuery).data;
  const carriers = useQuery({ ...carriersQuery, enabled: can(me, 'shipping.carrier.read') }).data?.items ?? [];
  const word = useWord();
  return (code) => {
    const known = word('carrier', code);
    return known === code ? (carriers.find((carrier) => carrier.code === code)?.name ?? code) : known;
  };
}

/** Moves a parcel of the carrier that is only played; a real one moves by itself. */
function SandboxAdvance({ parcel }: { parcel: Parcel }) {
  const t = useT();
  const word = useWord();
  const advance = useSubmit((to: Step) =>
    client.repeatable('/sandbox/shipments/{shipmentId}/advance', { path: { shipmentId: parcel.id }, body: { to } }),
  );
  const reached = new Set(parcel.track.map((node) => node.node));
  const ahead = STEPS.filter((step) => !reached.has(step));
  return (
    <div className="row">
      <span className="muted">{t('parcel.sandbox')}</span>
      <Select<Step>
        size="small"
        value={null as unknown as Step}
        placeholder={t('parcel.advance')}
        aria-label={t('parcel.advance')}
        style={{ minWidth: 160 }}
        loading={advance.isPending}
        onSelect={(to: Step) => advance.mutate(to)}
        options={ahead.map((value) => ({ value, label: word('track', value) }))}
      />
      {advance.isError && <ErrorState error={advance.error} />}
    </div>
  );
}

/** Where a parcel has been, newest first. */
export function ParcelTrack({ parcel, asked = [] }: { parcel: Parcel; asked?: Order['interceptions'] }) {
  const t = useT();
  const word = useWord();
  const onTheWay = parcel.carrier === 'sandbox' && (parcel.status === 'shipped' || parcel.status === 'exception');
  return (
    <div className="stack">
      {asked.map((one) => (
        <div key={one.id} className="row">
          <TimeText at={one.askedAt} />
          <strong>{t('parcel.interception')}</strong>
          <StatusTag kind="interception" value={one.state} />
          <span className="wrap muted">{one.why ?? one.reason}</span>
        </div>
      ))}
      {parcel.track.length === 0 && <span className="muted">{t('parcel.noTrack')}</span>}
      <ul className="zg-plain">
        {parcel.track
          .toSorted((a, b) => b.at.localeCompare(a.at))
          .map((node) => (
            <li key={`${node.at} ${node.node}`} className="row">
              <TimeText at={node.at} />
              <strong>{word('track', node.node)}</strong>
              <span className="wrap muted">{[node.place, node.text].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
      </ul>
      {onTheWay && <SandboxAdvance parcel={parcel} />}
    </div>
  );
}

/** Parcels with their track under them, for those who may see the warehouse. */
export function OrderParcels({ order }: { order: Order }) {
  const t = useT();
  const carrierName = useCarrierName();
  const maySee = can(useQuery(meQuery).data, 'fulfilment.parcel.read');
  const query = useQuery({ ...listQuery('/parcels', { orderId: order.id, limit: 50 }), enabled: maySee });
  const mayScan = can(useQuery(meQuery).data, 'fulfilment.parcel.write');
  if (!maySee) return null;
  return (
    <Panel title={t('order.parcels')} flush>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <Table<Parcel>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={query.data.items}
          scroll={{ x: 600 }}
          locale={{ emptyText: <EmptyState title={t('order.noParcels')} /> }}
          expandable={{
            defaultExpandedRowKeys: query.data.items.map((parcel) => parcel.id),
            rowExpandable: (parcel) => parcel.shipmentId !== null,
            expandedRowRender: (parcel) => (
              <ParcelTrack parcel={parcel} asked={order.interceptions.filter((one) => one.parcelId === parcel.id)} />
            ),
          }}
          columns={[
            {
              title: t('parcel.no'),
              render: (_, parcel) =>
                mayScan && parcel.may.length > 0 ? (
                  <Link to="/parcels/scan" search={{ code: parcel.parcelNo } as never} className="mono">
                    {parcel.parcelNo}
                  </Link>
                ) : (
                  <span className="mono">{parcel.parcelNo}</span>
                ),
            },
            {
              title: t('parcel.status'),
              width: 84,
              render: (_, parcel) => <StatusTag kind="parcel" value={parcel.status} />,
            },
            {
              title: t('parcel.waybill'),
              render: (_, parcel) => (
                <span className="wrap">
                  {parcel.carrier && carrierName(parcel.carrier)} <span className="mono">{parcel.waybillNo}</span>
                </span>
              ),
            },
            {
              title: t('parcel.pieces'),
              width: 64,
              align: 'right',
              render: (_, parcel) => <CountText value={parcel.lines.reduce((n, line) => n + line.quantity, 0)} />,
            },
            { title: t('parcel.shippedAt'), width: 104, render: (_, parcel) => <TimeText at={parcel.shippedAt} /> },
          ]}
        />
      )}
    </Panel>
  );
}
