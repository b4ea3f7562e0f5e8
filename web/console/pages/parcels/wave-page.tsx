import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Table } from 'antd';
import { oneQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Pick } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';

const sum = (pick: Pick, of: 'quantity' | 'scanned') => pick.lines.reduce((n, line) => n + line[of], 0);

function PickActions({ pick }: { pick: Pick }) {
  const t = useT();
  const cancel = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/picks/{pickId}/cancel', { path: { pickId: pick.id }, idempotencyKey }),
  );
  return (
    <span className="row tight" style={{ justifyContent: 'flex-end' }}>
      {pick.may.includes('scan') && (
        <Link to="/parcels/scan" search={{ mode: 'pick', code: pick.orderNo } as never}>
          {t('wave.scan')}
        </Link>
      )}
      {pick.may.includes('cancel') && (
        <ConfirmButton
          size="small"
          type="link"
          danger
          title={t('wave.cancelPick')}
          says={t('wave.cancelSays')}
          act={() => cancel.mutateAsync({})}
        >
          {t('wave.cancelPick')}
        </ConfirmButton>
      )}
    </span>
  );
}

function PickLines({ pick }: { pick: Pick }) {
  return (
    <ul className="zg-plain">
      {pick.lines.map((line) => (
        <li key={line.lineId} className="row">
          <span className="mono muted">{line.sku}</span>
          <span className="wrap">{line.title}</span>
          <strong>
            {line.scanned}/{line.quantity}
          </strong>
        </li>
      ))}
    </ul>
  );
}

/** One picking round: its orders, each with what is to be taken from the shelf. */
export default function WavePage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(oneQuery('/waves/{waveId}', { path: { waveId: id } }));
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('wave.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const wave = query.data;
  const warehouse = warehouses.find((w) => w.code === wave.warehouse)?.name ?? wave.warehouse;
  return (
    <Page
      title={t('wave.one')}
      says={
        <>
          {warehouse} · {<TimeText at={wave.createdAt} />}
        </>
      }
    >
      <div className="zg-table">
        <Table<Pick>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={wave.picks}
          scroll={{ x: 720 }}
          expandable={{
            expandedRowRender: (pick) => <PickLines pick={pick} />,
          }}
          columns={[
            {
              title: t('order.no'),
              render: (_, pick) => (
                <Link to="/orders/$id" params={{ id: pick.orderId } as never}>
                  {pick.orderNo}
                </Link>
              ),
            },
            {
              title: t('parcel.status'),
              width: 110,
              render: (_, pick) => <StatusTag kind="pick" value={pick.status} />,
            },
            {
              title: t('parcel.scanned'),
              width: 120,
              align: 'right',
              render: (_, pick) => (
                <span className="nowrap">
                  <CountText value={sum(pick, 'scanned')} /> / <CountText value={sum(pick, 'quantity')} />
                </span>
              ),
            },
            { title: t('wave.pickedAt'), width: 120, render: (_, pick) => <TimeText at={pick.pickedAt} /> },
            { key: 'actions', width: 180, align: 'right', render: (_, pick) => <PickActions pick={pick} /> },
          ]}
        />
      </div>
    </Page>
  );
}
