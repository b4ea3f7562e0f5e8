import { useQuery } from '@tanstack/react-query';

/** Modules of white around a code, without which cameras do not find it. */
const QUIET = 4;

/** The code's dark modules as one path; the library comes when a code is first shown. */
async function pathOf(text: string): Promise<{ side: number; path: string }> {
  const { create } = await import('qrcode');
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  let path = '';
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) if (data[y * size + x]) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  return { side: size + 2 * QUIET, path };
}

/** A QR code: black on white whatever the theme, because that is what cameras read. */
export function QrPicture({ text, label, sizePx = 220 }: { text: string; label: string; sizePx?: number }) {
  const { data } = useQuery({ queryKey: ['qr', text], queryFn: () => pathOf(text), staleTime: Infinity });
  return (
    <svg
      role="img"
      aria-label={label}
      width={sizePx}
      height={sizePx}
      viewBox={`0 0 ${data?.side ?? 1} ${data?.side ?? 1}`}
      shapeRendering="crispEdges"
      style={{ background: '#fff', borderRadius: 8 }}
    >
      {data && <path d={data.path} fill="#000" />}
    </svg>
  );
}
