import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Drawer, Form, Input, Select, Switch, Table } from 'antd';
import { useEffect, useState } from 'react';
import { oneQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { BinDue } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

type NewTake = Body<'/stock-takes', 'post'>;
type Values = {
  warehouse: string;
  kind: 'full' | 'cycle';
  blind: boolean;
  by: 'zones' | 'bins' | 'skus' | 'abc';
  of?: string[];
  note?: string;
};

const BY = ['zones', 'bins', 'skus', 'abc'] as const;

/** What the form says as a request; undefined while it does not say enough. */
function bodyOf({ warehouse, kind, blind, by, of, note }: Partial<Values>): NewTake | undefined {
  if (!warehouse || !kind) return undefined;
  const common = { warehouse, kind, blind: blind ?? true, note: note?.trim() ?? '' };
  if (kind === 'full') return common;
  return by && of && of.length > 0 ? ({ ...common, scope: { [by]: of } } as NewTake) : undefined;
}

/** Bins that are due, with why: chosen at once or one by one. */
function DueBins({ warehouse, onUse }: { warehouse: string; onUse: (bins: string[]) => void }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(oneQuery('/stock-takes/suggestions', { query: { warehouse, limit: 100 } }));
  const [chosen, choose] = useState<string[]>([]);
  if (query.isError) return <ErrorState error={query.error} />;
  return (
    <div className="stack">
      <div className="row between">
        <span className="muted">{t('count.dueSays')}</span>
        <Button disabled={chosen.length === 0} onClick={() => onUse(chosen)}>
          {t('count.useDue', { n: chosen.length })}
        </Button>
      </div>
      <Table<BinDue>
        size="small"
        rowKey="bin"
        loading={query.isPending}
        dataSource={query.data?.items ?? []}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <EmptyState title={t('count.noneDue')} /> }}
        rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => choose(keys.map(String)) }}
        columns={[
          { title: t('stock.bin'), render: (_, b) => <span className="mono">{b.bin}</span> },
          { title: t('count.why'), render: (_, b) => b.reasons.map((r) => word('countDue', r)).join(' · ') },
          { title: t('count.lastCounted'), width: 130, render: (_, b) => <TimeText at={b.lastCountedAt} relative /> },
        ]}
      />
    </div>
  );
}

function Preview({ body }: { body: NewTake | undefined }) {
  const t = useT();
  const preview = useMutation({ mutationFn: (of: NewTake) => client.repeatable('/stock-takes/preview', { body: of }) });
  const said = JSON.stringify(body);
  const { mutate, reset } = preview;
  useEffect(() => {
    if (said === undefined) return reset();
    const timer = setTimeout(() => mutate(JSON.parse(said) as NewTake), 400);
    return () => clearTimeout(timer);
  }, [said, mutate, reset]);
  if (preview.isError) return <ErrorState error={preview.error} />;
  if (!preview.data) return null;
  return (
    <Alert type="info" showIcon title={t('count.covers', { bins: preview.data.bins, lines: preview.data.lines })} />
  );
}

function ScopeFields({ warehouse, onDue }: { warehouse: string | undefined; onDue: (bins: string[]) => void }) {
  const t = useT();
  const form = Form.useFormInstance<Values>();
  const by = Form.useWatch('by', form);
  const [due, showDue] = useState(false);
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <>
      <Form.Item name="by" label={t('count.scope')}>
        <Select
          options={BY.map((value) => ({ value, label: t(`count.by.${value}`) }))}
          onChange={() => form.setFieldValue('of', undefined)}
        />
      </Form.Item>
      <Form.Item
        name="of"
        label={t(`count.by.${by ?? 'bins'}`)}
        rules={required}
        extra={by === 'abc' ? t('count.abcSays') : undefined}
      >
        <Select
          mode={by === 'abc' ? 'multiple' : 'tags'}
          tokenSeparators={[',', ' ', '\n', '\t']}
          options={by === 'abc' ? ['A', 'B', 'C'].map((value) => ({ value, label: value })) : []}
          notFoundContent={null}
        />
      </Form.Item>
      {warehouse && (
        <Button style={{ marginBottom: 16 }} onClick={() => showDue(!due)}>
          {t('count.due')}
        </Button>
      )}
      {warehouse && due && <DueBins warehouse={warehouse} onUse={(bins) => (onDue(bins), showDue(false))} />}
    </>
  );
}

/** Opens a count, with what it will cover said beforehand. */
export default function CountCreate({ onClose }: { onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) as Partial<Values> | undefined;
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const save = useSubmit(
    (given: NewTake, idempotencyKey) => client.post('/stock-takes', { body: given, idempotencyKey }),
    {
      onSuccess: (take) => void navigate({ to: '/stock/counts/$id', params: { id: take.id } as never }),
    },
  );
  const submit = (given: Values) => {
    const whole = bodyOf(given);
    if (whole) save.mutate(whole);
  };
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Drawer
      open
      size={640}
      title={t('count.new')}
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('count.open')}
        </Button>
      }
    >
      <Form form={form} layout="vertical" initialValues={{ kind: 'cycle', blind: true, by: 'bins' }} onFinish={submit}>
        <FormErrors form={form} error={save.error} rename={(name) => (name[0] === 'scope' ? ['of'] : name)} />
        <Form.Item name="warehouse" label={t('stock.warehouse')} rules={required}>
          <Select options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
        </Form.Item>
        <Form.Item name="kind" label={t('count.kind')}>
          <Select options={(['full', 'cycle'] as const).map((value) => ({ value, label: t(`count.kind.${value}`) }))} />
        </Form.Item>
        {values?.kind === 'cycle' && (
          <ScopeFields warehouse={values.warehouse} onDue={(bins) => form.setFieldsValue({ by: 'bins', of: bins })} />
        )}
        <Form.Item name="blind" label={t('count.blind')} extra={t('count.blindSays')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="note" label={t('count.note')}>
          <Input maxLength={500} />
        </Form.Item>
        <Preview body={bodyOf(values ?? {})} />
      </Form>
    </Drawer>
  );
}
