import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Descriptions, Progress, Table } from 'antd';
import { listQuery, membershipQuery, meQuery, oneQuery } from '../../../api/console.ts';
import type { Customer, OrderRow } from '../../../api/types.ts';
import { MaskedText, useReveal } from '../../../ui/components/masked-text.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { TicketsCard } from '../tickets/tickets-card.tsx';
import { LevelButton } from './level-dialog.tsx';
import { MemberTag } from './member-tag.tsx';
import { PointsButtons } from './points-dialog.tsx';
import { PointsLedger } from './points-ledger.tsx';

function Contact({ customer }: { customer: Customer }) {
  const t = useT();
  const { shown, button, dialog } = useReveal('customer', customer.id);
  const maySee = can(useQuery(meQuery).data, 'compliance.personal_data.reveal');
  const field = (name: 'name' | 'phone' | 'email') => ({
    key: name,
    label: t(`customer.${name}`),
    children: <MaskedText masked={customer[name] || '–'} clear={shown[name]} />,
  });
  return (
    <Panel title={t('customer.contact')} extra={maySee && button}>
      <Descriptions
        column={1}
        size="small"
        items={[
          field('name'),
          field('phone'),
          field('email'),
          {
            key: 'externalId',
            label: t('customer.externalId'),
            children: <span className="mono wrap">{customer.externalId ?? '–'}</span>,
          },
          { key: 'since', label: t('customer.since'), children: <TimeText at={customer.createdAt} /> },
        ]}
      />
      {dialog}
    </Panel>
  );
}

/** How far it is to the next level: by money, by orders, whichever comes first. */
function NextLevel({ customer }: { customer: Customer }) {
  const t = useT();
  const locale = useLocale();
  const { next } = customer.membership;
  if (!next) return <p className="muted">{t('customer.highest')}</p>;
  const { missingSpent, missingOrders } = next;
  const share = (have: number, missing: number) => Math.floor((have / Math.max(have + missing, 1)) * 100);
  return (
    <>
      <div>{t('customer.next', { level: next.level.name[locale] })}</div>
      {missingSpent !== null && (
        <>
          <Progress percent={share(customer.spent, missingSpent)} size="small" showInfo={false} />
          <div className="muted">
            {t('customer.missingSpent')} <MoneyText value={{ amount: missingSpent, currency: customer.currency }} />
          </div>
        </>
      )}
      {missingOrders !== null && (
        <>
          <Progress percent={share(customer.orders, missingOrders)} size="small" showInfo={false} />
          <div className="muted">{t('customer.missingOrders', { orders: missingOrders })}</div>
        </>
      )}
    </>
  );
}

function Level({ customer }: { customer: Customer }) {
  const t = useT();
  const word = useWord();
  const { membership } = customer;
  return (
    <Panel title={t('customer.level')} extra={<LevelButton customer={customer} />}>
      <div className="stack">
        <div className="row">
          <MemberTag level={customer.level} />
          <span className="muted">{word('levelSource', membership.source)}</span>
          {membership.until && (
            <span className="muted">
              {t('customer.until')} <TimeText at={membership.until} />
            </span>
          )}
        </div>
        <div className="muted">
          {t('customer.window', { days: customer.windowDays })}{' '}
          <MoneyText value={{ amount: customer.spent, currency: customer.currency }} strong /> ·{' '}
          {t('customer.orderCount', { orders: customer.orders })} ·{' '}
          {t('customer.multiplier', { percent: membership.multiplierPercent })}
        </div>
        {membership.fallsAt && (
          <div className="zg-warn-text">
            {t('customer.falls')} <TimeText at={membership.fallsAt} />
          </div>
        )}
        <NextLevel customer={customer} />
      </div>
    </Panel>
  );
}

function History({ customer }: { customer: Customer }) {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const levels = useQuery(membershipQuery).data?.levels ?? [];
  const nameOf = (code: string) => levels.find((level) => level.code === code.toLowerCase())?.name[locale] ?? code;
  if (customer.history.length === 0) return null;
  return (
    <Panel title={t('customer.history')}>
      <Timeline
        entries={customer.history.map((change) => ({
          key: change.at + change.to,
          at: change.at,
          text: `${nameOf(change.from)} → ${nameOf(change.to)} · ${word('levelSource', change.source)}${change.reason ? ` · ${change.reason}` : ''}`,
          by: change.actor === 'system' ? word('actor', 'system') : change.actor,
          tone: 'plain' as const,
        }))}
      />
    </Panel>
  );
}

function Orders({ id }: { id: string }) {
  const t = useT();
  const query = useQuery(listQuery('/orders', { customer: id, limit: 20 }));
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Panel
      title={t('customer.ordersTitle')}
      flush
      extra={
        <Link to="/orders" search={{ customer: id } as never}>
          {t('customer.allOrders')}
        </Link>
      }
    >
      <Table<OrderRow>
        size="small"
        rowKey="id"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 560 }}
        dataSource={query.data?.items ?? []}
        locale={{ emptyText: <EmptyState /> }}
        columns={[
          {
            title: t('order.no'),
            render: (_, row) => (
              <Link to="/orders/$id" params={{ id: row.id } as never}>
                {row.orderNo}
              </Link>
            ),
          },
          { title: t('order.status'), render: (_, row) => <StatusTag kind="order" value={row.status} /> },
          { title: t('order.pieceCount'), align: 'right', render: (_, row) => <CountText value={row.unitCount} /> },
          { title: t('order.total'), align: 'right', render: (_, row) => <MoneyText value={row.total} /> },
          { title: t('order.placedAt'), render: (_, row) => <TimeText at={row.placedAt} /> },
        ]}
      />
    </Panel>
  );
}

/** One customer: who it is, the level and how it came about, points, orders. */
export default function CustomerPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(oneQuery('/customers/{customerId}', { path: { customerId: id } }));
  const me = useQuery(meQuery).data;
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('customer.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const customer = query.data;
  const title = (
    <span className="row">
      <span className="wrap">{customer.name || t('customer.nameless')}</span>
      <MemberTag level={customer.level} />
    </span>
  );
  return (
    <Page title={title} extra={<PointsButtons customer={customer} />}>
      <div className="zg-two">
        <div className="stack">
          {can(me, 'customers.points.read') && <PointsLedger customer={customer} />}
          {can(me, 'orders.order.read') && <Orders id={id} />}
        </div>
        <div className="stack">
          <Contact customer={customer} />
          <TicketsCard about={{ customerId: customer.id }} />
          <Level customer={customer} />
          <History customer={customer} />
        </div>
      </div>
    </Page>
  );
}
