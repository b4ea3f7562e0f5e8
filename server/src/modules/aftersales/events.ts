export * from './cases/events.ts';
