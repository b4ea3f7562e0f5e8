import type { App } from '../app.ts';

/** Opens the product beside a running server or without one, runs the work, closes again. */
export type Open = <T>(work: (app: App) => Promise<T>) => Promise<T>;
