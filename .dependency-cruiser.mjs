import { GRAPH } from './tools/module-graph.mjs';

const M = '^server/src/modules/';
const TEST = '\\.test\\.tsx?$';
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    // Else a typo in an import would hide a violation of the rules below.
    rule('no-unresolved', {}, { couldNotResolve: true }),
    rule('kernel-knows-nobody', { path: '^server/src/kernel/' }, { path: '^server/src/(modules|app)/' }),
    rule('modules-know-no-app', { path: M, pathNot: TEST }, { path: '^server/src/app/' }),
    rule(
      'front-door-only',
      { path: `${M}([^/]+)/`, pathNot: TEST },
      { path: `${M}[^/]+/`, pathNot: [`${M}$1/`, `${M}[^/]+/(index|events)\\.ts$`] },
    ),
    rule(
      'domain-is-pure',
      { path: `${M}[^/]+/domain/`, pathNot: TEST },
      { pathNot: [`${M}[^/]+/domain/`, '^server/src/kernel/(money|errors|flow|time|ids|assert)\\.ts$'] },
    ),
    rule(
      'store-at-the-bottom',
      { path: `${M}[^/]+/store/`, pathNot: TEST },
      { path: `${M}[^/]+/(commands|queries|routes|handlers|jobs)` },
    ),
    rule(
      'no-test-code',
      { path: '^(server/src|web)/', pathNot: `(${TEST}|/testing/|/dev/|^web/vite\\.config)` },
      { path: '(/testing/|^server/test/|^web/dev/|\\.test\\.tsx?$)' },
    ),
    rule('insights-reads-events', { path: `${M}insights/` }, { path: M, pathNot: [`${M}insights/`, '/events\\.ts$'] }),
    rule('module-is-declared', { path: M, pathNot: `${M}(${Object.keys(GRAPH).join('|')})/` }, {}),
    ...Object.entries(GRAPH)
      .filter(([name]) => name !== 'insights')
      .map(([name, uses]) =>
        rule(
          `${name}-uses-only-declared`,
          { path: `${M}${name}/`, pathNot: TEST },
          {
            path: M,
            pathNot: `${M}(${[name, ...uses].join('|')})/`,
          },
        ),
      ),
    rule(
      'web-knows-no-server',
      { path: '^web/', pathNot: '\\.browser\\.test\\.ts$' },
      { path: '^(server|tools|bench)/' },
    ),
    rule('server-stands-alone', { path: '^server/src/', pathNot: TEST }, { path: '^(web|bench|tools)/' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
