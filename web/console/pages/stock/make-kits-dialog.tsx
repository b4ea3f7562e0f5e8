import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { App, Form, Input, InputNumber, Modal, Select } from 'antd';
import { listQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Kit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { kitsPossible } from './kit-count.ts';
import { BinField } from './place-fields.tsx';

type Values = { warehouse: string; quantity: number; reference?: string; bin?: string };
type How = 'assemble' | 'takeApart';
const QUANTITY_MAX = 9_999_999;

function send(how: How, kit: Kit, { reference, bin, ...values }: Values, idempotencyKey: string) {
  const body = {
    ...values,
    sku: kit.sku,
    ...(reference?.trim() ? { reference: reference.trim() } : {}),
    ...(bin?.trim() ? { bin: bin.trim() } : {}),
  };
  return how === 'assemble'
    ? client.post('/stock/kits/assemble', { body, idempotencyKey })
    : client.post('/stock/kits/take-apart', { body, idempotencyKey });
}

/** How many are free now, of the components or of the kit itself, in the warehouse chosen. */
function usePossible(how: How, kit: Kit, warehouse: string | undefined) {
  const parts = how === 'assemble' ? kit.components : [{ sku: kit.sku, quantity: 1 }];
  const codes = parts.map((c) => c.sku).join(',');
  const stock = useQuery({
    ...listQuery('/skus', { codes, warehouse: warehouse ?? '', limit: 200 }),
    enabled: warehouse !== undefined,
    placeholderData: (before) => (warehouse === undefined ? undefined : before),
  });
  const items = stock.isPlaceholderData ? [] : (stock.data?.items ?? []);
  return { possible: kitsPossible(parts, items), items, parts };
}

function Possible({ how, stock }: { how: How; stock: ReturnType<typeof usePossible> }) {
  const t = useT();
  const { possible, items, parts } = stock;
  return (
    <p role="status">
      {possible === undefined ? t('ui.loading') : t('kit.possible', { kits: possible })}
      {how === 'assemble' && (
        <span className="muted">
          {parts.map((part) => {
            const free = items.find((item) => item.sku === part.sku)?.available;
            return (
              <span key={part.sku} className="wrap" style={{ display: 'block' }}>
                {part.quantity} × <span className="mono">{part.sku}</span>
                {' · '}
                {t('kit.free')} <CountText value={free} />
              </span>
            );
          })}
        </span>
      )}
    </p>
  );
}

/** Makes kits of their components, or takes them apart, and says how many that can be now. */
export default function MakeKitsDialog(props: { how: How; kit: Kit; onClose: () => void }) {
  const { how, kit, onClose } = props;
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const first = warehouses[0]?.code;
  useEffect(() => {
    if (first && form.getFieldValue('warehouse') === undefined) form.setFieldValue('warehouse', first);
  }, [first, form]);
  const warehouse = (Form.useWatch('warehouse', form) as string | undefined) ?? first;
  const stock = usePossible(how, kit, warehouse);
  const make = useSubmit((values: Values, idempotencyKey) => send(how, kit, values, idempotencyKey), {
    onSuccess: (document) => {
      void message.success(t('kit.done', { no: document.no }));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={`${t(`kit.${how}`)} ${kit.title || kit.sku}`}
      okText={t(`kit.${how}`)}
      okButtonProps={{ disabled: stock.possible === 0 }}
      confirmLoading={make.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" initialValues={{ quantity: 1 }} onFinish={(values) => make.mutate(values)}>
        <FormErrors form={form} error={make.error} />
        <Form.Item
          name="warehouse"
          label={t('stock.warehouse')}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <Select options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
        </Form.Item>
        <Possible how={how} stock={stock} />
        <div className="zg-formgrid">
          <Form.Item name="quantity" label={t('move.quantity')} rules={[{ required: true, message: t('ui.required') }]}>
            <InputNumber min={1} max={QUANTITY_MAX} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="bin" label={t('kit.bin')}>
            <BinField warehouse={warehouse} empty="floor" />
          </Form.Item>
        </div>
        <Form.Item name="reference" label={t('move.reference')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
