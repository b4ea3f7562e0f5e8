import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { myOrdersQuery, sessionQuery, type MyOrdersShown } from '../../api/portal.ts';
import type { Schemas } from '../../api/types.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { Link } from '../link.tsx';
import { MainNav } from '../main-nav.tsx';
import { useSearch } from '../location.ts';
import { Failed, Heading, Nothing, Wait } from '../page.tsx';
import { useLeave } from '../session.ts';

const SHOWN: readonly MyOrdersShown[] = ['all', 'to_pay', 'to_ship', 'to_receive', 'after_sales'];

function OrderCard({ order }: { order: Schemas['MyOrder'] }) {
  const t = useT();
  const word = useWord();
  return (
    <li>
      <Link to={`/portal/orders/${order.id}`} className="zp-card zp-order">
        <span className="zp-order-head">
          <span className="ellipsis muted">{order.shop}</span>
          <strong className="nowrap">{word('status.order', order.status)}</strong>
        </span>
        {order.lines.map((line) => (
          <span key={`${line.title} ${line.quantity}`} className="zp-order-line">
            <span className="clamp2">{line.title}</span> <span className="muted nowrap">×{line.quantity}</span>
          </span>
        ))}
        {order.moreLines > 0 && <span className="muted">{t('portal.moreLines', { count: order.moreLines })}</span>}
        <span className="zp-order-foot">
          <span className="muted">
            <TimeText at={order.placedAt} />
          </span>
          <span>
            {order.openCases > 0 && <em className="zp-tag">{t('portal.inCases', { count: order.openCases })}</em>}{' '}
            {order.due.amount > 0 ? (
              <>
                {t('portal.toBePaid')} <MoneyText value={order.due} strong />
              </>
            ) : (
              <MoneyText value={order.total} strong />
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** All orders of who is signed in, the latest first. */
export default function MyOrders() {
  const t = useT();
  const leave = useLeave();
  const session = useQuery(sessionQuery).data;
  const asked = new URLSearchParams(useSearch()).get('show') as MyOrdersShown | null;
  const show = SHOWN.find((s) => s === asked) ?? 'all';
  const query = useInfiniteQuery(myOrdersQuery(show));
  const orders = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Heading title={t('portal.myOrders')} />
      <div className="zp-who">
        <span className="muted wrap">
          {[session?.org.name, session?.name, session?.phone].filter(Boolean).join(' · ')}
        </span>
        <button type="button" className="zp-link" onClick={leave}>
          {t('portal.signOut')}
        </button>
      </div>
      <MainNav current="orders" />
      <nav className="zp-tabs" aria-label={t('portal.filter')}>
        {SHOWN.map((value) => (
          <Link
            key={value}
            to={value === 'all' ? '/portal/orders' : `/portal/orders?show=${value}`}
            current={show === value}
          >
            {t(`portal.show.${value}`)}
          </Link>
        ))}
      </nav>
      {query.isPending && <Wait />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && orders.length === 0 && <Nothing>{t('portal.noOrders')}</Nothing>}
      <ul className="zp-orders">
        {orders.map((order) => (
          <OrderCard key={order.id} order={order} />
        ))}
      </ul>
      {query.hasNextPage && (
        <button
          type="button"
          className="zp-button zp-second"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t(query.isFetchingNextPage ? 'ui.loading' : 'portal.more')}
        </button>
      )}
    </>
  );
}
