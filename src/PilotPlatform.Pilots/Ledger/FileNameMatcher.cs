namespace PilotPlatform.Pilots.Ledger;

/// <summary>Why a file's name leads to no slot.</summary>
internal enum FileMatchProblem
{
    /// <summary>The name begins with no number.</summary>
    NoNumber,

    /// <summary>No item has that number.</summary>
    UnknownNumber,

    /// <summary>Several items have that number.</summary>
    SeveralItems,

    /// <summary>No artefact follows the number.</summary>
    UnknownArtefact,

    /// <summary>What follows the number may mean several artefacts.</summary>
    SeveralArtefacts,

    /// <summary>The slot is handed in, confirmed or closed.</summary>
    SlotNotOpen,
}

internal sealed record MatchItem(Guid Id, int Order, string Number);

internal sealed record MatchArtefact(string Key, string Name);

internal sealed record NameMatch(Guid? ItemId, string? ArtefactKey, FileMatchProblem? Problem);

/// <summary>
/// Reads names such as “12-一案-承接方案.docx”, “012 一课.pdf” or “（十二）一单.xlsx”: the item's number first, then what the artefact is
/// called. Says why where it cannot tell, and never guesses between two.
/// </summary>
internal sealed class FileNameMatcher
{
    private const string Between = "-—–_－＿.．·、,，:： ()（）[]【】#＃第号項项条";
    private readonly ILookup<string, Guid> byNumber;
    private readonly int longestNumber;
    private readonly List<(string Word, string Key)> words;

    public FileNameMatcher(IReadOnlyCollection<MatchItem> items, IReadOnlyCollection<MatchArtefact> artefacts)
    {
        var numbered = items.Select(i => (Number: NumberOf(i.Number), i.Id)).Where(i => i.Number.Length > 0).ToList();
        if (numbered.Count == 0)
        {
            // A list without numbers is counted by its places.
            numbered = [.. items.Select(i => (Number: i.Order.ToString(System.Globalization.CultureInfo.InvariantCulture), i.Id))];
        }

        byNumber = numbered.ToLookup(n => n.Number, n => n.Id, StringComparer.Ordinal);
        longestNumber = numbered.Count == 0 ? 0 : numbered.Max(n => n.Number.Length);
        words = [.. artefacts.SelectMany(a => ArtefactNames.CalledBy(a.Key, a.Name).Select(w => (w, a.Key))).OrderByDescending(w => w.w.Length)];
    }

    public NameMatch Match(string fileName)
    {
        var stem = ArtefactNames.Fold(WithoutExtension(fileName)).TrimStart(Between.ToCharArray());
        if (ArtefactsAtTheStartOf(stem).Count > 0)
        {
            // 一单.xlsx is not the first item.
            return new NameMatch(null, null, FileMatchProblem.NoNumber);
        }

        var known = false;
        var seen = stem.Length > 0 && char.IsAsciiDigit(stem[0]);
        // The longest number first: 1-2 before 1. A shorter one counts only where the artefact follows it at once.
        foreach (var (number, rest) in NumbersAtTheStartOf(stem))
        {
            seen = true;
            var found = byNumber[number].Distinct().ToList();
            if (found.Count == 0)
            {
                continue;
            }

            known = true;
            if (found.Count > 1)
            {
                return new NameMatch(null, null, FileMatchProblem.SeveralItems);
            }

            var keys = ArtefactsAtTheStartOf(rest);
            if (keys.Count == 1)
            {
                return new NameMatch(found[0], keys[0], null);
            }

            if (keys.Count > 1)
            {
                return new NameMatch(found[0], null, FileMatchProblem.SeveralArtefacts);
            }
        }

        var problem = known ? FileMatchProblem.UnknownArtefact : seen ? FileMatchProblem.UnknownNumber : FileMatchProblem.NoNumber;
        return new NameMatch(null, null, problem);
    }

    private IEnumerable<(string Number, string Tail)> NumbersAtTheStartOf(string stem)
    {
        var longest = Math.Min(stem.Length, longestNumber + 8);
        for (var length = longest; length > 0; length--)
        {
            // Never cut a run of digits, letters or Chinese numerals in two.
            if (length < stem.Length && SameRun(stem[length - 1], stem[length]))
            {
                continue;
            }

            var number = NumberOf(stem[..length]);
            if (number.Length > 0 && (byNumber.Contains(number) || number.All(char.IsAsciiDigit)))
            {
                yield return (number, stem[length..].TrimStart(Between.ToCharArray()));
            }
        }
    }

    private List<string> ArtefactsAtTheStartOf(string rest)
    {
        var longest = words.Find(w => rest.StartsWith(w.Word, StringComparison.Ordinal)).Word;
        return longest is null ? [] : [.. words.Where(w => w.Word == longest).Select(w => w.Key).Distinct()];
    }

    /// <summary>One form for 012, （12）, 12、 and 十二; empty where there is neither digit, letter nor Chinese numeral.</summary>
    internal static string NumberOf(string text)
    {
        var trimmed = ArtefactNames.Fold(text).Trim(Between.ToCharArray());
        var chinese = ChineseNumber(trimmed);
        if (chinese is not null)
        {
            return chinese;
        }

        return trimmed.Any(char.IsAsciiDigit) && trimmed.All(c => c < 128)
            ? string.Join('-', trimmed.Split(['-', '.', '_'], StringSplitOptions.RemoveEmptyEntries).Select(p => p.TrimStart('0') is { Length: > 0 } rest ? rest : "0"))
            : "";
    }

    private static string? ChineseNumber(string text)
    {
        const string Digits = "零一二三四五六七八九";
        if (text.Length is 0 or > 5 || !text.All(c => Digits.Contains(c, StringComparison.Ordinal) || c is '十' or '百'))
        {
            return null;
        }

        var (total, digit) = (0, 0);
        foreach (var c in text)
        {
            switch (c)
            {
                case '百':
                    total += (digit == 0 ? 1 : digit) * 100;
                    digit = 0;
                    break;
                case '十':
                    total += (digit == 0 ? 1 : digit) * 10;
                    digit = 0;
                    break;
                default:
                    if (digit != 0)
                    {
                        return null;
                    }

                    digit = Digits.IndexOf(c, StringComparison.Ordinal);
                    break;
            }
        }

        return (total + digit).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    // Chinese numerals run on too, but 十二一单 must still be read as 十二 and 一单: the artefact decides there.
    private static bool SameRun(char a, char b) => (char.IsAsciiDigit(a) && char.IsAsciiDigit(b)) || (char.IsAsciiLetter(a) && char.IsAsciiLetter(b));

    private static string WithoutExtension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }
}
