import { Alert, Form, Input, Modal, Table } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Answer } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { useT } from '../../../ui/i18n.ts';

const ORDERS_MAX = 500;
type Results = Answer<'/invoices/bulk', 'post'>['results'];

const orderNos = (text: string): string[] => [...new Set(text.split(/[\s,，;；]+/).filter(Boolean))];

function ResultTable({ results }: { results: Results }) {
  const t = useT();
  const refused = results.filter((r) => r.problem);
  return (
    <div className="stack tight">
      <Alert
        showIcon
        type={refused.length > 0 ? 'warning' : 'success'}
        title={t('invoice.manyDone', { done: results.length - refused.length, refused: refused.length })}
      />
      <Table
        size="small"
        rowKey="index"
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        scroll={{ y: 320 }}
        dataSource={[...refused, ...results.filter((r) => !r.problem)]}
        columns={[
          { title: t('invoice.order'), width: 200, render: (_, r) => <span className="mono wrap">{r.orderId}</span> },
          {
            title: t('invoice.result'),
            render: (_, r) =>
              r.invoice ? (
                <span className="row tight">
                  <span className="mono">{r.invoice.no}</span>
                  <StatusTag kind="invoice" value={r.invoice.status} />
                </span>
              ) : (
                <span className="wrap zg-inv-late">{r.problem?.title}</span>
              ),
          },
        ]}
      />
    </div>
  );
}

/** Asks for invoices of many orders, pasted from a table: each with its customer's title, each taken or refused on its own. */
export function BulkDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<{ orders: string }>();
  const count = orderNos(Form.useWatch('orders', form) ?? '').length;
  const send = useSubmit(({ orders }: { orders: string }, idempotencyKey) =>
    client.post('/invoices/bulk', {
      body: { items: orderNos(orders).map((orderId) => ({ orderId })) },
      idempotencyKey,
    }),
  );
  const results = send.data?.results;
  return (
    <Modal
      open
      width={640}
      title={t('invoice.many')}
      okText={t(results ? 'ui.done' : 'invoice.apply')}
      okButtonProps={{ disabled: !results && (count === 0 || count > ORDERS_MAX) }}
      confirmLoading={send.isPending}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          {!results && <CancelBtn />}
          <OkBtn />
        </>
      )}
      onOk={() => (results ? onClose() : form.submit())}
      onCancel={onClose}
    >
      {results ? (
        <ResultTable results={results} />
      ) : (
        <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
          <FormErrors form={form} error={send.error} />
          <p className="muted">{t('invoice.manySays', { max: ORDERS_MAX })}</p>
          <Form.Item name="orders" label={t('invoice.orders', { n: count })}>
            <Input.TextArea autoFocus autoSize={{ minRows: 6, maxRows: 14 }} className="mono" />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
