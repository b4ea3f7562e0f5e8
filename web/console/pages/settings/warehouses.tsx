import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Warehouse } from '../../../api/types.ts';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { NamedList } from './named-list.tsx';
import { WarehouseService } from './warehouse-service.tsx';

type NewWarehouse = Body<'/warehouses', 'post'>;

/** An address may come as text or in parts. */
const addressText = (address: unknown): string => {
  if (typeof address === 'string') return address;
  if (typeof address !== 'object' || address === null) return '–';
  return Object.values(address)
    .filter((part) => typeof part === 'string')
    .join(' ');
};

function useColumns(onService: (warehouse: Warehouse) => void): TableColumnsType<Warehouse> {
  const t = useT();
  return [
    {
      title: t('warehouse.code'),
      dataIndex: 'code',
      width: 180,
      render: (code: string) => (
        <Link to="/warehouses/$code" params={{ code } as never} className="mono">
          {code}
        </Link>
      ),
    },
    {
      title: t('warehouse.name'),
      dataIndex: 'name',
      render: (name: string) => <span className="wrap">{name}</span>,
    },
    {
      title: t('warehouse.address'),
      render: (_, row) => <span className="wrap">{addressText(row.address)}</span>,
    },
    { title: t('warehouse.priority'), dataIndex: 'priority', width: 110, align: 'right' },
    { title: t('shop.createdAt'), width: 130, render: (_, row) => <TimeText at={row.createdAt} /> },
    {
      key: 'service',
      width: 130,
      align: 'right',
      render: (_, row) => (
        <Button size="small" type="link" onClick={() => onService(row)}>
          {t('service.list')}
        </Button>
      ),
    },
  ];
}

/** The warehouses goods lie in. */
export default function Warehouses() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery(listQuery('/warehouses', { ...filters.search, limit: filters.limit }));
  const me = useQuery(meQuery).data;
  const [serving, setServing] = useState<Warehouse>();
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <>
      <NamedList<Warehouse>
        query={query}
        filters={filters}
        okText={t('ui.save')}
        create={({ code, name, address, priority }, idempotencyKey) =>
          client.post('/warehouses', {
            body: {
              code,
              name,
              ...(address ? { address } : {}),
              ...(priority == null ? {} : { priority }),
            } as NewWarehouse,
            idempotencyKey,
          })
        }
        title={t('warehouse.list')}
        newTitle={t('warehouse.new')}
        mayCreate={can(me, 'inventory.warehouse.write')}
        columns={useColumns(setServing)}
        fields={
          <>
            <Form.Item name="code" label={t('warehouse.code')} rules={required} extra={t('ui.codeSays')}>
              <Input maxLength={64} autoFocus />
            </Form.Item>
            <Form.Item name="name" label={t('warehouse.name')} rules={required}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item name="address" label={t('warehouse.address')}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="priority" label={t('warehouse.priority')} extra={t('warehouse.prioritySays')}>
              <InputNumber min={0} max={10_000} precision={0} style={{ width: 160 }} />
            </Form.Item>
          </>
        }
      />
      {serving && <WarehouseService warehouse={serving} onClose={() => setServing(undefined)} />}
    </>
  );
}
