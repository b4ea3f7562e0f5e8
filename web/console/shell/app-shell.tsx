import { MenuFoldOutlined, MenuUnfoldOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { meQuery } from '../../api/console.ts';
import { useT } from '../../ui/i18n.ts';
import { readPref, writePref } from '../../ui/prefs.ts';
import { can } from '../permissions.ts';
import { Bell } from './bell.tsx';
import { GlobalSearch } from './global-search.tsx';
import { activeEntry, NAV } from './nav.tsx';
import { LanguageSwitch, UserMenu } from './user-menu.tsx';
import './app-shell.css';

const HotkeysHelp = lazy(() =>
  import('../../ui/components/hotkeys-help.tsx').then((m) => ({ default: m.HotkeysHelp })),
);

function Brand({ wide }: { wide: boolean }) {
  const t = useT();
  return (
    <Link to="/" className="zg-brand" aria-label={t('app.name')}>
      <img src="/seal.svg" alt="" width={28} height={28} />
      {wide && <span>{t('app.name')}</span>}
    </Link>
  );
}

function Nav({ wide }: { wide: boolean }) {
  const t = useT();
  const me = useQuery(meQuery).data;
  const path = useRouterState({ select: (state) => state.location.pathname });
  const groups = NAV.map((group) => ({
    ...group,
    items: group.items.filter((item) => !item.needs || can(me, item.needs)),
  })).filter((group) => group.items.length > 0);
  const active = activeEntry(path, groups);
  return (
    <nav aria-label={t('nav.label')} className="zg-nav">
      {groups.map((group) => (
        <div key={group.label ?? ''} className="zg-nav-group">
          {group.label && <div className="zg-nav-title">{wide ? t(group.label) : ''}</div>}
          {group.items.map(({ to, label, icon: Icon }) => (
            <Tooltip key={to} title={wide ? '' : t(label)} placement="right">
              <Link
                to={to}
                activeOptions={{ exact: true }}
                className="zg-nav-item"
                data-active={to === active}
                aria-label={t(label)}
              >
                <Icon />
                {wide && <span className="ellipsis">{t(label)}</span>}
              </Link>
            </Tooltip>
          ))}
        </div>
      ))}
    </nav>
  );
}

/** Below this width the navigation folds to icons by itself. */
const NARROW = window.matchMedia('(max-width: 1100px)');

/** The frame of every page: navigation at the left, search and the person at the top. */
export function AppShell() {
  const t = useT();
  const [wide, setWide] = useState(readPref('nav') !== 'narrow' && !NARROW.matches);
  useEffect(() => {
    const fold = () => NARROW.matches && setWide(false);
    NARROW.addEventListener('change', fold);
    return () => NARROW.removeEventListener('change', fold);
  }, []);
  const toggle = () => {
    writePref('nav', wide ? 'narrow' : 'wide');
    setWide(!wide);
  };
  const askHelp = () => document.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
  return (
    <div className="zg-shell" data-wide={wide}>
      <a className="zg-skip" href="#content">
        {t('app.skip')}
      </a>
      <aside className="zg-side">
        <Brand wide={wide} />
        <Nav wide={wide} />
      </aside>
      <header className="zg-top">
        <Button
          type="text"
          aria-label={t('nav.fold')}
          aria-expanded={wide}
          icon={wide ? <MenuFoldOutlined /> : <MenuUnfoldOutlined />}
          onClick={toggle}
        />
        <GlobalSearch />
        <span style={{ flex: 1 }} />
        <Tooltip title={t('ui.keys.title')}>
          <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t('ui.keys.title')} onClick={askHelp} />
        </Tooltip>
        <Bell />
        <LanguageSwitch />
        <UserMenu />
      </header>
      <main className="zg-main" id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>
        <HotkeysHelp />
      </Suspense>
    </div>
  );
}
