import { DeleteOutlined, SwapOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, InputNumber, Modal, Switch, Tooltip } from 'antd';
import { useState } from 'react';
import { client } from '../../../../api/instance.ts';
import type { Body } from '../../../../api/paths.ts';
import type { Order, SkuHit } from '../../../../api/types.ts';
import { useSubmit } from '../../../../api/use-submit.ts';
import { FormErrors } from '../../../../ui/components/form-errors.tsx';
import { ErrorState } from '../../../../ui/components/states.tsx';
import { MoneyText } from '../../../../ui/components/text.tsx';
import { useT } from '../../../../ui/i18n.ts';
import { SkuPicker } from '../../products/sku-picker.tsx';
import { PasteAddress } from '../paste-address.tsx';
import { usePreview } from './use-preview.ts';

type Amendment = Body<'/orders/{orderId}/amend', 'post'>;
type Line = { lineId?: string; sku: string; title: string; quantity: number; shipped: number; gift: boolean };
type Values = { shipTo?: Record<string, string>; remark?: string; reason?: string };

const ADDRESS = ['name', 'phone', 'province', 'city', 'district', 'address'] as const;
const QUANTITY_MAX = 99_999;

const linesOf = (order: Order): Line[] =>
  order.lines
    .filter((line) => line.quantity - line.cancelled > 0)
    .map((line) => ({
      lineId: line.id,
      sku: line.sku,
      title: line.title,
      quantity: line.quantity - line.cancelled,
      shipped: line.shipped,
      gift: line.kind === 'gift',
    }));

/** Only what differs from the order is asked for. */
function toAmendment(order: Order, lines: readonly Line[], values: Values): Amendment {
  const before = linesOf(order);
  const same =
    lines.length === before.length &&
    lines.every(
      (l, i) => l.lineId === before[i]?.lineId && l.sku === before[i]?.sku && l.quantity === before[i]?.quantity,
    );
  const shipTo = Object.fromEntries(
    Object.entries(values.shipTo ?? {}).flatMap(([k, v]) => (v?.trim() ? [[k, v.trim()]] : [])),
  );
  const remark = values.remark?.trim() ?? '';
  return {
    ...(same
      ? {}
      : { lines: lines.map(({ lineId, sku, quantity }) => ({ ...(lineId ? { lineId } : {}), sku, quantity })) }),
    ...(Object.keys(shipTo).length > 0 ? { shipTo } : {}),
    ...(remark === (order.remark ?? '') ? {} : { remark }),
    ...(values.reason?.trim() ? { reason: values.reason.trim() } : {}),
  };
}
const asksForSomething = (a: Amendment): boolean =>
  a.lines !== undefined || a.shipTo !== undefined || a.remark !== undefined;

function LineRow(props: { line: Line; onChange: (line: Line) => void; onRemove: () => void }) {
  const { line, onChange, onRemove } = props;
  const t = useT();
  const [swapping, setSwapping] = useState(false);
  const swap = (hit: SkuHit) => {
    setSwapping(false);
    onChange({ ...line, sku: hit.sku, title: hit.title });
  };
  return (
    <div className="zg-change-line">
      <div style={{ minWidth: 0 }}>
        <div className="clamp2" title={line.title}>
          {line.title}
        </div>
        <span className="mono muted">{line.sku}</span>
        {line.shipped > 0 && <span className="muted"> · {t('change.shipped', { shipped: line.shipped })}</span>}
        {swapping && <SkuPicker onPick={swap} />}
      </div>
      <InputNumber
        min={line.shipped}
        max={QUANTITY_MAX}
        precision={0}
        mode="spinner"
        value={line.quantity}
        disabled={line.gift}
        style={{ width: 132 }}
        aria-label={`${t('line.quantity')} ${line.sku}`}
        onChange={(quantity) => onChange({ ...line, quantity: quantity ?? 0 })}
      />
      <Tooltip title={t('change.swap')}>
        <Button
          type="text"
          icon={<SwapOutlined />}
          aria-label={`${t('change.swap')} ${line.sku}`}
          disabled={line.gift || line.shipped > 0}
          onClick={() => setSwapping(!swapping)}
        />
      </Tooltip>
      <Button
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={`${t('order.removeLine')} ${line.sku}`}
        disabled={line.shipped > 0}
        onClick={onRemove}
      />
    </div>
  );
}

function Lines({ lines, onChange }: { lines: Line[]; onChange: (lines: Line[]) => void }) {
  const add = (hit: SkuHit) => {
    const at = lines.findIndex((l) => l.sku === hit.sku && !l.gift);
    onChange(
      at < 0
        ? [...lines, { sku: hit.sku, title: hit.title, quantity: 1, shipped: 0, gift: false }]
        : lines.map((l, i) => (i === at ? { ...l, quantity: l.quantity + 1 } : l)),
    );
  };
  return (
    <>
      <SkuPicker onPick={add} />
      {lines.map((line, i) => (
        <LineRow
          key={line.lineId ?? line.sku}
          line={line}
          onChange={(next) => onChange(lines.map((l, n) => (n === i ? next : l)))}
          onRemove={() => onChange(lines.filter((_, n) => n !== i))}
        />
      ))}
    </>
  );
}

/** The fields of the address that change; the others show what is there, masked, and stay. */
function AddressFields({ order }: { order: Order }) {
  const t = useT();
  return (
    <>
      <PasteAddress />
      <div className="zg-formgrid">
        {ADDRESS.map((field) => (
          <Form.Item key={field} name={['shipTo', field]} label={t(`shipTo.${field}`)}>
            <Input maxLength={200} autoComplete="off" placeholder={order.shipTo[field]} />
          </Form.Item>
        ))}
      </div>
      <p className="muted">{t('change.addressSays')}</p>
    </>
  );
}

/** What the change comes to, in money, before it is made. */
function Difference({ order, amendment }: { order: Order; amendment: Amendment }) {
  const t = useT();
  const enabled = asksForSomething(amendment);
  const preview = usePreview(
    `amend ${order.id}`,
    amendment,
    (body) =>
      client.repeatable('/orders/{orderId}/amend', { path: { orderId: order.id }, body: { ...body, preview: true } }),
    enabled,
  );
  if (!enabled) return <p className="muted">{t('change.nothingYet')}</p>;
  if (preview.isError) return <ErrorState error={preview.error} />;
  const change = preview.data?.change;
  return (
    <dl className="zg-sum" aria-live="polite" aria-busy={preview.isFetching}>
      {(
        [
          ['before', change?.before],
          ['after', change?.after],
          ['refund', change?.refund],
          ['due', change?.due],
        ] as const
      ).map(([name, value]) => (
        <div key={name} data-total={name === 'after'}>
          <dt>{t(`change.${name}`)}</dt>
          <dd>
            <MoneyText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Changes what is in an order, where it goes, and its remark; the difference is seen before it is made. */
export default function AmendDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) as Values | undefined;
  const [lines, setLines] = useState(() => linesOf(order));
  const [moves, setMoves] = useState(false);
  const amendment = toAmendment(order, lines, { remark: order.remark ?? '', ...values });
  const amend = useSubmit(
    (body: Amendment, idempotencyKey) =>
      client.post('/orders/{orderId}/amend', { path: { orderId: order.id }, body, idempotencyKey }),
    { onSuccess: onClose },
  );
  const late = order.fulfilment !== 'none' || order.begun;
  return (
    <Modal
      open
      width={760}
      title={t('change.amendTitle', { orderNo: order.orderNo })}
      okText={late ? t('change.ask') : t('change.save')}
      okButtonProps={{ disabled: !asksForSomething(amendment) }}
      confirmLoading={amend.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      styles={{ body: { maxHeight: 'calc(100vh - 380px)', minHeight: 240, overflowY: 'auto', paddingTop: 8 } }}
      footer={(buttons) => (
        <>
          <Difference order={order} amendment={amendment} />
          {buttons}
        </>
      )}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ remark: order.remark ?? '' }}
        onFinish={() => amend.mutate(amendment)}
      >
        {late && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={t('change.lateSays')} />}
        <FormErrors form={form} error={amend.error} />
        <Lines lines={lines} onChange={setLines} />
        <Form.Item label={t('change.moves')} layout="horizontal" style={{ margin: '12px 0' }}>
          <Switch checked={moves} onChange={setMoves} aria-label={t('change.moves')} />
        </Form.Item>
        {moves && <AddressFields order={order} />}
        <Form.Item name="remark" label={t('order.remark')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 1, maxRows: 4 }} />
        </Form.Item>
        <Form.Item name="reason" label={t('change.reason')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
