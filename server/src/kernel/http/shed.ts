import type { FastifyInstance } from 'fastify';
import { Overloaded } from '../errors.ts';

const LOOK_MS = 250;

/**
 * Answers 503 while the process cannot keep up: when a timer of a quarter second comes more than the limit too late.
 * An answer after seconds is no answer, and the work it would cost is missing for the others.
 */
export function shedLoad(app: FastifyInstance, aboveMs: number): void {
  let overloaded = false;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    overloaded = now - last - LOOK_MS > aboveMs;
    last = now;
  }, LOOK_MS).unref();
  app.addHook('onRequest', (_request, _reply, done) => {
    if (overloaded) done(new Overloaded());
    else done();
  });
  app.addHook('onClose', async () => clearInterval(timer));
}
