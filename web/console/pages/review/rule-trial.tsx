import { Link } from '@tanstack/react-router';
import { Alert, Button, InputNumber, Table } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { ReviewTrial } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { formatMoney } from '../../../ui/format/money.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import type { RuleBody } from './rule-form.ts';

const LAST_DEFAULT = 2000;
const LAST_MAX = 20_000;

/** How many past orders, how much money, and some of them with why. */
export function Outcome({ trial }: { trial: ReviewTrial }) {
  const t = useT();
  const locale = useLocale();
  const number = (n: number) => n.toLocaleString(locale);
  const share = trial.tried === 0 ? 0 : (trial.hits * 100) / trial.tried;
  return (
    <>
      <Alert
        type={trial.hits === 0 ? 'success' : share > 5 ? 'warning' : 'info'}
        showIcon
        title={t('rule.wouldHit', { hits: number(trial.hits), tried: number(trial.tried), percent: share.toFixed(1) })}
        description={
          <span className="wrap">
            {trial.from && trial.to && (
              <>
                <TimeText at={trial.from} /> – <TimeText at={trial.to} />
                {'. '}
              </>
            )}
            {trial.amount.length > 0 &&
              t('rule.hitAmount', { amount: trial.amount.map((m) => formatMoney(m, locale)).join(' + ') })}
            {trial.unknowable.length > 0 &&
              t('rule.unknowable', { fields: trial.unknowable.map((f) => t(`rule.field.${f}`)).join(', ') })}
          </span>
        }
      />
      {trial.examples.length > 0 && (
        <Table
          size="small"
          rowKey="orderId"
          pagination={false}
          style={{ marginTop: 12 }}
          scroll={{ x: 560, y: 260 }}
          dataSource={trial.examples}
          columns={[
            {
              title: t('order.no'),
              width: 160,
              render: (_, row) => (
                <Link to="/orders/$id" params={{ id: row.orderId } as never} target="_blank" className="mono">
                  {row.orderNo}
                </Link>
              ),
            },
            {
              title: t('order.total'),
              width: 110,
              align: 'right',
              render: (_, row) => <MoneyText value={row.total} />,
            },
            { title: t('review.why'), render: (_, row) => <span className="wrap">{row.why.join(' ')}</span> },
          ]}
        />
      )}
    </>
  );
}

/** What the rule, as it stands in the form, would have done to past orders. */
export function RuleTrial({ read }: { read: () => Promise<RuleBody | undefined> }) {
  const t = useT();
  const [last, setLast] = useState(LAST_DEFAULT);
  const run = useSubmit((body: { rule: RuleBody; last: number }) => client.repeatable('/review-rules/try', { body }), {
    refresh: false,
  });
  const start = async () => {
    const rule = await read();
    if (rule) run.mutate({ rule, last });
  };
  return (
    <Panel
      title={t('rule.trial')}
      extra={
        <span className="row tight">
          <span className="muted">{t('rule.lastOrders')}</span>
          <InputNumber
            size="small"
            style={{ width: 90 }}
            min={1}
            max={LAST_MAX}
            value={last}
            aria-label={t('rule.lastOrders')}
            onChange={(n) => setLast(n ?? LAST_DEFAULT)}
          />
          <Button size="small" type="primary" ghost loading={run.isPending} onClick={() => void start()}>
            {t('rule.try')}
          </Button>
        </span>
      }
    >
      {run.isError && <ErrorState error={run.error} />}
      {run.data ? <Outcome trial={run.data} /> : !run.isError && <p className="muted">{t('rule.trialSays')}</p>}
    </Panel>
  );
}
