import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { firstLoad } from './build/first-load.ts';
import { gzipFiles } from './build/gzip-files.ts';
import { htmlRoutes } from './build/html-routes.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env['ZHANGGUI_BACKEND'] ?? 'http://127.0.0.1:8080';

/** Libraries that change seldom get files of their own, so that a release of ours leaves them in the browser's cache. */
function libraryOf(id: string): string | undefined {
  if (!id.includes('/node_modules/')) return undefined;
  if (/\/node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//.test(id)) return 'react';
  if (/\/node_modules\/(@tanstack\/(query-core|react-query)|i18next|react-i18next)\//.test(id)) return 'base';
  if (id.includes('/node_modules/@tanstack/')) return 'router';
  return undefined;
}

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('./public'),
  plugins: [
    react(),
    htmlRoutes(),
    firstLoad({ entry: 'console/main.tsx', landing: ['console/pages/home.tsx'], budgetBytes: 350 * 1024 }),
    firstLoad({ entry: 'portal/main.tsx', landing: ['portal/pages/sign-in.tsx'], budgetBytes: 150 * 1024 }),
    gzipFiles(),
  ],
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { console: here('./console/index.html'), portal: here('./portal/index.html') },
      output: { codeSplitting: { groups: [{ name: (id: string) => libraryOf(id) ?? null }] } },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    // Not all of `/api`: the folder web/api is served under that name in development.
    proxy: { '^/api/(v1|auth)/': backend, '/sandbox': backend, '/docs': backend },
  },
});
