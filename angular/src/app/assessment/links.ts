/** The most web addresses that one indicator takes; the server's rule. */
export const MAX_LINKS = 5;

const MAX_LENGTH = 500;

/** Web addresses as typed, one a line. */
export function linksOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What the server would refuse, or null: an address that is none, or one too many. */
export function wrongLink(text: string): string | null {
  const links = linksOf(text);
  return links.find((link) => !isWebAddress(link)) ?? links[MAX_LINKS] ?? null;
}

/** Assessors open it with one click: nothing but the web's two schemes. */
export function isWebAddress(link: string): boolean {
  if (link.length > MAX_LENGTH || !URL.canParse(link)) {
    return false;
  }
  return ['http:', 'https:'].includes(new URL(link).protocol);
}
