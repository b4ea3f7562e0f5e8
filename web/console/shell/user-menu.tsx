import {
  DesktopOutlined,
  LogoutOutlined,
  MoonOutlined,
  SafetyOutlined,
  SunOutlined,
  TranslationOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { auth, meQuery } from '../../api/console.ts';
import { uploadShelf } from '../../api/upload-shelf.ts';
import { LOCALES, switchLocale, useLocale, useT } from '../../ui/i18n.ts';
import { setThemeMode, useThemeMode, type ThemeMode } from '../../ui/theme-mode.ts';
import { queries } from '../providers.tsx';

/** The language of everything on screen, changed at once. Each language is written in itself. */
export function LanguageSwitch() {
  const t = useT();
  const locale = useLocale();
  const items = LOCALES.map((key) => ({ key, label: t(`language.${key}`) }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectedKeys: [locale],
        onClick: ({ key }) => void switchLocale(LOCALES.find((l) => l === key) ?? 'zh-CN'),
      }}
    >
      <Button type="text" icon={<TranslationOutlined />} aria-label={t('language.label')}>
        {t(`language.short.${locale}`)}
      </Button>
    </Dropdown>
  );
}

const THEME_ICONS = { light: <SunOutlined />, dark: <MoonOutlined />, system: <DesktopOutlined /> };

/** Who is here, the look, own security, and the way out. */
export function UserMenu() {
  const t = useT();
  const me = useQuery(meQuery).data;
  const { mode } = useThemeMode();
  const navigate = useNavigate();
  const signOut = async () => {
    await auth.signOut().catch(() => undefined); // an ended session is as good as signed out
    await uploadShelf.clear();
    queries.clear();
    await navigate({ to: '/login' });
  };
  const onClick = ({ key }: { key: string }) => {
    if (key === 'security') void navigate({ to: '/settings/security' });
    else if (key === 'signOut') void signOut();
    else setThemeMode(key as ThemeMode);
  };
  const themes = (['light', 'dark', 'system'] as const).map((key) => ({
    key,
    label: t(`theme.${key}`),
    icon: THEME_ICONS[key],
  }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        onClick,
        selectedKeys: [mode],
        items: [
          { key: 'who', type: 'group', label: <span className="wrap">{me?.user?.email}</span> },
          { key: 'security', icon: <SafetyOutlined />, label: t('user.security') },
          { type: 'divider' },
          { key: 'theme', type: 'group', label: t('theme.label'), children: themes },
          { type: 'divider' },
          { key: 'signOut', icon: <LogoutOutlined />, label: t('user.signOut') },
        ],
      }}
    >
      <Button type="text" className="zg-user">
        <span className="zg-avatar" aria-hidden>
          {me?.user?.name.slice(0, 1)}
        </span>
        <span className="zg-user-text">
          <span className="ellipsis">{me?.user?.name}</span>
          <span className="ellipsis muted">{me?.org.name}</span>
        </span>
      </Button>
    </Dropdown>
  );
}
