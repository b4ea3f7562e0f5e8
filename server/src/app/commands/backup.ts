import type { Command } from 'commander';
import { backup, restore } from '../backup/index.ts';
import type { Open } from './open.ts';
import { doctor } from '../doctor.ts';

/** How a lost file is told: the backup is still made. */
const lost = (n: number): string => (n === 0 ? '' : `; the bytes of ${n} files are lost, see the log`);

const note = (line: string): void => void process.stderr.write(`${line}\n`);

/** Backup to one file, and the way back. */
export function addBackupCommands(program: Command, open: Open): void {
  program
    .command('backup')
    .description('write every row and uploaded file, as of one moment, to a file; the server may go on')
    .argument('<file>', 'for example zhanggui.backup')
    .action((file: string) =>
      open(async (app) => {
        const done = await backup(app, file);
        note(
          `${done.tables} tables, ${done.rows} rows, ${done.files} files → ${file} (${done.bytes} bytes, sha256 ${done.sha256})${lost(done.missing)}`,
        );
      }),
    );
  program
    .command('restore')
    .description('load a backup into an empty database and prove it: checksums, row counts, every invariant')
    .argument('<file>')
    .option('--force', 'replace what is there')
    .action((file: string, o: { force?: boolean }) =>
      open(async (app) => {
        const done = await restore(app, file, { force: o.force ?? false });
        const bad = (await doctor(app.db)).filter((f) => f.faults.length > 0);
        note(
          `${done.tables} tables, ${done.rows} rows, ${done.files} files restored; ${bad.length === 0 ? 'all invariants hold' : `${bad.length} invariants do not hold`}`,
        );
        if (bad.length > 0) process.exitCode = 1;
      }),
    );
}
