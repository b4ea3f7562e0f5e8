import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

type Options = {
  /** Module that starts the app, as the end of its path. */
  entry: string;
  /** Lazy modules of the first screen: they are part of what a visitor waits for. */
  landing: string[];
  /** Gzipped script the first screen may cost; more fails the build. */
  budgetBytes: number;
};

type Chunks = Map<string, Rolldown.OutputChunk>;

function closure(chunks: Chunks, start: Rolldown.OutputChunk[]): Rolldown.OutputChunk[] {
  const seen = new Set<Rolldown.OutputChunk>();
  const visit = (chunk: Rolldown.OutputChunk | undefined) => {
    if (!chunk || seen.has(chunk)) return;
    seen.add(chunk);
    for (const name of chunk.imports) visit(chunks.get(name));
  };
  start.forEach(visit);
  return [...seen];
}

/** Weighs the script of an app's first screen at each build, prints it, and refuses a build over its budget (PERF-11). */
export function firstLoad({ entry, landing, budgetBytes }: Options): Plugin {
  return {
    name: `zhanggui:first-load:${entry}`,
    apply: 'build',
    generateBundle(_options, bundle) {
      const all = Object.values(bundle).filter((file) => file.type === 'chunk');
      const chunks: Chunks = new Map(all.map((chunk) => [chunk.fileName, chunk]));
      const wanted = [entry, ...landing];
      const start = all.filter((chunk) =>
        chunk.moduleIds.some((id) => wanted.some((end) => id.endsWith(`/web/${end}`))),
      );
      const files = closure(chunks, start);
      const bytes = files.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
      const says = `${entry}: first load ${(bytes / 1024).toFixed(1)} KB gzipped script in ${files.length} files (budget ${budgetBytes / 1024} KB)`;
      if (start.length < wanted.length) this.error(`${says}: a module of the first screen was not found in the bundle`);
      if (bytes > budgetBytes) this.error(says);
      this.info(says);
    },
  };
}
