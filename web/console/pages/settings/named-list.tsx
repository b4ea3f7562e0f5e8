import { PlusOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Form, Modal, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Page as PageOf } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import type { Filters } from '../../../ui/use-filters.ts';

type Create = (values: Record<string, unknown>, idempotencyKey: string) => Promise<unknown>;

type Props<Row extends object> = {
  query: UseQueryResult<PageOf<Row>>;
  filters: Filters<never>;
  create: Create;
  title: string;
  newTitle: string;
  okText: string;
  mayCreate: boolean;
  columns: TableColumnsType<Row>;
  fields: ReactNode;
  initialValues?: Record<string, unknown>;
};

function CreateDialog(props: {
  title: string;
  okText: string;
  fields: ReactNode;
  initialValues: Record<string, unknown> | undefined;
  create: Create;
  onClose: () => void;
}) {
  const { title, okText, fields, initialValues, create, onClose } = props;
  const [form] = Form.useForm<Record<string, unknown>>();
  const save = useSubmit(create, { onSuccess: onClose });
  return (
    <Modal
      open
      title={title}
      okText={okText}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        {...(initialValues ? { initialValues } : {})}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        {fields}
      </Form>
    </Modal>
  );
}

/** A small resource with a list and a dialog to add to it (shops, warehouses). */
export function NamedList<Row extends object & { id: string }>(props: Props<Row>) {
  const { query, filters, create, title, newTitle, okText, mayCreate, columns, fields, initialValues } = props;
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
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} />
      {adding && (
        <CreateDialog
          title={newTitle}
          okText={okText}
          fields={fields}
          initialValues={initialValues}
          create={create}
          onClose={() => setAdding(false)}
        />
      )}
    </Page>
  );
}
