import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dashboardQuery, meQuery } from '../../api/console.ts';
import type { Dashboard } from '../../api/types.ts';
import { Page, Panel } from '../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/components/states.tsx';
import { StatusTag } from '../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../ui/components/text.tsx';
import { startOfDay } from '../../ui/format/time.ts';
import { useT, useWord } from '../../ui/i18n.ts';
import { can } from '../permissions.ts';
import { DayChart } from './day-chart.tsx';
import './home.css';

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
        <MoneyText value={{ amount: today.amount, currency: today.currency }} />
      </Figure>
      <Figure label={t('home.paid')} to={{ createdFrom, status: 'paid,shipped,delivered,completed' }}>
        <CountText value={today.paid} />
      </Figure>
      <Figure label={t('home.shipped')} to={{ status: 'shipped' }}>
        <CountText value={today.shipped} />
      </Figure>
      <Figure label={t('home.cancelled')} to={{ createdFrom, status: 'cancelled' }}>
        <CountText value={today.cancelled} />
      </Figure>
    </div>
  );
}

/** Which orders each to-do is about. */
const TODO_ORDERS: Record<Dashboard['todo'][number]['kind'], Record<string, string>> = {
  pending_payment: { status: 'pending_payment' },
  to_review: { status: 'pending_payment,paid', held: 'true' },
  to_ship: { status: 'paid', held: 'false' },
  in_transit: { status: 'shipped' },
  shortage: { status: 'paid', hold: 'shortage' },
};

function Todo({ todo }: { todo: Dashboard['todo'] }) {
  const t = useT();
  const word = useWord();
  if (todo.every((item) => item.count === 0)) return <EmptyState title={t('home.nothingToDo')} />;
  return (
    <div className="zg-todo">
      {todo.map((item) => (
        <Link key={item.kind} to="/orders" search={TODO_ORDERS[item.kind] as never} data-none={item.count === 0}>
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

/** For those whose work is not orders: the navigation shows what is theirs. */
function Welcome({ name }: { name: string }) {
  const t = useT();
  return (
    <Page title={t('home.welcome', { name })}>
      <EmptyState title={t('home.chooseWork')} />
    </Page>
  );
}

/** What the day looks like and what waits for someone. */
export default function Home() {
  const t = useT();
  const me = useQuery(meQuery).data;
  const maySee = can(me, 'orders.order.read');
  const dashboard = useQuery({ ...dashboardQuery, enabled: maySee });
  const timeZone = me?.org.timeZone ?? 'Asia/Shanghai';
  if (!maySee) return <Welcome name={me?.user?.name ?? ''} />;
  if (dashboard.isPending) return <Loading heightPx={480} />;
  if (!dashboard.data) {
    return (
      <Page title={t('home.title')}>
        <ErrorState error={dashboard.error} onRetry={() => void dashboard.refetch()} />
      </Page>
    );
  }
  const { today, todo, deadlinesAtRisk, series } = dashboard.data;
  return (
    <Page title={t('home.title')}>
      <Today today={today} />
      <div className="zg-two">
        <div className="stack">
          <Panel title={t('home.chart')}>
            <DayChart series={series} currency={today.currency} timeZone={timeZone} />
          </Panel>
          <Panel title={t('home.risk')} flush>
            <AtRisk items={deadlinesAtRisk} />
          </Panel>
        </div>
        <Panel title={t('home.todo')}>
          <Todo todo={todo} />
        </Panel>
      </div>
    </Page>
  );
}
