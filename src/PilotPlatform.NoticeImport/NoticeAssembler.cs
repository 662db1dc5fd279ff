using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Deliverables;
using PilotPlatform.NoticeImport.Headers;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Phases;
using PilotPlatform.NoticeImport.Questions;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;
using PilotPlatform.NoticeImport.Targets;
using PilotPlatform.NoticeImport.Themes;
using PilotPlatform.Regions;

namespace PilotPlatform.NoticeImport;

/// <summary>Runs the stages over one text and puts their findings together; each value notes its passage.</summary>
internal sealed class NoticeAssembler
{
    private static readonly Regex ProgrammeEnd = Pattern.Of(@"(?:试点工作|试点任务|各项试点|改革试点)[^。;\n]{0,12}$");
    private static readonly Regex Ends = Pattern.Of("^(?:要|应|须|全面|基本|全部)*(?:结束|完成|见到成效|取得成效|见效)");

    /// <summary>试点工作于6月启动,12月底前完成; 上述任务于…前完成; 各试点市要在…前见到成效: a sentence about all that the notice sets.</summary>
    private static readonly Regex OfAll = Pattern.Of("^(?:请|要求)?(?:(?:各项|全部|整个|上述|以上|所有)(?:改革|试点)*(?:任务|工作|试点|举措|事项)|(?:改革)?试点(?:工作|任务)?(?:自|从|于|原则上|应|要|须|在|力争)|各试点(?:市|县|区|地区|地方|单位|县区|城市|县\\(市、区\\))+(?:应|要|须|力争|于|在)+\\d)");
    private static readonly Regex GarbledDate = Pattern.Of(@"自\d{5,8}[日月]|\D(?<lost>\d{5,8}日)");
    private static readonly Regex SaysEachHas = Pattern.Of("每一?项都?明确了?(?:责任单位|牵头单位|责任部门)(?:和|、|及)(?:完成)?时限");

    private static readonly Regex InterpretedTitle = Pattern.Of(@"(?:印发|出台|制定)(?:了)?《(?<title>[^》《]{4,80})》");

    private static readonly Regex Replicates = Pattern.Of("复制推广|推广[^。]{0,20}(?:经验|举措|做法|成果)|(?:经验|举措|做法|成果)[^。]{0,10}推广");
    private static readonly Regex Past = Pattern.Of("以来|形成了?|取得了?|前期|此前|总结|先行先试,|试点(?:经验|成果|成效|中|期间|过程)");
    private static readonly Regex SheetName = Pattern.Of(@"^[^。;,:]{4,}(?:表|清单|台账|任务书|分工|名单|一览表)(?:\([^()]{1,12}\))?$");
    private static readonly Regex Year = Pattern.Of(@"20\d{2}年");

    // Facts beside the themes are for a person to look at; nobody looks at more of them.
    private const int MostListed = 200;

    // Each task is compared with each stage; no notice has as many tasks as this.
    private const int MostCompared = 500;

    private readonly CleanText _clean;
    private readonly BlockTree _tree;
    private readonly Dictionary<string, SourceSpan> _spans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValueConfidence> _confidence = new(StringComparer.Ordinal);
    private readonly UncertainValues _uncertain = new();
    private readonly List<NoticeQuestion> _questions = [];
    private readonly List<(TargetDraft Target, TextRange Range, bool Ambiguous)> _targets = [];

    private readonly bool _isRepaired;
    private Division? _issuing;
    private bool _isOfReplication;

    private NoticeAssembler(CleanText clean, bool isRepaired)
    {
        _clean = clean;
        _isRepaired = isRepaired;
        _tree = BlockReader.Read(clean);
    }

    public static NoticeDraft Assemble(string source, bool isRepaired) => new NoticeAssembler(TextCleaner.Clean(source), isRepaired).Run();

    private NoticeDraft Run()
    {
        var header = HeaderReader.Read(_clean, _tree);
        var issued = header.Date?.Value;
        var themeSet = ThemeReader.Read(_clean, _tree, header.Kind, header.Title?.Value, isSigned: header.Issuer is not null);
        header = header.Title is null && themeSet.Tables.Count > 0 ? header with { Title = AboveTable(themeSet.Tables[0]) } : header;
        NoteHeader(header);
        _isOfReplication = IsOfReplication(header);
        _issuing = RegionNames.DivisionOf(header.Issuer?.Value ?? header.Title?.Value ?? "");

        var phases = PhaseReader.Read(_clean, _tree, issued);
        var outside = Outside(themeSet).ToList();
        var end = FindEnd(outside, issued);
        var body = outside.Where(r => !IsHeading(header, r)).ToList();
        body = ThemeReader.IsReport(header.Title?.Value) ? [] : _isOfReplication ? [.. body.SelectMany(r => Brackets.Split(_clean.Text, r, "。;")).Where(s => !Past.IsMatch(_clean.Slice(s)))] : body;
        var group = body.Select(r => RegionReader.FindProgrammeRegions(_clean, r)).FirstOrDefault(g => g is not null)
            ?? (header.Title?.Value.Contains("同意", StringComparison.Ordinal) == true ? InReply(header) : null)
            ?? (themeSet.Themes.Any(t => t.Row?.Regions is not null) ? null : RegionReader.FindHeaded(_clean, _tree))
            ?? InTitle(header)
            ?? (ChapterReader.IsOfPilot(header.Title?.Value) && !themeSet.Themes.Any(t => t.Row?.Regions is not null) ? AddresseeRegions.Read(_clean, _tree, body) ?? ProseRegions.FindSet(_clean, body) : null);
        var receivers = group is null ? ProseRegions.ReadReceivers(_clean, header.Title?.Range ?? Interpreted(header), outside) : [];
        var themes = Themes(themeSet, outside, phases, issued ?? OnlyYear(), end?.Due, isYearGuessed: issued is null);

        var kinds = DeliverableReader.ReadKinds(_clean).ToList();
        kinds = kinds.Count > 0 ? kinds : [.. DeliverableReader.ReadArtefacts(_clean)];
        var prose = _tree.Lines.Where(l => !l.IsRow).Select(l => l.Range).ToList();
        var asked = prose.SelectMany(l => TargetReader.ReadAsked(_clean, l)).ToList();
        _targets.AddRange(asked.Where(a => !_targets.Any(t => t.Range.Start <= a.Range.Start && a.Range.End <= t.Range.End)).Take(MostListed).Select(t => (t.Draft, t.Range, t.Ambiguous)).ToList());
        // What is asked for is no count beside it, also where the text says it again.
        var counts = prose.SelectMany(l => CountReader.Read(_clean, l)).Where(c => !asked.Any(a => IsSame(a, c.Draft, c.Range))).DistinctBy(c => (c.Draft.Number, c.Draft.Unit)).Take(MostListed).ToList();
        var learned = prose.SelectMany(l => LearnedReader.Read(_clean, l)).DistinctBy(l => l.Draft).Take(MostListed).ToList();
        NoteAll("counts", counts.Select(c => c.Range), ConfidenceBasis.Pattern);
        NoteAll("learnedFrom", learned.Select(l => l.Range), ConfidenceBasis.Pattern);
        var reporting = _tree.Lines.SelectMany(l => ReportingReader.Read(_clean, l.Range)).ToList();
        CollectTargets(outside);
        Note("end", end?.Range, ConfidenceBasis.Pattern);
        var programmeRegions = group?.Regions ?? receivers;
        NoteAll("regions", programmeRegions.Select(r => r.Range), group?.Basis ?? ConfidenceBasis.Inferred);
        NoteAll("deliverableKinds", kinds, ConfidenceBasis.Labelled);
        NoteAll("reporting", reporting.Select(r => r.Range), ConfidenceBasis.Pattern);
        for (var i = 0; i < phases.Count; i++)
        {
            Note($"phases[{i}].name", phases[i].Name, ConfidenceBasis.Labelled);
            Note($"phases[{i}].dates", phases[i].Dates, phases[i].YearInferred ? ConfidenceBasis.Inferred : ConfidenceBasis.Labelled);
        }

        var targets = DistinctTargets();
        var gaps = Gaps(themeSet, themes);
        Ask(header, themeSet, group, gaps);
        foreach (var open in prose.SelectMany(l => CountReader.Check(_clean, l)).Take(MostListed))
        {
            Question(open.Code, open.Text, open.Range);
        }

        foreach (var (text, range) in _uncertain.Ask())
        {
            Question(NoticeImportCodes.UncertainValue, text, range);
        }

        return new NoticeDraft
        {
            SourceText = _clean.Source,
            Title = header.Title?.Value,
            IssuingBody = header.Issuer?.Value,
            DocumentNumber = header.Number?.Value,
            IssueDate = issued,
            Kind = header.Kind,
            End = end?.Due,
            Regions = FullNames(programmeRegions),
            Themes = themes,
            Phases = [.. phases.Select(p => p.Draft)],
            DeliverableKinds = [.. kinds.Select(_clean.Slice)],
            Targets = targets,
            Reporting = [.. reporting.Select(r => r.Draft)],
            Counts = WithParts([.. counts.Select(c => c.Draft)], prose),
            LearnedFrom = [.. learned.Select(l => l.Draft)],
            Gaps = gaps,
            Questions = _questions,
            Spans = _spans,
            Confidence = _confidence,
        };
    }

    private static bool IsSame(Target asked, CountDraft count, TextRange range) =>
        (asked.Range.Start < range.End && range.Start < asked.Range.End)
        || (asked.Draft.Value == $"{count.Number}{count.Unit}"
            && (asked.Draft.What.Contains(count.What, StringComparison.Ordinal) || count.What.Contains(asked.Draft.What, StringComparison.Ordinal)));

    /// <summary>Counts know the whole that they are a part of; each number is listed once, however often the text has it.</summary>
    private List<CountDraft> WithParts(List<CountDraft> counts, IReadOnlyList<TextRange> prose)
    {
        const string items = "项";
        foreach (var sum in prose.SelectMany(l => CountReader.Sums(_clean, l)).Take(MostListed))
        {
            var whole = counts.FindIndex(c => c.Number == sum.Whole && c.Unit == items);
            foreach (var part in sum.Parts)
            {
                var index = counts.FindIndex(c => c.Number == part && c.Unit == items && c.PartOf is null);
                if (whole >= 0 && index >= 0 && index != whole)
                {
                    counts[index] = counts[index] with { PartOf = whole };
                }
            }
        }

        return counts;
    }

    private List<ThemeDraft> Themes(ThemeSet set, List<TextRange> outside, IReadOnlyList<Phase> phases, DateOnly? issued, DueDraft? programmeEnd, bool isYearGuessed)
    {
        var drafts = new List<ThemeDraft>();
        IReadOnlyList<RegionMention> usual = [];
        var groups = RegionReader.Groups(_clean, outside);
        foreach (var theme in set.Themes)
        {
            var path = $"themes[{drafts.Count}]";
            var (regions, regionBasis) = RegionsOf(theme, groups);
            usual = theme.Own.Select(r => RegionReader.ReadDefault(_clean, r)).FirstOrDefault(r => r.Count > 0) ?? usual;
            if (regions.Count == 0)
            {
                (regions, regionBasis) = (usual, ConfidenceBasis.Inherited);
            }

            var offices = OfficesOf(theme);
            var due = DueOf(theme, issued);
            due = due is { Basis: not ConfidenceBasis.Assumed } dated && isYearGuessed && !dated.Due.Text.Contains('年', StringComparison.Ordinal) ? dated with { Basis = ConfidenceBasis.Inferred } : due;
            if (due is { YearUncertain: true } uncertain)
            {
                Question(NoticeImportCodes.YearUncertain, $"“{uncertain.Due.Text}”没有写明年份，请确认是哪一年。", uncertain.Range);
            }

            var deliverables = theme.Own.SelectMany(r => DeliverableReader.ReadNamed(_clean, r)).DistinctBy(_clean.Slice).ToList();
            var targets = theme.Own.SelectMany(r => TargetReader.Read(_clean, r)).ToList();
            _targets.AddRange(targets.Select(t => (t.Draft, t.Range, t.Ambiguous)));

            Note(path, theme.Whole);
            Note(path + ".title", theme.Title, theme.Restored is null && !HasLost(theme.Title) ? theme.Basis : ConfidenceBasis.Assumed);
            Note(path + ".due", due?.Range, due?.Basis ?? ConfidenceBasis.Pattern);
            NoteAll(path + ".regions", regions.Select(r => (r.Range, regionBasis)));
            NoteAll(path + ".offices", offices.Select(o => (o.Range, o.Basis)));
            NoteAll(path + ".deliverables", deliverables, ConfidenceBasis.Pattern);
            NoteAll(path + ".targets", targets.Select(t => (t.Range, t.Ambiguous ? ConfidenceBasis.Assumed : ConfidenceBasis.Pattern)));

            if (due is not null && drafts.Count < MostCompared && ContradictionFinder.Find(_clean, theme.Title, due.Due, phases) is { } contradiction)
            {
                var (phase, clause) = contradiction;
                Question(
                    NoticeImportCodes.DueContradictsPhase,
                    $"任务表第{theme.Number}项“{_clean.Slice(theme.Title)}”的完成时限为{due.Due.Text}，而正文把“{_clean.Slice(clause)}”"
                    + $"列入“{phase.Draft.Name}”({Day(phase.Draft.Start!.Value)}至{Day(phase.Draft.End!.Value)})，以哪一个为准？",
                    due.Range);
            }

            if (theme.Restored is { } restored)
            {
                Question(NoticeImportCodes.TitleGarbled, $"第{theme.Number}项“{_clean.Slice(theme.Title)}”开头缺字，暂按“{restored}”录入，请按原件确认。", theme.Title);
            }

            drafts.Add(new ThemeDraft
            {
                Number = theme.Number,
                Title = theme.Restored ?? _clean.Slice(theme.Title),
                Regions = FullNames(regions),
                Offices = [.. offices.Select(o => o.Name)],
                LeadOffices = [.. offices.Where(o => o.Leads).Select(o => o.Name)],
                AssistingOffices = [.. offices.Where(o => !o.Leads).Select(o => o.Name)],
                Due = due?.Due ?? programmeEnd,
                Deliverables = [.. deliverables.Select(_clean.Slice)],
                Targets = [.. targets.Select(t => t.Draft)],
                Span = _clean.ToSource(theme.Whole),
            });
        }

        return drafts;
    }

    private (IReadOnlyList<RegionMention> Regions, ConfidenceBasis Basis) RegionsOf(Theme theme, IReadOnlyDictionary<string, IReadOnlyList<RegionMention>> groups)
    {
        if (theme.Row is { } row)
        {
            if (row.Regions is not { } cell)
            {
                return ([], ConfidenceBasis.Labelled);
            }

            var named = RegionReader.ReadList(_clean, cell);
            return named.Count > 0
                ? (named, row.InheritsRegions ? ConfidenceBasis.Inherited : Known(named))
                : (RegionReader.Resolve(_clean, cell, groups), ConfidenceBasis.Inherited);
        }

        if (theme.Own.Select(r => RegionReader.ReadLabelled(_clean, r)).FirstOrDefault(r => r.Count > 0) is { } labelled)
        {
            return (labelled, Known(labelled));
        }

        if (theme.Own.Select(r => RegionReader.ReadRemarks(_clean, r)).FirstOrDefault(r => r.Count > 0) is { } remarked)
        {
            return (remarked, ConfidenceBasis.Labelled);
        }

        if (theme.Place is { } place)
        {
            return (RegionReader.ReadList(_clean, place), ConfidenceBasis.Labelled);
        }

        if (theme.Own.Select(r => ProseRegions.ReadTask(_clean, r)).FirstOrDefault(r => r.Count > 0) is { } told)
        {
            return (told, ConfidenceBasis.Pattern);
        }

        // Bare names in brackets may say who tried it as well as who is to; a notice that spreads practices says the former.
        return _isOfReplication || RegionReader.ReadBareRemark(_clean, theme.Title) is not { } bare ? ([], ConfidenceBasis.Pattern) : (bare.Regions, ConfidenceBasis.Inferred);
    }

    private List<string> FullNames(IEnumerable<RegionMention> regions) => [.. regions.Select(r => RegionNames.Full(r.Name, _issuing))];

    /// <summary>The notice's own title or that of the plan it prints: what a title begins with is who acts, not where.</summary>
    private bool IsHeading(Header header, TextRange line) =>
        header.Title is { } title && line.Start < title.Range.End && title.Range.Start < line.End
            ? line.Length <= title.Range.Length + 40
            : line.Length <= 60 && _clean.Text[line.End - 1] is var last && last != '。' && RuleLists.TitleEndings.Any(e => _clean.Slice(line).EndsWith(e, StringComparison.Ordinal));

    /// <summary>A notice that spreads what was tried names where it was tried, which is no region that it sets to work.</summary>
    private static bool IsOfReplication(Header header) => header.Title is { } title && Replicates.IsMatch(title.Value);

    /// <summary>A sheet without a date of its own speaks of the only year that it names.</summary>
    private DateOnly? OnlyYear()
    {
        var years = Year.Matches(_clean.Text).Select(m => m.Value[..4]).Distinct().Take(2).ToList();
        return years.Count == 1 ? new DateOnly(int.Parse(years[0], CultureInfo.InvariantCulture), 1, 1) : null;
    }

    /// <summary>The name of a sheet that came without its notice stands above its table.</summary>
    private Found<string>? AboveTable(TaskTable table)
    {
        const int longest = 40;
        const int near = 3;
        var header = _tree.Lines.ToList().FindIndex(l => l.Range.Start == table.Header.Start);
        return _tree.Lines.Take(header).Reverse().Take(near)
            .Where(l => !l.IsRow && l.Mark is null && l.Range.Length is >= 6 and <= longest && SheetName.IsMatch(_clean.Slice(l.Range)))
            .Select(l => new Found<string>(_clean.Slice(l.Range), l.Range))
            .FirstOrDefault();
    }

    /// <summary>关于在滁州市开展…试点的…: the regions that a title names behind a word that sets them to work.</summary>
    private RegionGroup? InTitle(Header header) =>
        header.Title is { } title && RegionReader.FindProgrammeRegions(_clean, title.Range) is { } named
            && named.Regions[0].Range.Start > 0 && _clean.Text[named.Regions[0].Range.Start - 1] is '在' or '意' or '持' or '定' or '将' ? named : null;

    /// <summary>关于同意在…的批复: what is approved is itself the first item.</summary>
    private RegionGroup? InReply(Header header) =>
        _tree.Lines.Where(l => !l.IsRow && !IsHeading(header, l.Range)).Select(l => RegionReader.FindProgrammeRegions(_clean, l.Body)).FirstOrDefault(g => g is not null);

    private static ConfidenceBasis Known(IReadOnlyList<RegionMention> regions) =>
        regions.All(r => RegionNames.IsKnown(r.Name)) ? ConfidenceBasis.Confirmed : ConfidenceBasis.Labelled;

    /// <summary>The title of the notice that an interpretation without a title of its own describes.</summary>
    private TextRange? Interpreted(Header header) =>
        header.Kind == NoticeKind.Interpretation && InterpretedTitle.Match(_clean.Text) is { Success: true } match
            ? new TextRange(match.Groups["title"].Index, match.Groups["title"].Length)
            : null;

    private List<OfficeMention> OfficesOf(Theme theme)
    {
        IEnumerable<OfficeMention> all;
        var inherited = theme.Row is { InheritsOffices: true };
        if (theme.Row is { } row)
        {
            all = row.Lead.SelectMany(c => OfficeReader.ReadList(_clean, c, leads: true))
                .Concat(row.Assisting.SelectMany(c => OfficeReader.ReadList(_clean, c, leads: false)));
        }
        else if (theme.Doers is { } doers)
        {
            all = OfficeReader.ReadList(_clean, doers, leads: true).Select(o => o with { Basis = ConfidenceBasis.Pattern }).Concat(theme.Own.SelectMany(r => OfficeReader.ReadProse(_clean, r)));
        }
        else
        {
            var own = FromText(theme.Own).ToList();
            var isOwn = own.Count > 0 || theme.Own.Any(r => OfficeReader.HasRemark(_clean, r));
            var below = isOwn ? [] : FromText(theme.Below).ToList();
            all = isOwn ? own : below.Count > 0 ? below : theme.Own.Concat(theme.Below).SelectMany(r => OfficeReader.ReadProse(_clean, r));
        }

        return [.. all.DistinctBy(o => o.Name).Select(o => inherited ? o with { Basis = ConfidenceBasis.Inherited } : o)];

        IEnumerable<OfficeMention> FromText(IEnumerable<TextRange> ranges) =>
            ranges.SelectMany(r => OfficeReader.ReadRemarks(_clean, r).Concat(OfficeReader.ReadLabels(_clean, r)));
    }

    private DueFound? DueOf(Theme theme, DateOnly? issued)
    {
        if (theme.Row is { } row)
        {
            return row.Due is { } cell ? DueFound.Of(DateReader.ReadCell(_clean, cell, issued), ConfidenceBasis.Labelled) : null;
        }

        return DueFound.Of(theme.Own.Select(r => DateReader.FindDue(_clean, r, issued)).FirstOrDefault(d => d is not null), ConfidenceBasis.Pattern) ?? OnlyDueBelow(theme, issued);
    }

    /// <summary>The due date of the sub-items, where they have but one between them.</summary>
    private DueFound? OnlyDueBelow(Theme theme, DateOnly? issued)
    {
        var below = theme.Below.Select(r => DateReader.FindDue(_clean, r, issued)).Where(d => d is not null).ToList();
        return below.Count > 0 && below.All(d => d!.Value.Due.Date == below[0]!.Value.Due.Date) ? DueFound.Of(below[0], ConfidenceBasis.Inferred) : null;
    }

    /// <summary>A due date with its passage and what the confidence in it rests on.</summary>
    private sealed record DueFound(DueDraft Due, TextRange Range, bool YearUncertain, ConfidenceBasis Basis)
    {
        public static DueFound? Of((DueDraft Due, TextRange Range, bool YearUncertain)? found, ConfidenceBasis basis) =>
            found is { } due ? new DueFound(due.Due, due.Range, due.YearUncertain, due.YearUncertain ? ConfidenceBasis.Assumed : basis) : null;
    }

    /// <summary>试点工作原则上9月底前结束, in what stands outside the themes.</summary>
    private (DueDraft Due, TextRange Range)? FindEnd(List<TextRange> outside, DateOnly? issued)
    {
        foreach (var sentence in outside.SelectMany(r => Brackets.Split(_clean.Text, r, "。;")))
        {
            var isOfAll = OfAll.IsMatch(_clean.Slice(sentence));
            foreach (var clause in Brackets.Split(_clean.Text, sentence, ","))
            {
                if (DateReader.FindDue(_clean, clause, issued) is { YearUncertain: false } found
                    && Ends.IsMatch(_clean.Slice(TextRange.Between(found.Range.End, clause.End)))
                    && (isOfAll || ProgrammeEnd.IsMatch(_clean.Slice(TextRange.Between(clause.Start, found.Range.Start)))))
                {
                    return (found.Due, found.Range);
                }
            }
        }

        return null;
    }

    /// <summary>The lines that belong to no theme and to no table.</summary>
    private IEnumerable<TextRange> Outside(ThemeSet set)
    {
        var next = 0;
        foreach (var line in _tree.Lines.Where(l => !l.IsRow))
        {
            while (next < set.Themes.Count && set.Themes[next].Whole.End <= line.Range.Start)
            {
                next++;
            }

            var inside = next < set.Themes.Count && line.Range.Start >= set.Themes[next].Whole.Start;
            if (!inside)
            {
                yield return line.Body;
                continue;
            }

            // Themes told in one paragraph end before it does: what follows the last of them is about all.
            var last = next;
            while (last + 1 < set.Themes.Count && set.Themes[last + 1].Whole.Start < line.Range.End)
            {
                last++;
            }

            if (set.Themes[last].Whole.End < line.Range.End)
            {
                yield return TextRange.Between(set.Themes[last].Whole.End, line.Range.End);
            }
        }
    }

    private void CollectTargets(List<TextRange> outside) =>
        _targets.AddRange(outside.SelectMany(r => TargetReader.Read(_clean, r)).Select(t => (t.Draft, t.Range, t.Ambiguous)));

    /// <summary>Body and annex name the same target in other words: the thing measured and the value make it one.</summary>
    private List<TargetDraft> DistinctTargets()
    {
        var distinct = _targets
            .OrderBy(t => t.Range.Start)
            .DistinctBy(t => (t.Target.Value, t.Target.What.Length <= 8 ? Tail(t.Target.What) : t.Target.What))
            .ToList();
        NoteAll("targets", distinct.Select(t => (t.Range, t.Ambiguous ? ConfidenceBasis.Assumed : ConfidenceBasis.Pattern)));
        foreach (var (target, range, _) in distinct.Where(t => t.Ambiguous))
        {
            Question(
                NoticeImportCodes.TargetAmbiguous,
                $"“{target.What}{target.Value}”可有不同理解：是以下限为达标线，还是要求落在区间之内？请向发文单位确认。",
                range);
        }

        return [.. distinct.Select(t => t.Target)];
    }

    private static string Tail(string what) => what.Length > 4 ? what[^4..] : what;

    private void NoteHeader(Header header)
    {
        Note("title", header.Title?.Range, header.Title is { } title && !HasLost(title.Range) ? title.Basis : ConfidenceBasis.Assumed);
        Note("issuingBody", header.Issuer?.Range, header.Issuer?.Basis ?? ConfidenceBasis.Pattern);
        Note("documentNumber", header.Number?.Range, header.Number?.Basis ?? ConfidenceBasis.Pattern);
        Note("issueDate", header.Date?.Range, header.Date?.Basis ?? ConfidenceBasis.Pattern);
    }

    private void Ask(Header header, ThemeSet set, RegionGroup? group, List<string> gaps)
    {
        AskAboutCharacters();
        if (header.Kind == NoticeKind.Interpretation)
        {
            Question(NoticeImportCodes.Interpretation, "这是一份政策解读，不是通知本身。请核对所解读的原文后再发布。", null);
        }

        if (header.Title is null)
        {
            Question(NoticeImportCodes.TitleMissing, "没有找到标题，请填写。", null);
        }

        if (header.Issuer is null)
        {
            Question(NoticeImportCodes.IssuerMissing, "没有找到发文单位，请填写。", null);
        }

        if (header.GarbledNumber is { } number)
        {
            Question(NoticeImportCodes.NumberGarbled, $"文号“{_clean.Slice(number)}”缺字，无法确定，请按原件填写。", number);
        }
        else if (header.Number is null)
        {
            Question(NoticeImportCodes.NumberMissing, "没有找到发文字号，请填写。", null);
        }

        if (header.Date is null)
        {
            Question(NoticeImportCodes.DateMissing, "没有找到成文日期，请填写。", null);
        }

        foreach (Match match in GarbledDate.Matches(_clean.Text))
        {
            Question(NoticeImportCodes.DateGarbled, $"日期“{match.Value.TrimStart()}”缺字，无法确定，请按原件填写。", new TextRange(match.Index, match.Length));
        }

        if (group is { Stated: { } stated } && stated != group.Named)
        {
            Question(
                NoticeImportCodes.RegionCountDiffers,
                $"原文写明{stated}个地区，列出的是{group.Named}个，请核对。",
                group.Range);
        }

        foreach (var table in set.Tables)
        {
            if (table.Rows.Count == 0)
            {
                Question(NoticeImportCodes.NoThemes, "任务表只有表头，没有任务，请核对原件。", table.Header);
            }
            else if (table.MissingNumbers.Count > 0)
            {
                Question(
                    NoticeImportCodes.RowsMissing,
                    $"任务表缺少序号{string.Join('、', table.MissingNumbers)}，请核对原件是否有删减。",
                    table.Header);
            }
        }

        if (set.Themes.Count == 0 && set.Tables.Count == 0)
        {
            Question(NoticeImportCodes.NoThemes, "没有找到试点任务，请确认这份文件是否部署任务，或手工添加。", null);
        }

        if (SaysEachHas.Match(_clean.Text) is { Success: true } says)
        {
            var (offices, dates) = (gaps.Count(g => g.EndsWith("offices", StringComparison.Ordinal)), gaps.Count(g => g.EndsWith("due", StringComparison.Ordinal)));
            Question(
                NoticeImportCodes.OfficesOrDatesWithheld,
                $"原文称每一项都明确了责任单位和完成时限，但有{offices}项没有列出责任单位、{dates}项没有列出完成时限，请按所附清单补充。",
                new TextRange(says.Index, says.Length));
        }
    }

    /// <summary>Whether a character of the passage is lost; that is asked for once, for the whole text.</summary>
    private bool HasLost(TextRange range) => _clean.Text.AsSpan(range.Start, range.Length).Contains('\ufffd');

    private void AskAboutCharacters()
    {
        if (_isRepaired)
        {
            Question(NoticeImportCodes.EncodingRepaired, "这段文字曾以错误的编码打开，系统已还原。请通读一遍，确认没有错字漏字。", null);
        }

        var lost = _clean.Text.AsSpan().Count('\ufffd');
        if (lost > 0)
        {
            var first = _clean.Text.IndexOf('\ufffd', StringComparison.Ordinal);
            Question(NoticeImportCodes.CharactersLost, $"原文有{lost}处文字缺失，请对照原件补全。", new TextRange(first, 1));
        }
    }

    /// <summary>What a text withholds that says every one of its tasks has an office and a due date.</summary>
    private List<string> Gaps(ThemeSet set, List<ThemeDraft> themes)
    {
        var gaps = new List<string>();
        var says = SaysEachHas.Matches(_clean.Text).Select(m => m.Index).ToList();
        for (var i = 0; i < themes.Count && says.Count > 0; i++)
        {
            // The statement stands before the tasks that it is about.
            if (says[0] > set.Themes[i].Whole.Start)
            {
                continue;
            }

            if (themes[i].Offices.Count == 0)
            {
                gaps.Add($"themes[{i}].offices");
            }

            if (themes[i].Due is null)
            {
                gaps.Add($"themes[{i}].due");
            }
        }

        return gaps;
    }

    private void Note(string path, TextRange? range)
    {
        if (range is { } passage)
        {
            _spans[path] = _clean.ToSource(passage);
        }
    }

    /// <summary>Notes a value's passage and what the confidence in it rests on.</summary>
    private void Note(string path, TextRange? range, ConfidenceBasis basis)
    {
        if (range is { } passage)
        {
            Note(path, range);
            var confidence = ValueConfidence.Of(basis);
            _confidence[path] = confidence;

            // What is assumed has a question of its own, where it arises.
            if (confidence.Value < ValueConfidence.AskBelow && basis != ConfidenceBasis.Assumed)
            {
                _uncertain.Add(path, _clean.Slice(passage), passage);
            }
        }
    }

    private void NoteAll(string path, IEnumerable<TextRange>? ranges, ConfidenceBasis basis) => NoteAll(path, ranges?.Select(r => (r, basis)));

    private void NoteAll(string path, IEnumerable<(TextRange Range, ConfidenceBasis Basis)>? values)
    {
        var i = 0;
        foreach (var (range, basis) in values ?? [])
        {
            Note($"{path}[{i++}]", range, basis);
        }
    }

    private void Question(string code, string text, TextRange? range) =>
        _questions.Add(new NoticeQuestion(code, text, range is { } passage ? _clean.ToSource(passage) : null));

    private static string Day(DateOnly date) => date.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
