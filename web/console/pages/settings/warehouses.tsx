import { useQuery } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { meQuery } from '../../../api/console.ts';
import type { Warehouse } from '../../../api/types.ts';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { NamedList } from './named-list.tsx';

/** An address may come as text or in parts. */
const addressText = (address: unknown): string => {
  if (typeof address === 'string') return address;
  if (typeof address !== 'object' || address === null) return '–';
  return Object.values(address)
    .filter((part) => typeof part === 'string')
    .join(' ');
};

/** The warehouses goods lie in. */
export default function Warehouses() {
  const t = useT();
  const me = useQuery(meQuery).data;
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <NamedList<Warehouse>
      path="/warehouses"
      title={t('warehouse.list')}
      newTitle={t('warehouse.new')}
      mayCreate={can(me, 'catalog.warehouse.write')}
      rowKey="id"
      columns={[
        {
          title: t('warehouse.code'),
          dataIndex: 'code',
          width: 180,
          render: (code: string) => <span className="mono">{code}</span>,
        },
        {
          title: t('warehouse.name'),
          dataIndex: 'name',
          render: (name: string) => <span className="wrap">{name}</span>,
        },
        { title: t('warehouse.address'), render: (_, row) => <span className="wrap">{addressText(row.address)}</span> },
        {
          title: t('shop.status'),
          width: 100,
          render: (_, row) => <StatusTag kind="shop" value={row.status ?? 'open'} />,
        },
        { title: t('shop.createdAt'), width: 130, render: (_, row) => <TimeText at={row.createdAt} /> },
      ]}
      toBody={({ code, name, address }) => ({ code, name, ...(address ? { address } : {}) })}
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
        </>
      }
    />
  );
}
