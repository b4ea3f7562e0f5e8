import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Form, Input, Modal, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Answer, Body } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { FormButton } from '../../form-button.tsx';
import { can } from '../../permissions.ts';

type Results = Answer<'/after-sales/bulk', 'post'>['results'];
type Action = Body<'/after-sales/bulk', 'post'>['action'];

/** What became of each: those that were not done come first and say why. */
function ResultsDialog({ results, onClose }: { results: Results; onClose: () => void }) {
  const t = useT();
  const failed = results.filter((r) => !r.done).length;
  return (
    <Modal
      open
      title={t('case.bulkDone', { done: results.length - failed, failed })}
      footer={<Button onClick={onClose}>{t('case.bulkClose')}</Button>}
      onCancel={onClose}
    >
      <Table
        size="small"
        rowKey="caseId"
        pagination={false}
        scroll={{ y: 360 }}
        dataSource={results.toSorted((a, b) => Number(a.done) - Number(b.done))}
        columns={[
          {
            title: t('case.one'),
            width: 190,
            render: (_, r) => (
              <Link to="/after-sales/$id" params={{ id: r.caseId } as never} className="mono">
                {r.no}
              </Link>
            ),
          },
          {
            title: t('case.bulkResult'),
            render: (_, r) =>
              r.done ? (
                <Tag color="success">{t('case.bulkOk')}</Tag>
              ) : (
                <span className="zg-as-late wrap">{r.message}</span>
              ),
          },
        ]}
      />
    </Modal>
  );
}

/** Writes cases to a table: those the list finds, or those that were chosen. */
export function ExportCases({ filters, label }: { filters: Record<string, unknown>; label: string }) {
  const { message } = App.useApp();
  const title = useErrorTitle();
  const navigate = useNavigate();
  const start = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/exports', {
        body: { kind: 'after_sales', format: 'xlsx', filters: filters as never },
        idempotencyKey,
      }),
    { onSuccess: () => void navigate({ to: '/exports' }), onError: (error) => void message.error(title(error)) },
  );
  return (
    <Button icon={<DownloadOutlined />} loading={start.isPending} onClick={() => start.mutate({})}>
      {label}
    </Button>
  );
}

function NoteField({ isNeeded }: { isNeeded?: boolean }) {
  const t = useT();
  return (
    <Form.Item
      name="note"
      label={t('case.note')}
      rules={isNeeded ? [{ required: true, whitespace: true, message: t('ui.required') }] : []}
    >
      <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} />
    </Form.Item>
  );
}

/** The same to all that are chosen; each answers for itself. */
export function CaseBulk({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const t = useT();
  const me = useQuery(meQuery).data;
  const owners = useQuery(oneQuery('/case-owners')).data?.items ?? [];
  const [results, show] = useState<Results>();
  const act = async (action: Action, more: { ownerId?: string; note?: string }, idempotencyKey: string) => {
    const answer = await client.post('/after-sales/bulk', {
      body: { caseIds: ids, action, ...more },
      idempotencyKey,
    });
    show(answer.results);
  };
  return (
    <div className="row">
      <span>{t('ticket.chosen', { n: ids.length })}</span>
      {can(me, 'aftersales.case.decide') && (
        <>
          <FormButton<{ ownerId: string }>
            label={t('case.bulk.assign')}
            initial={{ ownerId: 'me' }}
            fields={
              <Form.Item name="ownerId" label={t('case.owner')}>
                <Select
                  showSearch={{ optionFilterProp: 'label' }}
                  options={[
                    { value: 'me', label: t('case.bulk.me') },
                    ...owners.map((o) => ({ value: o.id, label: o.name })),
                  ]}
                />
              </Form.Item>
            }
            send={(values, key) => act('assign', values, key)}
          />
          <FormButton<{ note?: string }>
            label={t('case.bulk.approve')}
            type="primary"
            says={t('case.bulk.approveSays')}
            fields={<NoteField />}
            send={(values, key) => act('approve', values, key)}
          />
          <FormButton<{ note: string }>
            label={t('case.bulk.reject')}
            danger
            says={t('case.bulk.rejectSays')}
            fields={<NoteField isNeeded />}
            send={(values, key) => act('reject', values, key)}
          />
        </>
      )}
      <ExportCases filters={{ view: 'all', ids }} label={t('case.bulk.export')} />
      <Button type="text" onClick={onDone}>
        {t('ticket.chooseNone')}
      </Button>
      {results && (
        <ResultsDialog
          results={results}
          onClose={() => {
            show(undefined);
            onDone();
          }}
        />
      )}
    </div>
  );
}
