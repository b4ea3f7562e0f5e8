import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BlockOp, DONE, IMPOSSIBLE, isComplete, movesFor, UNTOUCHED } from './states.ts';

const OPS: readonly BlockOp[] = ['none', 'once', 'twice', 'front', 'back', 'gap'];

/** Every state that any sequence of moves leads to, and that the round is over. */
function statesOf(crossAisles: number): Set<number> {
  const moves = movesFor(crossAisles);
  const seen = new Set([0, 1]);
  for (const at of seen) {
    const next = Array.from({ length: crossAisles - 1 }, (_, block) =>
      OPS.map((op) => moves.afterBlock(at, op, block)),
    ).flat();
    for (let cross = 0; cross < crossAisles; cross += 1) {
      next.push(moves.touch(at, cross), ...moves.onward(at, cross).map((to) => to.at));
    }
    for (const to of next) if (to !== IMPOSSIBLE) seen.add(to);
  }
  return seen;
}

test('FUL-3 the states derived are those of the literature: seven for one block, twenty-five for two', () => {
  assert.equal(statesOf(2).size, 7);
  assert.equal(statesOf(3).size, 25);
});

test('FUL-3 nothing can be walked once a round is over, and nothing begun is left without an end', () => {
  const moves = movesFor(2);
  assert.deepEqual([moves.stateOf[0], moves.stateOf[1]], [UNTOUCHED, DONE]);
  for (const op of OPS) assert.equal(moves.afterBlock(1, op, 0), op === 'none' ? 1 : IMPOSSIBLE);
  assert.equal(moves.touch(1, 0), IMPOSSIBLE);
  const through = moves.afterBlock(0, 'once', 0);
  assert.equal(isComplete(moves.stateOf[through]!), false, 'both ends are open');
  assert.deepEqual(
    moves.onward(through, 0).map((to) => to.walks),
    [1],
  );
  const parts = moves.afterBlock(0, 'gap', 0);
  assert.equal(isComplete(moves.stateOf[parts]!), false, 'two parts that do not hang together');
  assert.deepEqual(
    moves.onward(parts, 0).map((to) => to.walks),
    [2],
  );
  const back = moves.afterBlock(through, 'once', 0);
  assert.equal(isComplete(moves.stateOf[back]!), true, 'there and back is a round');
});

test('FUL-3 more cross-aisles than a state has room for are refused', () => {
  assert.throws(() => movesFor(8), RangeError);
});
