import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Box } from './plan.ts';
import { fit, lookAt, pan, zoom } from './view.ts';

const STEP = 0.15;
const ZOOM_STEP = 1.4;

export type View = {
  readonly shown: Box;
  /** Millimetres on paper that one pixel shows. */
  readonly scale: number;
  readonly zoomBy: (factor: number) => void;
  readonly showAll: () => void;
  readonly look: (x: number, y: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerDown: (event: PointerEvent<SVGSVGElement>) => void;
  readonly onPointerMove: (event: PointerEvent<SVGSVGElement>) => void;
  readonly onPointerUp: (event: PointerEvent<SVGSVGElement>) => void;
};

const shareAt = (svg: Element, event: { clientX: number; clientY: number }): { x: number; y: number } => {
  const box = svg.getBoundingClientRect();
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
};

/** The size of an element as it is laid out; what is assumed before that. */
function useSize(svg: RefObject<SVGSVGElement | null>, assumed: { w: number; h: number }): { w: number; h: number } {
  const [size, setSize] = useState(assumed);
  useEffect(() => {
    const element = svg.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const { width, height } = element.getBoundingClientRect();
      if (width > 0 && height > 0) setSize({ w: width, h: height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [svg]);
  return size;
}

/** Calls back for the wheel with Ctrl, or once the picture has the focus; else the wheel stays the page's. */
function useWheel(
  svg: RefObject<SVGSVGElement | null>,
  onTurn: (at: { x: number; y: number }, nearer: boolean) => void,
): void {
  const latest = useRef(onTurn);
  useEffect(() => {
    latest.current = onTurn;
  });
  useEffect(() => {
    const element = svg.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !element.parentElement?.contains(document.activeElement)) return;
      event.preventDefault(); // which a listener of React's own may not do
      latest.current(shareAt(element, event), event.deltaY < 0);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [svg]);
}

/** Zooming and moving a picture by mouse and keyboard. */
export function useView(svg: RefObject<SVGSVGElement | null>, bounds: Box, assumed: { w: number; h: number }): View {
  const size = useSize(svg, assumed);
  const whole = fit(bounds, size.w, size.h);
  const [wanted, setWanted] = useState<Box>();
  const shown = wanted ? pan(wanted, whole, 0, 0) : whole;
  const drag = useRef<{ x: number; y: number; from: Box } | undefined>(undefined);
  const change = (to: (shown: Box, whole: Box) => Box): void =>
    setWanted((was) => to(was ? pan(was, whole, 0, 0) : whole, whole));
  useWheel(svg, (at, nearer) => change((s, w) => zoom(s, w, nearer ? ZOOM_STEP : 1 / ZOOM_STEP, at)));
  const keys: Record<string, () => void> = {
    ArrowLeft: () => change((s, w) => pan(s, w, -STEP, 0)),
    ArrowRight: () => change((s, w) => pan(s, w, STEP, 0)),
    ArrowUp: () => change((s, w) => pan(s, w, 0, -STEP)),
    ArrowDown: () => change((s, w) => pan(s, w, 0, STEP)),
    '+': () => change((s, w) => zoom(s, w, ZOOM_STEP)),
    '=': () => change((s, w) => zoom(s, w, ZOOM_STEP)),
    '-': () => change((s, w) => zoom(s, w, 1 / ZOOM_STEP)),
    '0': () => setWanted(undefined),
  };
  return {
    shown,
    scale: shown.w / size.w,
    zoomBy: (factor) => change((s, w) => zoom(s, w, factor)),
    showAll: () => setWanted(undefined),
    look: (x, y) => change((s, w) => lookAt(s, w, x, y)),
    onKeyDown: (event) => {
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    },
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { ...shareAt(event.currentTarget, event), from: shown };
    },
    onPointerMove: (event) => {
      const start = drag.current;
      if (!start) return;
      const at = shareAt(event.currentTarget, event);
      change((_, w) => pan(start.from, w, start.x - at.x, start.y - at.y));
    },
    onPointerUp: () => {
      drag.current = undefined;
    },
  };
}
