import { DeleteOutlined } from '@ant-design/icons';
import { Button, InputNumber } from 'antd';
import type { SkuHit } from '../../../api/types.ts';
import { EmptyState } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { SkuPicker } from '../products/sku-picker.tsx';

export type Line = { sku: string; quantity: number; title: string };

function CartLine({ line, onChange }: { line: Line; onChange: (line: Line | undefined) => void }) {
  const t = useT();
  return (
    <div className="zg-sample-line">
      <div style={{ minWidth: 0 }}>
        <div className="ellipsis" title={line.title}>
          {line.title}
        </div>
        <div className="mono muted">{line.sku}</div>
      </div>
      <InputNumber
        min={1}
        max={9999}
        precision={0}
        mode="spinner"
        style={{ width: 120 }}
        value={line.quantity}
        aria-label={t('line.quantity')}
        onChange={(quantity) => onChange({ ...line, quantity: quantity ?? 1 })}
      />
      <Button
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('order.removeLine')}
        onClick={() => onChange(undefined)}
      />
    </div>
  );
}

type Props = { lines: readonly Line[]; onChange: (lines: Line[]) => void; empty: string };

/** Goods to be priced and not to be bought; picking one again raises its quantity. */
export function SampleCart({ lines, onChange, empty }: Props) {
  const pick = ({ sku, title }: SkuHit) =>
    onChange(
      lines.some((l) => l.sku === sku)
        ? lines.map((l) => (l.sku === sku ? { ...l, quantity: l.quantity + 1 } : l))
        : [...lines, { sku, title, quantity: 1 }],
    );
  const change = (at: number, line: Line | undefined) =>
    onChange(lines.flatMap((l, i) => (i === at ? (line ?? []) : l)));
  return (
    <>
      <SkuPicker onPick={pick} />
      {lines.length === 0 && <EmptyState title={empty} />}
      {lines.map((line, at) => (
        <CartLine key={line.sku} line={line} onChange={(next) => change(at, next)} />
      ))}
    </>
  );
}
