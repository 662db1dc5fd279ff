import { LoopSettings } from './settings';

/** How several people decide: 全部办理、任一人、达到比例、一票否决, or an expression of one's own. */
export type SigningMode = 'all' | 'any' | 'share' | 'veto' | 'custom';
export const SIGNING_MODES: readonly SigningMode[] = ['all', 'any', 'share', 'veto', 'custom'];

export interface Signing {
  readonly mode: SigningMode;
  /** For `share`: how many of a hundred must agree. */
  readonly percent: number;
  /** For `share` the answer that counts, for `veto` the one that ends it. */
  readonly answer: string;
}

const ANY = /^nrOfCompletedInstances\s*>=\s*1$/;
const SHARE =
  /^countOf\(\s*(\w+)\s*,\s*"([^"]*)"\s*\)\s*\*\s*100\s*>=\s*nrOfInstances\s*\*\s*(\d+(?:\.\d+)?)$/;
const VETO = /^countOf\(\s*(\w+)\s*,\s*"([^"]*)"\s*\)\s*>=\s*1$/;

/** Which of the usual ways a loop's completion condition stands for. */
export function signingOf(loop: LoopSettings): Signing {
  const condition = loop.completion;
  if (condition === '') {
    return { mode: 'all', percent: 100, answer: '' };
  }
  if (ANY.test(condition)) {
    return { mode: 'any', percent: 0, answer: '' };
  }
  const share = SHARE.exec(condition);
  if (share && share[1] === loop.outputCollection) {
    return { mode: 'share', percent: Number(share[3]), answer: share[2] ?? '' };
  }
  const veto = VETO.exec(condition);
  if (veto && veto[1] === loop.outputCollection) {
    return { mode: 'veto', percent: 0, answer: veto[2] ?? '' };
  }
  return { mode: 'custom', percent: 0, answer: '' };
}

/** The completion condition of a way of deciding; what is written by hand stays as it is. */
export function completionOf(signing: Signing, loop: LoopSettings): string {
  const votes = loop.outputCollection;
  // A quotation mark would end the text: no option's value needs one.
  const answer = signing.answer.replaceAll('"', '');
  switch (signing.mode) {
    case 'all':
      return '';
    case 'any':
      return 'nrOfCompletedInstances >= 1';
    case 'share':
      return `countOf(${votes}, "${answer}") * 100 >= nrOfInstances * ${signing.percent}`;
    case 'veto':
      return `countOf(${votes}, "${answer}") >= 1`;
    case 'custom':
      return loop.completion;
  }
}
