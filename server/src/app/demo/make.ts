import { openApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { ensureDemo } from './index.ts';

// What `makeDemoApart` starts: makes the demo beside the server, and answers with its log-ins.
process.once('disconnect', () => process.exit()); // it was heard, or nobody is there any more who would show them
const app = await openApp(readConfig(), { migrations: false });
const logIns = await ensureDemo(app);
await app.close();
process.send?.(logIns);
