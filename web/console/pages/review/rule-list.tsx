import { HolderOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Modal, Switch, Table, type TableColumnsType } from 'antd';
import { useState, type DragEvent } from 'react';
import { meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { ReviewRule } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading, useErrorTitle } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { RuleEditor } from './rule-editor.tsx';
import { Outcome } from './rule-trial.tsx';
import './review.css';

/** Before a rule holds orders it says how many of the last ones it would have held. */
function SwitchOn({ rule, onClose, onConfirm }: { rule: ReviewRule; onClose: () => void; onConfirm: () => void }) {
  const t = useT();
  const trial = useQuery({
    queryKey: ['review-trial', rule.id, rule.version],
    queryFn: () => client.repeatable('/review-rules/try', { body: { ruleId: rule.id } }),
    gcTime: 0,
  });
  return (
    <Modal
      open
      width={680}
      title={t('rule.on', { title: rule.title })}
      okText={t('rule.switchOn')}
      okButtonProps={{ loading: trial.isPending }}
      onOk={onConfirm}
      onCancel={onClose}
    >
      {trial.isPending && <Loading heightPx={120} />}
      {trial.isError && <ErrorState error={trial.error} onRetry={() => void trial.refetch()} />}
      {trial.data && <Outcome trial={trial.data} />}
    </Modal>
  );
}

function State({ rule, mayWrite }: { rule: ReviewRule; mayWrite: boolean }) {
  const t = useT();
  const { message } = App.useApp();
  const titleOf = useErrorTitle();
  const path = { ruleId: rule.id };
  const [asking, ask] = useState(false);
  const turn = useSubmit(
    (on: boolean, idempotencyKey) =>
      on
        ? client.post('/review-rules/{ruleId}/on', { path, idempotencyKey })
        : client.post('/review-rules/{ruleId}/off', { path, idempotencyKey }),
    { onError: (error) => void message.error(titleOf(error)) },
  );
  return (
    <span className="row tight" role="presentation" onClick={(event) => event.stopPropagation()}>
      <Switch
        size="small"
        checked={rule.state === 'on'}
        loading={turn.isPending}
        disabled={!mayWrite}
        aria-label={t('rule.on', { title: rule.title })}
        onChange={(on) => (on ? ask(true) : turn.mutate(false))}
      />
      {asking && <SwitchOn rule={rule} onClose={() => ask(false)} onConfirm={() => (ask(false), turn.mutate(true))} />}
      {rule.state === 'draft' && <StatusTag kind="rule" value="draft" />}
    </span>
  );
}

function useColumns(mayWrite: boolean): TableColumnsType<ReviewRule> {
  const t = useT();
  return [
    {
      key: 'grip',
      width: 40,
      render: () => mayWrite && <HolderOutlined className="zg-rule-grip muted" aria-hidden />,
    },
    { title: t('rule.state'), width: 110, render: (_, row) => <State rule={row} mayWrite={mayWrite} /> },
    {
      title: t('rule.title'),
      width: 240,
      render: (_, row) => (
        <>
          <div className="wrap">{row.title}</div>
          <span className="mono muted">{row.code}</span>
        </>
      ),
    },
    {
      title: t('rule.when'),
      render: (_, row) => (
        <ul style={{ margin: 0, paddingInlineStart: 16 }}>
          {row.words.when.map((words) => (
            <li key={words} className="wrap">
              {words}
            </li>
          ))}
        </ul>
      ),
    },
    { title: t('rule.then'), width: 200, render: (_, row) => <span className="wrap">{row.words.what}</span> },
    {
      title: t('rule.changed'),
      width: 150,
      render: (_, row) =>
        row.updatedAt ? (
          <>
            <div className="wrap">{row.updatedBy}</div>
            <TimeText at={row.updatedAt} />
          </>
        ) : (
          <span className="muted">{t('rule.delivered')}</span>
        ),
    },
  ];
}

/** Rows that are dragged into another order; the keyboard does it with Alt and the arrows. */
function useDragged(rules: readonly ReviewRule[], enabled: boolean) {
  const [dragged, drag] = useState<string>();
  const [over, setOver] = useState<string>();
  const reorder = useSubmit((ruleIds: string[], idempotencyKey) =>
    client.post('/review-rules/reorder', { body: { ruleIds }, idempotencyKey }),
  );
  const ids = rules.map((rule) => rule.id);
  const place = (id: string, at: number) => {
    const rest = ids.filter((other) => other !== id);
    reorder.mutate([...rest.slice(0, at), id, ...rest.slice(at)]);
  };
  return (rule: ReviewRule) => ({
    draggable: enabled,
    'data-over': over === rule.id && dragged !== rule.id,
    onDragStart: () => drag(rule.id),
    onDragOver: (event: DragEvent) => (event.preventDefault(), setOver(rule.id)),
    onDragEnd: () => (drag(undefined), setOver(undefined)),
    onDrop: () => {
      if (dragged !== undefined && dragged !== rule.id) place(dragged, ids.indexOf(rule.id));
      drag(undefined);
      setOver(undefined);
    },
    onMove: (by: 1 | -1) => enabled && place(rule.id, Math.min(Math.max(ids.indexOf(rule.id) + by, 0), ids.length - 1)),
  });
}

/** The review rules in order: what they look at, what they do, and whether they are on. */
export default function RuleList() {
  const t = useT();
  const query = useQuery(oneQuery('/review-rules'));
  const mayWrite = can(useQuery(meQuery).data, 'orders.rule.write');
  const [editing, edit] = useState<{ rule?: ReviewRule }>();
  const columns = useColumns(mayWrite);
  const rules = query.data?.items ?? [];
  const rowOf = useDragged(rules, mayWrite);
  return (
    <Page
      title={t('rule.list')}
      says={t('rule.says')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => edit({})}>
            {t('rule.new')}
          </Button>
        )
      }
    >
      {query.isPending && <Loading />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <Panel flush>
          <Table<ReviewRule>
            size="small"
            rowKey="id"
            pagination={false}
            columns={columns}
            dataSource={rules}
            scroll={{ x: 960 }}
            onRow={(rule) => {
              const { onMove, ...drag } = rowOf(rule);
              return {
                ...drag,
                tabIndex: 0,
                style: { cursor: 'pointer' },
                onClick: () => edit({ rule }),
                onKeyDown: (event) => {
                  if (event.target !== event.currentTarget) return;
                  if (event.key === 'Enter') edit({ rule });
                  if (event.altKey && event.key === 'ArrowUp') onMove(-1);
                  if (event.altKey && event.key === 'ArrowDown') onMove(1);
                },
              };
            }}
          />
        </Panel>
      )}
      <RuleEditor
        key={editing?.rule?.id ?? 'new'}
        rule={editing?.rule}
        open={editing !== undefined}
        onClose={() => edit(undefined)}
      />
    </Page>
  );
}
