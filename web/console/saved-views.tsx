import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Form, Input } from 'antd';
import { oneQuery } from '../api/console.ts';
import { client } from '../api/instance.ts';
import { useSubmit } from '../api/use-submit.ts';
import { useT } from '../ui/i18n.ts';
import { FormButton } from './form-button.tsx';

type Search = Record<string, string | undefined>;
type Props = {
  /** Whose views they are: the list's address in the API. */
  of: '/ticket-views' | '/case-views';
  /** The filters of the list now, and the names of all it knows. */
  search: Search;
  names: readonly string[];
  /** Told every filter of the list: those the view does not name are undefined. */
  onOpen: (filters: Search) => void;
};

/** What a person looks at again and again: filters of a list under a name, each person's own. */
export function SavedViews({ of, search, names, onOpen }: Props) {
  const t = useT();
  const views = useQuery(oneQuery(of)).data?.items ?? [];
  const drop = useSubmit((viewId: string) => client.delete(`${of}/{viewId}`, { path: { viewId } }));
  const filters = Object.fromEntries(
    Object.entries(search).filter((e): e is [string, string] => names.includes(e[0]) && Boolean(e[1])),
  );
  const none = Object.fromEntries(names.map((name) => [name, undefined]));
  return (
    <>
      {views.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: views.map((v) => ({
              key: v.id,
              label: (
                <span className="row tight">
                  {v.name}
                  <Button
                    size="small"
                    type="text"
                    aria-label={t('views.forget', { name: v.name })}
                    onClick={(e) => (e.stopPropagation(), drop.mutate(v.id))}
                  >
                    ×
                  </Button>
                </span>
              ),
              onClick: () => onOpen({ ...none, ...(v.filters as Search) }),
            })),
          }}
        >
          <Button>{t('views.mine')}</Button>
        </Dropdown>
      )}
      <FormButton<{ name: string }>
        label={t('views.save')}
        fields={
          <Form.Item
            name="name"
            label={t('views.name')}
            rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
          >
            <Input maxLength={40} autoFocus />
          </Form.Item>
        }
        send={({ name }) => client.put(of, { body: { name, filters } })}
      />
    </>
  );
}
