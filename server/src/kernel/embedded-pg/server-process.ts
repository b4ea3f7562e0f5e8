import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { programEnvironment, programPath } from './cluster.ts';
import type { Place } from './place.ts';
import { isPostmasterOf, isRunning, signal, whenGone } from './processes.ts';

export type RunningServer = { pid: number; port: number };
export type Log = (line: string) => void;

const PORT_TRIES_MAX = 10;
const READY_MS_MAX = 10 * 60_000; // crash recovery of a large database takes minutes, and must be waited for
const ORPHANS_MS_MAX = 15_000; // sessions of a killed server notice within seconds
const LOG_BYTES_MAX = 16 * 1024 * 1024;
const FAST_STOP_MS = 60_000;
const POLL_MS = 10;
const MIB = 1024 * 1024;

/** Settings for a machine of this size. They are given on the command line, so a new release's settings reach old clusters. */
export function defaultSettings(memoryBytes: number = os.totalmem()): Record<string, string> {
  const mib = (part: number, least: number, most: number) =>
    `${Math.round(Math.min(most, Math.max(least, (memoryBytes / MIB) * part)))}MB`;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '120',
    shared_buffers: mib(1 / 16, 64, 512),
    effective_cache_size: mib(1 / 2, 256, 16_384),
    work_mem: '16MB',
    maintenance_work_mem: mib(1 / 32, 64, 256),
    wal_buffers: '16MB',
    min_wal_size: '512MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    synchronous_commit: 'on',
    fsync: 'on',
    jit: 'off', // our statements are short: compiling them costs more than it saves
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %d ',
    log_checkpoints: 'off',
  };
}

/** PostgreSQL's own note about the server that runs on a cluster. */
function readPidFile(cluster: string): (RunningServer & { ready: boolean }) | undefined {
  let lines: string[];
  try {
    lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Math.abs(Number(lines[0])); // negative while single-user mode runs
  return pid > 0 ? { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? '').startsWith('ready') } : undefined;
}

/**
 * The server that already runs on this cluster, once it accepts connections. Undefined when there is none: it died, or its
 * process id now belongs to another program (then PostgreSQL's leftover note, which would stop a start, is removed).
 */
export async function findRunning(cluster: string, log: Log): Promise<RunningServer | undefined> {
  const giveUpAt = Date.now() + READY_MS_MAX;
  for (;;) {
    const noted = readPidFile(cluster);
    if (noted === undefined || !isRunning(noted.pid)) return undefined;
    if (!isPostmasterOf(noted.pid, cluster)) {
      log(`process ${noted.pid} is not the database any more: removing the leftover postmaster.pid`);
      rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (noted.ready) return { pid: noted.pid, port: noted.port };
    if (Date.now() > giveUpAt)
      throw new Error(`PostgreSQL (process ${noted.pid}) is neither ready nor gone; see its log`);
    await pause(POLL_MS * 5);
  }
}

export type Launch = {
  place: Place;
  cluster: string;
  logFile: string;
  port: number;
  fixedPort: boolean;
  settings: Record<string, string>;
  log: Log;
};

/** Starts the server on a free port and waits until it accepts connections. @throws with the end of its log when it ends instead. */
export async function launch(what: Launch): Promise<RunningServer> {
  const orphansUntil = Date.now() + ORPHANS_MS_MAX;
  let port = what.port > 0 ? what.port : await freePort();
  for (let attempt = 1; ;) {
    const from = prepareLog(what.logFile);
    const outcome = await runUntilReady(what, port);
    if ('pid' in outcome) return outcome;
    const said = readFileSync(what.logFile).subarray(from).toString('utf8');
    if (/pre-existing shared memory block|lock file .* already exists/.test(said) && Date.now() < orphansUntil) {
      await pause(200); // sessions of a killed server are still ending
    } else if (
      /Address already in use|could not create any TCP\/IP sockets/.test(said) &&
      attempt < PORT_TRIES_MAX &&
      !what.fixedPort
    ) {
      attempt += 1;
      port = await freePort();
    } else {
      throw new Error(
        `PostgreSQL ended with ${outcome.ended} instead of starting:\n${said.trim().split('\n').slice(-15).join('\n')}`,
      );
    }
  }
}

function prepareLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) rmSync(file);
  return size > LOG_BYTES_MAX ? 0 : size;
}

/** Nobody has a handle on the server yet: a process that exits in this moment takes the server with it. */
async function runUntilReady(what: Launch, port: number): Promise<RunningServer | { ended: string }> {
  const child = spawnServer(what, port);
  const onExit = (): boolean => child.kill('SIGQUIT');
  process.once('exit', onExit);
  try {
    return await whenReady(what, port, child);
  } finally {
    process.off('exit', onExit);
  }
}

async function whenReady(what: Launch, port: number, child: ChildProcess): Promise<RunningServer | { ended: string }> {
  let ended: string | undefined;
  child.once('exit', (code, killedBy) => (ended = killedBy ?? `code ${code}`));
  child.once('error', (error) => (ended = error.message));
  const giveUpAt = Date.now() + READY_MS_MAX;
  for (let tellAt = Date.now() + 10_000; ;) {
    if (ended !== undefined) return { ended };
    const noted = readPidFile(what.cluster);
    if (noted !== undefined && noted.ready && noted.pid === child.pid) return { pid: noted.pid, port };
    if (Date.now() > giveUpAt) {
      child.kill('SIGKILL');
      return { ended: 'no readiness in time' };
    }
    if (Date.now() > tellAt) {
      what.log('the database is still starting (recovering after a crash takes time) …');
      tellAt += 10_000;
    }
    await pause(POLL_MS);
  }
}

/**
 * The server gets its own session, so that Ctrl-C in the terminal reaches only us and requests in flight can finish first;
 * and a file to write to, so that it neither keeps our event loop alive nor loses its output when we are killed.
 */
function spawnServer(what: Launch, port: number): ChildProcess {
  const settings = Object.entries(what.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(what.logFile, 'a', 0o600);
  try {
    const child = spawn(programPath(what.place, 'postgres'), ['-D', what.cluster, '-p', String(port), ...settings], {
      ...what.place.runAs,
      cwd: '/',
      env: programEnvironment(),
      detached: true,
      stdio: ['ignore', output, output],
      windowsHide: true,
    });
    child.unref();
    return child;
  } finally {
    closeSync(output);
  }
}

/** Ends the server: sessions are cut off, committed work is kept. Harsher only when it does not obey. */
export async function shutDown(server: RunningServer, cluster: string): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ];
  for (const [name, patience_ms] of steps) {
    if (!isPostmasterOf(server.pid, cluster)) break;
    signal(server.pid, name);
    if (await whenGone(server.pid, patience_ms)) break;
  }
  if (!existsSync(cluster)) return;
  await whenGone(server.pid, 1_000);
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((done, failed) => probe.once('error', failed).listen(0, '127.0.0.1', done));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
