import type { Module } from '#kernel/module.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const aftersalesModule = {
  name: 'aftersales',
  permissions: {},
} satisfies Module;
