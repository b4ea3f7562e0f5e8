import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Shop } from '../../../api/types.ts';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { NamedList } from './named-list.tsx';

type NewShop = Body<'/shops', 'post'>;
const CURRENCIES = ['CNY', 'USD', 'EUR', 'JPY', 'GBP', 'HKD'];

/** The shops orders come from. */
export default function Shops() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery(listQuery('/shops', { ...filters.search, limit: filters.limit }));
  const me = useQuery(meQuery).data;
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <NamedList<Shop>
      query={query}
      filters={filters}
      okText={t('ui.save')}
      create={(values, idempotencyKey) => client.post('/shops', { body: values as NewShop, idempotencyKey })}
      title={t('shop.list')}
      newTitle={t('shop.new')}
      mayCreate={can(me, 'catalog.shop.write')}
      columns={[
        {
          title: t('shop.code'),
          dataIndex: 'code',
          width: 180,
          render: (code: string) => <span className="mono">{code}</span>,
        },
        { title: t('shop.name'), dataIndex: 'name', render: (name: string) => <span className="wrap">{name}</span> },
        { title: t('shop.currency'), dataIndex: 'currency', width: 100 },
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
