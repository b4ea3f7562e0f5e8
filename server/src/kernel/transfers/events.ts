import { z } from 'zod';
import { defineEvent } from '../outbox/index.ts';

const what = { direction: z.enum(['import', 'export']), kind: z.string() };
export const TransferStarted = defineEvent('kernel.transfer_started.v1', z.object({ ...what, dryRun: z.boolean() }));
export const TransferFinished = defineEvent(
  'kernel.transfer_finished.v1',
  z.object({ ...what, state: z.string(), done: z.int(), failed: z.int(), skipped: z.int() }),
);
