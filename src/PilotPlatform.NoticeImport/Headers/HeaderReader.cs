using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Rules;
using PilotPlatform.Regions;

namespace PilotPlatform.NoticeImport.Headers;

/// <summary>
/// Reads title, issuer, number, date and kind. The addressee line (各设区市政务办:) is the anchor: what stands above it
/// is the head, whatever navigation a page adds before or after.
/// </summary>
internal static class HeaderReader
{
    private const int LongestTitle = 120;

    private static readonly Regex Number = Pattern.Of(
        $@"(?<number>(?<code>{Pattern.Han}{{2,12}}(?:\({Pattern.Han}{{1,6}}\))?)[〔\[【(](?<year>\d{{4}})[〕\]】)](?:第)?(?<serial>\d{{1,5}})号)");

    /// <summary>财政部公告2023年第19号: announcements and orders count by the year.</summary>
    private static readonly Regex YearNumber = Pattern.Of($@"^{Pattern.Han}{{2,30}}(?:公告|通告|令)(?:\({{0,1}}\d{{4}}年\){{0,1}})?第\d{{1,4}}号$");

    private static readonly Regex NumberWithoutBrackets = Pattern.Of(@"〔\d{3,8}号|〔\d{4}\d+[〕)]?号|[\u3400-\u9fff]{1,3}(?:字|办发|函)\d{5,8}号?");
    private static readonly Regex Addressee = Pattern.Of($@"^(?:各|有关|省|市|县|区|机关|{Pattern.Han}{{2,12}}(?:省|市|县|区))[^。;:]{{1,160}}:$");
    private static readonly Regex AddresseeStart = Pattern.Of(@"各[^。;:]{2,160}:");
    private static readonly Regex DateLine = Pattern.Of(@"^(?:\d{4}年\d{1,2}月\d{1,2}日(?<printed>印发)?(?:\([^()]{0,30}\))?|(?<short>\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}))$");
    private static readonly Regex Issued = Pattern.Of(
        $@"(?<date>\d{{4}}年\d{{1,2}}月\d{{1,2}}日),?(?<issuer>{Pattern.Han}{{2,30}}?)(?:正式)?(?:印发|发布|出台|制定)(?:了|实施)?《(?<title>[^》]{{4,80}})》");

    private static readonly Regex InterpretedNumber = Pattern.Of(
        $@"(?:印发|发布|出台|制定)(?:了|实施)?《[^《》]{{4,80}}》\((?:以下简称[^()]{{2,30}},)?(?<number>{Pattern.Han}{{2,12}}〔\d{{4}}〕\d{{1,5}}号)[),]");

    // 市政府办公室于…印发了《方案》; 近日,市政府办公室印发《方案》(…): the other orders of the same statement.
    private static readonly Regex IssuedOn = Pattern.Of(
        $@"(?:^|[,。;\n])(?<issuer>{Pattern.Han}{{2,30}}?)(?:于(?<date>\d{{4}}年\d{{1,2}}月\d{{1,2}}日))?(?:正式|联合)?(?:印发|发布|出台)(?:了|实施)?《(?<title>[^》]{{4,80}})》");

    private static readonly Regex Published = Pattern.Of("^(?:信息|文章|稿件|新闻)?(?:来源|发布时间|发布日期|发布人|作者|时间|日期):");
    /// <summary>〔2022)15号: a bracket that was read wrongly; a pair that is only unusual ([2022]) stays as written.</summary>
    private static readonly Regex MixedBrackets = Pattern.Of(@"〔(?<year>\d{4})[\]】)]|[\[【(](?<year>\d{4})〕");

    private static readonly Regex Several = Pattern.Of("等(?:\\d{1,2}|[一二三四五六七八九十]{1,2})?(?:个)?(?:部门|单位|部委|厅局)$");
    private static readonly Regex Interpretation = Pattern.Of(@"^【(?:政策|文字|图文|图解|专家|部门)?解读】|《[^》]{4,100}》?[^。\n]{0,10}解读|政策解读$|(?:做|作|进行)如下解读");

    public static Header Read(CleanText clean, BlockTree tree)
    {
        var lines = tree.Lines;
        var metadata = Metadata(clean, lines);
        var anchor = Anchor(clean, lines);
        var announcement = AnnouncementHead.Read(clean, lines);
        var title = Title(clean, lines, metadata, anchor) ?? announcement?.Title;
        var number = OwnNumber(clean, lines, metadata, anchor) ?? announcement?.Number;
        var (issuer, date) = Signature(clean, lines, anchor);
        var imprint = Imprint(clean, lines);
        issuer ??= RedHead(clean, lines, anchor) ?? metadata.Issuer ?? IssuerInTitle(title) ?? imprint?.Issuer;
        date ??= metadata.Date ?? imprint?.Date;

        issuer = issuer is { } signed && (signed.Value == metadata.Issuer?.Value || (title?.Value.StartsWith(signed.Value, StringComparison.Ordinal) ?? false))
            ? signed with { Basis = ConfidenceBasis.Confirmed }
            : issuer;
        date = date is { } day && metadata.Date is { } stated && day.Value == stated.Value ? day with { Basis = ConfidenceBasis.Confirmed } : date;

        title = WithOffices(clean, lines, title, issuer);
        var kind = KindOf(clean, title, anchor, lines);
        if (kind == NoticeKind.Interpretation && (Issued.Match(clean.Text) is { Success: true } first ? first : OfficeIssued(clean)) is { } issued)
        {
            // An interpretation is dated and issued like the notice that it describes.
            var dated = issued.Groups["date"];
            date ??= dated.Success && DateReader.FindFull(clean, new TextRange(dated.Index, dated.Length)) is { } found ? new Found<DateOnly>(found.Date, found.Range) : null;
            var body = issued.Groups["issuer"];
            var name = FullName(body.Value, issued.Groups["title"].Value);
            issuer = new Found<string>(name, new TextRange(body.Index, body.Length)) { Basis = name == body.Value ? ConfidenceBasis.Pattern : ConfidenceBasis.Inferred };
        }

        // …印发了《方案》(宁政办〔2020〕45号): an interpretation is known by the number of what it interprets, which stands behind its name.
        if (kind == NoticeKind.Interpretation && number is null && InterpretedNumber.Match(clean.Text) is { Success: true } cited)
        {
            number = new Found<string>(cited.Groups["number"].Value, new TextRange(cited.Groups["number"].Index, cited.Groups["number"].Length)) { Basis = ConfidenceBasis.Inferred };
        }

        number = number is { } own ? own with { Value = MixedBrackets.Replace(own.Value, "〔${year}〕") } : null;
        var garbled = number is null && NumberWithoutBrackets.Match(clean.Text) is { Success: true } broken
            ? new TextRange(broken.Index, broken.Length)
            : (TextRange?)null;
        return new Header(title, issuer, number, date, kind, garbled);
    }

    /// <summary>甲市数据局2024年3月11日印发: the imprint at the end, where nothing else says who and when.</summary>
    private static (Found<string> Issuer, Found<DateOnly> Date)? Imprint(CleanText clean, IReadOnlyList<Block> lines)
    {
        foreach (var line in lines.TakeLast(5).Where(l => !l.IsRow && l.Range.Length <= 60))
        {
            if (Imprinted.Match(clean.Slice(line.Range)) is { Success: true } match && match.Groups["issuer"] is var issuer && OfficeReader.LooksLikeOffice(issuer.Value)
                && DateReader.FindFull(clean, line.Range) is { } day)
            {
                return (
                    new Found<string>(issuer.Value, new TextRange(line.Range.Start, issuer.Length)) { Basis = ConfidenceBasis.Inferred },
                    new Found<DateOnly>(day.Date, day.Range) { Basis = ConfidenceBasis.Pattern });
            }
        }

        return null;
    }

    private static readonly Regex Imprinted = Pattern.Of($@"^(?<issuer>{Pattern.Han}{{4,30}}?)(?:秘书科|秘书处|综合科)?\d{{4}}年\d{{1,2}}月\d{{1,2}}日印发$");

    private static Match? OfficeIssued(CleanText clean) =>
        IssuedOn.Matches(clean.Text).Take(20).FirstOrDefault(m => OfficeReader.LooksLikeOffice(m.Groups["issuer"].Value));

    /// <summary>
    /// The office above a title that begins with 关于 is part of it, as pages print it; it must be the one that signs, for
    /// a page names its publisher there too.
    /// </summary>
    private static Found<string>? WithOffices(CleanText clean, IReadOnlyList<Block> lines, Found<string>? title, Found<string>? issuer)
    {
        if (title is not { } named || issuer is null || !named.Value.StartsWith("关于", StringComparison.Ordinal))
        {
            return title;
        }

        for (var i = 1; i < lines.Count && lines[i].Range.Start <= named.Range.Start; i++)
        {
            var above = lines[i - 1];
            if (lines[i].Range.Start == named.Range.Start && !above.IsRow && above.Range.Length <= 60 && clean.Slice(above.Range).StartsWith(issuer.Value, StringComparison.Ordinal)
                && OfficeReader.LooksLikeOffice(clean.Text[(above.Range.End - Math.Min(20, above.Range.Length))..above.Range.End]))
            {
                return named with { Value = clean.Slice(above.Range) + named.Value, Range = TextRange.Between(above.Range.Start, named.Range.End) };
            }
        }

        return title;
    }

    private static int Anchor(CleanText clean, IReadOnlyList<Block> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines[i].IsRow && lines[i].Mark is null && Addressee.IsMatch(clean.Slice(lines[i].Range)))
            {
                return i;
            }
        }

        // A run-on text: number, addressee and first paragraph in one line.
        for (var i = 0; i < lines.Count && i < 20; i++)
        {
            var head = clean.Slice(lines[i].Range with { Length = Math.Min(lines[i].Range.Length, 400) });
            if (!lines[i].IsRow && lines[i].Mark is null && AddresseeStart.IsMatch(head) && Number.IsMatch(head))
            {
                return i;
            }
        }

        return -1;
    }

    private static (Found<string>? Title, Found<string>? Number, Found<string>? Issuer, Found<DateOnly>? Date) Metadata(CleanText clean, IReadOnlyList<Block> lines)
    {
        Found<string>? title = null, number = null, issuer = null;
        Found<DateOnly>? date = null;
        foreach (var (label, value) in Pairs(clean, lines.Take(400)))
        {
            var text = clean.Slice(value);
            if (RuleLists.MetadataTitle.Contains(label))
            {
                title ??= text.Length >= 4 ? new Found<string>(text, value) { Basis = ConfidenceBasis.Labelled } : null;
            }
            else if (RuleLists.MetadataNumber.Contains(label))
            {
                number ??= Number.Match(text) is { Success: true } m
                    ? new Found<string>(m.Value, new TextRange(value.Start + m.Index, m.Length)) { Basis = ConfidenceBasis.Labelled }
                    : null;
            }
            else if (RuleLists.MetadataIssuer.Contains(label))
            {
                issuer ??= OfficeReader.LooksLikeOffice(text) ? new Found<string>(text, value) { Basis = ConfidenceBasis.Labelled } : null;
            }
            else if (RuleLists.MetadataIssueDate.Contains(label))
            {
                date ??= DateReader.FindFull(clean, value) is { } found ? new Found<DateOnly>(found.Date, found.Range) { Basis = ConfidenceBasis.Labelled } : null;
            }
        }

        return (title, number ?? NumberAmongLabels(clean, lines), issuer, date);
    }

    /// <summary>索引号:… 发布日期:… 文号:…: the table above a page as one line.</summary>
    private static Found<string>? NumberAmongLabels(CleanText clean, IReadOnlyList<Block> lines)
    {
        foreach (var line in lines.Take(40).Where(l => !l.IsRow && l.Range.Length is > 20 and <= 400))
        {
            var text = clean.Slice(line.Range);
            if (RuleLists.MetadataOther.Any(l => text.Contains(l + ":", StringComparison.Ordinal)) && LabelledNumber.Match(text) is { Success: true } found)
            {
                var value = found.Groups["number"];
                return new Found<string>(value.Value, new TextRange(line.Range.Start + value.Index, value.Length)) { Basis = ConfidenceBasis.Labelled };
            }
        }

        return null;
    }

    private static readonly Regex LabelledNumber = Pattern.Of(
        Pattern.AnyOf(RuleLists.MetadataNumber) + $@":(?<number>{Pattern.Han}{{2,12}}(?:\({Pattern.Han}{{1,6}}\))?[〔\[【(]\d{{4}}[〕\]】)](?:第)?\d{{1,5}}号)");

    /// <summary>Label and value: in neighbouring cells, or on one line with a colon.</summary>
    private static IEnumerable<(string Label, TextRange Value)> Pairs(CleanText clean, IEnumerable<Block> lines)
    {
        foreach (var line in lines)
        {
            var cells = line.IsRow ? line.Cells.Where(c => c.Length > 0).ToList() : [line.Range];
            for (var i = 0; i < cells.Count; i++)
            {
                var text = clean.Slice(cells[i]);
                var colon = text.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0 && colon < text.Length - 1 && IsLabel(text[..colon]))
                {
                    yield return (text[..colon], TextRange.Between(cells[i].Start + colon + 1, cells[i].End));
                }
                else if (i + 1 < cells.Count && IsLabel(text.TrimEnd(':')))
                {
                    yield return (text.TrimEnd(':'), cells[i + 1]);
                    i++;
                }
            }
        }
    }

    private static bool IsLabel(string text) =>
        RuleLists.MetadataTitle.Contains(text)
        || RuleLists.MetadataNumber.Contains(text)
        || RuleLists.MetadataIssuer.Contains(text)
        || RuleLists.MetadataIssueDate.Contains(text)
        || RuleLists.MetadataOther.Contains(text);

    private static Found<string>? Title(
        CleanText clean,
        IReadOnlyList<Block> lines,
        (Found<string>? Title, Found<string>? Number, Found<string>? Issuer, Found<DateOnly>? Date) metadata,
        int anchor)
    {
        if (anchor >= 0 && TitleBeforeNumber(clean, lines[anchor].Range) is { } glued)
        {
            return glued;
        }

        var last = anchor >= 0 ? anchor - 1 : Math.Min(lines.Count, 60) - 1;
        var first = anchor >= 0 ? Math.Max(0, anchor - 8) : 0;
        Found<string>? second = null;
        for (var i = first; i <= last; i++)
        {
            if (TitleBeforeNumber(clean, lines[i].Range) is { } before)
            {
                return before;
            }
        }

        // A long title is set over up to three lines; one that stands on a single line comes first.
        for (var count = 1; count <= 3; count++)
        {
            for (var i = first; i + count - 1 <= last; i++)
            {
                var part = Enumerable.Range(i, count).Select(n => lines[n]).ToList();
                if (part.Any(b => b.IsRow || b.Mark is not null || IsOther(clean, b)))
                {
                    continue;
                }

                var text = string.Concat(part.Select(b => clean.Slice(b.Range)));
                if (IsTitle(text))
                {
                    var found = new Found<string>(text, TextRange.Between(part[0].Range.Start, part[^1].Range.End));
                    if (text.Contains("关于", StringComparison.Ordinal) || anchor < 0)
                    {
                        return metadata.Title is { } named && named.Value == text
                            ? named with { Basis = ConfidenceBasis.Confirmed }
                            : anchor >= 0 ? found with { Basis = ConfidenceBasis.Labelled } : found;
                    }

                    second ??= found;
                }
            }
        }

        return metadata.Title ?? second ?? AbovePublished(clean, lines);
    }

    /// <summary>The title of an article: what stands right above the line that says where it comes from and when it was published.</summary>
    private static Found<string>? AbovePublished(CleanText clean, IReadOnlyList<Block> lines)
    {
        for (var i = 1; i < Math.Min(lines.Count, 40); i++)
        {
            var text = clean.Slice(lines[i - 1].Range with { Length = Math.Min(lines[i - 1].Range.Length, LongestTitle) });
            if (Published.IsMatch(clean.Slice(lines[i].Range with { Length = Math.Min(lines[i].Range.Length, 60) }))
                && !lines[i - 1].IsRow && lines[i - 1].Mark is null && text.Length is >= 8 and <= 60 && !text.AsSpan().ContainsAny("。;:>|"))
            {
                return new Found<string>(text, lines[i - 1].Range);
            }
        }

        return null;
    }

    private static bool IsOther(CleanText clean, Block block)
    {
        var text = clean.Slice(block.Range);
        if (text.StartsWith("上一篇", StringComparison.Ordinal) || text.StartsWith("下一篇", StringComparison.Ordinal))
        {
            return true;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return (colon > 0 && IsLabel(text[..colon])) || text.Contains('>', StringComparison.Ordinal) || Number.IsMatch(text) && text.Length < 40 || DateLine.IsMatch(text);
    }

    private static bool IsTitle(string text)
    {
        if (text.Length is < 8 or > LongestTitle || text.AsSpan().ContainsAny("。;"))
        {
            return false;
        }

        // …行动方案(2022—2024年), …办法(试行): the bracket belongs to the title.
        var open = text[^1] == ')' ? text.LastIndexOf('(') : -1;
        var plain = open > 0 ? text[..open] : text;
        var about = plain.Contains("关于", StringComparison.Ordinal);
        if (PublicTitle.IsMatch(plain))
        {
            return true;
        }

        return RuleLists.TitleEndings.Any(e => plain.EndsWith(e, StringComparison.Ordinal))
            ? about || plain.Contains('《', StringComparison.Ordinal) || TitleNouns.Any(e => plain.EndsWith(e, StringComparison.Ordinal))
            : about && RuleLists.OtherTitleEndings.Any(e => plain.EndsWith(e, StringComparison.Ordinal));
    }

    /// <summary>…项目磋商公告, 对…提案的答复: titles of texts that are no notices have no 关于.</summary>
    private static readonly Regex PublicTitle = Pattern.Of(@"^对[^,:]{4,60}的(?:答复|函复|复函)(?:意见)?$|^[^,:]{8,60}(?:采购|磋商|招标|谈判|中标|成交|竞价|资格预审|更正|招聘|拍卖)[^,:]{0,20}公告$|^【(?:政策|文字|图文|图解|专家|部门)?解读】[^。]{4,}$|^[^,:、《》]{0,24}\d{4}年[^,:《》]{4,40}(?:分工|清单|台账|任务表|分解表|总结|汇报|情况报告)$|^[^,:、《》本该此]{8,60}(?:办法|规定|细则|条例|规则)$");

    /// <summary>What a title may end with though it has no 关于.</summary>
    private static readonly string[] TitleNouns = ["方案", "要点", "解读", "计划"];

    private static Found<string>? TitleBeforeNumber(CleanText clean, TextRange line)
    {
        var head = clean.Slice(line with { Length = Math.Min(line.Length, 300) });
        if (FirstNumber(head) is not { } number || number.Start == 0)
        {
            return null;
        }

        var text = head[..number.Start];
        return IsTitle(text) ? new Found<string>(text, new TextRange(line.Start, text.Length)) : null;
    }

    /// <summary>The number of a line, without title words that run into its organ code (…的通知国办发〔2020〕43号).</summary>
    private static (int Start, string Value)? FirstNumber(string line)
    {
        if (Number.Match(line) is not { Success: true } match)
        {
            return null;
        }

        var code = match.Groups["code"].Value;
        foreach (var ending in RuleLists.TitleEndings)
        {
            var at = code.LastIndexOf(ending, StringComparison.Ordinal);
            if (at >= 0 && at + ending.Length < code.Length - 1)
            {
                return (match.Index + at + ending.Length, match.Value[(at + ending.Length)..]);
            }
        }

        return (match.Index, match.Value);
    }

    /// <summary>A number is the notice's own in its metadata, on a line of its own above the addressee, or behind the title.</summary>
    private static Found<string>? OwnNumber(
        CleanText clean,
        IReadOnlyList<Block> lines,
        (Found<string>? Title, Found<string>? Number, Found<string>? Issuer, Found<DateOnly>? Date) metadata,
        int anchor)
    {
        if (metadata.Number is not null)
        {
            return metadata.Number;
        }

        var last = anchor >= 0 ? anchor : Math.Min(lines.Count, 40) - 1;
        for (var i = Math.Max(0, last - 40); i <= last; i++)
        {
            var line = lines[i].Range;
            var text = clean.Slice(line with { Length = Math.Min(line.Length, 300) });
            if (YearNumber.IsMatch(text))
            {
                return new Found<string>(text, line) { Basis = ConfidenceBasis.Labelled };
            }

            if (FirstNumber(text) is not { } number)
            {
                continue;
            }

            var after = text[(number.Start + number.Value.Length)..];
            var alone = number.Start <= 3 && (after.TrimStart('号').Length == 0 || after is ")" or "】" or "]" || after.StartsWith("签发人", StringComparison.Ordinal));
            if (alone || IsTitle(text[..number.Start]))
            {
                return new Found<string>(number.Value, new TextRange(line.Start + number.Start, number.Value.Length)) { Basis = anchor >= 0 ? ConfidenceBasis.Labelled : ConfidenceBasis.Pattern };
            }
        }

        return null;
    }

    /// <summary>Office over date, after the body; the imprint's date (…印发) where there is no signature.</summary>
    private static (Found<string>? Issuer, Found<DateOnly>? Date) Signature(CleanText clean, IReadOnlyList<Block> lines, int anchor)
    {
        Found<DateOnly>? printed = null;
        Found<DateOnly>? alone = null;
        for (var i = Math.Max(1, anchor + 1); i < lines.Count; i++)
        {
            if (DateLine.Match(clean.Slice(lines[i].Range)) is not { Success: true } match
                || DateReader.FindFull(clean, lines[i].Range) is not { } day)
            {
                continue;
            }

            var date = new Found<DateOnly>(day.Date, day.Range) { Basis = ConfidenceBasis.Labelled };
            if (match.Groups["printed"].Success)
            {
                printed ??= date;
                continue;
            }

            if (Signatory(clean, lines, anchor, i - 1) is { } issuer)
            {
                return (issuer with { Basis = ConfidenceBasis.Labelled }, date);
            }

            // Below an addressee a date on a line of its own dates the notice, though the seal's office is not in the text.
            alone ??= match.Groups["short"].Success ? null : anchor >= 0 || (i >= lines.Count - 3 && i > 3) ? date with { Basis = ConfidenceBasis.Pattern } : null;
        }

        return (null, alone ?? printed);
    }

    /// <summary>The office above the date; of several that sign on lines of their own the first.</summary>
    private static Found<string>? Signatory(CleanText clean, IReadOnlyList<Block> lines, int anchor, int index)
    {
        var issuer = FirstName(clean, lines[index].Range);
        for (var i = index - 1; issuer is not null && i > anchor && !lines[i].IsRow && lines[i].Mark is null; i--)
        {
            if (FirstName(clean, lines[i].Range) is not { } above)
            {
                break;
            }

            issuer = above;
        }

        return issuer;
    }

    /// <summary>Of two offices that sign together the first; they are set apart by spaces only.</summary>
    private static Found<string>? FirstName(CleanText clean, TextRange line)
    {
        if (line.Length is 0 or > 80)
        {
            return null;
        }

        var end = line.End;
        for (var i = line.Start + 1; i < line.End; i++)
        {
            if (clean.GapBefore(i) && OfficeReader.LooksLikeOffice(clean.Text[line.Start..i]))
            {
                end = i;
                break;
            }
        }

        // …办公室(代章): what is written of the seal is no part of the name.
        var open = clean.Text.AsSpan(line.Start, end - line.Start).IndexOf('(');
        end = open > 3 && clean.Text.AsSpan(line.Start + open, end - line.Start - open).Contains('章') ? line.Start + open : end;
        var name = clean.Text[line.Start..end];
        return OfficeReader.LooksLikeOffice(name) || name is "国务院" || OfficeReader.LooksLikeOffice(WithoutQuotation(name)) ? new Found<string>(name, TextRange.Between(line.Start, end)) : null;
    }

    /// <summary>市“数字政府”改革建设领导小组办公室: an office may be named after a programme in quotation marks.</summary>
    private static string WithoutQuotation(string name) => name.Count(c => c == '“') == 1 && name.Count(c => c == '”') == 1 ? string.Concat(name.Where(c => c is not ('“' or '”'))) : "";

    /// <summary>The red head: an office alone on a line, followed by the number.</summary>
    private static Found<string>? RedHead(CleanText clean, IReadOnlyList<Block> lines, int anchor)
    {
        for (var i = 0; i + 1 < lines.Count && i < anchor; i++)
        {
            var text = clean.Slice(lines[i].Range);
            text = text.EndsWith("文件", StringComparison.Ordinal) ? text[..^2] : text;
            if (OfficeReader.LooksLikeOffice(text) && FirstNumber(clean.Slice(lines[i + 1].Range)) is { Start: <= 3 })
            {
                return new Found<string>(text, new TextRange(lines[i].Range.Start, text.Length));
            }
        }

        return null;
    }

    private static Found<string>? IssuerInTitle(Found<string>? title)
    {
        // 教育部等五部门关于…: the first of them.
        var about = title?.Value.IndexOf("关于", StringComparison.Ordinal) ?? -1;
        about = about > 3 && title!.Value[..about] is var acts && (acts.EndsWith("印发", StringComparison.Ordinal) || acts.EndsWith("转发", StringComparison.Ordinal) || acts.EndsWith("批转", StringComparison.Ordinal)) ? about - 2 : about;
        var several = about > 1 ? Several.Match(title!.Value[..about]) : Match.Empty;
        var at = several.Success ? several.Index : about;
        return at > 1 && OfficeReader.LooksLikeOffice(title!.Value[..at])
            ? new Found<string>(title.Value[..at], new TextRange(title.Range.Start, at))
            : null;
    }

    /// <summary>市政府办 in a text about 赣州市 is 赣州市人民政府办公室; any other short name stays as written.</summary>
    private static string FullName(string issuer, string title)
    {
        var city = title.IndexOf('市', StringComparison.Ordinal);
        if (issuer is "市政府办" or "市政府办公室" or "市政府" && city > 1 && ChinaDivisions.FindByName(title[..(city + 1)]).Count > 0)
        {
            return title[..(city + 1)] + (issuer == "市政府" ? "人民政府" : "人民政府办公室");
        }

        return issuer;
    }

    private static NoticeKind KindOf(CleanText clean, Found<string>? title, int anchor, IReadOnlyList<Block> lines)
    {
        var name = title?.Value ?? "";
        if (name.EndsWith("解读", StringComparison.Ordinal) || (name.StartsWith('【') && name.Contains("解读】", StringComparison.Ordinal))
            || (anchor < 0 && lines.Take(12).Any(l => Interpretation.IsMatch(clean.Slice(l.Range)))))
        {
            return NoticeKind.Interpretation;
        }

        return name switch
        {
            _ when name.Contains("工作要点", StringComparison.Ordinal) => NoticeKind.WorkPoints,
            _ when name.Contains("分工", StringComparison.Ordinal) || name.Contains("任务表", StringComparison.Ordinal) => NoticeKind.TaskSheet,
            _ when name.Contains("方案", StringComparison.Ordinal) => NoticeKind.WorkPlan,
            _ when name.Contains("试点", StringComparison.Ordinal) => NoticeKind.PilotNotice,
            _ => NoticeKind.Other,
        };
    }
}
