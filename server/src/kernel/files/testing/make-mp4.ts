const text = (s: string): Buffer => Buffer.from(s, 'latin1');
const u32 = (...numbers: number[]): Buffer => {
  const made = Buffer.alloc(numbers.length * 4);
  for (const [i, n] of numbers.entries()) made.writeUInt32BE(n, i * 4);
  return made;
};
const box = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), text(type), body]);
};

const track = (handler: string, at: number, sizes: number[]): Buffer =>
  box(
    'trak',
    box('tkhd', Buffer.alloc(84)),
    box(
      'mdia',
      box('hdlr', u32(0, 0), text(handler), Buffer.alloc(12)),
      box(
        'minf',
        box(
          'stbl',
          box('stsc', u32(0, 1, 1, sizes.length, 1)),
          box('stsz', u32(0, 0, sizes.length, ...sizes)),
          box('stco', u32(0, 1, at)),
        ),
      ),
    ),
  );

export const PLACE = '+39.9042+116.4074/';
export const GPS_TRACK = 'GPS 39.904200 116.407400';

/**
 * A film as telephones write it, with the place in every way they do: ©xyz, QuickTime's keys, XMP, a track of positions, and
 * a maker's box behind it. `picture` is what must come through unharmed. `padding` makes it large.
 */
export function makeMp4(brand: 'isom' | 'qt  ', padding = 0): { film: Buffer; picture: Buffer } {
  const picture = Buffer.alloc(64, 0xab);
  const positions = [text(GPS_TRACK), text(GPS_TRACK)];
  const ftyp = box('ftyp', text(brand), u32(512), text(brand), text('mp42'));
  const head = ftyp.length + 8;
  const mdat = box('mdat', picture, ...positions, Buffer.alloc(padding, 0x5a));
  const keys = box('keys', u32(0, 1), box('mdta', text('com.apple.quicktime.location.ISO6709')));
  const values = box('ilst', box('\0\0\0\x01', box('data', u32(1, 0), text(PLACE))));
  const moov = box(
    'moov',
    box('mvhd', Buffer.alloc(100)),
    track('vide', head, [picture.length]),
    track(
      'meta',
      head + picture.length,
      positions.map((p) => p.length),
    ),
    box('udta', box('\xa9xyz', Buffer.from([0, PLACE.length, 0x15, 0xc7]), text(PLACE))),
    box('meta', box('hdlr', Buffer.alloc(25)), keys, values),
  );
  const xmp = box('uuid', Buffer.alloc(16, 7), text(`<exif:GPSLatitude>${PLACE}</exif:GPSLatitude>`));
  return { film: Buffer.concat([ftyp, mdat, moov, xmp, box('free', text(PLACE))]), picture };
}
