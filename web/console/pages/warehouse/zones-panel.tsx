import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { WarehousePlan } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

type NewZone = Body<'/warehouses/{warehouse}/zones', 'post'>;
const TEMPERATURES = ['ambient', 'chilled', 'frozen'] as const;

function ZoneDialog({ warehouse, onClose }: { warehouse: string; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<NewZone>();
  const save = useSubmit(
    (body: NewZone, idempotencyKey) =>
      client.post('/warehouses/{warehouse}/zones', { path: { warehouse }, body, idempotencyKey }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('zone.new')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ temperature: 'ambient' }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        <Form.Item name="code" label={t('zone.code')} rules={required} extra={t('zone.codeSays')}>
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item name="name" label={t('zone.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="temperature" label={t('zone.temperature')}>
          <Select options={TEMPERATURES.map((value) => ({ value, label: t(`temperature.${value}`) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** The zones of a warehouse, how cold they are, and how many bins are in each. */
export function ZonesPanel({ warehouse, plan }: { warehouse: string; plan: WarehousePlan }) {
  const t = useT();
  const mayWrite = can(useQuery(meQuery).data, 'inventory.warehouse.write');
  const [making, setMaking] = useState(false);
  const counts = new Map<string, number>();
  for (const bin of plan.bins) counts.set(bin.zone ?? '', (counts.get(bin.zone ?? '') ?? 0) + 1);
  return (
    <Panel
      title={t('zone.list')}
      extra={
        mayWrite && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t('zone.new')}
          </Button>
        )
      }
    >
      {plan.zones.length === 0 && <EmptyState title={t('zone.none')} />}
      <ul className="zg-plain">
        {plan.zones.map((zone) => (
          <li key={zone.id} className="row between">
            <span className="wrap">
              <strong className="mono">{zone.code}</strong> {zone.name}
              <span className="muted"> · {t(`temperature.${zone.temperature}`)}</span>
            </span>
            <span className="muted">
              <CountText value={counts.get(zone.code) ?? 0} /> {t('zone.bins')}
            </span>
          </li>
        ))}
      </ul>
      {making && <ZoneDialog warehouse={warehouse} onClose={() => setMaking(false)} />}
    </Panel>
  );
}
