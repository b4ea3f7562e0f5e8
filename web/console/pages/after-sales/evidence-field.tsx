import { Form, Upload } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Typed } from './fields-button.tsx';

/** Picks pictures and uploads them; the form's value is their ids. */
async function uploaded(list: { originFileObj?: File }[] | undefined): Promise<string[]> {
  const ids: string[] = [];
  for (const { originFileObj } of list ?? []) {
    if (!originFileObj) continue;
    const body = new FormData();
    body.set('file', originFileObj);
    ids.push((await client.post('/files', { body: body as never })).id);
  }
  return ids;
}
export const evidenceField = (label: string) => (
  <Form.Item
    name="files"
    label={label}
    valuePropName="fileList"
    getValueFromEvent={(e: { fileList: unknown[] }) => e.fileList}
  >
    <Upload listType="picture-card" accept="image/*,video/*,application/pdf" beforeUpload={() => false} multiple>
      +
    </Upload>
  </Form.Item>
);
export const evidenceOf = (values: Typed): Promise<string[]> => uploaded(values['files']);
