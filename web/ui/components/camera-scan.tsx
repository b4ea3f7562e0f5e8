import { CameraOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { canReadByCamera, readByCamera } from '../camera.ts';
import { useT } from '../i18n.ts';

function Viewer({ onCode, onFail }: { onCode: (code: string) => void; onFail: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ onCode, onFail });
  useEffect(() => {
    latest.current = { onCode, onFail };
  });
  useEffect(() => {
    const ending = new AbortController();
    if (video.current)
      readByCamera(video.current, (code) => latest.current.onCode(code), ending.signal).catch(() => {
        if (!ending.signal.aborted) latest.current.onFail();
      });
    return () => ending.abort();
  }, []);
  return (
    <video
      ref={video}
      muted
      playsInline
      style={{ width: '100%', maxHeight: 220, objectFit: 'cover', borderRadius: 8, background: '#000' }}
    />
  );
}

/** Scanning by the camera of a phone, where its browser can; elsewhere it says what to use instead. */
export function CameraScan({ onCode }: { onCode: (code: string) => void }) {
  const t = useT();
  const [state, setState] = useState<'off' | 'on' | 'failed' | 'unable'>('off');
  const toggle = () => setState(state === 'on' ? 'off' : canReadByCamera() ? 'on' : 'unable');
  return (
    <>
      <Button size="large" icon={<CameraOutlined />} aria-pressed={state === 'on'} onClick={toggle}>
        {t(state === 'on' ? 'ui.camera.stop' : 'ui.camera.start')}
      </Button>
      {state === 'on' && (
        <div style={{ flexBasis: '100%' }}>
          <Viewer onCode={onCode} onFail={() => setState('failed')} />
        </div>
      )}
      {(state === 'failed' || state === 'unable') && (
        <Alert
          type="info"
          showIcon
          style={{ flexBasis: '100%' }}
          title={t(state === 'failed' ? 'ui.camera.failed' : 'ui.camera.unable')}
        />
      )}
    </>
  );
}
