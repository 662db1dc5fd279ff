using System.Net.Http.Json;
using PilotPlatform.NoticeImport;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Testing;

namespace PilotPlatform.Programmes.Tests;

/// <summary>A test on the original notices, which lie beside the repository on some machines; reported as skipped where they do not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OriginalNoticeFactAttribute : FactAttribute
{
    public OriginalNoticeFactAttribute()
    {
        if (!Directory.Exists(Seeds.Folder))
        {
            Skip = "The original notices (../shared/notices) are not on this machine.";
        }
    }
}

internal static class Seeds
{
    public static readonly string Folder = Path.Combine(RepositoryRoot.Path, "..", "shared", "notices", "seeds");

    public static Task<byte[]> OriginalAsync(string name) => File.ReadAllBytesAsync(Path.Combine(Folder, name));

    public static Task<byte[]> SampleAsync(string name) => File.ReadAllBytesAsync(RepositoryRoot.File("etc", "samples", "notices", name));
}

/// <summary>
/// The five programmes from upload to publication, over the API: from the original notices where they are, and always from twins in
/// words of our own that have the same facts.
/// </summary>
public sealed class FiveProgrammesTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static readonly RegionPeople Ganyu = new("320707", "赣榆区", "/32/3207/320707/");

    private const string PlanTwin = """
        【文字解读】《赣州市审批权限下沉优化方案》政策解读

        2023年11月3日，赣州市人民政府办公室印发了《赣州市审批权限下沉优化方案》（〔202364号），现解读如下：

        一、主要内容

        （一）重点任务。方案提出11项重点任务，每一项都明确了责任单位和完成时限。一是调整下沉清单。按县区需要编制新一版清单。二是优化放权方式。不再采用窗口前移。三是建立动态调整机制。清单每年修订一次。四是优化窗口设置。专窗并入综合窗口。五是使用行政审批专用章。县区凭章直接办结。六是完善下沉平台功能。证照电子化应用到县区。七是完善审批服务标准。每件事都有办事指南。八是强化人员培训指导。市直部门逐项培训。九是强化专业审批力量。补充县区审批人员。十是明确审管职责。谁审批谁负责讲清楚。十一是强化审管信息共享。审批信息及时推送。

        （二）保障措施。一是加强组织领导。各地明确专人。二是加强工作督导。按季检查。

        （三）事项清单。新一版清单共有10个市直单位的105项事项，其中直接下放76项，下放实质性审核权29项。

        二、主要特点

        照顾各地差别，部分事项采取个性化方式，下沉至“瑞兴于”试验区8项，章贡区21项，赣县区、南康区25项，赣州经开区、蓉江新区32项。
        """;

    private const string TownTwin = """
        为加快海头镇经济发达镇建设，赣榆区印发了《赋权海头镇改革方案》，现对方案作如下解读：
        一、工作目标
        方便镇里群众就近办事，提升镇级服务能力。
        二、赋权事项
        分两批梳理，首批把区级16个部门的96项权力事项赋权至海头镇人民政府行使。
        三、时间节点
        各相关部门5月底前与海头镇对接，赋权的事项于2024年6月1日起由海头镇人民政府行使。
        四、工作要求
        （一）健全工作机制。每项都有清单、承接方案、培训计划、联络员和反馈表。
        """;

    private const string PointsTwin = """
        【文字解读】《赣州市2023年优化营商环境工作要点》政策解读

        2023年5月22日，赣州市人民政府办公室印发了《赣州市2023年优化营商环境工作要点》，现解读如下。

        一、主要内容

        （一）深化重点改革。提出6项重点改革，每一项都明确了责任单位和完成时限。一是深化集中审批改革。二是推进无实体印章改革，年底前建成电子印章平台。三是深化一件事一次办改革，全年推出高频“一件事”不少于40项。四是落实拿地即开工改革。五是深化权限下沉改革。六是启动民意速办改革。

        （二）优化政务服务。提出6项政务服务举措，每一项都明确了责任单位和完成时限。一是推出便民利企措施，创新推出15项便民利企“微改革”。二是打造定制式政务服务。三是拓展政务服务异地通办。四是推行园区事园区办。五是优化惠企政策兑现服务。六是打造中介网上服务。

        （三）强化数字赋能。提出6项数字赋能举措，每一项都明确了责任单位和完成时限。一是加快城市大脑建设，2023年年底前完成一期。二是提升数字人办事能力。三是优化一体化政务服务平台。四是升级移动端服务，2023年年底前网上办理率达到80%以上。五是启动数字机关创建试点。六是推进数据中心建设，建成3000个标准机柜以上的绿色机房，2023年12月底前投入使用。

        （四）学习借鉴。学习杭州市“城市大脑”建设经验，学习深圳市福田区“民意速办”改革做法。

        （五）工作保障。提出3项工作保障举措，每一项都明确了责任单位和完成时限。一是锻造专业化政务队伍。二是探索建立数据专员制度。三是完善政务服务监督体系。
        """;

    [OriginalNoticeFact]
    public async Task Jiangsu2023_FromTheOriginal() => await JiangsuAsync(await Seeds.OriginalAsync("004_2b96522dd75eeb00.txt"));

    [Fact]
    public async Task Jiangsu2023_FromItsTwin() => await JiangsuAsync(await Seeds.SampleAsync("jiangsu-2023-pilots.txt"));

    [OriginalNoticeFact]
    public async Task Ganzhou2020_FromTheOriginal() => await LicensingAsync(await Seeds.OriginalAsync("002_f6d5cd441509f01b.txt"));

    [Fact]
    public async Task Ganzhou2020_FromItsTwin() => await LicensingAsync(await Seeds.SampleAsync("ganzhou-2020-licensing.txt"));

    [OriginalNoticeFact]
    public async Task Ganzhou2023Devolution_FromTheOriginal() => await DevolutionAsync(await Seeds.OriginalAsync("000_1872f1d4e69feba2.txt"));

    [Fact]
    public async Task Ganzhou2023Devolution_FromItsTwin() => await DevolutionAsync(System.Text.Encoding.UTF8.GetBytes(PlanTwin));

    [OriginalNoticeFact]
    public async Task Ganyu2024_FromTheOriginal() => await TownAsync(await Seeds.OriginalAsync("001_fffed7cda6869f5a.txt"));

    [Fact]
    public async Task Ganyu2024_FromItsTwin() => await TownAsync(System.Text.Encoding.UTF8.GetBytes(TownTwin));

    [OriginalNoticeFact]
    public async Task Ganzhou2023Points_FromTheOriginal() => await PointsAsync(await Seeds.OriginalAsync("003_c5f6651a101f2680.txt"));

    [Fact]
    public async Task Ganzhou2023Points_FromItsTwin() => await PointsAsync(System.Text.Encoding.UTF8.GetBytes(PointsTwin));

    [OriginalNoticeFact]
    public async Task Links_BetweenTheOriginals() => await LinksAsync(
        await Seeds.OriginalAsync("002_f6d5cd441509f01b.txt"), await Seeds.OriginalAsync("000_1872f1d4e69feba2.txt"), await Seeds.OriginalAsync("003_c5f6651a101f2680.txt"));

    [Fact]
    public async Task Links_BetweenTheTwins() => await LinksAsync(
        await Seeds.SampleAsync("ganzhou-2020-licensing.txt"), System.Text.Encoding.UTF8.GetBytes(PlanTwin), System.Text.Encoding.UTF8.GetBytes(PointsTwin));

    /// <summary>10 themes, 27 assignments, 13 of 13 cities: 南通 three, the others two; the end is soft.</summary>
    private async Task JiangsuAsync(byte[] file)
    {
        var notice = await UploadAsync(People.Jiangsu.Coordinator, file);
        notice.Content.Deadline.ShouldNotBeNull().ShouldSatisfyAllConditions(d => d.Date.ShouldBe(new DateOnly(2023, 9, 30)), d => d.IsSoft.ShouldBeTrue());
        notice.Preview.Assignments.ShouldBe(27);
        var programme = await PublishAsync(People.Jiangsu.Coordinator, notice, notice.Content);
        programme.ShouldSatisfyAllConditions(p => p.Themes.Count.ShouldBe(10), p => p.AssignmentCount.ShouldBe(27), p => p.RegionCount.ShouldBe(13));
        programme.DocumentNumber.ShouldBe("苏政务办发〔2023〕8号");
        programme.Themes.SelectMany(t => t.Assignments).GroupBy(a => a.RegionShortName).ShouldAllBe(g => g.Count() == (g.Key == "南通" ? 3 : 2));
        programme.Themes.SelectMany(t => t.Assignments).Single(a => a.PartName is { Length: > 0 }).PartName.ShouldBe("如皋市");
    }

    /// <summary>12 tasks → 211 instances; two contradictions and the reading of 30–50 % are questions, and on record once answered.</summary>
    private async Task LicensingAsync(byte[] file)
    {
        await EnsureZoneAsync(People.Ganzhou, "3607x", "赣州经济技术开发区", "赣州经开区");
        await EnsureZoneAsync(People.Ganzhou, "3607y", "赣州蓉江新区", "蓉江新区");
        var office = People.Ganzhou.Coordinator;
        var notice = await UploadAsync(office, file);
        notice.Content.Regions.Count.ShouldBe(19);
        notice.Content.Regions.ShouldAllBe(r => r.RegionId != null);
        notice.Content.Themes.Count.ShouldBe(12);
        notice.Questions.Count(q => q.Code == NoticeImportCodes.DueContradictsPhase && q.IsOpen).ShouldBe(2);
        notice.Questions.Count(q => q.Code == NoticeImportCodes.TargetAmbiguous && q.IsOpen).ShouldBe(1);

        notice.Preview.TaskInstances.ShouldBe(211);
        notice.Preview.Assignments.ShouldBe(209);
        notice.Preview.Gaps.ShouldBeEmpty();
        DueBefore(2021, 1, 16).ShouldBe(19);
        DueBefore(2021, 2, 1).ShouldBe(57);
        DueBefore(2021, 3, 1).ShouldBe(114);
        DueBefore(2021, 3, 31).ShouldBe(133);
        DueBefore(2021, 5, 1).ShouldBe(171);
        DueBefore(2022, 1, 1).ShouldBe(211);

        var programme = await PublishAsync(office, notice, notice.Content);
        programme.ShouldSatisfyAllConditions(p => p.TaskInstanceCount.ShouldBe(211), p => p.AssignmentCount.ShouldBe(209), p => p.RegionCount.ShouldBe(19), p => p.Phases.Count.ShouldBe(3));
        programme.Phases[0].ShouldSatisfyAllConditions(p => p.Start.ShouldBeNull(), p => p.End.ShouldBe(new DateOnly(2021, 1, 31)));
        programme.Themes[10].ShouldSatisfyAllConditions(t => t.Assignments.ShouldBeEmpty(), t => t.LeadOffices.ShouldBe(["市行政审批局"]));
        programme.Themes[11].ShouldSatisfyAllConditions(t => t.Assignments.Count.ShouldBe(19), t => t.LeadOffices.ShouldBe(["市行政审批局"]));
        programme.Decisions.Count(d => d.Kind == DecisionKind.Answer).ShouldBeGreaterThanOrEqualTo(3);

        int DueBefore(int year, int month, int day) =>
            notice.Preview.Dates.Where(d => d.Kind == ProgrammeDateKind.Due && d.Date < new DateOnly(year, month, day)).Sum(d => d.TaskInstances);
    }

    /// <summary>11 tasks that name neither who nor when: 22 gaps; the garbled number is asked for, never guessed.</summary>
    private async Task DevolutionAsync(byte[] file)
    {
        var office = People.Ganzhou.Coordinator;
        var notice = await UploadAsync(office, file);
        notice.Content.DocumentNumber.ShouldBeNull();
        notice.Content.IssueDate.ShouldBe(new DateOnly(2023, 11, 3));
        notice.Questions.ShouldContain(q => q.Code == NoticeImportCodes.NumberGarbled && q.IsOpen);
        notice.Questions.ShouldContain(q => q.Code == NoticeImportCodes.OfficesOrDatesWithheld && q.IsOpen);
        notice.Content.Themes.Count.ShouldBe(11);
        notice.Questions.ShouldContain(q => q.Code == NoticeImportCodes.CountAmbiguous && q.IsOpen, "whether the lists of single regions count within the 105 is open");
        notice.Preview.Gaps.Count.ShouldBe(22);
        notice.Preview.Gaps.Count(g => g.Gap == ThemeGap.Due).ShouldBe(11);
        notice.Preview.Gaps.ShouldAllBe(g => g.IsWithheld && g.Decision == null);

        // 105 = 76 + 29, of 10 offices; the lists of single regions are counts of their own, beside the sum.
        var facts = notice.Content.Facts!;
        var sum = notice.Preview.Sums.ShouldHaveSingleItem();
        sum.ShouldSatisfyAllConditions(s => s.Whole.ShouldBe(105), s => s.Parts.ShouldBe([76, 29]), s => s.Agrees.ShouldBeTrue());
        facts.Counts.Select(c => c.Number).ShouldBe([105, 11, 76, 29, 8, 21, 25, 32], ignoreOrder: true);
        facts.Counts.ShouldAllBe(c => notice.SourceText.Substring(Passage(notice, c.SourceKey).Start, Passage(notice, c.SourceKey).Length).Contains($"{c.Number}"));
        notice.Questions.ShouldNotContain(q => q.Code == NoticeImportCodes.CountsDisagree);

        var programme = await PublishAsync(office, notice, notice.Content with { DocumentNumber = "赣市府办字〔2023〕64号" });
        programme.Themes.Sum(t => t.Gaps.Count).ShouldBe(22, "publishing does not fill in what the notice leaves open");
        var whole = programme.Counts.Single(c => c.Number == 105);
        programme.Counts.Where(c => c.PartOf == whole.Order).Select(c => c.Number).ShouldBe([76, 29]);
        programme.Decisions.ShouldContain(d => d.Kind == DecisionKind.Value && d.Answer == "赣市府办字〔2023〕64号");
    }

    /// <summary>An interpretation that sets no task: nothing is invented; the office adds the task with its five artefacts itself.</summary>
    private async Task TownAsync(byte[] file)
    {
        await EnsureZoneAsync(Ganyu, "320707001", "海头镇", "海头", RegionLevel.Town);
        var office = Ganyu.Coordinator;
        var notice = await UploadAsync(office, file);
        notice.Content.Themes.ShouldBeEmpty();
        notice.Questions.ShouldContain(q => q.Code == NoticeImportCodes.NoThemes && q.IsOpen);
        notice.Content.Facts!.Counts.Select(c => (c.Number, c.Unit)).ShouldBe([(16, "个部门"), (96, "项")]);
        var town = notice.Content.Regions.ShouldHaveSingleItem();
        town.RegionId.ShouldNotBeNull();

        string[] artefacts = ["赋权清单", "承接方案", "培训计划", "联络员名单", "承接落实情况反馈表"];
        var theme = new NoticeTheme("t1", "1", "承接赋权事项", "承接16个部门96项权力事项。", [town], [.. artefacts.Select(a => new NoticeDeliverable(a, NoticeImporter.KindOf(a), null))], ["区行政审批局"], new DeadlineDto(new(2024, 5, 31), Deadlines.DuePrecision.Month, false), null, [], [ReformToolKit.Devolution]);
        var programme = await PublishAsync(office, notice, notice.Content with
        {
            Title = "赋权海头镇改革方案", IssuingBody = "赣榆区人民政府办公室", IssueDate = new(2024, 4, 30), Themes = [theme],
        });
        programme.Themes.Single().ShouldSatisfyAllConditions(
            t => t.Deliverables.Count.ShouldBe(5), t => t.Assignments.ShouldHaveSingleItem().RegionName.ShouldBe("海头镇"), t => t.ToolKits.ShouldBe([ReformToolKit.Devolution]));
        programme.Decisions.ShouldContain(d => d.Kind == DecisionKind.Value && d.Answer.Contains('1'));
    }

    /// <summary>21 measures = 6 + 6 + 6 + 3; what is dated is dated, the rest are gaps.</summary>
    private async Task<ProgrammeDto> PointsAsync(byte[] file)
    {
        var office = People.Ganzhou.Coordinator;
        var notice = await UploadAsync(office, file);
        notice.Content.Themes.Count.ShouldBe(21);
        notice.Content.IssueDate.ShouldBe(new DateOnly(2023, 5, 22));
        // Numbers begin again with each section: its length is how far they run.
        var starts = notice.Content.Themes.Select((t, i) => (t.Number, i)).Where(x => x.Number == notice.Content.Themes[0].Number).Select(x => x.i).Append(21).ToList();
        starts.Zip(starts.Skip(1), (a, b) => b - a).ShouldBe([6, 6, 6, 3]);
        var dated = notice.Content.Themes.Where(t => t.Deadline is not null).ToList();
        dated.ShouldAllBe(t => t.Deadline!.Date == new DateOnly(2023, 12, 31));
        dated.Count.ShouldBe(4);
        notice.Preview.Gaps.Count(g => g.Gap == ThemeGap.Due).ShouldBe(17);
        notice.Preview.Gaps.Count(g => g.Gap == ThemeGap.Responsible).ShouldBe(21, "the notice says that each has its unit and names none");
        notice.Content.Themes.SelectMany(t => t.Facts!.Targets).Select(t => t.Value).ShouldBe(["≥40项", "≥80%", "≥3000个"]);
        notice.Content.Facts!.Targets.Select(t => (t.Value, t.What)).ShouldHaveSingleItem("what a theme asks for stands with the theme, what a whole section asks for with the programme")
            .ShouldSatisfyAllConditions(t => t.Value.ShouldBe("15项"), t => t.What.ShouldContain("微改革"));
        notice.Content.Facts.Counts.ShouldNotContain(c => c.Number == 40 || c.Number == 15, "a target is no count beside it");
        notice.Content.Facts.Practices.Select(p => p.Region).ShouldContain("杭州市");
        notice.Content.Facts.Practices.ShouldContain(p => p.Region == "深圳市福田区");

        // Zones that the notice names and the installation does not know: dropped by the office, and on record.
        var themes = notice.Content.Themes.Select(t => t with { Regions = [.. t.Regions.Where(r => r.RegionId is not null)] }).ToList();
        var programme = await PublishAsync(office, notice, notice.Content with { Themes = themes, Regions = [.. notice.Content.Regions.Where(r => r.RegionId is not null)] });
        programme.Themes.Count.ShouldBe(21);
        programme.Themes.Sum(t => t.Targets.Count).ShouldBe(3);
        programme.Practices.ShouldContain(p => p.Region == "杭州市" && p.What.Contains("城市大脑"));
        return programme;
    }

    /// <summary>Measure 1 has to do with P2 and measure 5 with P0: suggested, confirmed by a person, shown, and kept in a copy.</summary>
    private async Task LinksAsync(byte[] licensing, byte[] devolution, byte[] points)
    {
        var office = People.Ganzhou.Coordinator;
        await LicensingAsync(licensing);
        await DevolutionAsync(devolution);
        var programmes = (await app.As(office).GetAsAsync<Data.PagedResult<ProgrammeListItemDto>>("/api/programmes?maxResultCount=200")).Items;
        var notice = await UploadAsync(office, points);
        var links = await app.As(office).GetAsAsync<NoticeLinksDto>($"/api/notices/{notice.Id}/links");
        var first = links.Suggestions.First(s => s.ThemeKey == notice.Content.Themes[0].Key);
        var fifth = links.Suggestions.First(s => s.ThemeKey == notice.Content.Themes[4].Key);
        programmes.Single(p => p.Id == first.ProgrammeId).ThemeCount.ShouldBe(12);
        programmes.Single(p => p.Id == fifth.ProgrammeId).ThemeCount.ShouldBe(11);
        notice.Content.Themes.ShouldAllBe(t => t.Facts!.Links.Count == 0, "nothing is linked by itself");

        var themes = notice.Content.Themes.Select((t, i) => i is not (0 or 4) ? t : t with
        {
            Facts = t.Facts! with { Links = [i == 0 ? new(first.ProgrammeId, first.ThemeId) : new(fifth.ProgrammeId, fifth.ThemeId)] },
        }).Select(t => t with { Regions = [.. t.Regions.Where(r => r.RegionId is not null)] }).ToList();
        var programme = await PublishAsync(office, notice, notice.Content with { Themes = themes, Regions = [.. notice.Content.Regions.Where(r => r.RegionId is not null)] });
        programme.Themes[0].Links.ShouldHaveSingleItem().ProgrammeTitle.ShouldBe(programmes.Single(p => p.Id == first.ProgrammeId).Title);
        programme.Themes[4].Links.ShouldHaveSingleItem().ProgrammeId.ShouldBe(fifth.ProgrammeId);

        var copy = await app.As(office).PostAsAsync<NoticeDto>($"/api/programmes/{programme.Id}/copy", new Templates.CopyProgrammeDto(1));
        copy.Content.Themes[4].Facts!.Links.ShouldHaveSingleItem().ProgrammeId.ShouldBe(fifth.ProgrammeId);
        copy.Content.Themes.Sum(t => t.Facts!.Targets.Count).ShouldBe(3);
        copy.Preview.Gaps.Count.ShouldBe(notice.Preview.Gaps.Count);
        (await app.As(office).GetAsAsync<NoticeLinksDto>($"/api/notices/{copy.Id}/links")).Suggestions
            .ShouldNotContain(s => s.ThemeKey == copy.Content.Themes[4].Key && s.ProgrammeId == fifth.ProgrammeId && s.ThemeId == fifth.ThemeId, "what is linked is not suggested");
    }

    private static NoticePassage Passage(NoticeDto notice, string? key) => notice.Passages.Single(p => p.Key == key);

    private async Task<NoticeDto> UploadAsync(Persona by, byte[] file)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "通知.txt" } };
        var response = await app.As(by).PostAsync(new Uri("/api/notices/upload", UriKind.Relative), form);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<NoticeDto>(PilotPlatformApp.Json))!;
    }

    /// <summary>Keeps the content, answers in words what is still open then, and publishes.</summary>
    private async Task<ProgrammeDto> PublishAsync(Persona by, NoticeDto notice, NoticeContent content)
    {
        var client = app.As(by);
        var saved = await client.PutAsAsync<NoticeDto>($"/api/notices/{notice.Id}", new SaveNoticeDto(content, [], notice.ConcurrencyStamp));
        var answers = saved.Questions.Where(q => q.IsOpen && q.MayBeAnswered).Select(q => new AnswerDto(q.Key, "经请示发文单位，按草稿执行")).ToList();
        saved = await client.PutAsAsync<NoticeDto>($"/api/notices/{notice.Id}", new SaveNoticeDto(content, answers, saved.ConcurrencyStamp));
        saved.Questions.Where(q => q.IsOpen).Select(q => q.Text).ShouldBeEmpty();
        var published = await client.PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(saved.ConcurrencyStamp));
        return await client.GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
    }

    private async Task EnsureZoneAsync(RegionPeople parent, string code, string name, string shortName, RegionLevel level = RegionLevel.County)
    {
        var client = app.As(parent.Administrator);
        if ((await client.GetAsAsync<List<RegionInfo>>("/api/regions")).All(r => r.Code != code))
        {
            await client.PostAsAsync<object>($"/api/regions/{parent.Tenant.Id}/regions", new NewRegion(code, name, shortName, level));
        }
    }

    private sealed record NewRegion(string Code, string Name, string ShortName, RegionLevel Level);
}
