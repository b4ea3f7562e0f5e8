import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal, Switch, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { cartonsQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Carton } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { CountText, MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

type Values = Body<'/cartons', 'post'> & { active?: boolean };
const SIDES = ['lengthMm', 'widthMm', 'heightMm'] as const;
const NUMBERS = ['tareG', 'maxG', 'costAmount'] as const;

function CartonDialog({ carton, onClose }: { carton: Carton | undefined; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const save = useSubmit(
    ({ active, code, ...values }: Values, idempotencyKey) =>
      carton
        ? client.patch('/cartons/{cartonId}', {
            path: { cartonId: carton.id },
            body: { ...values, ...(active === undefined ? {} : { active }) },
            version: carton.version,
          })
        : client.post('/cartons', { body: { code, ...values }, idempotencyKey }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t(carton ? 'carton.change' : 'carton.new')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={carton ? { ...carton, costAmount: carton.cost.amount } : { tareG: 100, costAmount: 0 }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        <Form.Item name="code" label={t('carton.code')} rules={required}>
          <Input maxLength={40} disabled={carton !== undefined} autoFocus={carton === undefined} />
        </Form.Item>
        <Form.Item name="name" label={t('carton.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="material" label={t('carton.material')} rules={required} extra={t('carton.materialSays')}>
          <Input maxLength={60} />
        </Form.Item>
        <div className="row">
          {SIDES.map((name) => (
            <Form.Item key={name} name={name} label={t(`carton.${name}`)} rules={required}>
              <InputNumber min={1} max={10_000} precision={0} style={{ width: 130 }} />
            </Form.Item>
          ))}
        </div>
        <div className="row">
          {NUMBERS.map((name) => (
            <Form.Item key={name} name={name} label={t(`carton.${name}`)} rules={required}>
              <InputNumber min={0} precision={0} style={{ width: 130 }} />
            </Form.Item>
          ))}
        </div>
        {carton && (
          <Form.Item name="active" label={t('carton.active')} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

function useColumns(): TableColumnsType<Carton> {
  const t = useT();
  return [
    { title: t('carton.code'), width: 120, render: (_, c) => <span className="mono">{c.code}</span> },
    { title: t('carton.name'), render: (_, c) => <span className="wrap">{c.name}</span> },
    {
      title: t('carton.inside'),
      width: 180,
      render: (_, c) => <span className="mono nowrap">{`${c.lengthMm} × ${c.widthMm} × ${c.heightMm}`}</span>,
    },
    { title: t('carton.tareG'), width: 110, align: 'right', render: (_, c) => <CountText value={c.tareG} /> },
    { title: t('carton.maxG'), width: 120, align: 'right', render: (_, c) => <CountText value={c.maxG} /> },
    { title: t('carton.cost'), width: 100, align: 'right', render: (_, c) => <MoneyText value={c.cost} /> },
    { title: t('carton.material'), width: 140, render: (_, c) => <span className="wrap">{c.material}</span> },
    {
      title: t('carton.active'),
      width: 90,
      render: (_, c) => (c.active ? t('carton.inUse') : <span className="muted">{t('carton.notUsed')}</span>),
    },
  ];
}

/** The cartons goods are packed into. */
export function CartonsTab() {
  const t = useT();
  const query = useQuery(cartonsQuery);
  const mayWrite = can(useQuery(meQuery).data, 'fulfilment.carton.write');
  const [edited, setEdited] = useState<Carton | 'new'>();
  return (
    <>
      {mayWrite && (
        <div className="row">
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
            {t('carton.new')}
          </Button>
        </div>
      )}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      <div className="zg-table" aria-busy={query.isFetching}>
        <Table<Carton>
          size="small"
          rowKey="id"
          loading={query.isPending}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          dataSource={query.data?.items ?? []}
          columns={useColumns()}
          scroll={{ x: 980 }}
          rowClassName={mayWrite ? 'zg-open' : ''}
          onRow={(carton) => ({ onClick: () => mayWrite && setEdited(carton) })}
        />
      </div>
      {edited && <CartonDialog carton={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
