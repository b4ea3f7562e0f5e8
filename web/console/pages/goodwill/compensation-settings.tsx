import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Progress, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { meQuery, oneQuery, rolesQuery } from '../../../api/console.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { type Budget, BudgetDialog } from './budget-dialog.tsx';
import { KINDS, SEVERITIES } from './words.ts';

function useBudgetColumns(edit: (row: Budget) => void): TableColumnsType<Budget> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('goodwill.scope'),
      render: (_, b) => (
        <span className="wrap">
          {word('budgetScope', b.scope)} {b.scope !== 'organisation' && b.name}{' '}
          {!b.active && <Tag>{t('goodwill.inactive')}</Tag>}
        </span>
      ),
    },
    { title: t('goodwill.monthly'), width: 130, align: 'right', render: (_, b) => <MoneyText value={b.monthly} /> },
    {
      title: t('goodwill.spent'),
      width: 260,
      render: (_, b) => (
        <>
          <Progress
            size="small"
            percent={b.amount.amount === 0 ? 100 : Math.round((b.spent.amount * 100) / b.amount.amount)}
            status={b.left.amount === 0 ? 'exception' : 'normal'}
          />
          <span className="muted">
            <MoneyText value={b.spent} /> / <MoneyText value={b.amount} />
          </span>
        </>
      ),
    },
    { title: t('goodwill.left'), width: 130, align: 'right', render: (_, b) => <MoneyText value={b.left} strong /> },
    { title: t('goodwill.beyond'), width: 130, align: 'right', render: (_, b) => <MoneyText value={b.beyond} /> },
    {
      key: 'do',
      width: 90,
      align: 'right',
      render: (_, b) =>
        b.may.includes('set') && (
          <Button size="small" type="link" onClick={() => edit(b)}>
            {t('policy.change')}
          </Button>
        ),
    },
  ];
}

function Budgets() {
  const t = useT();
  const query = useQuery(oneQuery('/after-sales/compensation-budgets'));
  const maySet = can(useQuery(meQuery).data, 'aftersales.compensation.budget');
  const [editing, edit] = useState<Budget | 'new'>();
  const columns = useBudgetColumns(edit);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Panel
      title={t('goodwill.budgets')}
      flush
      extra={
        maySet && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => edit('new')}>
            {t('goodwill.setBudget')}
          </Button>
        )
      }
    >
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={query.data?.items ?? []}
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 860 }}
        locale={{ emptyText: <EmptyState title={t('goodwill.noBudgets')} /> }}
      />
      {editing && <BudgetDialog row={editing === 'new' ? undefined : editing} onClose={() => edit(undefined)} />}
    </Panel>
  );
}

type Row = { key: string; name: React.ReactNode; limits: (kind: string, severity: string) => number | undefined };

/** Who may give how much: rows are the organisation, its roles and oneself; columns kind and severity. */
function Matrix() {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const me = useQuery(meQuery).data;
  const currency = me?.org.currency ?? 'CNY';
  const maySee = can(me, 'identity.role.read');
  const roles = useQuery({ ...rolesQuery, enabled: maySee }).data?.items ?? [];
  const query = useQuery(oneQuery('/after-sales/compensation-authority'));
  if (query.isPending) return <Loading heightPx={200} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { mine, reasons } = query.data;
  const of = (kind: string, severity: string) => mine.find((m) => m.kind === kind && m.severity === severity);
  const rows: Row[] = [
    { key: '1', name: t('goodwill.organisationLimit'), limits: (k, s) => of(k, s)?.organisation },
    ...roles
      .filter((r) => Object.keys(r.limits).some((name) => name.startsWith('aftersales.compensation.')))
      .map((r) => ({
        key: r.code,
        name: r.name[locale],
        limits: (k: string, s: string) => r.limits[`aftersales.compensation.${k}.${s}`],
      })),
    { key: '2', name: <strong>{t('goodwill.myLimit')}</strong>, limits: (k, s) => of(k, s)?.limit },
  ];
  const columns: TableColumnsType<Row> = [
    { title: t('goodwill.who'), width: 120, fixed: 'left', render: (_, r) => <span className="wrap">{r.name}</span> },
    ...KINDS.map((kind) => ({
      title: word('compensationKind', kind),
      children: SEVERITIES.map((severity) => ({
        title: word('severity', severity),
        key: `${kind}.${severity}`,
        width: 84,
        align: 'right' as const,
        render: (_: unknown, r: Row) => {
          const amount = r.limits(kind, severity);
          return <MoneyText value={amount === undefined ? null : { amount, currency }} />;
        },
      })),
    })),
  ];
  return (
    <Panel
      title={t('goodwill.matrix')}
      flush
      extra={
        <span className="row tight">
          {maySee && <Link to="/settings/roles">{t('goodwill.roleLimits')}</Link>}
          {can(me, 'settings.read') && <Link to="/settings">{t('goodwill.orgLimits')}</Link>}
        </span>
      }
    >
      <Table size="small" columns={columns} dataSource={rows} pagination={false} scroll={{ x: 1130 }} />
      <div className="zg-panel-body">
        <p className="muted wrap">{t('goodwill.matrixSays')}</p>
        {SEVERITIES.map((severity) => (
          <div key={severity} className="wrap">
            <Tag>{word('severity', severity)}</Tag>{' '}
            {reasons
              .filter((r) => r.severity === severity)
              .map((r) => word('caseReason', r.reason))
              .join(' · ')}
          </div>
        ))}
      </div>
    </Panel>
  );
}

/** Budgets of this month, and who may give how much alone. */
export default function CompensationSettings() {
  const t = useT();
  return (
    <Page title={t('goodwill.settings')} says={t('goodwill.settingsSay')}>
      <div className="stack">
        <Budgets />
        <Matrix />
      </div>
    </Page>
  );
}
