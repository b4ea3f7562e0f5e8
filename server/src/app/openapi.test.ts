import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REFUSALS } from '#kernel/errors.ts';
import { openApi } from '#kernel/http/openapi.ts';
import { pathKeys, urlOf } from '#kernel/http/route.ts';
import { VERSION } from './platform.ts';
import { allPermissions, allRoutes } from './wiring.ts';

type Json = Record<string, unknown>;
type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  'x-permission': string;
  parameters?: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
};
const document = JSON.parse(JSON.stringify(openApi(allRoutes, VERSION))) as {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
  security: Json[];
};
const operations = Object.entries(document.paths).flatMap(([url, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    url,
    method,
    operation,
    name: `${method.toUpperCase()} ${url}`,
  })),
);

function walk(value: unknown, seen: (key: string, value: unknown) => void): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    seen(key, inner);
    walk(inner, seen);
  }
}

test('PLT-3 the document is OpenAPI 3.1 with every route, each with tags, a summary and a name of its own', () => {
  assert.equal(document.openapi, '3.1.0');
  assert.ok(document.info.title && document.info.version);
  const documented = allRoutes.filter((r) => r.documented !== false).map((r) => `${r.method} ${urlOf(r)}`);
  assert.deepEqual(operations.map((o) => o.name).toSorted(), documented.toSorted());
  for (const { operation, name } of operations) {
    assert.ok(operation.tags.length > 0 && operation.tags.every((t) => /^[a-z-]+$/.test(t)), `${name} has no tags`);
    assert.ok(operation.summary.length > 2, `${name} has no summary`);
    assert.match(operation.operationId, /^[a-z][A-Za-z0-9]*$/, name);
  }
  const ids = operations.map((o) => o.operation.operationId);
  assert.deepEqual(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
    'operation ids are unique',
  );
});

test('PLT-3 every reference resolves, and no schema keeps a reference of its own world', () => {
  walk(document, (key, value) => {
    if (key !== '$ref') return;
    const found = /^#\/components\/schemas\/([\w.-]+)$/.exec(String(value));
    assert.ok(found && document.components.schemas[found[1] as string], `${String(value)} leads nowhere`);
  });
  walk(document, (key) =>
    assert.ok(key !== '$defs' && key !== '$schema' && key !== 'nullable', `${key} is not for OpenAPI 3.1`),
  );
});

test('PLT-3 path parameters are those of the path; bodies and answers have types', () => {
  for (const { url, operation, name, method } of operations) {
    const inPath = [...url.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string);
    const declared = (operation.parameters ?? []).filter((p) => p.in === 'path');
    assert.deepEqual(declared.map((p) => p.name).toSorted(), inPath.toSorted(), name);
    assert.ok(
      declared.every((p) => p.required),
      name,
    );
    const names = (operation.parameters ?? []).map((p) => `${p.in} ${p.name}`);
    assert.equal(new Set(names).size, names.length, `${name} names a parameter twice`);
    assert.ok(!(method === 'get' && operation.requestBody), `${name} reads a body`);
    const success = Object.keys(operation.responses).filter((s) => s !== 'default');
    assert.equal(success.length, 1, name);
    assert.ok(operation.responses['default']?.content?.['application/problem+json'], name);
  }
  for (const route of allRoutes)
    for (const key of pathKeys(route)) assert.match(key, /^[a-z][A-Za-z]*$/, `${route.path} names ${key}`);
});

test('PLT-3 one name is one schema, whichever route it is read from', () => {
  const shapes = new Map<string, string>();
  for (const route of allRoutes) {
    const { components } = openApi([route], 'x') as { components: { schemas: Record<string, Json> } };
    for (const [schema, shape] of Object.entries(components.schemas)) {
      const text = JSON.stringify(shape);
      assert.equal(shapes.get(schema) ?? text, text, `${schema} is something else on ${route.method} ${route.path}`);
      shapes.set(schema, text);
    }
  }
});

test('CMP-2 every route asks for a permission somebody declared, or says that it needs none', () => {
  for (const route of allRoutes) {
    const { permission } = route;
    assert.ok(
      permission === 'public' || permission === 'session' || permission in allPermissions,
      `${route.path} asks for ${permission}`,
    );
  }
});

test('PLT-3 every refusal code is in the document with its status', () => {
  for (const [code, status] of REFUSALS) assert.ok(document.info.description.includes(`\`${code}\` ${status}`), code);
});
