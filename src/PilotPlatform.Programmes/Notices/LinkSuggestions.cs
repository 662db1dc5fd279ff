using System.Text.RegularExpressions;

namespace PilotPlatform.Programmes.Notices;

/// <summary>Why a theme and a programme seem to belong together, the surest first.</summary>
internal enum LinkReason
{
    /// <summary>The theme cites the programme's document number.</summary>
    CitedNumber,

    /// <summary>The theme cites the programme's title.</summary>
    CitedTitle,

    /// <summary>Both carry a name in quotation marks: “市县同权”.</summary>
    SharedName,

    /// <summary>What the theme is about stands in the other title.</summary>
    SharedSubject,

    /// <summary>The titles are much alike.</summary>
    LikeTitle,
}

/// <summary>A link that a person may confirm.</summary>
/// <param name="ThemeKey">The draft's theme.</param>
/// <param name="ProgrammeId">The programme.</param>
/// <param name="ThemeId">The programme's theme; null for the programme as a whole.</param>
/// <param name="Reason">Why it is suggested.</param>
/// <param name="Words">The words that both share.</param>
internal sealed record LinkSuggestionDto(string ThemeKey, Guid ProgrammeId, Guid? ThemeId, LinkReason Reason, string Words);

/// <summary>
/// Finds programmes and themes that a theme may have to do with: by document numbers and titles that it cites, and by likeness of
/// titles. Nothing is linked by it: a person confirms.
/// </summary>
internal static partial class LinkSuggestions
{
    private const int MostOfATheme = 3;
    private const int LeastSubject = 4;
    private const double Alike = 0.6;

    // Words that say nothing of what a title is about; what is left between them does.
    private static readonly string[] Usual =
    [
        "相关工作", "工作方案", "实施方案", "行动方案", "行动计划", "工作要点", "文字解读", "政策解读", "有关事项", "改革试点", "试点工作", "体制改革", "机制改革", "关于印发", "关于",
        "全面", "深化", "推进", "推动", "加快", "加强", "强化", "完善", "优化", "健全", "建立", "落实", "启动", "探索", "开展", "实施", "打造", "推行", "拓展", "提升", "升级", "规范", "创新",
        "改革", "试点", "通知", "方案", "工作", "建设", "的",
    ];

    public static IReadOnlyList<LinkSuggestionDto> For(IReadOnlyList<NoticeTheme> themes, IReadOnlyList<LinkTargetDto> targets) =>
        [.. themes.SelectMany(t => ForTheme(t, targets))];

    private static IEnumerable<LinkSuggestionDto> ForTheme(NoticeTheme theme, IReadOnlyList<LinkTargetDto> targets)
    {
        var text = Plain(theme.Title + theme.Description);
        var names = Names(theme.Title);
        var subject = Subject(theme.Title);
        return targets.Select(t => Of(theme, text, names, subject, t)).OfType<LinkSuggestionDto>()
            .Where(s => theme.Facts?.Links.Contains(new NoticeLink(s.ProgrammeId, s.ThemeId)) != true)
            .OrderBy(s => s.Reason).ThenBy(s => s.ThemeId is not null).Take(MostOfATheme);
    }

    /// <summary>The programme as a whole where its title says so, else the theme of it that is most alike.</summary>
    private static LinkSuggestionDto? Of(NoticeTheme theme, string text, IReadOnlyList<string> names, string subject, LinkTargetDto target)
    {
        if (target.DocumentNumber is { Length: > 0 } number && text.Contains(Plain(number), StringComparison.Ordinal))
        {
            return new(theme.Key, target.ProgrammeId, null, LinkReason.CitedNumber, number);
        }

        if (target.Title.Length >= LeastSubject && text.Contains($"《{Plain(target.Title)}》", StringComparison.Ordinal))
        {
            return new(theme.Key, target.ProgrammeId, null, LinkReason.CitedTitle, target.Title);
        }

        return ByTitle(target.Title, null) ?? target.Themes.Select(t => ByTitle(t.Title, t.ThemeId)).OfType<LinkSuggestionDto>().OrderBy(s => s.Reason).FirstOrDefault();

        LinkSuggestionDto? ByTitle(string title, Guid? themeId)
        {
            var plain = Plain(title);
            if (names.FirstOrDefault(n => plain.Contains(n, StringComparison.Ordinal)) is { } name)
            {
                return new(theme.Key, target.ProgrammeId, themeId, LinkReason.SharedName, name);
            }

            if (subject.Length >= LeastSubject && plain.Contains(subject, StringComparison.Ordinal))
            {
                return new(theme.Key, target.ProgrammeId, themeId, LinkReason.SharedSubject, subject);
            }

            return Likeness.Of(Plain(theme.Title), plain) >= Alike ? new(theme.Key, target.ProgrammeId, themeId, LinkReason.LikeTitle, title) : null;
        }
    }

    /// <summary>Names in quotation marks that are long enough to mean one thing.</summary>
    private static IReadOnlyList<string> Names(string title) =>
        [.. Quoted().Matches(title).Select(m => m.Groups["name"].Value).Where(n => n.Length >= LeastSubject).Distinct()];

    /// <summary>深化相对集中行政许可权改革 → 相对集中行政许可权: the title without usual words before and behind.</summary>
    private static string Subject(string title)
    {
        var subject = Plain(title);
        for (var again = true; again;)
        {
            again = false;
            foreach (var word in Usual)
            {
                if (subject.Length > word.Length && subject.StartsWith(word, StringComparison.Ordinal))
                {
                    (subject, again) = (subject[word.Length..], true);
                }
                else if (subject.Length > word.Length && subject.EndsWith(word, StringComparison.Ordinal))
                {
                    (subject, again) = (subject[..^word.Length], true);
                }
            }
        }

        return subject;
    }

    /// <summary>Brackets, digits and letters in one form, and no spaces or quotation marks: 〔2020〕 is [2020].</summary>
    private static string Plain(string text) => string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC)
        .Where(c => !char.IsWhiteSpace(c) && c is not ('“' or '”' or '"'))
        .Select(c => c switch { '〔' or '【' => '[', '〕' or '】' => ']', _ => c }));

    [GeneratedRegex("[“\"](?<name>[^“”\"]{2,20})[”\"]", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
