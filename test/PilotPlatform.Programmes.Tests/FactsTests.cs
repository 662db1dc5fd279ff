using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.NoticeImport;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Templates;
using PilotPlatform.Regions;
using PilotPlatform.Testing;

namespace PilotPlatform.Programmes.Tests;

/// <summary>The stages between importer and programme that need no database.</summary>
public sealed class FactRulesTests
{
    private static readonly DateOnly Issued = new(2023, 5, 22);
    private static readonly DateOnly End = new(2024, 3, 31);

    [Theory]
    [InlineData("6月底前", "2023-06-30")]
    [InlineData("于6月15日前", "2023-06-15")]
    [InlineData("3月底前", "2024-03-31")]
    [InlineData("2月底前", "2024-02-29")]
    [InlineData("2025年1月5日前", "2025-01-05")]
    [InlineData("每年12月底前", "2023-12-31")]
    [InlineData("每季度", "2023-06-30 2023-09-30 2023-12-31 2024-03-31")]
    [InlineData("每半年", "2023-06-30 2023-12-31")]
    [InlineData("每月5日前", "2023-06-05 2023-07-05 2023-08-05 2023-09-05 2023-10-05 2023-11-05 2023-12-05 2024-01-05 2024-02-05 2024-03-05")]
    [InlineData("每年", "2023-12-31")]
    [InlineData("及时", "")]
    [InlineData("定期", "")]
    [InlineData("13月底前", "")]
    [InlineData(null, "")]
    public void DutyDates_AreThoseThatTheWordsName(string? when, string expected) =>
        string.Join(' ', DutyDates.Of(when, Issued, End).Select(d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(expected);

    [Fact]
    public void DutyDates_WithoutDateOfIssueOrEnd_AreNotGuessed()
    {
        DutyDates.Of("6月底前", null, End).ShouldBeEmpty();
        DutyDates.Of("每季度", Issued, null).ShouldBeEmpty();
        DutyDates.Of("每月", Issued, new(2040, 1, 1)).Count.ShouldBe(DutyDates.Most);
    }

    [Fact]
    public void Sums_SayWhichWholesAgree()
    {
        var facts = NoticeFacts.None with
        {
            Counts = [new("a", 105, "项", "事项", null, null), new("b", 76, "项", "直接下放", "a", null), new("c", 28, "项", "委托", "a", null), new("d", 10, "个部门", "市直", null, null)],
        };
        CountSums.Of(facts).ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Sum.ShouldBe(104), s => s.Agrees.ShouldBeFalse());
        CountSums.Of(facts with { Counts = [.. facts.Counts.Select(c => c.Key == "c" ? c with { Number = 29 } : c)] }).Single().Agrees.ShouldBeTrue();
        CountSums.Of(null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("深化“市县同权”审批服务扁平化改革", "", nameof(LinkReason.SharedName), "市县同权")]
    [InlineData("深化相对集中行政许可权改革", "", nameof(LinkReason.SharedSubject), "相对集中行政许可权")]
    [InlineData("做好衔接", "按照赣市办字[2020]29号的要求推进。", nameof(LinkReason.CitedNumber), "赣市办字〔2020〕29号")]
    [InlineData("做好衔接", "落实《相对集中行政许可权改革试点方案》。", nameof(LinkReason.CitedTitle), "相对集中行政许可权改革试点方案")]
    public void Suggestions_NameWhatIsShared(string title, string description, string reason, string words)
    {
        var suggestion = LinkSuggestions.For([Theme(title, description)], Targets).ShouldHaveSingleItem();
        suggestion.ShouldSatisfyAllConditions(s => s.Reason.ToString().ShouldBe(reason), s => s.Words.ShouldBe(words), s => s.ThemeId.ShouldBeNull());
    }

    [Theory]
    [InlineData("加强宣传引导")]
    [InlineData("推进改革试点工作")]
    [InlineData("打造“一件事”品牌")]
    public void Suggestions_AreNotMadeOfUsualWords(string title) => LinkSuggestions.For([Theme(title, "")], Targets).ShouldBeEmpty();

    [Fact]
    public void Suggestions_OfAThemeOfTheProgramme_WhenItsTitleIsAlike()
    {
        var suggestion = LinkSuggestions.For([Theme("建立跨区域远程异地评审机制", "")], Targets).ShouldHaveSingleItem();
        suggestion.ShouldSatisfyAllConditions(s => s.ThemeId.ShouldBe(Targets[1].Themes[0].ThemeId), s => s.Reason.ShouldBe(LinkReason.SharedSubject));
        LinkSuggestions.For([Theme("建立跨区域远程异地评审机制", "") with { Facts = ThemeFacts.None with { Links = [new(suggestion.ProgrammeId, suggestion.ThemeId)] } }], Targets)
            .ShouldBeEmpty("it is linked already");
    }

    private static readonly LinkTargetDto[] Targets =
    [
        new(Guid.Parse("00000000-0000-0000-0000-000000000001"), "相对集中行政许可权改革试点方案", "赣市办字〔2020〕29号", null, []),
        new(Guid.Parse("00000000-0000-0000-0000-000000000002"), "赣州市“市县同权”改革优化提升行动方案", null, null,
            [new(Guid.Parse("00000000-0000-0000-0000-000000000003"), "1", "跨区域远程异地评审机制建设")]),
    ];

    private static NoticeTheme Theme(string title, string description) => new("t1", "1", title, description, [], [], [], null, null);
}

/// <summary>Facts of a notice from the draft to the programme.</summary>
public sealed class FactsTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private const string Text = """
        关于开展园区综合服务试点的通知
        苏政务办发〔2023〕12号
        各设区市政务服务管理办公室：
        一、试点任务
        （一）园区企业服务专员
        为园区企业配备服务专员，办理材料压减50%以上，制定园区服务专员工作规范。
        试点地区：南京市、南通市
        （二）园区事项就近办
        把企业常办事项放到园区办理，编制园区就近办事项清单。
        试点地区：南通市、苏州市
        二、工作安排
        本次共下放105项，其中直接下放76项，委托下放28项。
        学习无锡市“帮办代办”经验。
        试点进展情况于每年6月底前报送省政务办。
        试点工作于2024年12月底前完成。
        江苏省政务服务管理办公室
        2023年3月1日
        """;

    private static Uri At(string path) => new(path, UriKind.Relative);

    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task Create_ReadsFactsWithTheirPassages()
    {
        var notice = await CreateAsync();
        var facts = notice.Content.Facts.ShouldNotBeNull();
        notice.Content.Themes[0].Facts!.Targets.ShouldHaveSingleItem().Value.ShouldBe("≥50%");
        Passage(notice, notice.Content.Themes[0].Facts!.Targets[0].SourceKey).ShouldContain("50%");
        facts.Counts.Select(c => c.Number).ShouldBe([105, 76, 28]);
        facts.Counts[1].PartOf.ShouldBe(facts.Counts[0].Key);
        Passage(notice, facts.Counts[1].SourceKey).ShouldBe("76项");
        var duty = facts.Duties.ShouldHaveSingleItem();
        duty.ShouldSatisfyAllConditions(d => d.To.ShouldBe("省政务办"), d => d.Dates.ShouldBe([new(2023, 6, 30), new(2024, 6, 30)]));
        Passage(notice, duty.SourceKey).ShouldContain("报送");
        facts.Practices.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.What.ShouldContain("帮办"), p => p.Region.ShouldBe("无锡市"), p => p.RegionId.ShouldBe(RegionIds.Of("3202")));
        notice.Preview.Dates.ShouldContain(d => d.Kind == ProgrammeDateKind.Report && d.Date == new DateOnly(2023, 6, 30));
    }

    [Fact]
    public async Task Counts_ThatDisagree_AreAQuestionUntilTheyAreMendedOrAnswered()
    {
        var notice = await CreateAsync();
        var question = notice.Questions.Single(q => q.Code == NoticeImportCodes.CountsDisagree);
        question.ShouldSatisfyAllConditions(q => q.IsOpen.ShouldBeTrue(), q => q.Field.ShouldBe("facts.counts[0].number"), q => q.Text.ShouldContain("104"));
        notice.SourceText.Substring(question.Start!.Value, question.Length!.Value).ShouldBe("105项");

        var mended = await SaveAsync(notice, With(notice, f => f with { Counts = [.. f.Counts.Select(c => c.Number == 28 ? c with { Number = 29 } : c)] }));
        mended.Questions.ShouldNotContain(q => q.Code == NoticeImportCodes.CountsDisagree);
        mended.Preview.Sums.Single().Agrees.ShouldBeTrue();

        var answered = await SaveAsync(mended, notice.Content, new AnswerDto(question.Key, "原件如此，1项另行公布"));
        answered.Questions.Single(q => q.Code == NoticeImportCodes.CountsDisagree).ShouldSatisfyAllConditions(
            q => q.IsOpen.ShouldBeFalse(), q => q.AnsweredBy.ShouldBe(People.Jiangsu.Coordinator.DisplayName));
        var other = await SaveAsync(answered, With(answered, f => f with { Counts = [.. f.Counts.Select(c => c.Number == 28 ? c with { Number = 27 } : c)] }), new AnswerDto(question.Key, "原件如此，1项另行公布"));
        other.Questions.Single(q => q.Code == NoticeImportCodes.CountsDisagree).IsOpen.ShouldBeTrue("an answer about 104 says nothing about 103");
    }

    [Fact]
    public async Task Gaps_AreFilledOrLeftOpenByDecision_AndOnRecord()
    {
        var notice = await CreateAsync("""
            【文字解读】《江苏省审批服务优化方案》政策解读

            2023年3月1日，江苏省政务服务管理办公室印发了《江苏省审批服务优化方案》（苏政务办发〔2023〕13号），现解读如下：

            一、主要内容

            （一）重点任务。方案提出2项重点任务，每一项都明确了责任单位和完成时限。一是优化窗口设置。专窗并入综合窗口。二是强化人员培训。逐项开展培训。

            （二）保障措施。一是加强组织领导。各地明确专人。
            """);
        notice.Preview.Gaps.Count.ShouldBe(4);
        notice.Preview.Gaps.ShouldAllBe(g => g.IsWithheld);
        var withheld = notice.Questions.Single(q => q.Code == NoticeImportCodes.OfficesOrDatesWithheld);
        withheld.IsOpen.ShouldBeTrue();

        var themes = notice.Content.Themes.Select((t, i) => i == 0 ? t with { LeadOffices = ["省政务办"], Deadline = new(new(2023, 12, 31), Deadlines.DuePrecision.Month, false) } : t).ToList();
        var filled = await SaveAsync(notice, notice.Content with { Themes = themes });
        filled.Preview.Gaps.Count.ShouldBe(2);
        filled.Preview.Gaps.ShouldAllBe(g => g.Field.StartsWith("themes[1]."));
        filled.Questions.Single(q => q.Key == withheld.Key).IsOpen.ShouldBeTrue();

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        var decided = await SaveAsync(filled, filled.Content, [.. filled.Preview.Gaps.Select(g => new AnswerDto(g.Key, "原件未列，另行明确"))]);
        decided.Preview.Gaps.ShouldAllBe(g => g.Decision == "原件未列，另行明确" && g.DecidedBy == People.Jiangsu.Coordinator.DisplayName);
        decided.Questions.Single(q => q.Key == withheld.Key).IsOpen.ShouldBeFalse("each gap is filled or decided on");
        (await SaveAsync(decided, decided.Content)).Preview.Gaps.ShouldAllBe(g => g.Decision == null, "a decision that is no longer sent no longer stands");
        decided = await Office.GetAsAsync<NoticeDto>($"/api/notices/{notice.Id}");
        var answers = decided.Preview.Gaps.Select(g => new AnswerDto(g.Key, "原件未列，另行明确")).Concat(decided.Questions.Where(q => q.MayBeAnswered).Select(q => new AnswerDto(q.Key, "已核对"))).ToArray();
        decided = await SaveAsync(decided, decided.Content with { IssuingBody = "江苏省政务服务管理办公室" }, answers);

        var programme = await PublishAsync(decided);
        programme.Decisions.Count(d => d.Kind == DecisionKind.LeftOpen && d.Answer == "原件未列，另行明确" && d.DecidedBy == People.Jiangsu.Coordinator.DisplayName).ShouldBe(2);
        programme.Decisions.ShouldContain(d => d.Kind == DecisionKind.Value && d.Answer == "省政务办");
        programme.Themes[1].Gaps.ShouldBe([ThemeGap.Responsible, ThemeGap.Due]);
    }

    [Fact]
    public async Task Publish_ShowsFactsToTheAudience()
    {
        var programme = await PublishedAsync();
        var seen = await app.As(People.Nantong.Coordinator).GetAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}");
        seen.Themes[0].Targets.ShouldHaveSingleItem().Value.ShouldBe("≥50%");
        seen.Counts.Select(c => (c.Number, c.PartOf)).ShouldBe([(105, null), (76, 1), (29, 1)]);
        seen.Practices.ShouldHaveSingleItem().RegionName.ShouldBe("无锡市");
    }

    [Fact]
    public async Task StatedCounts_AreOfferedToAListWithTheirSentence_AndNothingIsTakenOverUnasked()
    {
        var notice = await CreateAsync();
        notice = await SaveAsync(notice, With(notice, f => f with { Counts = [.. f.Counts.Select(c => c.Number == 28 ? c with { Number = 29 } : c)] }));
        var programme = await PublishAsync(await Given.SettleAsync(app, notice));
        var draft = await Office.PostAsAsync<ItemListDraftDto>(
            "/api/item-lists", new CreateItemListDto(programme.Themes[0].Id, new ItemListContent("下放事项清单", [], null, null, [], [], false, [])));
        draft.Content.ShouldSatisfyAllConditions(c => c.DeclaredTotal.ShouldBeNull(), c => c.Modes.ShouldBeEmpty());
        var counts = await Office.GetAsAsync<List<StatedCountDto>>($"/api/item-lists/{draft.ListId}/draft/stated-counts");
        counts.Select(c => (c.Order, c.Number, c.Unit, c.PartOf)).ShouldBe([(1, 105, "项", null), (2, 76, "项", 1), (3, 29, "项", 1)]);
        counts.ShouldAllBe(c => c.Sentence == "本次共下放105项，其中直接下放76项，委托下放28项。");
        counts.Select(c => c.ReadNumber).ShouldBe([null, null, 28], "the office published 29 where the notice says 28: both are shown");

        foreach (var (persona, status) in new[] { (People.Nantong.Coordinator, 404), (People.Jiangsu.Leader, 403) })
        {
            (await app.As(persona).GetAsync(At($"/api/item-lists/{draft.ListId}/draft/stated-counts")).RefusalAsync()).Status.ShouldBe(status);
        }
    }

    [Theory]
    [InlineData("前句。共105项，其中76项。后句。", 4, 4, "共105项，其中76项。")]
    [InlineData("105项", 0, 4, "105项")]
    [InlineData("一、清单\n共105项\n二、其他", 6, 4, "共105项")]
    [InlineData("短", 0, 9, null)]
    public void SentenceAt_IsTheSentenceAroundThePassage(string text, int start, int length, string? expected) =>
        StatedCounts.SentenceAt(text, start, length).ShouldBe(expected);

    [Fact]
    public void SentenceAt_InATextOfOneLine_IsCutOnBothSides()
    {
        var text = new string('前', 5000) + "105项" + new string('后', 5000);
        var sentence = StatedCounts.SentenceAt(text, 5000, 4)!;
        sentence.ShouldSatisfyAllConditions(s => s.Length.ShouldBeLessThan(310), s => s.ShouldContain("前105项后"), s => s.ShouldStartWith("…"), s => s.ShouldEndWith("…"));
    }

    [Fact]
    public async Task Copy_MovesDutiesWithTheYear_AndKeepsFacts()
    {
        var programme = await PublishedAsync();
        var copy = await Office.PostAsAsync<NoticeDto>($"/api/programmes/{programme.Id}/copy", new CopyProgrammeDto(1));
        var facts = copy.Content.Facts.ShouldNotBeNull();
        facts.Duties.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Dates.ShouldBe([new(2024, 6, 30), new(2025, 6, 30)]), d => d.To.ShouldBe("省政务办"), d => d.SourceKey.ShouldNotBeNull());
        facts.Counts.Select(c => c.Number).ShouldBe([105, 76, 29]);
        facts.Counts[2].PartOf.ShouldBe(facts.Counts[0].Key);
        copy.Content.Themes[0].Facts!.Targets.ShouldHaveSingleItem();
        copy.Preview.Sums.Single().Agrees.ShouldBeTrue();

        await Office.PostAsAsync<TemplateListItemDto>($"/api/programmes/{programme.Id}/template", new SaveTemplateDto("含报送要求的模板"));
        var template = (await Office.GetAsAsync<PagedResult<TemplateListItemDto>>("/api/programme-templates")).Items.Single(t => t.Name == "含报送要求的模板");
        var draft = await Office.PostAsAsync<NoticeDto>($"/api/programme-templates/{template.Id}/start", new StartFromTemplateDto(programme.IssueDate!.Value.AddDays(10)));
        draft.Content.Facts!.Duties.Single().Dates.ShouldBe([new(2023, 7, 10), new(2024, 7, 10)]);
    }

    [Fact]
    public async Task Revision_ComparesFactsThreeWays_AndKeepsLinks()
    {
        var linked = await PublishedAsync();
        var notice = await CreateAsync();
        var content = With(notice, f => f with { Duties = [f.Duties[0] with { To = "省政务办审改处" }] });
        content = content with { Themes = [.. content.Themes.Select((t, i) => i == 0 ? t with { Facts = t.Facts! with { Links = [new(linked.Id, linked.Themes[1].Id)] } } : t)] };
        notice = await SaveAsync(notice, content);
        var revision = await Office.PostAsAsync<NoticeRevisionDto>(
            $"/api/notices/{notice.Id}/revision", new CreateNoticeDto(Text.Replace("28项", "29项").Replace("每年6月底前", "每年9月底前").Replace("50%", "60%")));
        revision.Differences.Single(d => d.Field == "counts").ShouldSatisfyAllConditions(d => d.EditedByHand.ShouldBeFalse(), d => d.Suggested.ShouldBe(RevisionChoice.Revised));
        revision.Differences.Single(d => d.Field == "duties").ShouldSatisfyAllConditions(d => d.EditedByHand.ShouldBeTrue(), d => d.Suggested.ShouldBe(RevisionChoice.Kept));
        revision.Differences.Single(d => d.Field == "targets").ThemeTitle.ShouldBe(notice.Content.Themes[0].Title);
        revision.Differences.ShouldNotContain(d => d.Field == "practices");

        var applied = await Office.PostAsAsync<NoticeDto>($"/api/notices/{notice.Id}/revision/apply", new ApplyRevisionDto([], revision.ConcurrencyStamp));
        applied.Content.Facts!.Duties.Single().To.ShouldBe("省政务办审改处");
        applied.Preview.Sums.Single().Agrees.ShouldBeTrue();
        var theme = applied.Content.Themes[0].Facts!;
        theme.Links.ShouldBe([new(linked.Id, linked.Themes[1].Id)]);
        theme.Targets.Single().ShouldSatisfyAllConditions(t => t.Value.ShouldBe("≥60%"), t => Passage(applied, t.SourceKey).ShouldContain("60%"));
    }

    [Fact]
    public async Task Links_ToWhatTheIssuerMayNotSee_AreRefused_AndReadersSeeOnlyTheirs()
    {
        var other = await Given.CallForClaimsAsync(app);
        var city = app.As(People.Nantong.Coordinator);
        var notice = await CreateAsync();
        notice = await SaveAsync(notice, notice.Content with
        {
            Themes = [.. notice.Content.Themes.Select(t => t with { Facts = t.Facts! with { Links = [new(other.Id, null), new(other.Id, other.Themes[0].Id)] } })],
            Facts = notice.Content.Facts! with { Counts = [] },
        });
        var programme = await PublishAsync(await Given.SettleAsync(app, notice));
        programme.Themes[0].Links.Select(l => l.ThemeTitle).ShouldBe([null, other.Themes[0].Title]);
        (await city.GetAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}")).Themes[0].Links.Count.ShouldBe(2, "every city was called for claims");

        // A programme of another province, and a theme of another programme.
        foreach (var link in new[] { new NoticeLink(Guid.Parse("00000000-0000-0000-0000-00000000000f"), null), new NoticeLink(programme.Id, other.Themes[0].Id) })
        {
            var draft = await CreateAsync();
            draft = await SaveAsync(draft, draft.Content with { Themes = [.. draft.Content.Themes.Select(t => t with { Facts = t.Facts! with { Links = [link] } })], Facts = null });
            draft = await Given.SettleAsync(app, draft);
            var answer = await Office.PostAsJsonAsync(At($"/api/notices/{draft.Id}/publish"), new NoticeStampDto(draft.ConcurrencyStamp));
            ((int)answer.StatusCode).ShouldBe(400);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("content.themes[0].facts.links");
        }
    }

    [Fact]
    public async Task Save_OfFactsThatCannotBe_IsRefusedAtTheField()
    {
        var notice = await CreateAsync();
        await Refused(f => f with { Counts = [f.Counts[0] with { PartOf = f.Counts[0].Key }] }, "content.facts.counts[0].partOf");
        await Refused(f => f with { Counts = [f.Counts[0] with { Number = -1 }] }, "content.facts.counts[0].number");
        await Refused(f => f with { Practices = [f.Practices[0] with { RegionId = Guid.Parse("00000000-0000-0000-0000-00000000000f") }] }, "content.facts.practices[0].regionId");
        await Refused(f => f with { Duties = [f.Duties[0] with { Dates = [.. Enumerable.Range(0, 25).Select(i => new DateOnly(2023, 1, 1).AddDays(i))] }] }, "content.facts.duties[0].dates");
        await Refused(f => f with { Targets = null! }, "content.facts");

        async Task Refused(Func<NoticeFacts, NoticeFacts> change, string field)
        {
            var answer = await Office.PutAsJsonAsync(At($"/api/notices/{notice.Id}"), new SaveNoticeDto(With(notice, change), [], notice.ConcurrencyStamp), PilotPlatformApp.Json);
            ((int)answer.StatusCode).ShouldBe(400);
            (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"{field}\"");
        }
    }

    [Fact]
    public async Task Programme_FromBeforeThereWereFacts_IsReadWithoutAny()
    {
        var programme = await PublishedAsync();
        await app.AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            // What the migration leaves in rows that were there.
            var database = services.GetRequiredService<PlatformDbContext>().Database;
            await database.ExecuteSqlAsync($"""UPDATE "ProgrammesProgrammes" SET "Targets" = NULL, "Counts" = NULL, "Practices" = NULL WHERE "Id" = {programme.Id}""");
            await database.ExecuteSqlAsync($"""UPDATE "ProgrammesThemes" SET "Targets" = NULL, "Links" = NULL WHERE "ProgrammeId" = {programme.Id}""");
        });
        var read = await Office.GetAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}");
        read.ShouldSatisfyAllConditions(p => p.Counts.ShouldBeEmpty(), p => p.Practices.ShouldBeEmpty(), p => p.Themes.ShouldAllBe(t => t.Targets.Count == 0 && t.Links.Count == 0));
        (await Office.PostAsAsync<NoticeDto>($"/api/programmes/{programme.Id}/copy", new CopyProgrammeDto(1))).Content.Facts!.Counts.ShouldBeEmpty();
    }

    private static NoticeContent With(NoticeDto notice, Func<NoticeFacts, NoticeFacts> change) => notice.Content with { Facts = change(notice.Content.Facts!) };

    private static string Passage(NoticeDto notice, string? key)
    {
        var passage = notice.Passages.Single(p => p.Key == key);
        return notice.SourceText.Substring(passage.Start, passage.Length);
    }

    private Task<NoticeDto> CreateAsync(string text = Text) => Office.PostAsAsync<NoticeDto>("/api/notices", new CreateNoticeDto(text));

    private Task<NoticeDto> SaveAsync(NoticeDto notice, NoticeContent content, params AnswerDto[] answers) =>
        Office.PutAsAsync<NoticeDto>($"/api/notices/{notice.Id}", new SaveNoticeDto(content, answers, notice.ConcurrencyStamp));

    private async Task<ProgrammeDto> PublishedAsync()
    {
        var notice = await CreateAsync(Text.Replace("28项", "29项"));
        return await PublishAsync(await Given.SettleAsync(app, notice));
    }

    private async Task<ProgrammeDto> PublishAsync(NoticeDto notice)
    {
        var published = await Office.PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(notice.ConcurrencyStamp));
        return await Office.GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
    }
}
