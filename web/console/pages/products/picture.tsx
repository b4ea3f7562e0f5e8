import { PictureOutlined } from '@ant-design/icons';

/** A product's picture at a fixed size, or a quiet place-holder of the same size. */
export function Picture({
  url,
  title,
  sizePx = 40,
}: {
  url: string | null | undefined;
  title: string;
  sizePx?: number;
}) {
  const box = { width: sizePx, height: sizePx, borderRadius: 6, flex: 'none' } as const;
  if (url)
    return (
      <img src={url} alt={title} loading="lazy" style={{ ...box, objectFit: 'cover', background: 'var(--sunken)' }} />
    );
  return (
    <span
      aria-hidden
      style={{ ...box, display: 'grid', placeItems: 'center', background: 'var(--sunken)', color: 'var(--muted)' }}
    >
      <PictureOutlined />
    </span>
  );
}
