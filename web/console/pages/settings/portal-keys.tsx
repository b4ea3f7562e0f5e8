import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Modal, Select, type TableColumnsType, Typography } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Schemas } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';

type Key = Schemas['PortalKey'];
const SHOPS_MAX = 200;

function NewKey({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<{ shop: string }>();
  const shops = useQuery(listQuery('/shops', { limit: SHOPS_MAX })).data?.items ?? [];
  const make = useSubmit(({ shop }: { shop: string }) => client.repeatable('/portal-keys', { body: { shop } }));
  const secret = make.data?.secret;
  return (
    <Modal
      open
      title={t('portalKey.new')}
      okText={t(secret ? 'ui.done' : 'portalKey.make')}
      confirmLoading={make.isPending}
      mask={{ closable: false }}
      {...(secret ? { cancelButtonProps: { hidden: true } } : {})}
      onOk={() => (secret ? onClose() : form.submit())}
      onCancel={onClose}
    >
      {secret ? (
        <div className="stack">
          <Alert type="warning" showIcon title={t('portalKey.once')} />
          <Typography.Text copyable code className="mono">
            {secret}
          </Typography.Text>
        </div>
      ) : (
        <Form form={form} layout="vertical" onFinish={(values) => make.mutate(values)}>
          <FormErrors form={form} error={make.error} />
          <Form.Item
            name="shop"
            label={t('portalKey.shop')}
            extra={t('portalKey.twoSays')}
            rules={[{ required: true, message: t('ui.required') }]}
          >
            <Select
              autoFocus
              showSearch={{ optionFilterProp: 'label' }}
              options={shops.map((s) => ({ value: s.code, label: `${s.name} (${s.code})` }))}
            />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

function useColumns(): TableColumnsType<Key> {
  const t = useT();
  const revoke = useSubmit((portalKeyId: string) =>
    client.delete('/portal-keys/{portalKeyId}', { path: { portalKeyId } }),
  );
  return [
    { title: t('portalKey.shop'), render: (_, key) => <span className="mono wrap">{key.shop}</span> },
    { title: t('portalKey.secret'), width: 130, render: (_, key) => <span className="mono">…{key.hint}</span> },
    { title: t('portalKey.usedAt'), width: 150, render: (_, key) => <TimeText at={key.usedAt} /> },
    { title: t('portalKey.createdAt'), width: 150, render: (_, key) => <TimeText at={key.createdAt} /> },
    { title: t('portalKey.createdBy'), width: 180, render: (_, key) => <span className="wrap">{key.createdBy}</span> },
    {
      key: 'actions',
      width: 110,
      align: 'right',
      render: (_, key) => (
        <ConfirmButton
          size="small"
          type="link"
          danger
          title={t('portalKey.revoke')}
          says={t('portalKey.revokeSays', { hint: key.hint })}
          act={() => revoke.mutateAsync(key.id)}
        >
          {t('portalKey.revoke')}
        </ConfirmButton>
      ),
    },
  ];
}

/** Secrets with which shops sign their customers in on the portal; each is shown once, when made. */
export default function PortalKeys() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery(oneQuery('/portal-keys'));
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t('portalKey.list')}
      says={t('portalKey.says')}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('portalKey.new')}
        </Button>
      }
    >
      <DataTable query={query} columns={useColumns()} rowKey="id" filters={filters} minWidthPx={820} />
      {adding && <NewKey onClose={() => setAdding(false)} />}
    </Page>
  );
}
