using System.Net.Http.Json;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Templates;
using PilotPlatform.Testing;

namespace PilotPlatform.Programmes.Tests;

public sealed class TemplateTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static Uri At(string path) => new(path, UriKind.Relative);

    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task Copy_MovesEveryDateByAYear_AndAsksForNumberAndDate()
    {
        var source = (await Given.NoticeAsync(app)).Content;
        source = source with
        {
            Title = "2023年试点工作的通知",
            Phases = [new("2023年组织实施", new(2023, 3, 1), new(2023, 2, 28), null)],
            Deadline = new(new(2023, 9, 30), DuePrecision.Month, true),
        };
        source = source with { Phases = [source.Phases[0] with { Start = new(2023, 2, 1) }] };
        var published = await Given.PublishedAsync(app, source);
        var copy = await Office.PostAsAsync<NoticeDto>($"/api/programmes/{published.ProgrammeId}/copy", new CopyProgrammeDto(null));

        copy.Origin.ShouldBe(NoticeOrigin.Programme);
        copy.Status.ShouldBe(NoticeStatus.Draft);
        copy.Content.Title.ShouldBe("2024年试点工作的通知");
        copy.Content.DocumentNumber.ShouldBeNull();
        copy.Content.IssueDate.ShouldBeNull();
        copy.Content.Deadline.ShouldBe(new DeadlineDto(new(2024, 9, 30), DuePrecision.Month, true));
        copy.Content.Phases.Single().ShouldSatisfyAllConditions(p => p.Start.ShouldBe(new DateOnly(2024, 2, 1)), p => p.End.ShouldBe(new DateOnly(2024, 2, 29)));
        copy.Preview.ShouldSatisfyAllConditions(p => p.Themes.ShouldBe(10), p => p.Assignments.ShouldBe(27));
        copy.Content.Themes[0].Regions.ShouldContain(r => r.PartName == "如皋市");
        copy.Questions.Where(q => q.IsOpen).Select(q => q.Code).ShouldBe([NoticeQuestions.NumberNew, NoticeQuestions.DateNew, NoticeQuestions.DatesShifted], ignoreOrder: true);

        // Number and date are settled by filling them in; the dates want a word.
        var saved = await Office.PutAsAsync<NoticeDto>(
            $"/api/notices/{copy.Id}", new SaveNoticeDto(copy.Content with { DocumentNumber = "苏政务办发〔2024〕3号", IssueDate = new(2024, 2, 20) }, [], copy.ConcurrencyStamp));
        saved.Questions.Single(q => q.IsOpen).Code.ShouldBe(NoticeQuestions.DatesShifted);
        (await Office.PostAsJsonAsync(At($"/api/notices/{copy.Id}/publish"), new NoticeStampDto(saved.ConcurrencyStamp)).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.QuestionsOpen));
        saved = await Given.SettleAsync(app, saved);
        (await Office.PostAsAsync<PublishedNoticeDto>($"/api/notices/{copy.Id}/publish", new NoticeStampDto(saved.ConcurrencyStamp))).Assignments.ShouldBe(27);
    }

    [Fact]
    public async Task Copy_AsksAboutWhatWasRevokedAndWhatIsOpen()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var assigned = await Office.PostAsAsync<AssignmentDto>($"/api/programmes/{programme.Id}/assignments", new AssignThemeDto(programme.Themes[0].Id, People.Nantong.Tenant.Id, null));
        await Office.PostAsAsync<AssignmentDto>($"/api/assignments/{assigned.Id}/revoke", new RevokeAssignmentDto("机构调整", assigned.ConcurrencyStamp));
        var copy = await Office.PostAsAsync<NoticeDto>($"/api/programmes/{programme.Id}/copy", new CopyProgrammeDto(2));

        copy.Questions.ShouldContain(q => q.Code == NoticeQuestions.AssignmentRevoked && q.Text.Contains("南通市"));
        copy.Content.ClaimsCloseOn.ShouldBe(programme.ClaimsCloseOn!.Value.AddYears(2));
        copy.Content.Themes.ShouldAllBe(t => t.Regions.Count == 0);
        copy.Preview.Gaps.ShouldBeEmpty("regions claim, and the programme has a deadline");
    }

    [Fact]
    public async Task Copy_OfAnothersProgramme_IsRefused()
    {
        var published = await Given.PublishedAsync(app);
        (await app.As(People.Nantong.Coordinator).PostAsJsonAsync(At($"/api/programmes/{published.ProgrammeId}/copy"), new CopyProgrammeDto(1)).RefusalAsync()).ShouldBe((403, ProgrammesErrorCodes.NotIssuer));
        (await app.As(People.Ganzhou.Coordinator).PostAsJsonAsync(At($"/api/programmes/{published.ProgrammeId}/copy"), new CopyProgrammeDto(1)).RefusalAsync()).Status.ShouldBe(404);
        (await Office.PostAsJsonAsync(At($"/api/programmes/{published.ProgrammeId}/copy"), new CopyProgrammeDto(9)).RefusalAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Template_IsTheRegionsOwn_AndADraftFromItMovesItsDatesWithTheDateOfIssue()
    {
        var published = await Given.PublishedAsync(app);
        var programme = await Office.GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
        var template = await Office.PostAsAsync<TemplateListItemDto>($"/api/programmes/{published.ProgrammeId}/template", new SaveTemplateDto("年度专题试点"));
        (await Office.PostAsJsonAsync(At($"/api/programmes/{published.ProgrammeId}/template"), new SaveTemplateDto("年度专题试点")).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.TemplateNameTaken));
        (await Office.GetAsAsync<PagedResult<TemplateListItemDto>>("/api/programme-templates")).Items.ShouldContain(t => t.Id == template.Id && t.ThemeCount == 10);
        (await app.As(People.Jiangxi.Coordinator).GetAsAsync<PagedResult<TemplateListItemDto>>("/api/programme-templates")).Items.ShouldNotContain(t => t.Id == template.Id);
        (await app.As(People.Nantong.Coordinator).PostAsJsonAsync(At($"/api/programme-templates/{template.Id}/start"), new StartFromTemplateDto(null)).RefusalAsync()).Status.ShouldBe(404);

        var issued = programme.IssueDate!.Value.AddDays(400);
        var draft = await Office.PostAsAsync<NoticeDto>($"/api/programme-templates/{template.Id}/start", new StartFromTemplateDto(issued));
        draft.Origin.ShouldBe(NoticeOrigin.Template);
        draft.SourceName.ShouldBe("年度专题试点");
        draft.Content.IssueDate.ShouldBe(issued);
        draft.Content.Deadline!.Date.ShouldBe(programme.Deadline!.Date.AddDays(400));
        draft.Preview.Assignments.ShouldBe(27);
        draft.Questions.Single(q => q.Code == NoticeQuestions.DateNew).IsOpen.ShouldBeFalse();
        draft.Questions.Single(q => q.Code == NoticeQuestions.NumberNew).IsOpen.ShouldBeTrue();

        await Office.PostAsJsonAsync(At($"/api/programme-templates/{template.Id}/discard"), new TemplateStampDto(template.ConcurrencyStamp));
        (await Office.GetAsAsync<PagedResult<TemplateListItemDto>>("/api/programme-templates")).Items.ShouldNotContain(t => t.Id == template.Id);
    }

    [Fact]
    public async Task ToolKitsAndOffices_GoFromTheDraftToTheProgramme()
    {
        var notice = await Given.NoticeAsync(app);
        notice.Content.Themes[3].ToolKits.ShouldBe([ReformToolKit.ToleranceAcceptance], "the title names it");
        notice.Content.Themes[0].ToolKits.ShouldBeEmpty("the title names none");
        var themes = notice.Content.Themes.Select((t, i) => i == 0 ? t with { LeadOffices = ["省政务办"], AssistingOffices = ["省数据局"], ToolKits = [ReformToolKit.IntegratedService, ReformToolKit.LicenceSeparation] } : t).ToList();
        var published = await Given.PublishedAsync(app, notice.Content with { Themes = themes });
        var theme = (await app.As(People.Nantong.Coordinator).GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}")).Themes[0];
        theme.LeadOffices.ShouldBe(["省政务办"]);
        theme.AssistingOffices.ShouldBe(["省数据局"]);
        theme.ToolKits.ShouldBe([ReformToolKit.LicenceSeparation, ReformToolKit.IntegratedService]);
    }
}
