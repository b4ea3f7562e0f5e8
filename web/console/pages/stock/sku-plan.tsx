import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import type { StockPlan } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { DemandChart } from './demand-chart.tsx';
import type { Step } from './demand-points.ts';

const DAYS_SHOWN = 190;

const usePercent = () => {
  const locale = useLocale();
  return (part: number | null) =>
    part === null ? '–' : part.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 });
};

/** Demand and forecast of a SKU in a warehouse, by week or by day. */
export function DemandPanel({ sku, warehouse, plan }: { sku: string; warehouse: string; plan: StockPlan | null }) {
  const t = useT();
  const [step, setStep] = useState<Step>('week');
  const demand = useQuery(
    oneQuery('/stock/skus/{sku}/demand', { path: { sku }, query: { warehouse, days: DAYS_SHOWN } }),
  );
  const ahead =
    plan && plan.method !== 'none'
      ? { days: plan.days, dayError: plan.dayError, from: plan.from, servicePercent: plan.servicePercent }
      : undefined;
  return (
    <Panel
      title={t('plan.chart')}
      extra={
        <Segmented<Step>
          size="small"
          value={step}
          onChange={setStep}
          options={[
            { value: 'week', label: t('plan.byWeek') },
            { value: 'day', label: t('plan.byDay') },
          ]}
        />
      }
    >
      {demand.isPending && <Loading heightPx={280} />}
      {demand.isError && <ErrorState error={demand.error} onRetry={() => void demand.refetch()} />}
      {demand.data && <DemandChart past={demand.data} ahead={ahead} step={step} />}
    </Panel>
  );
}

/** By which method is forecast, and how well it would have done beside the naive ones. */
export function MethodPanel({ plan }: { plan: StockPlan }) {
  const t = useT();
  const word = useWord();
  const percent = usePercent();
  const rows = [
    { key: 'ours', label: word('plan.method', plan.method), error: plan.wape.ours },
    { key: 'seasonal', label: t('plan.seasonalNaive'), error: plan.wape.seasonalNaive },
    { key: 'naive', label: t('plan.naive'), error: plan.wape.naive },
  ];
  const best = Math.min(...rows.map((r) => r.error ?? Infinity));
  return (
    <Panel title={t('plan.error')}>
      <div className="stack">
        {plan.weeksTried === 0 ? (
          <p className="muted" style={{ margin: 0 }}>
            {t('plan.untried', { method: word('plan.method', plan.method) })}
          </p>
        ) : (
          <>
            <table className="zg-plan-errors">
              <thead>
                <tr>
                  <th scope="col">{t('plan.methodName')}</th>
                  <th scope="col" className="num">
                    {t('plan.wape')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.key} data-best={row.error === best}>
                    <th scope="row" className="wrap">
                      {row.label}
                    </th>
                    <td className="num">{percent(row.error)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="muted" style={{ margin: 0 }}>
              {t('plan.errorSays', { weeks: plan.weeksTried })}
              {plan.bias !== null && Math.abs(plan.bias) >= 0.05 && (
                <> {t(plan.bias > 0 ? 'plan.tooHigh' : 'plan.tooLow', { percent: percent(Math.abs(plan.bias)) })}</>
              )}
            </p>
          </>
        )}
        <div className="muted">
          {t('plan.madeAt')} <TimeText at={plan.madeAt} />
        </div>
      </div>
    </Panel>
  );
}

/** When to order, how much, and how that comes about. */
export function ReorderPanel({ plan }: { plan: StockPlan }) {
  const t = useT();
  const locale = useLocale();
  const number = (n: number | null) => (n === null ? '–' : n.toLocaleString(locale, { maximumFractionDigits: 1 }));
  const figures = [
    { key: 'perDay', value: number(plan.perDay) },
    { key: 'coverDays', value: number(plan.coverDays) },
    { key: 'position', value: number(plan.position) },
    { key: 'reorderPoint', value: number(plan.reorderPoint) },
    { key: 'suggested', value: number(plan.suggested) },
  ];
  return (
    <Panel title={t('plan.reorder')}>
      <div className="stack wide">
        <div className="zg-plan-figures">
          {figures.map(({ key, value }) => (
            <div key={key}>
              <span className="muted">{t(`plan.${key}`)}</span>
              <strong style={key === 'suggested' && plan.suggested > 0 ? { color: 'var(--bad)' } : {}}>{value}</strong>
            </div>
          ))}
        </div>
        <ol className="zg-plan-steps">
          {plan.why.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </div>
    </Panel>
  );
}

/** Where no night has looked at a SKU yet. */
export function NoPlan() {
  const t = useT();
  return (
    <Panel title={t('plan.reorder')}>
      <EmptyState title={t('plan.none')} />
    </Panel>
  );
}
