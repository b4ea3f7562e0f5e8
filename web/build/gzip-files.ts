import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const GZIP_BYTES_MIN = 1024;
const pack = promisify(gzip);

/** Writes `x.gz` beside each text file of the bundle, so that the server never compresses while someone waits. */
export function gzipFiles(): Plugin {
  return {
    name: 'zhanggui:gzip-files',
    apply: 'build',
    async writeBundle(options, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!/\.(js|css|html|svg|json)$/.test(name)) continue;
        const body = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        if (body.length >= GZIP_BYTES_MIN)
          await writeFile(join(options.dir ?? '', `${name}.gz`), await pack(body, { level: 9 }));
      }
    },
  };
}
