import { Form, Input, InputNumber, Select, Switch } from 'antd';
import type { ReactElement } from 'react';
import type { JsonSchema } from '../../../api/types.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { typeOf } from './schema.ts';

/** One setting, by the kind of value its schema allows: the element a form item hands its value to. */
function control(schema: JsonSchema, nameOf: (value: string) => string): ReactElement {
  switch (typeOf(schema)) {
    case 'boolean':
      return <Switch />;
    case 'number':
    case 'integer':
      return (
        <InputNumber
          style={{ width: 200 }}
          {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
          {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
          {...(typeOf(schema) === 'integer' ? { precision: 0 } : {})}
          {...(schema.unit ? { suffix: schema.unit } : {})}
        />
      );
    case 'enum':
      return (
        <Select
          style={{ maxWidth: 320 }}
          options={(schema.enum ?? []).map((value) => ({ value, label: nameOf(String(value)) }))}
        />
      );
    case 'list':
      return <Select mode="tags" style={{ maxWidth: 560 }} open={false} suffixIcon={null} />;
    case 'json':
      return <Input.TextArea className="mono" autoSize={{ minRows: 3, maxRows: 14 }} />;
    default:
      return (schema.maxLength ?? 0) > 200 ? (
        <Input.TextArea autoSize={{ minRows: 2 }} {...(schema.maxLength ? { maxLength: schema.maxLength } : {})} />
      ) : (
        <Input style={{ maxWidth: 560 }} {...(schema.maxLength ? { maxLength: schema.maxLength } : {})} />
      );
  }
}

/** A form drawn from a JSON schema; groups become titled blocks. Words come from the catalogue, else from the schema. */
export function SchemaFields({ section, schema, path = [] }: { section: string; schema: JsonSchema; path?: string[] }) {
  const t = useT();
  const word = useWord();
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const at = [...path, name];
    const key = at.join('.');
    const known = word(`setting.${section}`, key);
    const label = known === key ? (property.title ?? name) : known;
    if (typeOf(property) === 'group') {
      return (
        <fieldset key={key} className="zg-fieldset">
          <legend>{label}</legend>
          <SchemaFields section={section} schema={property} path={at} />
        </fieldset>
      );
    }
    return (
      <Form.Item
        key={key}
        name={at}
        label={<span className="wrap">{label}</span>}
        extra={property.description}
        {...(typeOf(property) === 'boolean' ? { valuePropName: 'checked' } : {})}
        rules={
          typeOf(property) !== 'boolean' && schema.required?.includes(name)
            ? [{ required: true, message: t('ui.required') }]
            : []
        }
      >
        {control(property, (value) => {
          const name = word(`setting.${section}.${key}`, value);
          return name === '' ? value : name;
        })}
      </Form.Item>
    );
  });
}
