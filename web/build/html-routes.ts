import type { Connect, Plugin } from 'vite';

/** Which page answers an address in development, as the server does in production: `/portal…` the portal, else the console. */
const rewrite: Connect.NextHandleFunction = (req, _res, next) => {
  const [path = '/'] = (req.url ?? '/').split('?');
  const isPage =
    req.headers.accept?.includes('text/html') && !/\.\w+$/.test(path) && !/^\/(api|sandbox|auth|@|docs)/.test(path);
  if (isPage) req.url = /^\/portal(\/|$)/.test(path) ? '/portal/index.html' : '/console/index.html';
  next();
};

/** Serves both single-page apps in development. */
export function htmlRoutes(): Plugin {
  return {
    name: 'zhanggui:html-routes',
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
  };
}
