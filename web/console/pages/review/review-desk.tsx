import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { useState } from 'react';
import { meQuery } from '../../../api/console.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { can } from '../../permissions.ts';
import { AddToBlacklist } from './blacklist-dialog.tsx';
import { DecisionDialog, useAsking } from './decision-dialog.tsx';
import { Queue, WhyHeld } from './desk-left.tsx';
import { DeskOrder } from './desk-middle.tsx';
import { OtherOrders } from './desk-right.tsx';
import { IdentityDialog } from './identity-dialog.tsx';
import { type Decision, type Desk, reviewCountsQuery, reviewQuery, useDesk } from './use-desk.ts';
import './review.css';

const VIEWS = ['open', 'waiting', 'all'] as const;
type View = (typeof VIEWS)[number];

function ViewTabs({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const t = useT();
  const locale = useLocale();
  const counts = useQuery(reviewCountsQuery).data;
  const count = (key: View): string => {
    if (!counts || key === 'all') return '';
    return ` ${counts[key].toLocaleString(locale)}${counts[key] === counts.max ? '+' : ''}`;
  };
  return (
    <Tabs
      activeKey={view}
      style={{ marginBottom: -16 }}
      tabBarGutter={24}
      items={VIEWS.map((key) => ({
        key,
        label: (
          <>
            {t(`review.view.${key}`)}
            <span className="muted">{count(key)}</span>
            {key === 'open' && counts && counts.overdue > 0 && (
              <span style={{ color: 'var(--bad)' }}> {t('review.overdue', { overdue: counts.overdue })}</span>
            )}
          </>
        ),
      }))}
      onChange={(key) => onChange(key as View)}
    />
  );
}

/** One order at a time with the keys that decide it. */
function Desk({ desk }: { desk: Desk }) {
  const row = desk.current;
  const review = useQuery({ ...reviewQuery(row?.id ?? ''), enabled: row !== undefined });
  const [asking, ask] = useAsking();
  const [verifying, verify] = useState(false);
  const [listing, list] = useState(false);
  const mayList = can(useQuery(meQuery).data, 'orders.blacklist.write');
  const data = review.data?.order.id === row?.id ? review.data : undefined;
  const needsProof = row?.holds.includes('identity') ?? false;
  const decide = (decision: Decision): void => {
    if (!row || (decision === 'approve' && (needsProof || row.approval))) return;
    if (decision === 'approve') void desk.decide(row, decision, '');
    else ask(decision);
  };
  const identity = (): void => (needsProof ? verify(true) : decide('require_id'));
  const keys = { a: () => decide('approve'), r: () => decide('reject'), q: () => decide('ask'), i: identity };
  const moves = { j: () => desk.move(1), k: () => desk.move(-1) };
  const both = Object.entries({ ...keys, ...moves }).flatMap(([key, act]) => [
    [key, act],
    [key.toUpperCase(), act],
  ]);
  useHotkeys(Object.fromEntries(both) as Record<string, () => void>);
  if (!row) return null;
  return (
    <div className="zg-desk">
      <div className="stack">
        <WhyHeld row={row} review={data} />
        <Queue desk={desk} />
      </div>
      <div className="stack">
        {review.isError && <ErrorState error={review.error} onRetry={() => void review.refetch()} />}
        {data ? (
          <DeskOrder
            review={data}
            onDecide={decide}
            onIdentity={() => verify(true)}
            onBlacklist={mayList ? () => list(true) : undefined}
          />
        ) : (
          !review.isError && <Loading heightPx={320} />
        )}
      </div>
      <div className="stack">{data && <OtherOrders review={data} />}</div>
      {/* One dialog per question: a key pressed while the last one still closes opens a fresh one. */}
      {asking && (
        <DecisionDialog
          key={`${row.id} ${asking}`}
          decision={asking}
          orderNo={row.orderNo}
          onCancel={() => ask(undefined)}
          onDecide={(note) => {
            void desk.decide(row, asking, note);
            ask(undefined);
          }}
        />
      )}
      <IdentityDialog
        orderId={row.id}
        open={verifying}
        onClose={() => verify(false)}
        onDone={() => (verify(false), void desk.refresh(), void review.refetch())}
      />
      <AddToBlacklist orderId={row.id} open={listing} onClose={() => list(false)} />
    </div>
  );
}

/** The review desk: orders that are held, the one due first before all others, decided by a key each. */
export default function ReviewDesk() {
  const t = useT();
  const filters = useFilters(['view', 'hold']);
  const view = VIEWS.find((name) => name === filters.search.view) ?? 'open';
  const desk = useDesk(view, filters.search.hold);
  const { queue, rows } = desk;
  return (
    <Page title={t('review.desk')} says={t('review.deskSays')}>
      <ViewTabs view={view} onChange={(key) => filters.set({ view: key === 'open' ? undefined : key })} />
      {queue.isPending && <Loading heightPx={320} />}
      {queue.isError && <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.data && rows.length === 0 && (
        <Panel>
          <EmptyState title={t(`review.empty.${view}`)} />
        </Panel>
      )}
      <Desk desk={desk} />
    </Page>
  );
}
