import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Input, InputNumber, Modal, Segmented, Select } from 'antd';
import type dayjs from 'dayjs';
import { carriersQuery, meQuery, oneQuery, warehousesQuery, zonesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { shortTime } from '../../../ui/format/time.ts';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { useCarrierName } from '../orders/order-parcels.tsx';
import { toWave, type WaveValues } from './wave-body.ts';

const ORDERS_MAX = 200;
const PER_WALK_MAX = 50;
const atMoment = {
  getValueProps: () => ({}),
  normalize: (value: dayjs.Dayjs | null) => value?.toISOString(),
};

/** How many orders, how many of them on one walk, and which are due first. */
function OrderFields({ mode }: { mode: WaveValues['mode'] | undefined }) {
  const t = useT();
  return (
    <div className="zg-formgrid">
      <Form.Item name="limit" label={t('wave.limit')}>
        <InputNumber min={1} max={ORDERS_MAX} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      {mode === 'batch' && (
        <Form.Item name="batchOrders" label={t('wave.perWalk')}>
          <InputNumber min={2} max={PER_WALK_MAX} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      )}
      <Form.Item name="promisedBefore" label={t('wave.promisedBefore')} {...atMoment}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
      </Form.Item>
    </div>
  );
}

/** Only what goes with one carrier; beside each, when it comes next. */
function CarrierField({ warehouse }: { warehouse: string }) {
  const t = useT();
  const nameOf = useCarrierName();
  const me = useQuery(meQuery).data;
  const carriers = useQuery({ ...carriersQuery, enabled: can(me, 'shipping.carrier.read') }).data?.items ?? [];
  const cutoffs = useQuery({ ...oneQuery('/cutoffs'), enabled: can(me, 'fulfilment.manifest.read') }).data?.items ?? [];
  const nextOf = (code: string): string | null | undefined => {
    const here = cutoffs.filter((c) => c.warehouse === warehouse);
    return (here.find((c) => c.carrier === code) ?? here.find((c) => c.carrier === '*'))?.nextAt;
  };
  const label = (code: string): string => {
    const at = nextOf(code);
    return at ? t('wave.carrierAt', { carrier: nameOf(code), at: shortTime(at) }) : nameOf(code);
  };
  return (
    <Form.Item name="carrier" label={t('wave.carrier')}>
      <Select
        allowClear
        options={carriers.filter((c) => c.enabled).map(({ code }) => ({ value: code, label: label(code) }))}
      />
    </Form.Item>
  );
}

/** Starts a wave: which orders, and whether each is walked alone or several at once. */
export function StartWave({ onClose, onStarted }: { onClose: () => void; onStarted: (waveId: string) => void }) {
  const t = useT();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const [form] = Form.useForm<WaveValues>();
  const first = warehouses[0]?.code;
  const warehouse = (Form.useWatch('warehouse', form) as string | undefined) ?? first ?? '';
  const mode = Form.useWatch('mode', form) as WaveValues['mode'] | undefined;
  const zones = useQuery(zonesQuery(warehouse)).data?.items ?? [];
  const start = useSubmit(
    (values: WaveValues, idempotencyKey) => client.post('/waves', { body: toWave(values), idempotencyKey }),
    { onSuccess: (wave) => onStarted(wave.id) },
  );
  return (
    <Modal
      open
      title={t('wave.start')}
      okText={t('wave.start')}
      confirmLoading={start.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ limit: 20, mode: 'single', batchOrders: 8, ...(first ? { warehouse: first } : {}) }}
        onFinish={(values) => start.mutate(values)}
      >
        <FormErrors form={form} error={start.error} />
        <p className="muted">{t('wave.startSays')}</p>
        <Form.Item
          name="warehouse"
          label={t('stock.warehouse')}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <Select
            options={warehouses.map((w) => ({ value: w.code, label: w.name }))}
            onChange={() => form.setFieldValue('zones', undefined)}
          />
        </Form.Item>
        <Form.Item
          name="mode"
          label={t('wave.mode')}
          extra={t(mode === 'batch' ? 'wave.batchSays' : 'wave.singleSays')}
        >
          <Segmented
            options={(['single', 'batch'] as const).map((value) => ({ value, label: t(`waveMode.${value}`) }))}
          />
        </Form.Item>
        <OrderFields mode={mode} />
        <CarrierField warehouse={warehouse} />
        {zones.length > 0 && (
          <Form.Item name="zones" label={t('wave.zones')} extra={t('wave.zonesSays')}>
            <Select
              mode="multiple"
              allowClear
              options={zones.map((z) => ({ value: z.code, label: `${z.code} ${z.name}` }))}
            />
          </Form.Item>
        )}
        <Form.Item name="note" label={t('wave.note')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
