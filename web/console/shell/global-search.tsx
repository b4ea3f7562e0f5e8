import { SearchOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Input, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useT } from '../../ui/i18n.ts';
import { useHotkeys } from '../../ui/use-hotkeys.ts';

/** Finds orders by number, phone or name from any page; `/` goes to the page's own search, else here. */
export function GlobalSearch() {
  const t = useT();
  const navigate = useNavigate();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState('');
  useHotkeys({
    '/': () => {
      const onPage = document.querySelector<HTMLInputElement>('.zg-filter-search input');
      if (onPage) onPage.select();
      else field.current?.focus({ cursor: 'all' });
    },
  });
  const search = () => {
    const asked = text.trim();
    if (asked === '') return;
    void navigate({ to: '/orders', search: { q: asked } as never });
    setText('');
    field.current?.blur();
  };
  return (
    <Input
      ref={field}
      className="zg-global-search"
      prefix={<SearchOutlined className="muted" />}
      variant="filled"
      value={text}
      maxLength={100}
      placeholder={t('search.placeholder')}
      aria-label={t('search.placeholder')}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={search}
    />
  );
}
