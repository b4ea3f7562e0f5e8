import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Input, Select } from 'antd';
import { warehousesQuery } from '../../../api/console.ts';
import type { FieldName } from '../../../api/field-errors.ts';
import { client } from '../../../api/instance.ts';
import type { StockDocument } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';
import {
  type StockFormKind,
  type StockValues,
  toAdjustment,
  toReceipt,
  toRelocation,
  toScrap,
  toStateChange,
  toTransfer,
} from './stock-body.ts';
import { StockLines } from './stock-lines.tsx';

function send(kind: StockFormKind, values: StockValues, idempotencyKey: string): Promise<StockDocument> {
  switch (kind) {
    case 'receipts':
      return client.post('/stock/receipts', { body: toReceipt(values), idempotencyKey });
    case 'adjustments':
      return client.post('/stock/adjustments', { body: toAdjustment(values), idempotencyKey });
    case 'transfers':
      return client.post('/stock/transfers', { body: toTransfer(values), idempotencyKey });
    case 'relocations':
      return client.post('/stock/relocations', { body: toRelocation(values), idempotencyKey });
    case 'freezes':
      return client.post('/stock/freezes', { body: toStateChange(values), idempotencyKey });
    case 'unfreezes':
      return client.post('/stock/unfreezes', { body: toStateChange(values), idempotencyKey });
    case 'damages':
      return client.post('/stock/damages', { body: toStateChange(values), idempotencyKey });
    case 'scraps':
      return client.post('/stock/scraps', { body: toScrap(values), idempotencyKey });
  }
}

/** What the requests call otherwise than this form. */
const renameIn =
  (kind: StockFormKind) =>
  (name: FieldName): FieldName => {
    const last = name.at(-1);
    if (name.length === 1 && last === 'from') return ['warehouse'];
    if (last === 'delta') return [...name.slice(0, -1), 'quantity'];
    if (last === 'from') return [...name.slice(0, -1), kind === 'relocations' ? 'bin' : 'bucket'];
    return name;
  };

const NEEDS_REASON: readonly StockFormKind[] = ['adjustments', 'freezes', 'unfreezes', 'damages', 'scraps'];

function HeadFields({ kind }: { kind: StockFormKind }) {
  const t = useT();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const options = warehouses.map((w) => ({ value: w.code, label: w.name }));
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <>
      <Form.Item name="warehouse" label={t(kind === 'transfers' ? 'stock.from' : 'stock.warehouse')} rules={required}>
        <Select options={options} />
      </Form.Item>
      {kind === 'transfers' && (
        <Form.Item name="to" label={t('stock.to')} rules={required}>
          <Select options={options} />
        </Form.Item>
      )}
      {NEEDS_REASON.includes(kind) ? (
        <Form.Item
          name="reason"
          label={t('ui.reason')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      ) : (
        <Form.Item name="reference" label={t('move.reference')}>
          <Input maxLength={100} />
        </Form.Item>
      )}
    </>
  );
}

const TITLES: Record<StockFormKind, string> = {
  receipts: 'stock.receive',
  adjustments: 'stock.adjust',
  transfers: 'stock.transfer',
  relocations: 'stock.move',
  freezes: 'stock.freeze',
  unfreezes: 'stock.unfreeze',
  damages: 'stock.damage',
  scraps: 'stock.scrap',
};

type Props = { kind: StockFormKind; initial?: StockValues | undefined; onClose: () => void };

/** Any stock document: goods come in, go to another warehouse or bin, change their state, or are corrected with a reason. */
export default function StockForm({ kind, initial, onClose }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<StockValues>();
  const save = useSubmit((values: StockValues, key) => send(kind, values, key), {
    onSuccess: (document) => {
      const waits = document.state === 'awaiting_approval';
      void (waits ? message.info(t('stock.waits', { no: document.no })) : message.success(t('ui.saved')));
      onClose();
    },
  });
  return (
    <Drawer
      open
      size={640}
      title={t(TITLES[kind])}
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('ui.save')}
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={initial ?? { lines: [] }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} rename={renameIn(kind)} />
        <HeadFields kind={kind} />
        <StockLines kind={kind} />
      </Form>
    </Drawer>
  );
}
