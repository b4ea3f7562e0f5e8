import { Button, Input, type InputRef } from 'antd';
import { SoundOutlined, MutedOutlined } from '@ant-design/icons';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n.ts';
import { setSounds, soundsOn } from '../sounds.ts';
import { useScanner } from '../use-scanner.ts';
import './scan-input.css';

export type ScanFeedback = {
  tone: 'idle' | 'ok' | 'wrong' | 'done' | 'busy';
  title: string;
  detail?: string | undefined;
};

/** Whether someone is in a field that asked for what is typed now: it says so by `data-scan="hold"`. */
const isHeld = (): boolean => document.activeElement?.getAttribute('data-scan') === 'hold';

/**
 * The large field of a scanning screen. Scans arrive wherever the focus is; typing a code and Enter does the same.
 * Colour, words and sound say what came of it. Each answer brings the focus back here, unless a field holds it.
 */
export function ScanInput(props: {
  placeholder: string;
  feedback: ScanFeedback;
  onCode: (code: string) => void;
  enabled?: boolean;
}) {
  const { placeholder, feedback, onCode, enabled = true } = props;
  const t = useT();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [sound, setSound] = useState(soundsOn());
  const take = (code: string) => {
    setText('');
    if (code.trim() !== '') onCode(code.trim());
  };
  useScanner(take, enabled);
  useEffect(() => {
    if (!isHeld()) field.current?.focus();
  }, [feedback, enabled]);
  // A slow scanner, or a hand, with the focus nowhere: the characters still land in the field.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (plain && event.target === document.body) field.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="zg-scan" data-tone={feedback.tone}>
      <div className="zg-scan-field">
        <Input
          ref={field}
          size="large"
          value={text}
          disabled={!enabled}
          placeholder={placeholder}
          aria-label={placeholder}
          data-scan="keep"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => take(text)}
        />
        <Button
          size="large"
          aria-label={t('ui.scan.sound')}
          aria-pressed={sound}
          title={t('ui.scan.sound')}
          icon={sound ? <SoundOutlined /> : <MutedOutlined />}
          onClick={() => (setSounds(!sound), setSound(!sound))}
        />
      </div>
      <div className="zg-scan-says" role="status" aria-live="assertive">
        <div className="zg-scan-title wrap">{feedback.title}</div>
        {feedback.detail && <div className="zg-scan-detail wrap">{feedback.detail}</div>}
      </div>
    </div>
  );
}
