import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { giveTo, newClusterFolder, type Place, canEnter } from './place.ts';
import { isSameRunAlive, type ProcessRun } from './processes.ts';

export const SUPERUSER = 'postgres';

/** What a data folder remembers of its database: where the files are, how to log in, and which processes use it now. */
export type Marker = { cluster: string; port: number; password: string; users: (ProcessRun & { handle: string })[] };

const markerPath = (dataDir: string): string => path.join(dataDir, 'embedded-pg.json');

export function readMarker(dataDir: string): Marker | undefined {
  const file = markerPath(dataDir);
  if (!existsSync(file)) return undefined;
  const marker = JSON.parse(readFileSync(file, 'utf8')) as Marker;
  return { ...marker, users: marker.users.filter(isSameRunAlive) };
}

export function writeMarker(dataDir: string, marker: Marker): void {
  const draft = `${markerPath(dataDir)}.new`;
  writeFileSync(draft, `${JSON.stringify(marker, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, markerPath(dataDir)); // a crash leaves the old one or the new one, never half of one
}

/**
 * The cluster of this data folder, made on first use.
 * @throws when the marker names a cluster that is gone, made by another PostgreSQL version, or out of reach.
 */
export function openCluster(place: Place, dataDir: string, durable: boolean): Marker {
  const known = readMarker(dataDir);
  if (known === undefined) return createCluster(place, dataDir, durable);
  const versionFile = path.join(known.cluster, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    throw new Error(
      `${markerPath(dataDir)} says the database is in ${known.cluster}, but it is not there: restore it, or delete the marker to begin anew`,
    );
  }
  const made = readFileSync(versionFile, 'utf8').trim();
  const ours = place.version.split('.')[0] ?? '';
  if (made !== ours)
    throw new Error(
      `the database in ${known.cluster} was made by PostgreSQL ${made}, this is ${ours}: export it with the old release first`,
    );
  if (!canEnter(path.dirname(known.cluster), place.runAs)) {
    throw new Error(
      `PostgreSQL's user may no longer enter ${path.dirname(known.cluster)}: give it back the right (chmod o+x on the folders above)`,
    );
  }
  return known;
}

function createCluster(place: Place, dataDir: string, durable: boolean): Marker {
  const cluster = newClusterFolder(place, dataDir);
  const marker: Marker = { cluster, port: 0, password: randomBytes(24).toString('base64url'), users: [] };
  if (existsSync(path.join(cluster, 'PG_VERSION'))) setPassword(place, marker); // the marker was lost, the data was not
  else initialise(place, marker, durable);
  writeMarker(dataDir, marker);
  return marker;
}

/** Makes the files beside their final place and renames: an interrupted first start leaves nothing that looks finished. */
function initialise(place: Place, marker: Marker, durable: boolean): void {
  const draft = `${marker.cluster}.new`;
  const secret = `${marker.cluster}.secret`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(draft, place.runAs);
  writeFileSync(secret, marker.password, { mode: 0o600 });
  giveTo(secret, place.runAs);
  try {
    const args = [
      '-D',
      draft,
      '-U',
      SUPERUSER,
      '--auth=scram-sha-256',
      `--pwfile=${secret}`,
      '--encoding=UTF8',
      '--no-instructions',
    ];
    // The built-in provider sorts and folds the same on every machine; the C library's locales differ.
    args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(durable ? [] : ['--no-sync']));
    check('initdb', runProgram(place, 'initdb', args));
    renameSync(draft, marker.cluster);
  } finally {
    rmSync(secret, { force: true });
  }
}

function setPassword(place: Place, marker: Marker): void {
  const statement = `alter role ${SUPERUSER} password '${marker.password}'\n`; // base64url: nothing to escape
  check('postgres --single', runProgram(place, 'postgres', ['--single', '-D', marker.cluster, 'postgres'], statement));
}

function runProgram(place: Place, name: string, args: string[], input = ''): SpawnSyncReturns<string> {
  return spawnSync(programPath(place, name), args, {
    ...place.runAs,
    cwd: '/',
    env: programEnvironment(),
    input,
    encoding: 'utf8',
  });
}

function check(what: string, done: SpawnSyncReturns<string>): void {
  if (done.error) throw new Error(`${what} could not be started: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`${what} failed: ${done.stderr.trim() || done.stdout.trim()}`);
}

export const programPath = (place: Place, name: string): string =>
  path.join(place.native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/** Nothing of the caller's environment: PGDATA, PGPORT and the like would change what the programs do. */
export const programEnvironment = (): NodeJS.ProcessEnv =>
  process.platform === 'win32'
    ? { SystemRoot: process.env['SystemRoot'], PATH: process.env['PATH'] }
    : { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
