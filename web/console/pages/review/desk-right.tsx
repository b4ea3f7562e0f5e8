import { Link } from '@tanstack/react-router';
import type { Review } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';

/** The customer's other orders, and those that came by the same phone, address or device. */
export function OtherOrders({ review }: { review: Review }) {
  const t = useT();
  return review.others.map(({ by, items, more }) => (
    <Panel
      key={by}
      title={t(`review.others.${by}`)}
      extra={<span className="muted">{more ? `${items.length}+` : items.length}</span>}
      flush
    >
      {items.map((row) => (
        <div key={row.id} className="zg-other">
          <Link to="/orders/$id" params={{ id: row.id } as never} className="mono">
            {row.orderNo}
          </Link>
          <MoneyText value={row.total} />
          <span className="muted">
            <TimeText at={row.placedAt} />
          </span>
          <StatusTag kind="order" value={row.status} />
        </div>
      ))}
      {items.length === 0 && (
        <p className="muted" style={{ margin: 0, padding: '10px 16px' }}>
          {t('review.noOthers')}
        </p>
      )}
    </Panel>
  ));
}
