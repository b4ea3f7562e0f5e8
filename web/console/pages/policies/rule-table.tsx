import { Button, Select, Table, type TableColumnsType, Tree } from 'antd';
import { useMemo, useState } from 'react';
import { EmptyState } from '../../../ui/components/states.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { CategoryText, ClauseText, Terms } from './rule-text.tsx';
import { placeOf, type Rule, TYPES } from './words.ts';

type Node = { key: string; title: React.ReactNode; children: Node[] };
const ALL = '\u0000';

/** The categories rules stand for, as a tree: everything, the paths below one another, and the names. */
function treeOf(rules: readonly Rule[], title: (category: string) => React.ReactNode, all: React.ReactNode): Node[] {
  const counts = Map.groupBy(rules, (r) => r.category);
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const category of [...counts.keys()].toSorted()) {
    const node: Node = { key: category, title: title(category), children: [] };
    nodes.set(category, node);
    const above = category.startsWith('*/')
      ? undefined
      : [...nodes.keys()].findLast((k) => k !== '' && category.startsWith(`${k}/`));
    (above === undefined ? roots : (nodes.get(above) as Node).children).push(node);
  }
  return [{ key: ALL, title: all, children: [] }, ...roots];
}

type Changes = { onEdit?: ((rule: Rule) => void) | undefined; onRemove?: ((rule: Rule) => void) | undefined };

function useColumns({ onEdit, onRemove }: Changes): TableColumnsType<Rule> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('policy.category'), width: 110, render: (_, r) => <CategoryText category={r.category} /> },
    { title: t('policy.type'), width: 90, render: (_, r) => word('caseType', r.type) },
    {
      title: t('policy.reason'),
      width: 110,
      render: (_, r) => (r.reason === '*' ? t('policy.anyReason') : word('caseReason', r.reason)),
    },
    { title: t('policy.terms'), width: 220, render: (_, r) => <Terms rule={r} /> },
    { title: t('policy.clause'), render: (_, r) => <ClauseText rule={r} /> },
    ...(onEdit
      ? [
          {
            key: 'do',
            width: 130,
            align: 'right' as const,
            render: (_: unknown, r: Rule) => (
              <span className="nowrap">
                <Button size="small" type="link" onClick={() => onEdit(r)}>
                  {t('policy.change')}
                </Button>
                <Button size="small" type="link" danger onClick={() => onRemove?.(r)}>
                  {t('policy.remove')}
                </Button>
              </span>
            ),
          },
        ]
      : []),
  ];
}

/** The rules of a version: by category at the left, and in a table; with buttons where they may be changed. */
export function RuleTable(props: Changes & { rules: readonly Rule[] }) {
  const { rules } = props;
  const t = useT();
  const word = useWord();
  const [category, choose] = useState(ALL);
  const [type, filter] = useState<string>();
  const tree = useMemo(() => treeOf(rules, (c) => <CategoryText category={c} />, t('policy.allRules')), [rules, t]);
  const shown = rules.filter((r) => (category === ALL || r.category === category) && (!type || r.type === type));
  const columns = useColumns(props);
  return (
    <div className="zg-policy">
      <div className="zg-policy-tree">
        <Tree
          treeData={tree}
          selectedKeys={[category]}
          defaultExpandAll
          blockNode
          onSelect={([key]) => choose(key === undefined ? ALL : String(key))}
        />
      </div>
      <div style={{ minWidth: 0 }}>
        <Select
          allowClear
          placeholder={t('policy.type')}
          aria-label={t('policy.type')}
          className="zg-filter-choice"
          value={type ?? null}
          options={TYPES.map((value) => ({ value, label: word('caseType', value) }))}
          onChange={(value: string | null | undefined) => filter(value ?? undefined)}
        />
        <Table
          size="small"
          rowKey={placeOf}
          columns={columns}
          dataSource={shown}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
          scroll={{ x: 760 }}
          locale={{ emptyText: <EmptyState /> }}
        />
      </div>
    </div>
  );
}
