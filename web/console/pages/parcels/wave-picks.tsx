import { Link } from '@tanstack/react-router';
import { Table } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Pick, PickLine, PickPlace } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
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

/** Where a line's pieces are taken from: bin, batch, how many, and why there. */
export function PickPlaces({ places, reasons = true }: { places: readonly PickPlace[]; reasons?: boolean }) {
  const t = useT();
  if (places.length === 0) return null;
  return (
    <ul className="zg-plain zg-places">
      {places.map((place) => (
        <li key={`${place.binId} ${place.batch} ${place.staged}`} className="wrap">
          <strong className="mono">{place.bin}</strong> × {place.quantity}
          <span className="muted">
            {[
              '',
              place.batch ?? '',
              place.expiresOn ? t('batch.until', { day: place.expiresOn }) : '',
              place.staged ? t('wave.staged') : reasons ? place.reason : '',
            ]
              .filter((part, i) => i === 0 || part !== '')
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function PickLines({ pick }: { pick: Pick }) {
  const t = useT();
  return (
    <Table<PickLine>
      size="small"
      rowKey="lineId"
      pagination={false}
      dataSource={pick.lines}
      columns={[
        {
          title: t('stock.sku'),
          render: (_, line) => (
            <>
              <div className="wrap">{line.title}</div>
              <span className="mono muted">{line.sku}</span>
            </>
          ),
        },
        {
          title: t('parcel.scanned'),
          width: 110,
          render: (_, line) => (
            <>
              <strong className="nowrap">
                {line.scanned}/{line.quantity}
              </strong>
              {line.missing > 0 && (
                <div style={{ color: 'var(--bad)' }}>{t('wave.missing', { pieces: line.missing })}</div>
              )}
            </>
          ),
        },
        { title: t('wave.from'), width: '45%', render: (_, line) => <PickPlaces places={line.places} /> },
      ]}
    />
  );
}

/** The orders of one walk, each with its place on the cart and, opened, the bins its goods are taken from. */
export function WavePicks({ picks }: { picks: readonly Pick[] }) {
  const t = useT();
  return (
    <Table<Pick>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={picks}
      scroll={{ x: 720 }}
      expandable={{ expandedRowRender: (pick) => <PickLines pick={pick} />, defaultExpandAllRows: picks.length === 1 }}
      columns={[
        { title: t('wave.place'), width: 90, align: 'right', render: (_, pick) => <strong>{pick.place}</strong> },
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
  );
}
