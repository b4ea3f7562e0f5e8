import { readPref, writePref } from './prefs.ts';

type Note = { hz: number; atMs: number; lastsMs: number; shape?: OscillatorType };

/** Told apart without looking: high is right, low and twice is wrong, a rising third is all done. */
const TUNES = {
  ok: [{ hz: 1320, atMs: 0, lastsMs: 70 }],
  wrong: [
    { hz: 180, atMs: 0, lastsMs: 180, shape: 'square' },
    { hz: 150, atMs: 230, lastsMs: 260, shape: 'square' },
  ],
  done: [
    { hz: 880, atMs: 0, lastsMs: 90 },
    { hz: 1109, atMs: 100, lastsMs: 90 },
    { hz: 1760, atMs: 200, lastsMs: 180 },
  ],
} as const satisfies Record<string, readonly Note[]>;

export type Tune = keyof typeof TUNES;

let audio: AudioContext | undefined;

export const soundsOn = (): boolean => readPref('sound') !== 'off';
export const setSounds = (on: boolean): void => writePref('sound', on ? 'on' : 'off');

/** Plays a tune made in the browser (no files); silent where audio is not allowed. */
export function play(tune: Tune): void {
  if (!soundsOn()) return;
  try {
    audio ??= new AudioContext();
    void audio.resume();
    for (const note of TUNES[tune] as readonly Note[]) {
      const start = audio.currentTime + note.atMs / 1000;
      const end = start + note.lastsMs / 1000;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.type = note.shape ?? 'sine';
      tone.frequency.value = note.hz;
      volume.gain.setValueAtTime(0.25, start);
      volume.gain.exponentialRampToValueAtTime(0.001, end);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(end);
    }
  } catch {
    // Colour and words say the same.
  }
}
