import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Modal, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { listQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';

type Props<Row extends object> = {
  /** Path of the resource: GET lists, POST creates. */
  path: string;
  title: string;
  newTitle: string;
  mayCreate: boolean;
  columns: TableColumnsType<Row>;
  rowKey: keyof Row & string;
  fields: ReactNode;
  initialValues?: Record<string, unknown>;
  /** Turns what the form holds into the request. */
  toBody?: (values: Record<string, unknown>) => unknown;
};

function CreateDialog(props: {
  title: string;
  path: string;
  fields: ReactNode;
  initialValues: Record<string, unknown> | undefined;
  toBody: ((values: Record<string, unknown>) => unknown) | undefined;
  onClose: () => void;
}) {
  const { title, path, fields, initialValues, toBody, onClose } = props;
  const t = useT();
  const [form] = Form.useForm<Record<string, unknown>>();
  const create = useSubmit((body: unknown, key) => client.post(path, body, { idempotencyKey: key }), {
    onSuccess: onClose,
  });
  return (
    <Modal
      open
      title={title}
      okText={t('ui.save')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        {...(initialValues ? { initialValues } : {})}
        onFinish={(values) => create.mutate(toBody ? toBody(values) : values)}
      >
        <FormErrors form={form} error={create.error} />
        {fields}
      </Form>
    </Modal>
  );
}

/** A small resource with a list and a dialog to add to it (shops, warehouses). */
export function NamedList<Row extends object>(props: Props<Row>) {
  const { path, title, newTitle, mayCreate, columns, rowKey, fields, initialValues, toBody } = props;
  const filters = useFilters(['q']);
  const query = useQuery(listQuery<Row>(path, { ...filters.search, limit: filters.limit }));
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={title}
      extra={
        mayCreate && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {newTitle}
          </Button>
        )
      }
    >
      <DataTable query={query} columns={columns} rowKey={rowKey} filters={filters} />
      {adding && (
        <CreateDialog
          title={newTitle}
          path={path}
          fields={fields}
          initialValues={initialValues}
          toBody={toBody}
          onClose={() => setAdding(false)}
        />
      )}
    </Page>
  );
}
