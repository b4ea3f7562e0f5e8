import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { deriveSecret, fieldCrypto, useFieldCrypto } from '#kernel/crypto/index.ts';
import { Db } from '#kernel/db/index.ts';
import { DiskFileStore, useFileStore } from '#kernel/files/index.ts';
import { createLog, type Log } from '#kernel/log.ts';
import { migrate } from '#kernel/migrate.ts';
import { useMailer } from '#kernel/notifications/index.ts';
import { type Auth, createAuth, setCatalogue } from '#modules/identity/index.ts';
import type { Config } from './config.ts';
import { type KeptPg, keepEmbeddedPg } from './embedded.ts';
import { allPermissions, connectModules } from './wiring.ts';

/** The product without its doors: database, keys, files, log-in. The server and every command line tool open one. */
export type App = {
  config: Config;
  db: Db;
  log: Log;
  auth: Auth;
  databaseUrl: string;
  /** Where peers and browsers reach the server. The listener sets it when the port is known. */
  baseUrl: { value: string };
  close(): Promise<void>;
};

export type OpenOptions = {
  log?: Log;
  /** Off for processes that only join a server that has migrated already. */
  migrations?: boolean;
  poolMax?: number;
};

/** Starts (or joins) the database, brings it up to the code, and connects the modules. */
export async function openApp(config: Config, options: OpenOptions = {}): Promise<App> {
  const log = options.log ?? createLog(config.logLevel);
  mkdirSync(config.dataDir, { recursive: true });
  const embedded = config.databaseUrl === undefined ? await keepEmbeddedPg(config.dataDir, log) : undefined;
  try {
    const databaseUrl = config.databaseUrl ?? (embedded as KeptPg).url;
    if (options.migrations !== false) await migrate(databaseUrl, (line) => log.debug({}, line));
    return assemble(config, log, databaseUrl, embedded, options);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

function assemble(
  config: Config,
  log: Log,
  databaseUrl: string,
  embedded: KeptPg | undefined,
  options: OpenOptions,
): App {
  const db = new Db({
    url: databaseUrl,
    ...(options.poolMax === undefined ? {} : { poolMax: options.poolMax }),
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  const baseUrl = { value: config.publicUrl ?? `http://${config.host}:${config.port}` };
  useFieldCrypto({ db, secret: config.secret });
  useFileStore(new DiskFileStore(path.join(config.dataDir)));
  const mail = useMailer(config.smtp);
  const auth = createAuth({ db, secret: deriveSecret(config.secret, 'auth'), baseUrl: baseUrl.value, log });
  setCatalogue(allPermissions);
  connectModules({ secret: config.secret, baseUrl: () => baseUrl.value, channelUrls: config.channelUrls });
  return {
    config,
    db,
    log,
    auth,
    databaseUrl,
    baseUrl,
    close: async () => {
      mail.close();
      await db.close();
      await embedded?.stop();
    },
  };
}

/** Has an organisation's keys ready before a request of it is handled. */
export const loadKeys = (orgId: string): Promise<void> => fieldCrypto.load(orgId);
