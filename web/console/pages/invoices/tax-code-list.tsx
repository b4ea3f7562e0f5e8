import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { TaxCode } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { Who } from './clock.tsx';
import { POLICIES, RATES_BP } from './words.ts';

const SCOPES = ['sku', 'category', 'default'] as const;
const BASIS_POINTS = 100;
const EXEMPT: readonly (string | null | undefined)[] = ['03', '04'];
type Values = Body<'/tax-codes', 'put'>;
const rateText = (bp: number): string => `${bp / BASIS_POINTS}%`;

/** Policy, rate and unit: what is exempt has no rate. */
function RateFields({ policy }: { policy: string | null | undefined }) {
  const t = useT();
  const word = useWord();
  return (
    <>
      <Form.Item name="policy" label={t('taxCode.policy')}>
        <Select allowClear options={POLICIES.map((value) => ({ value, label: word('taxPolicy', value) }))} />
      </Form.Item>
      {!EXEMPT.includes(policy) && (
        <Form.Item name="rateBp" label={t('invoice.rate')} rules={[{ required: true, message: t('ui.required') }]}>
          <Select options={RATES_BP.map((value) => ({ value, label: rateText(value) }))} />
        </Form.Item>
      )}
      <Form.Item name="unit" label={t('taxCode.unit')}>
        <Input maxLength={20} />
      </Form.Item>
    </>
  );
}

function EditDialog({ row, onClose }: { row: TaxCode | undefined; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const scope = Form.useWatch('scope', form);
  const policy = Form.useWatch('policy', form);
  const save = useSubmit(
    (body: Values) =>
      client.put('/tax-codes', {
        body: {
          ...body,
          key: body.scope === 'default' ? '' : (body.key ?? ''),
          policy: body.policy ?? null,
          rateBp: EXEMPT.includes(body.policy) ? 0 : body.rateBp,
        },
      }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t(row ? 'taxCode.edit' : 'taxCode.add')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={row ?? { scope: 'category', rateBp: 1300, unit: '' }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        <Form.Item name="scope" label={t('taxCode.scope')}>
          <Select
            disabled={Boolean(row)}
            options={SCOPES.map((value) => ({ value, label: word('taxScope', value) }))}
          />
        </Form.Item>
        {scope !== 'default' && (
          <Form.Item name="key" label={t('taxCode.key')} rules={required} extra={t('taxCode.keySays')}>
            <Input disabled={Boolean(row)} maxLength={200} />
          </Form.Item>
        )}
        <Form.Item
          name="code"
          label={t('taxCode.code')}
          rules={[{ required: true, pattern: /^[1-7]\d{18}$/, message: t('taxCode.codeSays') }]}
        >
          <Input className="mono" maxLength={19} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="shortName" label={t('taxCode.shortName')} rules={required} extra={t('taxCode.shortNameSays')}>
          <Input maxLength={40} />
        </Form.Item>
        <RateFields policy={policy} />
      </Form>
    </Modal>
  );
}

function useColumns(onEdit: (row: TaxCode) => void): TableColumnsType<TaxCode> {
  const t = useT();
  const word = useWord();
  const remove = useSubmit((taxCodeId: string) => client.delete('/tax-codes/{taxCodeId}', { path: { taxCodeId } }));
  return [
    { title: t('taxCode.scope'), width: 110, render: (_, r) => word('taxScope', r.scope) },
    { title: t('taxCode.key'), render: (_, r) => <span className="wrap">{r.key || '–'}</span> },
    { title: t('taxCode.code'), width: 190, render: (_, r) => <span className="mono">{r.code}</span> },
    { title: t('taxCode.shortName'), width: 150, render: (_, r) => <span className="wrap">*{r.shortName}*</span> },
    { title: t('invoice.rate'), width: 90, align: 'right', render: (_, r) => rateText(r.rateBp) },
    { title: t('taxCode.policy'), width: 150, render: (_, r) => (r.policy ? word('taxPolicy', r.policy) : '–') },
    { title: t('taxCode.unit'), width: 70, render: (_, r) => r.unit || '–' },
    {
      title: t('taxCode.updated'),
      width: 150,
      render: (_, r) => (
        <>
          <div>
            <Who name={r.updatedBy} />
          </div>
          <TimeText at={r.updatedAt} />
        </>
      ),
    },
    {
      key: 'actions',
      width: 150,
      align: 'right',
      render: (_, r) => (
        <span className="nowrap">
          {r.may.includes('edit') && (
            <Button size="small" type="link" onClick={() => onEdit(r)}>
              {t('taxCode.change')}
            </Button>
          )}
          {r.may.includes('delete') && (
            <ConfirmButton
              size="small"
              type="link"
              danger
              title={t('taxCode.delete')}
              says={t('taxCode.deleteSays')}
              act={() => remove.mutateAsync(r.id)}
            >
              {t('taxCode.delete')}
            </ConfirmButton>
          )}
        </span>
      ),
    },
  ];
}

/** What goods are to the tax bureau: a SKU's own code, else its category's, else the organisation's. */
export default function TaxCodeList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['q', 'scope']);
  const query = useQuery(listQuery('/tax-codes', { ...filters.search, limit: filters.limit } as never));
  const may = useQuery(oneQuery('/tax-codes', { query: { limit: 1 } })).data?.may ?? [];
  const [editing, setEditing] = useState<TaxCode | 'new'>();
  const columns = useColumns(setEditing);
  return (
    <Page
      title={t('taxCode.list')}
      says={t('taxCode.listSays')}
      extra={
        may.includes('add') && (
          <>
            <Link to="/imports">
              <Button>{t('taxCode.import')}</Button>
            </Link>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
              {t('taxCode.add')}
            </Button>
          </>
        )
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('taxCode.search')} />
        <ChoiceFilter
          filters={filters}
          name="scope"
          label={t('taxCode.scope')}
          options={SCOPES.map((value) => ({ value, label: word('taxScope', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1140}
        empty={<EmptyState title={t('taxCode.none')} />}
      />
      {editing && <EditDialog row={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}
