import { Descriptions } from 'antd';
import type { TradeSnapshot } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { negated } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';

function AgreedLines({ lines }: { lines: TradeSnapshot['lines'] }) {
  const t = useT();
  return (
    <div className="zg-claim-scroll">
      <table className="zg-claim-table">
        <thead>
          <tr>
            <th scope="col">{t('line.goods')}</th>
            <th scope="col" className="num">
              {t('claim.listPrice')}
            </th>
            <th scope="col" className="num">
              {t('line.unitPrice')}
            </th>
            <th scope="col" className="num">
              {t('line.payable')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((l) => (
            <tr key={l.id}>
              <th scope="row">
                <div className="wrap">
                  {l.title} × {l.quantity}
                </div>
                <div className="mono muted">
                  {l.sku} {l.agreed && `· ${t('claim.agreed')}`} {l.kind === 'gift' && `· ${t('claim.gift')}`}
                </div>
                {l.discounts
                  .filter((d) => d.amount > 0)
                  .map((d) => (
                    <div key={d.offer} className="zg-claim-under">
                      {d.title} <MoneyText value={negated(d)} />
                    </div>
                  ))}
              </th>
              <td className="num">
                <MoneyText value={l.listPrice} />
              </td>
              <td className="num">
                <MoneyText value={l.unitPrice} />
              </td>
              <td className="num">
                <MoneyText value={l.payable} strong />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sums({ snapshot: s }: { snapshot: TradeSnapshot }) {
  const t = useT();
  return (
    <dl className="zg-sum">
      {(
        [
          ['goods', s.goods],
          ['discount', negated(s.discount)],
          ['freight', s.freight],
          ['payable', s.total],
        ] as const
      ).map(([name, value]) => (
        <div key={name} data-total={name === 'payable'}>
          <dt>{t(`money.${name}`)}</dt>
          <dd>
            <MoneyText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What was agreed, in the words of then. */
export function Agreed({ snapshot: s }: { snapshot: TradeSnapshot }) {
  const t = useT();
  const facts = [
    { key: 'at', label: t('order.placedAt'), children: <TimeText at={s.at} /> },
    { key: 'ship', label: t('order.promisedShipAt'), children: <TimeText at={s.promisedShipAt} /> },
    { key: 'level', label: t('claim.level'), children: s.level ?? '–' },
    {
      key: 'coupons',
      label: t('claim.coupons'),
      children: <span className="mono wrap">{s.couponCodes.join(' ') || '–'}</span>,
    },
    {
      key: 'revisions',
      label: t('claim.revisions'),
      children: t('claim.revisionsSay', { offers: s.revisions.offers, rules: s.revisions.rules }),
    },
  ];
  return (
    <Panel title={t('claim.snapshot')} flush>
      <div style={{ padding: '10px 16px 8px' }}>
        <Descriptions size="small" column={2} items={facts} />
      </div>
      <AgreedLines lines={s.lines} />
      <Sums snapshot={s} />
    </Panel>
  );
}

/** The offers the order was given, in their own words of then. */
export function Terms({ snapshot: s }: { snapshot: TradeSnapshot }) {
  const t = useT();
  if (s.offers.length === 0) return null;
  return (
    <Panel title={t('claim.offers')} flush>
      <table className="zg-claim-table">
        <tbody>
          {s.offers.map((o) => (
            <tr key={`${o.offer} ${o.coupon}`}>
              <th scope="row">
                <div className="wrap">{o.title}</div>
                <div className="muted wrap">
                  {o.terms} · {o.period}
                </div>
                <div className="mono muted">
                  {o.offer} v{o.version} {o.coupon}
                </div>
              </th>
              <td className="num">
                <MoneyText value={negated(o.amount)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
