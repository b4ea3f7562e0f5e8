import { startTracing } from '#kernel/tracing/index.ts';
import { openApp } from './app.ts';
import { readConfig } from './config.ts';
import { demoCustomer, makeDemoApart } from './demo/apart.ts';
import { serve } from './serve.ts';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig();
  // a start that is interrupted is left as a killed one would be, but its database is stopped
  let stop = async (): Promise<void> => process.exit(1);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop().catch(fail));
  const app = await openApp(config);
  const stopTracing = await startTracing(process.env, app.log);
  const logIns = config.demo
    ? await makeDemoApart(app, () => say('  Making the demo shop, this once: about 20 seconds …'))
    : [];
  const serving = await serve(app);
  say(`\n  掌柜 Zhanggui  ${serving.url}`);
  say(`  API ${serving.url}/docs   portal ${serving.url}/portal/`);
  if (logIns.length > 0) {
    say('\n  Demo log-ins (random passwords, shown this once; zhanggui user reset-password makes new ones):');
    for (const { role, email, password } of logIns) say(`    ${role.padEnd(20)} ${email.padEnd(36)} ${password}`);
  }
  const phone = logIns.length > 0 ? await demoCustomer(app) : undefined;
  if (phone)
    say(`\n  Demo customer: ${serving.url}/portal/?org=demo with ${phone}; the code is at ${serving.url}/settings/sms`);
  say('\n  Ctrl-C stops everything.');

  let stopping = false;
  stop = async () => {
    if (stopping) return;
    stopping = true;
    await serving.stop();
    await app.close();
    await stopTracing();
    process.exit(0);
  };
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

await main().catch(fail);
