import { LinkSuggestionDto } from '@api/models/link-suggestion-dto';
import { LinkTargetDto } from '@api/models/link-target-dto';
import { NoticeLink } from '@api/models/notice-link';

export function sameLink(a: NoticeLink, b: NoticeLink): boolean {
  return a.programmeId === b.programmeId && a.themeId === b.themeId;
}

/** What a link names, the theme behind its programme; null where it is not there for this office. */
export function linkName(targets: readonly LinkTargetDto[], link: NoticeLink): string | null {
  const programme = targets.find((target) => target.programmeId === link.programmeId);
  const theme = programme?.themes.find((t) => t.themeId === link.themeId);
  if (!programme || (link.themeId && !theme)) {
    return null;
  }
  return theme ? `${programme.title} · ${theme.number} ${theme.title}` : programme.title;
}

/** Suggestions for a theme that are not linked already. */
export function suggestionsFor(
  suggestions: readonly LinkSuggestionDto[],
  themeKey: string,
  links: readonly NoticeLink[],
): LinkSuggestionDto[] {
  return suggestions.filter(
    (suggestion) => suggestion.themeKey === themeKey && !links.some((link) => sameLink(link, suggestion)),
  );
}
