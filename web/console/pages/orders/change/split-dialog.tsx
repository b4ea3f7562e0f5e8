import { PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Modal, Segmented, Table, Tag } from 'antd';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { client } from '../../../../api/instance.ts';
import type { Answer, Body } from '../../../../api/paths.ts';
import type { Order, OrderLine } from '../../../../api/types.ts';
import { useSubmit } from '../../../../api/use-submit.ts';
import { ErrorState } from '../../../../ui/components/states.tsx';
import { MoneyText } from '../../../../ui/components/text.tsx';
import { useT } from '../../../../ui/i18n.ts';
import { usePreview } from './use-preview.ts';

type How = Body<'/orders/{orderId}/split', 'post'>;
type Part = Answer<'/orders/{orderId}/split', 'post'>['parts'][number];
const PARTS_MAX = 10; // by hand; more are made by splitting again
const MODES = ['hand', 'warehouse', 'availability'] as const;
type Mode = (typeof MODES)[number];

/** Units by line and part; what is in no part is in the last. */
type Units = Record<string, number[]>;

const openOf = (line: OrderLine): number => line.quantity - line.cancelled;
const restOf = (line: OrderLine, units: Units): number =>
  openOf(line) - (units[line.id] ?? []).reduce((n, u) => n + u, 0);

function howOf(mode: Mode, order: Order, units: Units, parts: number): How {
  if (mode !== 'hand') return { by: mode };
  return {
    groups: Array.from({ length: parts }, (_, p) =>
      order.lines.flatMap((l) => {
        const quantity = units[l.id]?.[p] ?? 0;
        return quantity > 0 ? [{ lineId: l.id, quantity }] : [];
      }),
    ),
  };
}

/** Units numbered into parts by hand; what is left over makes the last part. */
function ByHand(props: { order: Order; units: Units; parts: number; onUnits: (u: Units) => void; onAdd: () => void }) {
  const { order, units, parts, onUnits, onAdd } = props;
  const t = useT();
  const put = (line: OrderLine, part: number, quantity: number) => {
    const own = Array.from({ length: parts }, (_, p) => units[line.id]?.[p] ?? 0);
    own[part] = quantity;
    onUnits({ ...units, [line.id]: own });
  };
  return (
    <Table<OrderLine>
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: 360 + parts * 110 }}
      dataSource={order.lines.filter((l) => openOf(l) > 0)}
      columns={[
        {
          title: t('line.goods'),
          render: (_, line) => (
            <>
              <div className="clamp2">{line.title}</div>
              <span className="mono muted">
                {line.sku} × {openOf(line)}
              </span>
            </>
          ),
        },
        ...Array.from({ length: parts }, (_, p) => ({
          title: t('change.part', { n: p + 1 }),
          width: 110,
          render: (_: unknown, line: OrderLine) => (
            <InputNumber
              min={0}
              max={(units[line.id]?.[p] ?? 0) + restOf(line, units)}
              precision={0}
              value={units[line.id]?.[p] ?? 0}
              aria-label={`${line.sku} ${t('change.part', { n: p + 1 })}`}
              onChange={(quantity) => put(line, p, quantity ?? 0)}
            />
          ),
        })),
        {
          title: (
            <span className="row tight nowrap">
              {t('change.rest')}
              <Button
                size="small"
                type="text"
                icon={<PlusOutlined />}
                aria-label={t('change.addPart')}
                disabled={parts >= PARTS_MAX}
                onClick={onAdd}
              />
            </span>
          ),
          width: 116,
          align: 'right',
          render: (_, line) => <span className="num">{restOf(line, units)}</span>,
        },
      ]}
    />
  );
}

/** What each part would hold and cost; together they are the order, to the cent. */
function Parts({ parts }: { parts: readonly Part[] }) {
  const t = useT();
  return (
    <div className="zg-parts" aria-live="polite">
      {parts.map((part, i) => (
        <div key={i} className="zg-part">
          <div className="row between">
            <strong>{t('change.part', { n: i + 1 })}</strong>
            <MoneyText value={part.total} strong />
          </div>
          {part.lines.map((line) => (
            <div key={line.lineId} className="row between">
              <span className="mono ellipsis" title={line.title}>
                {line.sku} × {line.quantity}
              </span>
              <span className="row tight">
                {line.warehouses.map((w) => (
                  <Tag key={w.warehouse} style={{ marginInlineEnd: 0 }}>
                    {w.warehouse} {w.quantity}
                  </Tag>
                ))}
                {line.short > 0 && <Tag color="volcano">{t('change.short', { short: line.short })}</Tag>}
              </span>
            </div>
          ))}
          {part.freight.amount > 0 && (
            <div className="row between muted">
              <span>{t('money.freight')}</span>
              <MoneyText value={part.freight} />
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

/** Makes several orders of one: by hand, by warehouse, or what is there and what is not. */
export default function SplitDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [mode, setMode] = useState<Mode>('hand');
  const [units, setUnits] = useState<Units>({});
  const [parts, setParts] = useState(1);
  const how = howOf(mode, order, units, parts);
  const named = mode !== 'hand' || Object.values(units).some((own) => own.some((u) => u > 0));
  const path = { orderId: order.id };
  const preview = usePreview(
    `split ${order.id}`,
    how,
    (body) => client.repeatable('/orders/{orderId}/split', { path, body: { ...body, preview: true } }),
    named,
  );
  const split = useSubmit(
    (body: How, idempotencyKey) => client.post('/orders/{orderId}/split', { path, body, idempotencyKey }),
    {
      onSuccess: ({ orders }) => {
        onClose();
        if (orders[0]) void navigate({ to: '/orders/$id', params: { id: orders[0].id } as never });
      },
    },
  );
  const ready = named && preview.data !== undefined && !preview.isError && !preview.isPlaceholderData;
  return (
    <Modal
      open
      width={820}
      title={t('change.splitTitle', { orderNo: order.orderNo })}
      okText={t('change.split')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={split.isPending}
      onOk={() => split.mutate(how)}
      onCancel={onClose}
      styles={{ body: { paddingTop: 8 } }}
    >
      <div className="stack">
        <Segmented
          value={mode}
          options={MODES.map((value) => ({ value, label: t(`change.by.${value}`) }))}
          onChange={setMode}
        />
        {mode === 'hand' && (
          <ByHand order={order} units={units} parts={parts} onUnits={setUnits} onAdd={() => setParts(parts + 1)} />
        )}
        {split.isError && <ErrorState error={split.error} />}
        {named && preview.isError && <ErrorState error={preview.error} />}
        {named && !preview.isError && preview.data && <Parts parts={preview.data.parts} />}
        {!named && <p className="muted">{t('change.splitSays')}</p>}
      </div>
    </Modal>
  );
}
