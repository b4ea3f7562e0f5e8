import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { configureClient } from '../api/instance.ts';
import '../ui/base.css';
import { loadFonts } from '../ui/fonts.ts';
import { currentLocale, startI18n, type Locale } from '../ui/i18n.ts';
import { loadAntdLocale, Providers, queries } from './providers.tsx';
import { meQuery } from '../api/console.ts';
import { router } from './router.tsx';

const catalogues = {
  'zh-CN': () => Promise.all([import('../ui/i18n/zh-CN.json'), import('./i18n/zh-CN.json')]),
  en: () => Promise.all([import('../ui/i18n/en.json'), import('./i18n/en.json')]),
} as const satisfies Record<Locale, unknown>;

configureClient({
  locale: currentLocale,
  onUnauthenticated: () => {
    if (queries.getQueryData(meQuery.queryKey)) {
      queries.removeQueries({ queryKey: meQuery.queryKey });
      void router.invalidate(); // the guard then leads to log-in and back here afterwards
    }
  },
});

await startI18n(async (locale) => {
  const [words] = await Promise.all([catalogues[locale](), loadAntdLocale(locale)]);
  return words.map((file) => file.default);
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
}
loadFonts();
