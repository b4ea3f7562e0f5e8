import { systemCtx } from '#kernel/context.ts';
import { Db } from '#kernel/db/index.ts';
import { DiskFileStore, useFileStore } from '#kernel/files/index.ts';
import { silentLog } from '#kernel/log.ts';
import { archiveOrders } from '#modules/orders/index.ts';

// Archives in a process of its own, which is killed as the power is cut when it has done the step it is told.
const [url = '', dataDir = '', orgId = '', killAt = '', perFile = '5000'] = process.argv.slice(2);
useFileStore(new DiskFileStore(dataDir));
const db = new Db({ url, poolMax: 3, systemPoolMax: 2 });
const done = await archiveOrders({ db, log: silentLog }, systemCtx(orgId), {
  perFile: Number(perFile),
  step: (step) => {
    if (step === killAt) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(JSON.stringify({ ...done, peakMb: process.resourceUsage().maxRSS / 1024 }));
process.exit();
