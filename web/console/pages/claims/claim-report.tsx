import { Alert } from 'antd';
import type { ReactNode } from 'react';
import type { Claim } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { negated } from '../../../ui/format/money.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { Difference } from './difference.tsx';

type Report = Claim['report'];
type Line = Report['lines'][number];

const TONES = { error_confirmed: 'error', as_agreed: 'success', cannot_tell: 'warning' } as const;

/** What the comparison says, and each thing found. */
export function Verdict({ claim }: { claim: Claim }) {
  return (
    <Alert
      type={TONES[claim.verdict]}
      showIcon
      title={claim.report.says}
      description={
        <ul className="zg-claim-findings">
          {claim.report.findings.map((f) => (
            <li key={`${f.code} ${f.says}`} className="wrap">
              {f.says}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Side({ side, line }: { side: Line['charged']; line: Line }) {
  const { currency } = side.payable;
  return (
    <>
      <div className="zg-claim-side">
        <span className="nowrap">
          <MoneyText value={side.unitPrice} /> × {line.quantity}
        </span>
        <MoneyText value={side.payable} strong />
      </div>
      {side.discounts.map((d) => (
        <div key={d.offer} className="zg-claim-side">
          <span className="wrap">{d.title}</span>
          <MoneyText value={{ amount: -d.amount, currency }} />
        </div>
      ))}
    </>
  );
}

function Table({ head, children }: { head: [string, string?][]; children: ReactNode }) {
  return (
    <div className="zg-claim-scroll">
      <table className="zg-claim-table">
        <thead>
          <tr>
            {head.map(([text, className], i) => (
              <th key={`${i} ${text}`} scope="col" className={className}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Lines({ report }: { report: Report }) {
  const t = useT();
  const head: [string, string?][] = [
    [t('line.goods')],
    [t('claim.charged')],
    [t('claim.rules')],
    [t('claim.difference'), 'num'],
  ];
  return (
    <Table head={head}>
      {report.lines.map((line) => (
        <tr key={line.id} data-differs={line.difference.amount !== 0}>
          <th scope="row" style={{ width: '30%' }}>
            <div className="wrap">{line.title}</div>
            <div className="mono muted">
              {line.sku} {line.agreed && `· ${t('claim.agreed')}`}
            </div>
          </th>
          <td>
            <Side side={line.charged} line={line} />
          </td>
          <td>
            <Side side={line.rules} line={line} />
          </td>
          <td className="num">
            <Difference value={line.difference} />
          </td>
        </tr>
      ))}
      {(['goods', 'discount', 'freight', 'total'] as const).map((key) => {
        const sign = key === 'discount' ? negated : <M,>(m: M) => m;
        const charged = sign(report.totals.charged[key]);
        const rules = sign(report.totals.rules[key]);
        const amount = charged.amount - rules.amount;
        return (
          <tr key={key} data-differs={amount !== 0}>
            <th scope="row">{t(`money.${key === 'total' ? 'payable' : key}`)}</th>
            <td className="num">
              <MoneyText value={charged} strong={key === 'total'} />
            </td>
            <td className="num">
              <MoneyText value={rules} strong={key === 'total'} />
            </td>
            <td className="num">
              <Difference value={{ amount, currency: charged.currency }} />
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

const noteOf = (o: Report['offers'][number]): string =>
  o.charged === null ? 'claim.dueNotGiven' : o.rules === null ? 'claim.givenInstead' : 'claim.given';

function Offers({ report }: { report: Report }) {
  const t = useT();
  const head: [string, string?][] = [
    [t('claim.offer')],
    [t('claim.charged'), 'num'],
    [t('claim.rules'), 'num'],
    [t('claim.why')],
  ];
  return (
    <Table head={head}>
      {report.offers.map((o) => (
        <tr key={o.offer} data-differs={(o.charged?.amount ?? null) !== (o.rules?.amount ?? null)}>
          <th scope="row" style={{ width: '40%' }}>
            <div className="wrap">{o.title}</div>
            <div className="muted wrap">
              {o.terms} · <span className="mono">{o.offer}</span>
            </div>
            <div className="muted">{o.period}</div>
          </th>
          <td className="num">
            <MoneyText value={o.charged && negated(o.charged)} />
          </td>
          <td className="num">
            <MoneyText value={o.rules && negated(o.rules)} />
          </td>
          <td className="wrap">{o.reason ?? t(noteOf(o))}</td>
        </tr>
      ))}
    </Table>
  );
}

function Coupons({ coupons }: { coupons: Report['coupons'] }) {
  const t = useT();
  const word = useWord();
  const here = (c: Report['coupons'][number]): string =>
    t(c.applied ? 'claim.couponApplied' : c.brought ? 'claim.couponBrought' : 'claim.couponNotBrought');
  return (
    <Panel title={t('claim.coupons')} flush>
      <Table head={[[t('claim.coupon')], [t('claim.stateThen')], [t('claim.thisOrder')]]}>
        {coupons.map((c) => (
          <tr key={c.code}>
            <th scope="row" className="mono">
              {c.code}
            </th>
            <td>{word('couponThen', c.state)}</td>
            <td>{here(c)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

function Gifts({ gifts }: { gifts: Report['gifts'] }) {
  const t = useT();
  const units = ['giftDue', 'giftGiven', 'giftSent'].map((key): [string, string] => [t(`claim.${key}`), 'num']);
  return (
    <Panel title={t('claim.gifts')} flush>
      <Table head={[[t('claim.gift')], ...units]}>
        {gifts.map((g) => (
          <tr key={`${g.offer} ${g.sku}`} data-differs={g.due > g.given}>
            <th scope="row">
              <div className="wrap">{g.goods}</div>
              <div className="muted wrap">
                <span className="mono">{g.sku}</span> · {g.title}
              </div>
            </th>
            <td className="num">{g.due}</td>
            <td className="num">{g.given}</td>
            <td className="num">{g.shipped}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

function Points({ points }: { points: NonNullable<Report['points']> }) {
  const t = useT();
  const sums = ['pointsDue', 'pointsBooked', 'pointsGranted'].map((key): [string, string] => [
    t(`claim.${key}`),
    'num',
  ]);
  return (
    <Panel title={t('claim.points')} flush>
      <Table head={[[t('claim.pointsRate')], ...sums]}>
        <tr data-differs={points.expected > points.booked + points.granted}>
          <th scope="row">
            {points.level} · {points.multiplierPercent}%
          </th>
          <td className="num">{points.expected}</td>
          <td className="num">{points.booked}</td>
          <td className="num">{points.granted}</td>
        </tr>
      </Table>
    </Panel>
  );
}

/** The snapshot beside the recomputation, differences marked. */
export function ClaimReport({ claim }: { claim: Claim }) {
  const t = useT();
  const { report } = claim;
  return (
    <>
      <Verdict claim={claim} />
      <Panel title={t('claim.compared')} flush>
        <Lines report={report} />
      </Panel>
      {report.offers.length > 0 && (
        <Panel title={t('claim.offers')} flush>
          <Offers report={report} />
        </Panel>
      )}
      {report.coupons.length > 0 && <Coupons coupons={report.coupons} />}
      {report.gifts.length > 0 && <Gifts gifts={report.gifts} />}
      {report.points && <Points points={report.points} />}
    </>
  );
}
