import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Node, NODE_CODES, rankOf, type TrackState, UNTRACKED, withNode } from './track.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));
const node = fc.record({ at: fc.nat({ max: 30 }).map(at), code: fc.constantFrom(...NODE_CODES) });
const stateOf = (nodes: readonly Node[]): TrackState => nodes.reduce(withNode, UNTRACKED);

test('SHP-3 any permutation of the pushes, with any repeats, leads to the same state', () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (nodes, random) => {
      const repeated = [...nodes, ...nodes.filter((_, i) => i % 2 === 0)];
      const shuffled = repeated
        .map((n) => ({ n, key: random.next().value as number }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ n }) => n);
      assert.deepEqual(stateOf(shuffled), stateOf(nodes));
      assert.deepEqual(stateOf(nodes.toReversed()), stateOf(nodes));
    }),
    { numRuns: 500 },
  );
});

test('SHP-3 the state is the newest node by the time the carrier gives', () => {
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 20 }), (nodes) => {
      const newest = nodes
        .toSorted((a, b) => a.at.getTime() - b.at.getTime() || rankOf(a.code) - rankOf(b.code))
        .at(-1);
      assert.equal(stateOf(nodes).status, newest?.code);
      assert.equal(stateOf(nodes).deliveredAt === null, !nodes.some((n) => n.code === 'delivered'));
    }),
  );
});

test('SHP-3 a late node changes nothing, and only a newer one moves a parcel back from delivered', () => {
  const delivered = stateOf([{ at: at(10), code: 'delivered' }]);
  assert.equal(withNode(delivered, { at: at(9), code: 'exception' }).status, 'delivered');
  assert.equal(withNode(delivered, { at: at(10), code: 'in_transit' }).status, 'delivered');
  const back = withNode(delivered, { at: at(11), code: 'returning' });
  assert.deepEqual([back.status, back.deliveredAt], ['returning', at(10)]);
});
