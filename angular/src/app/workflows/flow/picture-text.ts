/** Text in a picture: SVG neither wraps nor measures before it is drawn, so widths are estimated. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;
const NARROW = /[iljtfr.,:;'|!()[\] ]/;

/** Width of a text in em: a Han character is one em, Latin letters about half. */
export function emWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width += WIDE.test(character)
      ? 1
      : NARROW.test(character)
        ? 0.32
        : /[A-ZMW@%]/.test(character)
          ? 0.7
          : 0.55;
  }
  return width;
}

/** Marks that must not begin a line. */
const CLOSING = /^[，。、；：！？）》」』”’%]/;

/** Breaks a text into lines no wider than `width` em, at most `maxLines`; the last one then ends with an ellipsis. */
export function wrap(text: string, width: number, maxLines: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/)) {
    let line = '';
    for (const piece of pieces(paragraph)) {
      if (line !== '' && emWidth(line + piece.trimEnd()) > width && !CLOSING.test(piece)) {
        lines.push(line.trimEnd());
        line = piece.trimStart();
      } else {
        line += piece;
      }
      // A single word wider than the line is cut where it must be.
      while (emWidth(line.trimEnd()) > width && !CLOSING.test(piece) && [...line].length > 1) {
        const [head, tail] = cut(line, width);
        lines.push(head);
        line = tail;
      }
    }
    if (line.trim() !== '') {
      lines.push(line.trimEnd());
    }
  }
  if (lines.length <= maxLines) {
    return lines;
  }
  const kept = lines.slice(0, maxLines);
  let last = kept[maxLines - 1] ?? '';
  while (last !== '' && emWidth(`${last}…`) > width) {
    last = [...last].slice(0, -1).join('');
  }
  kept[maxLines - 1] = `${last}…`;
  return kept;
}

/** Where lines may break: after a space, and on both sides of a Han character. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let word = '';
  for (const character of text) {
    if (WIDE.test(character)) {
      if (word) {
        found.push(word);
      }
      found.push(character);
      word = '';
    } else {
      word += character;
      if (character === ' ' || character === '-' || character === '/') {
        found.push(word);
        word = '';
      }
    }
  }
  return word ? [...found, word] : found;
}

function cut(line: string, width: number): [string, string] {
  const characters = [...line];
  let count = 1;
  while (count < characters.length && emWidth(characters.slice(0, count + 1).join('')) <= width) {
    count++;
  }
  return [characters.slice(0, count).join(''), characters.slice(count).join('')];
}
