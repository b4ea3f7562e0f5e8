import { DownOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { meQuery } from '../../../api/console.ts';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import type { StockFormKind, StockState } from './stock-body.ts';

type Action = { kind: StockFormKind; label: string; needs: string; states: readonly StockState[] };

/** What may be done with goods where they stand, by the state they are in. */
const ACTIONS: readonly Action[] = [
  { kind: 'relocations', label: 'stock.move', needs: 'inventory.move.write', states: ['good', 'damaged', 'frozen'] },
  { kind: 'freezes', label: 'stock.freeze', needs: 'inventory.state.write', states: ['good'] },
  { kind: 'unfreezes', label: 'stock.unfreeze', needs: 'inventory.state.write', states: ['frozen'] },
  { kind: 'damages', label: 'stock.damage', needs: 'inventory.state.write', states: ['good'] },
  { kind: 'scraps', label: 'stock.scrap', needs: 'inventory.adjustment.write', states: ['good', 'damaged', 'frozen'] },
];

/** The actions a person may take, as a menu; of a row only those that fit its state. */
export function StockActions(props: { state?: StockState; onChoose: (kind: StockFormKind) => void; small?: boolean }) {
  const { state, onChoose, small } = props;
  const t = useT();
  const me = useQuery(meQuery).data;
  const items = ACTIONS.filter((a) => can(me, a.needs) && (state === undefined || a.states.includes(state)));
  if (items.length === 0) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: items.map((a) => ({ key: a.kind, label: t(a.label), onClick: () => onChoose(a.kind) })),
      }}
    >
      <Button {...(small ? { size: 'small' as const } : {})} icon={<DownOutlined />} iconPlacement="end">
        {t('stock.more')}
      </Button>
    </Dropdown>
  );
}
