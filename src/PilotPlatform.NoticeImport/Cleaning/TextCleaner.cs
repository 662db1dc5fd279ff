using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>Brings a text into the one form that every rule reads, in steps that each keep the map to the source.</summary>
internal static class TextCleaner
{
    private const string HanYear = "[一二][〇○零O一二三四五六七八九]{3}年";
    private const string HanMonth = "(?:十[一二]?|[一二三四五六七八九])月";
    private const string HanDay = "(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日";

    private static readonly Regex DocumentNumberAhead = Pattern.Of($@"^{Pattern.Han}{{2,12}} ?[〔\[(] ?\d{{4}} ?[〕\])]");
    private static readonly Regex DocumentNumberBehind = Pattern.Of(@"[〔\[(] ?\d{4} ?[〕\])] ?\d{1,5} ?号$");
    private static readonly Regex HanDate = Pattern.Of($"{HanYear}(?:{HanMonth}(?:{HanDay}|底|末|份|[上中下]旬|前|以前)?|底|末|年底|年末)|{HanMonth}(?:{HanDay}|底|末|[上中下]旬|前|以前)");
    private static readonly Regex HanNumber = Pattern.Of("[〇○零O一二三四五六七八九十]+");
    private static readonly Regex LongWord = Pattern.Of(Pattern.AnyOf(TraditionalTable.LongWords.Select(w => w.From)));

    public static CleanText Clean(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var buffer = Normalise(source);
        buffer = WithoutPinyin(buffer);
        var text = CollectionsMarshal.AsSpan(buffer.Text);
        var isTraditional = TraditionalTable.IsTraditional(text);
        if (isTraditional)
        {
            TraditionalTable.Simplify(text);
        }
        else
        {
            TraditionalTable.SimplifyForeign(text);
        }

        buffer = SpacedTables.WithTabs(buffer);
        buffer = WithoutSpaces(buffer);
        buffer = isTraditional ? WithWords(buffer) : buffer;
        buffer = WithDigitsInDates(buffer);
        buffer = PageMarks.Without(buffer);
        buffer = BrokenRows.Joined(buffer);
        buffer = WithPagesJoined(buffer);
        return new CleanText(source, new string([.. buffer.Text]), [.. buffer.From], [.. buffer.To], [.. buffer.Gap]);
    }

    /// <summary>NFKC character by character; line ends to \n; what has no width goes.</summary>
    private static CleaningBuffer Normalise(string source)
    {
        var result = new CleaningBuffer(source.Length);
        for (var i = 0; i < source.Length;)
        {
            var length = char.IsHighSurrogate(source[i]) && i + 1 < source.Length && char.IsLowSurrogate(source[i + 1]) ? 2 : 1;
            var c = source[i];
            if (c == '\r')
            {
                if (i + 1 >= source.Length || source[i + 1] != '\n')
                {
                    result.Add('\n', i, i + 1);
                }
            }
            else if (c is '\n' or '\u2028' or '\u2029' or '\f' or '\v')
            {
                result.Add('\n', i, i + 1);
            }
            else if (c is '\t' or '|' or '\uff5c')
            {
                result.Add('\t', i, i + 1);
            }
            else if (length == 1 && char.IsSurrogate(c))
            {
                result.Add('\ufffd', i, i + 1);
            }
            else if (c is >= '\u2460' and <= '\u2473')
            {
                // A circled number would become a bare digit and run into the text behind it.
                foreach (var d in $"({(c - '\u2460' + 1).ToString(CultureInfo.InvariantCulture)})")
                {
                    result.Add(d, i, i + 1);
                }
            }
            else if (c < 0x80 && c >= ' ' || c is >= '\u4e00' and <= '\u9fff')
            {
                result.Add(c, i, i + 1);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(source, i) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                foreach (var n in source.Substring(i, length).Normalize(NormalizationForm.FormKC))
                {
                    result.Add(n, i, i + length);
                }
            }

            i += length;
        }

        return result;
    }

    /// <summary>
    /// 經(jīng)濟 is read as 經濟. Only syllables with a tone mark count, unless the text has many of those: then the
    /// unmarked ones (的(de)) are pinyin too.
    /// </summary>
    private static CleaningBuffer WithoutPinyin(CleaningBuffer buffer)
    {
        var text = buffer.Text;
        var toned = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            if (pass == 1 && toned == 0)
            {
                return buffer;
            }

            var result = new CleaningBuffer(text.Count);
            for (var i = 0; i < text.Count; i++)
            {
                if (text[i] == '(' && PinyinEnd(text, i, out var hasTone) is { } end)
                {
                    if (pass == 0)
                    {
                        toned += hasTone ? 1 : 0;
                    }
                    else if (hasTone || toned >= 5)
                    {
                        // ?F(xiàn): the broken byte before a reading stands for a character that is gone.
                        i = end;
                        continue;
                    }
                }

                if (pass == 1)
                {
                    result.Take(buffer, i);
                }
            }

            if (pass == 1)
            {
                return result;
            }
        }

        return buffer;
    }

    private static int? PinyinEnd(List<char> text, int open, out bool hasTone)
    {
        hasTone = false;
        var i = open + 1;
        for (; i < text.Count && i <= open + 7; i++)
        {
            var c = text[i];
            if (c == ')')
            {
                return i > open + 1 ? i : null;
            }

            if (c is >= 'a' and <= 'z')
            {
                continue;
            }

            if ("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ".Contains(c, StringComparison.Ordinal))
            {
                hasTone |= c != 'ü';
                continue;
            }

            return null;
        }

        return null;
    }

    /// <summary>
    /// Spaces go, but for one between two Latin words. A run of them after the end of a sentence, or a long run that
    /// pushes a signature to the right, is a line break that the site has lost.
    /// </summary>
    private static CleaningBuffer WithoutSpaces(CleaningBuffer buffer)
    {
        var text = buffer.Text;
        var result = new CleaningBuffer(text.Count);
        var lineStart = 0;
        for (var i = 0; i < text.Count;)
        {
            if (text[i] != ' ')
            {
                result.Take(buffer, i);
                lineStart = text[i] == '\n' ? result.Text.Count : lineStart;
                i++;
                continue;
            }

            var end = i;
            while (end < text.Count && text[end] == ' ')
            {
                end++;
            }

            var before = result.Text.Count == 0 ? '\n' : result.Text[^1];
            var after = end == text.Count ? '\n' : text[end];
            if (before is not ('\n' or '\t') && after is not ('\n' or '\t'))
            {
                // Two spaces inside a short line part a label (标  题) or two names; after a long one, paragraphs.
                const int shortLine = 12;
                var run = end - i;
                var sentenceEnds = "。;:!?)》”".Contains(before, StringComparison.Ordinal);
                if ((run >= 2 && (sentenceEnds || result.Text.Count - lineStart > shortLine || (!char.IsAsciiDigit(before) && IsNumberAt(text, end)) || IsLabelAt(text, end) || IsLabelAt(result.Text, lineStart) || IsDocumentNumberAt(text, i, end))) || run >= 6)
                {
                    lineStart = result.Text.Count + 1;
                    result.Add('\n', buffer.From[i], buffer.To[end - 1]);
                }
                else if ((IsLabelAt(text, end) && IsLabelAt(result.Text, lineStart)) || IsHeadingBefore(result.Text) && IsFirstNumberAt(text, end))
                {
                    // 牵头单位:甲 完成时限:乙: one label behind the other on a line; 一、任务 1.…: a heading and its first item.
                    lineStart = result.Text.Count + 1;
                    result.Add('\n', buffer.From[i], buffer.To[end - 1]);
                }
                else if (char.IsAsciiLetter(before) && char.IsAsciiLetter(after))
                {
                    result.Take(buffer, i);
                }
                else
                {
                    result.GapNext();
                }
            }

            i = end;
        }

        return result;
    }

    /// <summary>Whether an item's number stands here: what spaces set apart from it is a line of its own (二、任务  (三)…).</summary>
    private static bool IsNumberAt(List<char> text, int index) =>
        Blocks.Numbering.At(Ahead(text, index), 0) is not null;

    /// <summary>1.; a bracketed (一) is found within its line.</summary>
    private static bool IsFirstNumberAt(List<char> text, int index) => Blocks.Numbering.At(Ahead(text, index), 0) is { Value: 1, Style: Blocks.NumberStyle.Digit };

    /// <summary>Whether the text ends with a short numbered heading that no sentence has ended yet (…如下:一、试点任务).</summary>
    private static bool IsHeadingBefore(List<char> text)
    {
        const int longest = 16;
        var start = text.Count;
        while (start > 0 && text.Count - start <= longest && !"。:;\n\t".Contains(text[start - 1], StringComparison.Ordinal))
        {
            start--;
        }

        return text.Count - start is >= 4 and <= longest && Blocks.Numbering.At(CollectionsMarshal.AsSpan(text)[start..], 0) is { Style: Blocks.NumberStyle.Han or Blocks.NumberStyle.HanInBrackets };
    }

    /// <summary>责任单位: and the like are lines of their own too.</summary>
    private static bool IsLabelAt(List<char> text, int index)
    {
        if (index >= text.Count)
        {
            return false;
        }

        var ahead = Ahead(text, index);
        var colon = ahead.IndexOf(':', StringComparison.Ordinal);
        if (colon < 2)
        {
            return false;
        }

        return IsLabel(ahead[..colon]);
    }

    /// <summary>The next few characters without spaces.</summary>
    private static string Ahead(List<char> text, int index)
    {
        Span<char> ahead = stackalloc char[12];
        var length = 0;
        for (var i = index; i < text.Count && length < ahead.Length && text[i] is not ('\n' or '\t') && i < index + 40; i++)
        {
            if (text[i] != ' ')
            {
                ahead[length++] = text[i];
            }
        }

        return ahead[..length].ToString();
    }

    /// <summary>A document number stands here, or right before: red head, number and title are lines of their own.</summary>
    private static bool IsDocumentNumberAt(List<char> text, int start, int end) =>
        DocumentNumberAhead.IsMatch(CollectionsMarshal.AsSpan(text)[end..Math.Min(text.Count, end + 24)])
        || DocumentNumberBehind.IsMatch(CollectionsMarshal.AsSpan(text)[Math.Max(0, start - 16)..start]);

    /// <summary>Taiwan's wording whose counterpart is longer or shorter (最佳化, 优化); the others are changed in place.</summary>
    private static CleaningBuffer WithWords(CleaningBuffer buffer)
    {
        var text = new string(CollectionsMarshal.AsSpan(buffer.Text));
        return TraditionalTable.LongWords.Any(w => text.Contains(w.From, StringComparison.Ordinal))
            ? Replaced(buffer, LongWord.Matches(text), m => TraditionalTable.LongWords.First(w => w.From == m.Value).To)
            : buffer;
    }

    /// <summary>二〇二二年四月十八日 is 2022年4月18日, 九月底前 is 9月底前. A year in a title (二〇二三年工作要点) stays as it is.</summary>
    private static CleaningBuffer WithDigitsInDates(CleaningBuffer buffer)
    {
        var text = new string(CollectionsMarshal.AsSpan(buffer.Text));
        return Replaced(buffer, HanDate.Matches(text), m => HanNumber.Replace(m.Value, n => HanDigits(n.Value)));
    }

    private static string HanDigits(string number)
    {
        const string digits = "〇一二三四五六七八九";
        var plain = number.Replace('零', '〇').Replace('○', '〇').Replace('O', '〇');
        return number.Length == 4 && !plain.Contains('十', StringComparison.Ordinal)
            ? string.Concat(plain.Select(c => digits.IndexOf(c, StringComparison.Ordinal)))
            : Blocks.Numbering.Parse(plain)?.ToString(CultureInfo.InvariantCulture) ?? number;
    }

    /// <summary>Replaces matches; each character put in comes from the whole of what it replaces.</summary>
    private static CleaningBuffer Replaced(CleaningBuffer buffer, MatchCollection matches, Func<Match, string> replacement)
    {
        if (matches.Count == 0)
        {
            return buffer;
        }

        var result = new CleaningBuffer(buffer.Text.Count);
        var next = 0;
        foreach (Match match in matches)
        {
            while (next < match.Index)
            {
                result.Take(buffer, next++);
            }

            next = match.Index + match.Length;
            foreach (var c in replacement(match))
            {
                result.Add(c, buffer.From[match.Index], buffer.To[next - 1]);
            }
        }

        while (next < buffer.Text.Count)
        {
            result.Take(buffer, next++);
        }

        return result;
    }

    /// <summary>Joins a sentence that a page break has cut in two.</summary>
    private static CleaningBuffer WithPagesJoined(CleaningBuffer buffer)
    {
        const int fullLine = 25;
        var text = new string(CollectionsMarshal.AsSpan(buffer.Text));
        var result = new CleaningBuffer(text.Length);
        var lineStart = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\n')
            {
                result.Take(buffer, i);
                continue;
            }

            var next = i;
            while (next < text.Length && text[next] == '\n')
            {
                next++;
            }

            var line = text.AsSpan(lineStart, i - lineStart);
            var nextEnd = next < text.Length ? text.IndexOf('\n', next) : -1;
            var following = next < text.Length ? text.AsSpan(next, (nextEnd < 0 ? text.Length : nextEnd) - next) : [];
            if ((line.Length >= fullLine && IsCutOff(line) && Continues(following)) || IsBracketCut(line, following) || IsLabelCut(line, following))
            {
                lineStart = next;
            }
            else
            {
                for (var j = i; j < next; j++)
                {
                    result.Take(buffer, j);
                }

                lineStart = next;
            }

            i = next - 1;
        }

        return result;
    }

    /// <summary>(市司法局、市公安\n局负责): a remark that a line's end has cut in two.</summary>
    private static bool IsBracketCut(ReadOnlySpan<char> line, ReadOnlySpan<char> following)
    {
        const int longest = 80;
        var tail = line[Math.Max(0, line.Length - longest)..];
        var ahead = following[..Math.Min(following.Length, longest)];
        var close = ahead.IndexOf(')');
        return tail.LastIndexOf('(') > tail.LastIndexOf(')') && tail.LastIndexOf('(') < tail.Length - 1 && close >= 0
            && !ahead[..close].ContainsAny("(:。") && !line.Contains('\t') && !following.Contains('\t') && Blocks.Numbering.At(ahead, 0) is null;
    }

    /// <summary>…;完成时\n限:6月底: a label that a line's end has cut in two.</summary>
    private static bool IsLabelCut(ReadOnlySpan<char> line, ReadOnlySpan<char> following)
    {
        const int longest = 10;
        var colon = following[..Math.Min(following.Length, longest)].IndexOf(':');
        var start = line.LastIndexOfAny("(;,。:") + 1;
        return colon > 0 && start > 0 && line.Length - start is > 0 and < longest && !line.Contains('\t')
            && IsLabel(string.Concat(line[start..], following[..colon])) && !IsLabel(following[..colon].ToString());
    }

    private static bool IsLabel(string text) =>
        RuleLists.RegionLabels.Contains(text) || RuleLists.DueLabels.Contains(text)
        || Themes.TableColumns.KindOf(text) is Themes.TableColumn.Lead or Themes.TableColumn.Assisting;

    private static bool IsCutOff(ReadOnlySpan<char> line) =>
        !line.Contains('\t')
        && (line[^1] is >= '\u4e00' and <= '\u9fff' || line[^1] is ',' or '、')
        && !EndsAsTitle(line)
        && !IsMetadata(line);

    /// <summary>发布时间:…分享到:微信: what a page says about a text is no sentence of it.</summary>
    private static bool IsMetadata(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        return colon is >= 2 and <= 8 && line[..colon].ToString() is var label && (RuleLists.MetadataOther.Contains(label) || RuleLists.MetadataIssueDate.Contains(label) || RuleLists.MetadataNumber.Contains(label));
    }

    private static bool EndsAsTitle(ReadOnlySpan<char> line)
    {
        return Ends(line, RuleLists.TitleEndings)
            || (line.IndexOf("关于", StringComparison.Ordinal) >= 0 && Ends(line, RuleLists.OtherTitleEndings));

        static bool Ends(ReadOnlySpan<char> line, IReadOnlyList<string> endings)
        {
            foreach (var ending in endings)
            {
                if (line.EndsWith(ending))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static bool Continues(ReadOnlySpan<char> line) =>
        line.Length > 0
        && line[0] is >= '\u4e00' and <= '\u9fff'
        && !line.Contains('\t')
        && line.IndexOfAny("。,;") >= 0
        && line[^1] != ':'
        && Blocks.Numbering.At(line, 0) is null
        && !StartsWithLabel(line);

    private static bool StartsWithLabel(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        return colon is > 0 and <= 8;
    }
}
