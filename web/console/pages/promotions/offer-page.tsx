import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Progress, Table, Tabs } from 'antd';
import { meQuery, offerQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Offer, OfferHistory } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { can } from '../../permissions.ts';
import { CouponTable } from './coupon-table.tsx';
import { OfferState } from './offer-state.tsx';
import { scopeText, termsText } from './offer-words.ts';
import './promotions.css';

type Move = 'publish' | 'pause' | 'resume' | 'end';
const MOVES: readonly Move[] = ['publish', 'resume', 'pause', 'end'];

function Actions({ offer }: { offer: Offer }) {
  const t = useT();
  const navigate = useNavigate();
  const mayChange = offer.may.includes('change');
  const edit = () => void navigate({ to: '/offers/$id/edit', params: { id: offer.id } } as never);
  const move = useSubmit((event: Move, idempotencyKey) =>
    client.post(`/offers/{offerId}/${event}`, {
      path: { offerId: offer.id },
      version: offer.version,
      idempotencyKey,
    }),
  );
  useHotkeys({ e: () => mayChange && edit() });
  return (
    <>
      {mayChange && <Button onClick={edit}>{t('ui.edit')}</Button>}
      {MOVES.filter((event) => offer.may.includes(event)).map((event) => (
        <ConfirmButton
          key={event}
          {...(event === 'publish' || event === 'resume' ? { type: 'primary' as const } : {})}
          {...(event === 'end' ? { danger: true } : {})}
          title={t(`offer.do.${event}`)}
          says={t(`offer.doSays.${event}`)}
          act={() => move.mutateAsync(event)}
        >
          {t(`offer.do.${event}`)}
        </ConfirmButton>
      ))}
    </>
  );
}

function Facts({ offer }: { offer: Offer }) {
  const t = useT();
  const locale = useLocale();
  const { skus = [], categories = [] } = offer.scope ?? {};
  return (
    <dl className="zg-offer-facts">
      <dt>{t('offer.terms')}</dt>
      <dd>{termsText(offer, t, locale)}</dd>
      <dt>{t('offer.period')}</dt>
      <dd>
        <TimeText at={offer.startsAt} /> – <TimeText at={offer.endsAt} />
      </dd>
      {offer.balanceFrom && (
        <>
          <dt>{t('offer.balance')}</dt>
          <dd>
            <TimeText at={offer.balanceFrom} /> – <TimeText at={offer.balanceTo} />
          </dd>
        </>
      )}
      <dt>{t('offer.shops')}</dt>
      <dd>{offer.shops?.join(', ') ?? t('offer.scope.allShops')}</dd>
      <dt>{t('offer.scope')}</dt>
      <dd className="wrap">
        {offer.scope === null && t('offer.scope.all')}
        {categories.length > 0 && <div>{categories.join(' · ')}</div>}
        {skus.length > 0 && <div className="mono">{skus.join(' ')}</div>}
      </dd>
      <dt>{t('offer.version')}</dt>
      <dd>{offer.version}</dd>
    </dl>
  );
}

function Usage({ offer }: { offer: Offer }) {
  const t = useT();
  const usage = useQuery(oneQuery('/offers/{offerId}/usage', { path: { offerId: offer.id } })).data;
  if (!usage) return <Loading heightPx={80} />;
  const { quota, coupons } = usage;
  const bar = quota?.quota ? { of: quota.quota, used: quota.used, label: t('offer.quota') } : undefined;
  const issued = coupons?.issued
    ? { of: coupons.issued, used: coupons.used, label: t('offer.couponsUsed') }
    : undefined;
  return (
    <>
      <dl className="zg-offer-usage">
        <div>
          <dt>{t('offer.usage.orders')}</dt>
          <dd>
            <CountText value={usage.orders} />
          </dd>
        </div>
        <div>
          <dt>{t('offer.usage.units')}</dt>
          <dd>
            <CountText value={usage.units} />
          </dd>
        </div>
        <div>
          <dt>{t('offer.usage.given')}</dt>
          <dd>
            <MoneyText value={{ amount: usage.given, currency: 'CNY' }} />
          </dd>
        </div>
      </dl>
      {[bar, issued].map(
        (b) =>
          b && (
            <div key={b.label} style={{ marginTop: 12 }}>
              <div className="row between">
                <span className="muted">{b.label}</span>
                <span>
                  <CountText value={b.used} /> / <CountText value={b.of} />
                </span>
              </div>
              <Progress percent={Math.floor((b.used / b.of) * 100)} showInfo={false} aria-label={b.label} />
            </div>
          ),
      )}
    </>
  );
}

type Version = OfferHistory['versions'][number];

function History({ offer }: { offer: Offer }) {
  const t = useT();
  const locale = useLocale();
  const query = useQuery(oneQuery('/offers/{offerId}/history', { path: { offerId: offer.id } }));
  if (query.isPending) return <Loading />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { versions, moves } = query.data;
  return (
    <div className="stack">
      <Table<Version>
        size="small"
        rowKey="version"
        pagination={false}
        dataSource={versions}
        scroll={{ x: 720 }}
        columns={[
          { title: t('offer.version'), dataIndex: 'version', width: 70 },
          { title: t('offer.title'), dataIndex: 'title' },
          { title: t('offer.terms'), render: (_, v) => termsText({ ...v, kind: offer.kind }, t, locale) },
          { title: t('offer.scope'), render: (_, v) => scopeText(v, t) },
          { title: t('offer.madeBy'), dataIndex: 'madeBy', width: 140 },
          { title: t('offer.madeAt'), width: 120, render: (_, v) => <TimeText at={v.madeAt} /> },
        ]}
      />
      <ul className="zg-plain">
        {moves.map((m) => (
          <li key={`${m.at} ${m.state}`} className="row">
            <TimeText at={m.at} />
            <StatusTag kind="offer" value={m.state} />
            <span className="muted">{t('offer.versionNo', { version: m.version })}</span>
            <span>{m.by}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One offer: what it gives, what it came to, its coupons, and every version it has had. */
export default function OfferPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(offerQuery(id));
  const filters = useFilters(['tab', 'state', 'q'] as const);
  const me = useQuery(meQuery).data;
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('offer.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const offer = query.data;
  const withCoupons = offer.kind === 'coupon' && can(me, 'promotions.coupon.list');
  return (
    <Page
      title={
        <>
          {offer.title} <OfferState offer={offer} />
        </>
      }
      says={
        <>
          <Link to={'/offers' as never}>{t('offer.list')}</Link> · {t(`offer.kind.${offer.kind}`)} ·{' '}
          <span className="mono">{offer.code}</span>
        </>
      }
      extra={<Actions offer={offer} />}
    >
      <div className="zg-two">
        <Panel title={t('offer.what')}>
          <Facts offer={offer} />
        </Panel>
        <Panel title={t('offer.usage')}>
          <Usage offer={offer} />
        </Panel>
      </div>
      <Panel>
        <Tabs
          style={{ marginTop: -10 }}
          activeKey={filters.search.tab ?? (withCoupons ? 'coupons' : 'history')}
          onChange={(tab) => filters.set({ tab, state: undefined, q: undefined })}
          items={[
            ...(withCoupons
              ? [
                  {
                    key: 'coupons',
                    label: t('offer.coupons'),
                    children: <CouponTable offer={offer} filters={filters} />,
                  },
                ]
              : []),
            { key: 'history', label: t('offer.history'), children: <History offer={offer} /> },
          ]}
        />
      </Panel>
    </Page>
  );
}
