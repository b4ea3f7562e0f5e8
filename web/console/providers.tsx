import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider, theme } from 'antd';
import type { ReactNode } from 'react';
import dayjs from 'dayjs';
import { useEffect, useRef } from 'react';
import { useLocale, type Locale } from '../ui/i18n.ts';
import { useThemeMode } from '../ui/theme-mode.ts';
import { tokens } from '../ui/theme.ts';

type AntdLocale = typeof import('antd/locale/zh_CN').default;
const antdLocales = new Map<Locale, AntdLocale>();

/** Fetches Ant Design's and dayjs's words of one language beside our own catalogue. */
export async function loadAntdLocale(locale: Locale): Promise<void> {
  if (locale === 'en') antdLocales.set(locale, (await import('antd/locale/en_US')).default);
  else {
    const [words] = await Promise.all([import('antd/locale/zh_CN'), import('dayjs/locale/zh-cn')]);
    antdLocales.set(locale, words.default);
  }
}

/** All server state of the console; the client itself decides what is worth a second try. */
export const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 5_000, refetchOnWindowFocus: true } },
});

/** Words that come from the server follow the language too. */
function useRefetchOnSwitch(locale: Locale): void {
  const last = useRef(locale);
  useEffect(() => {
    if (last.current !== locale) void queries.invalidateQueries();
    last.current = locale;
  }, [locale]);
}

function Themed({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const { dark } = useThemeMode();
  useRefetchOnSwitch(locale);
  dayjs.locale(locale === 'en' ? 'en' : 'zh-cn');
  const words = antdLocales.get(locale);
  return (
    <ConfigProvider
      {...(words ? { locale: words } : {})}
      theme={{ ...tokens(dark), algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm }}
      form={{ requiredMark: true, scrollToFirstError: { block: 'center' } }}
      button={{ autoInsertSpace: false }}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}

/** Theme, language and server state for every page of the console. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queries}>
      <Themed>{children}</Themed>
    </QueryClientProvider>
  );
}
