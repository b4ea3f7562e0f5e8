import { Link } from '@tanstack/react-router';
import { Alert, Tag } from 'antd';
import type { Review, ReviewItem } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { isPast } from '../../../ui/format/time.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import type { Desk } from './use-desk.ts';

function Due({ at }: { at: string | null }) {
  const t = useT();
  if (at === null) return <span className="muted">{t('review.noDeadline')}</span>;
  return (
    <span style={isPast(at) ? { color: 'var(--bad)' } : undefined}>
      <TimeText at={at} relative />
    </span>
  );
}

/** Why the order is held, in words, and what is known about who is at it. */
export function WhyHeld({ row, review }: { row: ReviewItem; review: Review | undefined }) {
  const t = useT();
  const word = useWord();
  const { claim, approval } = review ?? row;
  return (
    <Panel
      title={t('review.why')}
      extra={
        <span className="nowrap">
          <span className="muted">{t('review.due')}</span> <Due at={row.confirmBefore} />
        </span>
      }
    >
      <ul className="zg-why">
        {row.why.map((why) => (
          <li key={`${why.hold} ${why.rule}`} className="wrap">
            <strong>{word('hold', why.hold)}</strong>
            {why.words}
          </li>
        ))}
      </ul>
      {row.tags.length > 0 && (
        <div className="row tight" style={{ marginTop: 12 }}>
          {row.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
      )}
      {claim && !claim.mine && (
        <Alert style={{ marginTop: 12 }} type="info" showIcon title={t('review.claimedBy', { name: claim.name })} />
      )}
      {approval && (
        <Alert
          style={{ marginTop: 12 }}
          type="warning"
          showIcon
          title={t('review.secondAsked', { name: approval.requestedBy })}
          action={<Link to="/approvals">{t('review.toApprovals')}</Link>}
        />
      )}
    </Panel>
  );
}

/** The orders that come after, the one due first before all others. */
export function Queue({ desk }: { desk: Desk }) {
  const t = useT();
  const word = useWord();
  const { rows, current, choose } = desk;
  return (
    <Panel title={t('review.queue')} flush>
      <nav className="zg-queue" aria-label={t('review.queue')}>
        {rows.map((row) => (
          <button
            key={row.id}
            type="button"
            aria-current={row.id === current?.id}
            onClick={() => choose(row.id)}
            ref={(button) => {
              if (row.id === current?.id) button?.scrollIntoView({ block: 'nearest' });
            }}
          >
            <span className="row between">
              <span className="mono">{row.orderNo}</span>
              <MoneyText value={row.total} />
            </span>
            <span className="row between muted" style={{ fontSize: 12 }}>
              <span className="ellipsis">
                {row.claim && !row.claim.mine
                  ? t('review.with', { name: row.claim.name })
                  : row.holds.map((hold) => word('hold', hold)).join(' · ')}
              </span>
              <Due at={row.confirmBefore} />
            </span>
          </button>
        ))}
      </nav>
    </Panel>
  );
}
