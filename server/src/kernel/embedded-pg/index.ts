import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type Marker, openCluster, readMarker, SUPERUSER, writeMarker } from './cluster.ts';
import { FileLock } from './lock.ts';
import { findPlace } from './place.ts';
import { isPostmasterOf, signal, thisRun } from './processes.ts';
import { defaultSettings, findRunning, launch, type Log, type RunningServer, shutDown } from './server-process.ts';

export type EmbeddedPgOptions = {
  /** Where the data and the note about it live; created. The same folder always gives the same database. */
  dataDir: string;
  /** A port to insist on; by default the last one when it is still free, else any. */
  port?: number;
  log?: Log;
  /** PostgreSQL settings over our defaults. They count only when this call is the one that starts the server. */
  settings?: Record<string, string>;
};

export type EmbeddedPg = {
  /** Superuser address of the database `zhanggui` (created). */
  url: string;
  port: number;
  /** Process id of the PostgreSQL server. */
  pid: number;
  /** False when another process (or a killed one) had started it and we joined. */
  started: boolean;
  /** Says we no longer need it; the last user stops the server. Safe to call twice. */
  stop(): Promise<void>;
  /** Stops the server and deletes the database: for tests. */
  discard(): Promise<void>;
  /** Kills the server without warning: for tests of crash safety. */
  kill9(): void;
};

const DATABASE = 'zhanggui';

/**
 * Starts the real PostgreSQL that npm installed, or joins the one that already runs on this data folder. Any number of
 * processes may do so at once (the server and the command line); when the last of them stops or exits, PostgreSQL is stopped.
 */
export async function startEmbeddedPg(options: EmbeddedPgOptions): Promise<EmbeddedPg> {
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const lock = lockOf(dataDir);
  return await lock.hold(async () => {
    const { marker, server, started } = await openServer(dataDir, options);
    const url = await openDatabase(marker, server);
    const handle = randomBytes(6).toString('hex');
    writeMarker(dataDir, { ...marker, port: server.port, users: [...marker.users, { ...thisRun(), handle }] });
    return makeHandle({ dataDir, cluster: marker.cluster, server, handle, url, started });
  });
}

const lockOf = (dataDir: string): FileLock => new FileLock(path.join(dataDir, 'embedded-pg.lock'));

async function openServer(dataDir: string, options: EmbeddedPgOptions) {
  const log = options.log ?? (() => undefined);
  const place = findPlace();
  const settings = { ...defaultSettings(), ...options.settings };
  const marker = openCluster(place, dataDir, settings['fsync'] !== 'off');
  const running = await findRunning(marker.cluster, log);
  if (running) {
    log(`joining PostgreSQL on port ${running.port} (process ${running.pid})`);
    return { marker, server: running, started: false };
  }
  const fixedPort = options.port !== undefined;
  const logFile = path.join(dataDir, 'embedded-pg.log');
  const port = options.port ?? marker.port;
  const server = await launch({ place, cluster: marker.cluster, logFile, port, fixedPort, settings, log });
  log(`PostgreSQL ${place.version} on port ${server.port} (process ${server.pid}), data in ${marker.cluster}`);
  return { marker, server, started: true };
}

/** Logging in with our random password also proves that the server on that port is ours. */
async function openDatabase(marker: Marker, server: RunningServer): Promise<string> {
  const address = `postgresql://${SUPERUSER}:${marker.password}@127.0.0.1:${server.port}`;
  const client = new pg.Client({ connectionString: `${address}/postgres`, application_name: 'zhanggui-start' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return `${address}/${DATABASE}`;
}

type Held = { dataDir: string; cluster: string; server: RunningServer; handle: string; url: string; started: boolean };

function makeHandle(held: Held): EmbeddedPg {
  const { dataDir, cluster, server } = held;
  let released: Promise<void> | undefined;
  // A process that ends without stop() (an error, process.exit) must not leave the server behind.
  const onExit = (): void => {
    if (existsSync(dataDir)) lockOf(dataDir).holdSync(() => leave(held) && signalIfOurs(held, 'SIGINT'));
    else signalIfOurs(held, 'SIGQUIT');
  };
  process.once('exit', onExit);

  const release = async (): Promise<void> => {
    process.off('exit', onExit);
    if (!existsSync(dataDir)) return signalIfOurs(held, 'SIGQUIT'); // the folder was deleted under us
    await lockOf(dataDir).hold(async () => {
      if (leave(held)) await shutDown(server, cluster);
    });
  };
  const stop = (): Promise<void> => (released ??= release());
  return {
    url: held.url,
    port: server.port,
    pid: server.pid,
    started: held.started,
    stop,
    kill9: () => signalIfOurs(held, 'SIGKILL'),
    discard: async () => {
      await stop();
      if (readMarker(dataDir)?.users.length !== 0)
        throw new Error(`the database in ${dataDir} is still used by another process`);
      const outside = path.dirname(cluster);
      rmSync(outside === dataDir ? cluster : outside, { recursive: true, force: true });
      rmSync(path.join(dataDir, 'embedded-pg.json'), { force: true });
    },
  };
}

/** Takes this handle off the list; true when nobody else uses the server. Call it with the lock held. */
function leave(held: Held): boolean {
  const marker = readMarker(held.dataDir);
  if (marker === undefined) return true;
  const users = marker.users.filter((user) => user.handle !== held.handle);
  writeMarker(held.dataDir, { ...marker, users });
  return users.length === 0;
}

function signalIfOurs(held: Held, name: NodeJS.Signals): void {
  if (isPostmasterOf(held.server.pid, held.cluster)) signal(held.server.pid, name);
}
