import { DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button, type TableColumnsType } from 'antd';
import { client } from '../../../api/instance.ts';
import type { ReplenishmentRule } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { useT } from '../../../ui/i18n.ts';
import { RULE_NUMBERS } from './rule-form.ts';
import { useWarehouseName } from './warehouses.tsx';

function DropButton({ rule }: { rule: ReplenishmentRule }) {
  const t = useT();
  const drop = useSubmit((_: Record<never, never>) =>
    client.delete('/stock/rules/{sku}', {
      path: { sku: rule.sku },
      query: rule.warehouse === null ? {} : { warehouse: rule.warehouse },
    }),
  );
  return (
    <ConfirmButton
      danger
      type="text"
      size="small"
      icon={<DeleteOutlined />}
      aria-label={t('rule.drop')}
      title={t('rule.drop')}
      says={t('rule.dropSays')}
      act={() => drop.mutateAsync({})}
    >
      {null}
    </ConfirmButton>
  );
}

/** What a rule says, in words; what it leaves open is not mentioned. */
export function RuleWords({ rule }: { rule: ReplenishmentRule }) {
  const t = useT();
  const said = RULE_NUMBERS.filter(({ name }) => rule[name] !== null).map(
    ({ name }) => `${t(`rule.${name}`)} ${rule[name]}`,
  );
  if (said.length === 0) return <span className="muted">–</span>;
  return <span className="wrap">{said.join(' · ')}</span>;
}

/** Columns of rules: where, from whom, what, and what may be done with them. */
export function useRuleColumns(
  onEdit: ((rule: ReplenishmentRule) => void) | undefined,
): TableColumnsType<ReplenishmentRule> {
  const t = useT();
  const warehouseOf = useWarehouseName();
  const nameOf = (code: string | null) => (code === null ? t('rule.everyWarehouse') : warehouseOf(code));
  return [
    {
      title: t('stock.warehouse'),
      width: 140,
      render: (_, rule) => <span className="wrap">{nameOf(rule.warehouse)}</span>,
    },
    {
      title: t('rule.supplier'),
      width: 160,
      render: (_, rule) => <span className="clamp2">{rule.supplier ?? '–'}</span>,
    },
    { title: t('rule.says'), render: (_, rule) => <RuleWords rule={rule} /> },
    ...(onEdit
      ? [
          {
            key: 'actions',
            width: 90,
            align: 'right' as const,
            render: (_: unknown, rule: ReplenishmentRule) => (
              <span className="nowrap">
                <Button
                  type="text"
                  size="small"
                  icon={<EditOutlined />}
                  aria-label={t('rule.edit')}
                  onClick={() => onEdit(rule)}
                />
                <DropButton rule={rule} />
              </span>
            ),
          },
        ]
      : []),
  ];
}
