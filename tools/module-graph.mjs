/**
 * Which module may use which: down only. News travels up by event, and the handler sits in the higher module. Everything may
 * use the kernel. `.dependency-cruiser.mjs` turns this table into rules; `npm run new:module` adds a row.
 * @type {Record<string, string[]>}
 */
export const GRAPH = {
  identity: [],
  catalog: [],
  customers: [],
  payments: [],
  shipping: [],
  knowledge: [],
  promotions: ['catalog', 'customers'],
  inventory: ['catalog'],
  orders: ['catalog', 'customers', 'promotions', 'inventory', 'payments', 'shipping'],
  fulfilment: ['orders', 'inventory', 'shipping', 'catalog'],
  invoicing: ['orders', 'payments', 'catalog'],
  aftersales: ['orders', 'payments', 'inventory', 'fulfilment', 'shipping', 'promotions', 'catalog', 'customers'],
  support: ['identity', 'customers', 'catalog', 'orders', 'shipping', 'aftersales', 'knowledge'],
  quality: ['identity', 'support'],
  training: ['identity', 'knowledge', 'quality'],
  stations: ['identity', 'catalog', 'customers', 'orders', 'inventory', 'shipping', 'payments'],
  compliance: ['identity'],
  insights: [], // reads every other module's events.ts, and nothing else of them
};

/** PostgreSQL schemas that belong to a module beside the one of its own name. */
export const EXTRA_SCHEMAS = { identity: ['auth'], payments: ['ledger'] };
