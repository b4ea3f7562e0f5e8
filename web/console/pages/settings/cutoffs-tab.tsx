import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Modal, Select, Table, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { carriersQuery, meQuery, oneQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Cutoff } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { useCarrierName } from '../orders/order-parcels.tsx';

type Values = { warehouse: string; carrier: string; time: Dayjs; weekdays: number[] };
const DAYS = [1, 2, 3, 4, 5, 6, 7];
const FORMAT = 'HH:mm';

function CutoffDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const carrierName = useCarrierName();
  const [form] = Form.useForm<Values>();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const carriers = useQuery(carriersQuery).data?.items ?? [];
  const save = useSubmit(
    ({ time, ...rest }: Values) => client.put('/cutoffs', { body: { ...rest, time: time.format(FORMAT) } }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('cutoff.set')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ carrier: '*', time: dayjs('18:00', FORMAT), weekdays: DAYS }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        <Form.Item name="warehouse" label={t('stock.warehouse')} rules={required}>
          <Select options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
        </Form.Item>
        <Form.Item name="carrier" label={t('parcel.carrier')} rules={required}>
          <Select
            options={[
              { value: '*', label: t('cutoff.others') },
              ...carriers.map(({ code }) => ({ value: code, label: carrierName(code) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="time" label={t('cutoff.time')} rules={required}>
          <TimePicker format={FORMAT} minuteStep={5} />
        </Form.Item>
        <Form.Item name="weekdays" label={t('cutoff.weekdays')} rules={required}>
          <Checkbox.Group options={DAYS.map((value) => ({ value, label: word('weekday', String(value)) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Drop({ cutoff }: { cutoff: Cutoff }) {
  const t = useT();
  const drop = useSubmit((_: Record<never, never>) =>
    client.delete('/cutoffs/{warehouse}/{carrier}', {
      path: { warehouse: cutoff.warehouse, carrier: cutoff.carrier },
    }),
  );
  return (
    <ConfirmButton size="small" type="link" danger title={t('cutoff.drop')} act={() => drop.mutateAsync({})}>
      {t('cutoff.drop')}
    </ConfirmButton>
  );
}

/** When carriers come to warehouses. */
export function CutoffsTab() {
  const t = useT();
  const word = useWord();
  const carrierName = useCarrierName();
  const query = useQuery(oneQuery('/cutoffs'));
  const mayWrite = can(useQuery(meQuery).data, 'fulfilment.cutoff.write');
  const [adding, setAdding] = useState(false);
  return (
    <>
      {mayWrite && (
        <div className="row">
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('cutoff.set')}
          </Button>
        </div>
      )}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      <div className="zg-table" aria-busy={query.isFetching}>
        <Table<Cutoff>
          size="small"
          rowKey={(row) => `${row.warehouse}/${row.carrier}`}
          loading={query.isPending}
          pagination={false}
          dataSource={query.data?.items ?? []}
          scroll={{ x: 720 }}
          columns={[
            { title: t('stock.warehouse'), render: (_, row) => <span className="wrap">{row.warehouse}</span> },
            {
              title: t('parcel.carrier'),
              render: (_, row) => (row.carrier === '*' ? t('cutoff.others') : carrierName(row.carrier)),
            },
            { title: t('cutoff.time'), dataIndex: 'time', width: 90 },
            {
              title: t('cutoff.weekdays'),
              render: (_, row) => (
                <span className="wrap">{row.weekdays.map((d) => word('weekday', String(d))).join(' ')}</span>
              ),
            },
            { title: t('cutoff.next'), width: 150, render: (_, row) => <TimeText at={row.nextAt} relative /> },
            { key: 'actions', width: 100, align: 'right', render: (_, row) => mayWrite && <Drop cutoff={row} /> },
          ]}
        />
      </div>
      {adding && <CutoffDialog onClose={() => setAdding(false)} />}
    </>
  );
}
