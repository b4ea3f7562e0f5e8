import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select, TreeSelect } from 'antd';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { agentsQuery, categoriesOfTickets, teamsQuery } from './queries.ts';
import { PRIORITIES } from './words.ts';

type Node = { value: string; title: string; children: Node[] };

/** The categories that are switched on, as a tree. */
export function useCategoryTree(): Node[] {
  const locale = useLocale();
  const items = useQuery(categoriesOfTickets).data?.items ?? [];
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const c of items.filter((i) => i.enabled)) {
    const node = { value: c.code, title: c.name[locale], children: [] };
    nodes.set(c.code, node);
    const parent = nodes.get(c.code.slice(0, Math.max(c.code.lastIndexOf('/'), 0)));
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

export function CategoryField({ required = true }: { required?: boolean }) {
  const t = useT();
  return (
    <Form.Item
      name="category"
      label={t('ticket.category')}
      rules={required ? [{ required, message: t('ui.required') }] : []}
    >
      <TreeSelect showSearch treeNodeFilterProp="title" treeData={useCategoryTree()} popupMatchSelectWidth={false} />
    </Form.Item>
  );
}

export function PriorityField() {
  const t = useT();
  const word = useWord();
  return (
    <Form.Item name="priority" label={t('ticket.priority')}>
      <Select allowClear options={PRIORITIES.map((value) => ({ value, label: word('ticketPriority', value) }))} />
    </Form.Item>
  );
}

export function SubjectField() {
  const t = useT();
  return (
    <Form.Item
      name="subject"
      label={t('ticket.subject')}
      rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
    >
      <Input maxLength={200} />
    </Form.Item>
  );
}

/** People and teams a ticket can be given to. */
export function AssignFields() {
  const t = useT();
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const people = useQuery(agentsQuery).data?.items ?? [];
  return (
    <>
      <Form.Item name="teamId" label={t('ticket.team')}>
        <Select allowClear options={teams.filter((x) => x.enabled).map((x) => ({ value: x.id, label: x.name }))} />
      </Form.Item>
      <Form.Item name="assigneeId" label={t('ticket.assignee')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={people.map((x) => ({
            value: x.id,
            label: x.available ? x.name : `${x.name} · ${t('ticket.away')}`,
          }))}
        />
      </Form.Item>
    </>
  );
}

export const NoteField = ({ name, label, required }: { name: string; label: string; required?: boolean }) => {
  const t = useT();
  return (
    <Form.Item
      name={name}
      label={label}
      rules={required ? [{ required: true, whitespace: true, message: t('ui.required') }] : []}
    >
      <Input.TextArea maxLength={2000} autoSize={{ minRows: 3 }} />
    </Form.Item>
  );
};
