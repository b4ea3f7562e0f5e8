import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** True while a process with this id runs, whoever owns it. A zombie that nobody has waited for yet counts as gone. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return processStat(pid)?.state !== 'Z';
}

/** Linux only; undefined elsewhere or when there is no such process. */
function processStat(pid: number): { state: string; startedTicks: string } | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name in brackets may hold spaces
    return { state: fields[0] ?? '', startedTicks: fields[19] ?? '' };
  } catch {
    return undefined; // gone between the look and the read
  }
}

/** Names one run of a process: the id alone is reused by the system, also by the next container's first process. */
export function processBirth(pid: number): string {
  const boot = process.platform === 'linux' ? bootId() : '';
  const ticks = processStat(pid)?.startedTicks;
  if (ticks !== undefined) return `${boot}:${ticks}`;
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

let knownBootId: string | undefined;
function bootId(): string {
  knownBootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return knownBootId;
}

export type ProcessRun = { pid: number; birth: string };

/** This very process. */
export const thisRun = (): ProcessRun => ({ pid: process.pid, birth: processBirth(process.pid) });

/** True while exactly that run is alive, not a later process that was given the same id. */
export const isSameRunAlive = (run: ProcessRun): boolean => isRunning(run.pid) && processBirth(run.pid) === run.birth;

/** True when the process is a PostgreSQL server started on this data folder (and not some other program with a reused id). */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false;
  return process.platform === 'win32' || commandLine(pid).includes(cluster); // Windows tells no command line cheaply; the log-in decides
}

function commandLine(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  }

  return spawnSync('ps', ['-o', 'command=', '-ww', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}

/** Resolves true as soon as the process is gone, false when it is still there after `timeout_ms`. */
export async function whenGone(pid: number, timeout_ms: number): Promise<boolean> {
  const giveUpAt = Date.now() + timeout_ms;
  while (isRunning(pid)) {
    if (Date.now() > giveUpAt) return false;
    await new Promise((done) => setTimeout(done, 10));
  }
  return true;
}

/** Sends a signal; a process that is already gone is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
