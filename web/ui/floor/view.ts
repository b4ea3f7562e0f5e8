import type { Box } from './plan.ts';

export const ZOOM_MAX = 40;

/** The part of `bounds` that fills a picture of this shape: all of it, with room at two sides. */
export function fit(bounds: Box, widthPx: number, heightPx: number): Box {
  const shape = heightPx > 0 && widthPx > 0 ? widthPx / heightPx : 1;
  const w = Math.max(bounds.w, bounds.h * shape);
  const h = w / shape;
  return { x: bounds.x - (w - bounds.w) / 2, y: bounds.y - (h - bounds.h) / 2, w, h };
}

/** Never smaller than all of it, never larger than {@link ZOOM_MAX} times, and never away from the warehouse. */
function within(view: Box, whole: Box): Box {
  const w = Math.min(Math.max(view.w, whole.w / ZOOM_MAX), whole.w);
  const h = (w / whole.w) * whole.h;
  const held = (at: number, size: number, from: number, length: number): number =>
    Math.min(Math.max(at, from), from + length - size);
  return { x: held(view.x, w, whole.x, whole.w), y: held(view.y, h, whole.y, whole.h), w, h };
}

/** Nearer (factor > 1) or farther, the point at the given share of the picture staying where it is. */
export function zoom(view: Box, whole: Box, factor: number, at: { x: number; y: number } = { x: 0.5, y: 0.5 }): Box {
  const w = Math.min(Math.max(view.w / factor, whole.w / ZOOM_MAX), whole.w);
  const h = (w / whole.w) * whole.h;
  return within({ x: view.x + (view.w - w) * at.x, y: view.y + (view.h - h) * at.y, w, h }, whole);
}

/** Moves the picture by shares of its size. */
export const pan = (view: Box, whole: Box, dx: number, dy: number): Box =>
  within({ ...view, x: view.x + dx * view.w, y: view.y + dy * view.h }, whole);

/** Puts a point in the middle, near enough to read it. */
export function lookAt(view: Box, whole: Box, x: number, y: number): Box {
  const w = Math.min(view.w, whole.w / 4);
  const h = (w / whole.w) * whole.h;
  return within({ x: x - w / 2, y: y - h / 2, w, h }, whole);
}
