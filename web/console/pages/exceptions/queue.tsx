import { ClockCircleOutlined, PhoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ExceptionRow } from '../../../api/types.ts';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { isPast } from '../../../ui/format/time.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import type { Filters } from '../../../ui/use-filters.ts';
import { VipMark } from '../customers/member-tag.tsx';

function QueueItem({ row, chosen, onChoose }: { row: ExceptionRow; chosen: boolean; onChoose: () => void }) {
  const t = useT();
  const word = useWord();
  const call = row.nextContactAt !== null && isPast(row.nextContactAt);
  return (
    <li data-exception={row.id}>
      <button type="button" className="zg-desk-item" aria-current={chosen} onClick={onChoose}>
        <span className="row tight between">
          <strong className="wrap">
            {word('exceptionKind', row.kind)} {row.sku && <span className="mono">{row.sku}</span>}
            {row.units > 0 && ` ×${row.units}`}
          </strong>
          <StatusTag kind="exception" value={row.state} />
        </span>
        <span className="row tight">
          <span className="mono">{row.orderNo}</span>
          <span className="muted">{row.customer.name}</span>
          <VipMark level={row.customer.member} />
        </span>
        <span className="row tight between">
          {row.resolvedAt === null ? (
            <span className={row.overdue ? 'zg-bad-text' : 'muted'}>
              <ClockCircleOutlined /> <TimeText at={row.dueAt} relative />
            </span>
          ) : (
            <span className="muted">{word('exceptionResolution', row.resolution ?? '')}</span>
          )}
          <span className="muted">
            {call && <PhoneOutlined aria-label={t('exception.callNow')} className="zg-bad-text" />}{' '}
            {row.owner?.name ?? t('exception.nobody')}
          </span>
        </span>
      </button>
    </li>
  );
}

/** The exceptions of a page, one under the other. */
export function Queue(props: {
  items: ExceptionRow[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
  nextCursor: string | null;
  filters: Filters;
}) {
  const { items, chosen, onChoose, nextCursor, filters } = props;
  const t = useT();
  return (
    <div className="zg-desk-queue">
      <ul aria-label={t('exception.desk')}>
        {items.map((row) => (
          <QueueItem key={row.id} row={row} chosen={row.id === chosen} onChoose={() => onChoose(row.id)} />
        ))}
      </ul>
      {(filters.search['cursor'] ?? nextCursor) && (
        <div className="row" style={{ padding: 8 }}>
          {filters.search['cursor'] && (
            <Button size="small" onClick={() => filters.set({ cursor: undefined, id: undefined })}>
              {t('exception.first')}
            </Button>
          )}
          {nextCursor && (
            <Button size="small" onClick={() => filters.set({ cursor: nextCursor, id: undefined })}>
              {t('exception.next')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
