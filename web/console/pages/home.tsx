import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { dashboardQuery } from '../../api/console.ts';
import type { Dashboard } from '../../api/types.ts';
import { Page, Panel } from '../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/components/states.tsx';
import { StatusTag } from '../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../ui/components/text.tsx';
import { startOfDay } from '../../ui/format/time.ts';
import { useT, useWord } from '../../ui/i18n.ts';
import './home.css';

const DayChart = lazy(() => import('./day-chart.tsx'));

function Figure({ label, children, to }: { label: string; children: ReactNode; to: Record<string, string> }) {
  return (
    <Link to="/orders" search={to as never} className="zg-figure">
      <span className="muted">{label}</span>
      <strong>{children}</strong>
    </Link>
  );
}

function Today({ today }: { today: Dashboard['today'] }) {
  const t = useT();
  const createdFrom = startOfDay();
  return (
    <div className="zg-figures">
      <Figure label={t('home.orders')} to={{ createdFrom }}>
        <CountText value={today.orders} />
      </Figure>
      <Figure label={t('home.amount')} to={{ createdFrom }}>
        <MoneyText value={today.amount} />
      </Figure>
      <Figure label={t('home.paid')} to={{ createdFrom, status: 'paid' }}>
        <CountText value={today.paid} />
      </Figure>
      <Figure label={t('home.shipped')} to={{ createdFrom, status: 'shipped' }}>
        <CountText value={today.shipped} />
      </Figure>
      <Figure label={t('home.cancelled')} to={{ createdFrom, status: 'cancelled' }}>
        <CountText value={today.cancelled} />
      </Figure>
    </div>
  );
}

function Todo({ todo, low }: { todo: Dashboard['todo']; low: number }) {
  const t = useT();
  const word = useWord();
  const all = low > 0 ? [...todo, { kind: 'low_stock', count: low, link: '/stock?low=true' }] : todo;
  if (all.every((item) => item.count === 0)) return <EmptyState title={t('home.nothingToDo')} />;
  return (
    <div className="zg-todo">
      {all.map((item) => (
        <Link key={item.kind} to={item.link as never} data-none={item.count === 0}>
          <strong>
            <CountText value={item.count} />
          </strong>
          <span className="wrap">{word('todo', item.kind)}</span>
        </Link>
      ))}
    </div>
  );
}

function AtRisk({ items }: { items: Dashboard['deadlinesAtRisk'] }) {
  const t = useT();
  const word = useWord();
  if (items.length === 0) return <EmptyState title={t('home.noRisk')} />;
  return (
    <ul className="zg-risk">
      {items.map((item) => (
        <li key={`${item.orderId} ${item.kind}`}>
          <Link to="/orders/$id" params={{ id: item.orderId } as never} className="mono">
            {item.orderNo}
          </Link>
          <span className="ellipsis">{word('deadline', item.kind)}</span>
          <TimeText at={item.dueAt} relative />
          <StatusTag kind="deadline" value={item.state} />
        </li>
      ))}
    </ul>
  );
}

/** What the day looks like and what waits for someone. */
export default function Home() {
  const t = useT();
  const dashboard = useQuery(dashboardQuery);
  if (dashboard.isPending) return <Loading heightPx={480} />;
  if (!dashboard.data) {
    return (
      <Page title={t('home.title')}>
        <ErrorState error={dashboard.error} onRetry={() => void dashboard.refetch()} />
      </Page>
    );
  }
  const { today, todo, deadlinesAtRisk, series, stock } = dashboard.data;
  return (
    <Page title={t('home.title')}>
      <Today today={today} />
      <div className="zg-two">
        <div className="stack">
          <Panel title={t('home.chart')}>
            <Suspense fallback={<Loading heightPx={340} />}>
              <DayChart series={series} currency={today.amount.currency} />
            </Suspense>
          </Panel>
          <Panel title={t('home.risk')} flush>
            <AtRisk items={deadlinesAtRisk} />
          </Panel>
        </div>
        <Panel title={t('home.todo')}>
          <Todo todo={todo} low={stock.low} />
        </Panel>
      </div>
    </Page>
  );
}
