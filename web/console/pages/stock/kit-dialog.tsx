import { DeleteOutlined } from '@ant-design/icons';
import { Alert, Button, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Kit, SkuHit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ErrorState } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { SkuPicker } from '../products/sku-picker.tsx';

type Component = Kit['components'][number];
const QUANTITY_MAX = 10_000;

function Components(props: { components: readonly Component[]; onChange: (components: Component[]) => void }) {
  const { components, onChange } = props;
  const t = useT();
  return (
    <ul className="zg-plain">
      {components.map((c) => (
        <li key={c.sku} className="row" style={{ flexWrap: 'nowrap' }}>
          <InputNumber
            min={1}
            max={QUANTITY_MAX}
            precision={0}
            value={c.quantity}
            aria-label={`${t('move.quantity')} ${c.sku}`}
            style={{ width: 90 }}
            onChange={(quantity) =>
              onChange(components.map((o) => (o.sku === c.sku ? { ...o, quantity: quantity ?? 1 } : o)))
            }
          />
          <span className="wrap" style={{ flex: 1 }}>
            {c.title} <span className="mono muted">{c.sku}</span>
          </span>
          <Button
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={`${t('order.removeLine')} ${c.sku}`}
            onClick={() => onChange(components.filter((o) => o.sku !== c.sku))}
          />
        </li>
      ))}
    </ul>
  );
}

/** What a kit is made of; without components it is one no longer. */
export default function KitDialog({ kit, onClose }: { kit?: Kit; onClose: () => void }) {
  const t = useT();
  const [of, setOf] = useState<{ sku: string; title: string } | undefined>(kit);
  const [components, setComponents] = useState<Component[]>(kit?.components ?? []);
  const save = useSubmit(
    (body: { components: { sku: string; quantity: number }[] }, idempotencyKey) =>
      client.put('/stock/kits/{sku}', { path: { sku: of?.sku ?? '' }, body, idempotencyKey }),
    { onSuccess: onClose },
  );
  const add = (hit: SkuHit) => {
    if (hit.sku === of?.sku || components.some((c) => c.sku === hit.sku)) return;
    setComponents([...components, { sku: hit.sku, title: hit.title, quantity: 1 }]);
  };
  return (
    <Modal
      open
      title={kit ? kit.title || kit.sku : t('kit.new')}
      okText={t('ui.save')}
      okButtonProps={{ disabled: !of || (!kit && components.length === 0) }}
      confirmLoading={save.isPending}
      onOk={() => save.mutate({ components: components.map(({ sku, quantity }) => ({ sku, quantity })) })}
      onCancel={onClose}
    >
      <div className="stack">
        {save.error && <ErrorState error={save.error} />}
        {!kit && (
          <div>
            <div>{t('kit.one')}</div>
            {of ? (
              <div className="row between">
                <span className="wrap">
                  {of.title} <span className="mono muted">{of.sku}</span>
                </span>
                <Button size="small" type="link" onClick={() => setOf(undefined)}>
                  {t('ui.edit')}
                </Button>
              </div>
            ) : (
              <SkuPicker onPick={(hit) => setOf({ sku: hit.sku, title: hit.title })} />
            )}
          </div>
        )}
        {of && (
          <div>
            <div>{t('kit.components')}</div>
            <SkuPicker onPick={add} />
            <Components components={components} onChange={setComponents} />
          </div>
        )}
        {kit && components.length === 0 && <Alert type="warning" showIcon title={t('kit.noLonger')} />}
      </div>
    </Modal>
  );
}
