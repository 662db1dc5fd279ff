import { TranslocoService } from '@jsverse/transloco';

/** How the server writes a rule down: `Role assessor @Subject`, `SameAs Draft`. */
const RULE = /^(Role|Office|Person|SameAs|Expression) (\S+)(?: ?@ ?(Subject|Parent|Issuer))?(.*)$/s;

/** An assignee rule in the words of the properties panel; what is written otherwise stays as it is. */
export function assigneeWords(text: string, transloco: TranslocoService): string {
  const [, kind, value = '', region, rest = ''] = RULE.exec(text) ?? [];
  if (!kind) {
    return text;
  }
  const t = (key: string, otherwise: string): string => {
    const words: string = transloco.translate(key);
    return words === key ? otherwise : words;
  };
  const who =
    kind === 'Role'
      ? t(`workflows.role.${value}`, value)
      : `${t(`workflows.assignee.kinds.${kind}`, kind)} ${value}`;
  const where = region ? t(`workflows.region.${region}`, region) : '';
  return (
    transloco.translate(where ? 'workflows.assignee.at' : 'workflows.assignee.plain', { who, where }) + rest
  );
}
