import { Command } from 'commander';
import { DomainError } from '#kernel/errors.ts';
import { t } from '#kernel/i18n/index.ts';
import { createLog } from '#kernel/log.ts';
import { openApp } from './app.ts';
import { addAdminCommands } from './commands/admin.ts';
import { addArchiveCommands } from './commands/archive.ts';
import { addBackupCommands } from './commands/backup.ts';
import type { Open } from './commands/open.ts';
import { addSimulateCommands } from './commands/simulate.ts';
import { addTransferCommands } from './commands/transfers.ts';
import { readConfig } from './config.ts';

/** Opens the product beside a running server or without one, runs `work`, closes again. */
const open: Open = async (work) => {
  const config = readConfig();
  const app = await openApp(config, { log: createLog(process.env['LOG_LEVEL'] ?? 'warn'), poolMax: 6 });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
};

const program = new Command('zhanggui')
  .description('Zhanggui 掌柜 from the command line. Uses the same environment as the server and works while it runs.')
  .showHelpAfterError();
addAdminCommands(program, open);
addBackupCommands(program, open);
addArchiveCommands(program, open);
addTransferCommands(program, open);
addSimulateCommands(program, open);

try {
  await program.parseAsync();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof DomainError) {
    const fields = (error.errors ?? []).map((e) => `\n  ${e.path}: ${t('en', `fields.${e.code}`, e.facts ?? {})}`);
    return `${t('en', `errors.${error.code}`, error.facts)} (${error.code})${fields.join('')}`;
  }
  return process.env['LOG_LEVEL'] === 'debug' && error instanceof Error
    ? (error.stack ?? error.message)
    : String(error instanceof Error ? error.message : error);
}
