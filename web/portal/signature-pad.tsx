import { useEffect, useRef } from 'react';
import { useT } from '../ui/i18n.ts';

const WIDTH = 600;
const HEIGHT = 240;
const PEN = 4;

/** A field one signs in with finger, pen or mouse. Tells the picture after each stroke; undefined when it is wiped. */
export function SignaturePad({ onChange }: { onChange: (png: string | undefined) => void }) {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  const pen = (): CanvasRenderingContext2D | null => canvas.current?.getContext('2d') ?? null;
  const wipe = () => {
    const ctx = pen();
    if (!ctx) return;
    ctx.fillStyle = '#ffffff';
    ctx.fillRect(0, 0, WIDTH, HEIGHT);
    ctx.lineWidth = PEN;
    ctx.lineCap = 'round';
    ctx.lineJoin = 'round';
    ctx.strokeStyle = '#101828';
  };
  useEffect(wipe, []);
  const at = (event: React.PointerEvent): [number, number] => {
    const box = (event.target as HTMLElement).getBoundingClientRect();
    return [((event.clientX - box.left) * WIDTH) / box.width, ((event.clientY - box.top) * HEIGHT) / box.height];
  };
  const end = () => {
    if (!drawing.current) return;
    drawing.current = false;
    onChange(canvas.current?.toDataURL('image/png'));
  };
  return (
    <div className="zp-pad">
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        aria-label={t('portal.agreement.pad')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drawing.current = true;
          const ctx = pen();
          ctx?.beginPath();
          ctx?.moveTo(...at(event));
        }}
        onPointerMove={(event) => {
          if (!drawing.current) return;
          const ctx = pen();
          ctx?.lineTo(...at(event));
          ctx?.stroke();
        }}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <button
        type="button"
        className="zp-link"
        onClick={() => {
          wipe();
          onChange(undefined);
        }}
      >
        {t('portal.agreement.wipe')}
      </button>
    </div>
  );
}
