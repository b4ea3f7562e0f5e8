import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { configureClient } from '../api/instance.ts';
import { portalPass } from '../api/portal.ts';
import '../ui/base.css';
import { loadFonts } from '../ui/fonts.ts';
import { currentLocale, startI18n, type Locale } from '../ui/i18n.ts';
import '../ui/theme-mode.ts';
import { PortalApp } from './app.tsx';
import { goInstead } from './location.ts';
import './portal.css';

const catalogues = {
  'zh-CN': () => Promise.all([import('../ui/i18n/zh-CN.json'), import('./i18n/zh-CN.json')]),
  en: () => Promise.all([import('../ui/i18n/en.json'), import('./i18n/en.json')]),
} as const satisfies Record<Locale, unknown>;

const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });

configureClient({
  locale: currentLocale,
  token: () => portalPass.get()?.token,
  onUnauthenticated: () => {
    portalPass.clear();
    queries.clear();
    goInstead('/portal/');
  },
});

await startI18n(async (locale) => (await catalogues[locale]()).map((file) => file.default));

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <PortalApp />
      </QueryClientProvider>
    </StrictMode>,
  );
}
loadFonts();
