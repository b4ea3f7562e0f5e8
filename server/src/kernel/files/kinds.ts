export const MEDIA_KINDS = ['image', 'pdf', 'spreadsheet', 'text', 'video', 'audio'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

export type MediaType = {
  readonly kind: MediaKind;
  readonly mediaType: string;
  readonly extensions: readonly string[];
};

const type = (kind: MediaKind, mediaType: string, ...extensions: string[]): MediaType => ({
  kind,
  mediaType,
  extensions,
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MP4_NAMES = ['mp4', 'm4v', 'mov'];

/** What the content detector may say, and what we take it for. Everything not listed is refused. */
export const DETECTED: ReadonlyMap<string, MediaType> = new Map([
  ['image/jpeg', type('image', 'image/jpeg', 'jpg', 'jpeg', 'jfif')],
  ['image/png', type('image', 'image/png', 'png')],
  ['image/apng', type('image', 'image/png', 'png', 'apng')],
  ['image/webp', type('image', 'image/webp', 'webp')],
  ['image/gif', type('image', 'image/gif', 'gif')],
  ['application/pdf', type('pdf', 'application/pdf', 'pdf')],
  [XLSX, type('spreadsheet', XLSX, 'xlsx')],
  ['video/mp4', type('video', 'video/mp4', ...MP4_NAMES)],
  ['video/x-m4v', type('video', 'video/mp4', ...MP4_NAMES)],
  ['video/quicktime', type('video', 'video/quicktime', ...MP4_NAMES)],
  ['video/webm', type('video', 'video/webm', 'webm')],
  ['audio/mpeg', type('audio', 'audio/mpeg', 'mp3')],
  ['audio/wav', type('audio', 'audio/wav', 'wav')],
  ['audio/x-m4a', type('audio', 'audio/mp4', 'm4a')],
  ['audio/mp4', type('audio', 'audio/mp4', 'm4a')],
  ['audio/ogg', type('audio', 'audio/ogg', 'ogg', 'oga', 'opus')],
]);

/** Text has no signature: its extension chooses among these, its content is checked to be text. */
export const TEXT_TYPES: readonly MediaType[] = [
  type('text', 'text/csv', 'csv'),
  type('text', 'text/tab-separated-values', 'tsv'),
  type('text', 'application/json', 'json'),
  type('text', 'text/plain', 'txt', 'log'),
];

/** The extension of a name in lower case, without its dot; empty when it has none. */
export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
