export type DiffKind = 'same' | 'added' | 'removed';

export interface DiffPart {
  readonly kind: DiffKind;
  readonly text: string;
}

/** Beyond this product of lengths the comparison would be felt; then whole lines are compared. */
const FINE_LIMIT = 4_000_000;

/** What was removed and what was added, by Han character and by Latin word. */
export function diffTexts(before: string, after: string): DiffPart[] {
  const fine = [tokens(before), tokens(after)] as const;
  const [old, fresh] =
    fine[0].length * fine[1].length <= FINE_LIMIT ? fine : ([lines(before), lines(after)] as const);
  return merge(compare(old, fresh));
}

function tokens(text: string): string[] {
  return text.match(/[A-Za-z0-9]+|\s+|[^A-Za-z0-9\s]/gu) ?? [];
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compare(old: readonly string[], fresh: readonly string[]): DiffPart[] {
  // Longest common subsequence; equal ends are cut off first, which is most of an ordinary edit.
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < old.length - start &&
    end < fresh.length - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  ) {
    end += 1;
  }
  const a = old.slice(start, old.length - end);
  const b = fresh.slice(start, fresh.length - end);
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const parts: DiffPart[] = old.slice(0, start).map((text) => ({ kind: 'same', text }));
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ kind: 'removed', text: a[i] ?? '' });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: b[j] ?? '' });
      j += 1;
    }
  }
  parts.push(...old.slice(old.length - end).map((text) => ({ kind: 'same' as const, text })));
  return parts;
}

function merge(parts: readonly DiffPart[]): DiffPart[] {
  const merged: DiffPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last?.kind === part.kind) {
      merged[merged.length - 1] = { kind: part.kind, text: last.text + part.text };
    } else {
      merged.push(part);
    }
  }
  return merged;
}
