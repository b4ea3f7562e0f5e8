import type { Module } from '../module.ts';
import { deliver } from './deliver.ts';
import { fanOut } from './fan-out.ts';
import * as routes from './routes.ts';

/** Listed by the composition root. */
export const webhooksModule = {
  name: 'webhooks',
  routes: Object.values(routes),
  subscribers: [fanOut],
  jobs: [deliver],
  permissions: {
    'kernel.webhook.read': 'See webhooks and their deliveries (never the secrets)',
    'kernel.webhook.write': 'Add, change, test and end webhooks',
  },
} satisfies Module;
