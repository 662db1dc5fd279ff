// Fails when a text is missing, unused, or present in one language only.
// Run by `npm run lint`; first proves on made-up sources that it can fail.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const LANGUAGES = ['zh-Hans', 'en'];

/** Flattens `{a: {b: 'x'}}` to `a.b`. */
function flatten(value, prefix = '') {
  return Object.entries(value).flatMap(([key, child]) =>
    typeof child === 'object' ? flatten(child, `${prefix}${key}.`) : [[prefix + key, child]],
  );
}

/** `{{ name }}` slots of a text, sorted. */
function slots(text) {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)]
    .map((match) => match[1])
    .sort()
    .join(',');
}

const LITERAL = String.raw`'([^'\n]+)'|"([^"\n]+)"|` + '`([^`$\\n]*)`';
const CALL = new RegExp(
  String.raw`(?:(?<![\w.$])t|\b(?:translate|selectTranslate|translateSignal|translateObject))\(\s*(?:${LITERAL})\s*(\+)?`,
  'g',
);
const CALL_TEMPLATE = /(?:(?<![\w.$])t|\b(?:translate|selectTranslate))\(\s*`([^`$]+)\$\{/g;
const CHOICE = /(?<![\w.$])t\([^()]*\?\s*'([^']+)'\s*:\s*'([^']+)'/g;
const PIPE = new RegExp(String.raw`(?:${LITERAL})\s*\|\s*transloco`, 'g');
const KEY_FIELD = /\b\w*[kK]ey\s*[:=]\s*'([^'\n]+)'/g;
const CRUMB = /\b(?:crumb|title):\s*'([a-z][\w]*(?:\.[\w-]+)+)'/g;
const ANY_LITERAL = /['"`]([A-Za-z][\w-]*(?:\.[\w:-]+)+)['"`]/g;

function collect(sources) {
  const direct = new Map();
  const prefixes = new Map();
  const mentioned = new Set();
  const complaints = [];
  for (const { path, text } of sources) {
    const note = (map, key) => map.set(key, [...(map.get(key) ?? []), path]);
    if (/\*transloco="[^"]*\bprefix\s*:/.test(text)) {
      complaints.push(`${path}: keys are written in full, without “prefix:”`);
    }
    for (const match of text.matchAll(CALL)) {
      const key = match[1] ?? match[2] ?? match[3];
      note(match[4] ? prefixes : direct, key);
    }
    for (const match of text.matchAll(CALL_TEMPLATE)) {
      note(prefixes, match[1]);
    }
    for (const match of text.matchAll(CHOICE)) {
      note(direct, match[1]);
      note(direct, match[2]);
    }
    for (const match of text.matchAll(PIPE)) {
      note(direct, match[1] ?? match[2] ?? match[3]);
    }
    for (const pattern of [KEY_FIELD, CRUMB]) {
      for (const match of text.matchAll(pattern)) {
        if (match[1].includes('.')) {
          note(direct, match[1]);
        }
      }
    }
    for (const match of text.matchAll(ANY_LITERAL)) {
      mentioned.add(match[1]);
    }
  }
  return { direct, prefixes, mentioned, complaints };
}

/** `texts`: language → Map of key → text. */
export function check(texts, sources) {
  const { direct, prefixes, mentioned, complaints } = collect(sources);
  const [main, ...others] = LANGUAGES;
  const known = texts[main];
  for (const language of others) {
    for (const [key, text] of known) {
      const other = texts[language].get(key);
      if (other === undefined) {
        complaints.push(`${language}: “${key}” is missing`);
      } else if (slots(other) !== slots(text)) {
        complaints.push(`${language}: “${key}” fills other slots than ${main}`);
      }
    }
    for (const key of texts[language].keys()) {
      if (!known.has(key)) {
        complaints.push(`${main}: “${key}” is missing`);
      }
    }
  }
  for (const [key, paths] of direct) {
    if (!known.has(key)) {
      complaints.push(`${paths[0]}: “${key}” has no text`);
    }
  }
  const keys = [...known.keys()];
  for (const [prefix, paths] of prefixes) {
    if (!keys.some((key) => key.startsWith(prefix))) {
      complaints.push(`${paths[0]}: no text begins with “${prefix}”`);
    }
  }
  for (const key of keys) {
    const used =
      direct.has(key) || mentioned.has(key) || [...prefixes.keys()].some((prefix) => key.startsWith(prefix));
    if (!used) {
      complaints.push(`${main}: “${key}” is not used`);
    }
  }
  return complaints;
}

function readTexts(folder) {
  const texts = Object.fromEntries(LANGUAGES.map((language) => [language, new Map()]));
  const scopes = [
    '',
    ...readdirSync(folder, { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => e.name),
  ];
  for (const scope of scopes) {
    for (const language of LANGUAGES) {
      const content = JSON.parse(readFileSync(join(folder, scope, `${language}.json`), 'utf8'));
      for (const [key, text] of flatten(content, scope ? `${scope}.` : '')) {
        texts[language].set(key, text);
      }
    }
  }
  return texts;
}

function readSources(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|html)$/.test(entry.name) && !/\.spec\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(folder, path).startsWith('api'))
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }));
}

function selfTest() {
  const pair = (zh, en) => ({ 'zh-Hans': new Map(Object.entries(zh)), en: new Map(Object.entries(en)) });
  const source = (text) => [{ path: 'x.html', text }];
  const cases = [
    ['a good set passes', 0, pair({ 'a.b': '甲' }, { 'a.b': 'A' }), source("{{ t('a.b') }}")],
    ['a missing text', 1, pair({}, {}), source("{{ t('a.b') }}")],
    ['an unused text', 1, pair({ 'a.b': '甲' }, { 'a.b': 'A' }), source('')],
    ['a language behind', 1, pair({ 'a.b': '甲' }, {}), source("{{ 'a.b' | transloco }}")],
    ['other slots', 1, pair({ 'a.b': '{{n}} 项' }, { 'a.b': 'items' }), source("{{ t('a.b') }}")],
    ['a prefix counts as use', 0, pair({ 'a.b': '甲' }, { 'a.b': 'A' }), source("{{ t('a.' + x) }}")],
    ['a prefix that leads nowhere', 1, pair({}, {}), source("{{ t('a.' + x) }}")],
    ['both arms of a choice', 2, pair({}, {}), source("{{ t(x ? 'a.b' : 'a.c') }}")],
  ];
  return cases
    .filter(([, expected, texts, sources]) => check(texts, sources).length !== expected)
    .map(([name]) => `self-test: ${name}`);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const complaints = [
  ...selfTest(),
  ...check(readTexts(join(root, 'public/i18n')), readSources(join(root, 'src/app'))),
];
for (const complaint of complaints) {
  console.error(complaint);
}
console.log(complaints.length === 0 ? 'Texts: all there, all used.' : `Texts: ${complaints.length} to mend.`);
process.exitCode = complaints.length === 0 ? 0 : 1;
