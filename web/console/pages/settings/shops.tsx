import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { meQuery } from '../../../api/console.ts';
import type { Shop } from '../../../api/types.ts';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { NamedList } from './named-list.tsx';

const CURRENCIES = ['CNY', 'USD', 'EUR', 'JPY', 'GBP', 'HKD'];

/** The shops orders come from. */
export default function Shops() {
  const t = useT();
  const me = useQuery(meQuery).data;
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <NamedList<Shop>
      path="/shops"
      title={t('shop.list')}
      newTitle={t('shop.new')}
      mayCreate={can(me, 'catalog.shop.write')}
      rowKey="id"
      columns={[
        {
          title: t('shop.code'),
          dataIndex: 'code',
          width: 180,
          render: (code: string) => <span className="mono">{code}</span>,
        },
        { title: t('shop.name'), dataIndex: 'name', render: (name: string) => <span className="wrap">{name}</span> },
        { title: t('shop.currency'), dataIndex: 'currency', width: 100 },
        {
          title: t('shop.status'),
          width: 100,
          render: (_, shop) => <StatusTag kind="shop" value={shop.status ?? 'open'} />,
        },
        { title: t('shop.createdAt'), width: 130, render: (_, shop) => <TimeText at={shop.createdAt} /> },
      ]}
      initialValues={{ currency: 'CNY' }}
      fields={
        <>
          <Form.Item name="code" label={t('shop.code')} rules={required} extra={t('ui.codeSays')}>
            <Input maxLength={64} autoFocus />
          </Form.Item>
          <Form.Item name="name" label={t('shop.name')} rules={required}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="currency" label={t('shop.currency')}>
            <Select options={CURRENCIES.map((value) => ({ value, label: value }))} />
          </Form.Item>
        </>
      }
    />
  );
}
