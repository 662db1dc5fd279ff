using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Testing;

namespace PilotPlatform.Programmes.Tests.Items;

/// <summary>Programmes with one theme and lists of items of made-up names.</summary>
internal static class ItemWorld
{
    public static readonly IReadOnlyList<ItemArtefact> FiveArtefacts =
        [new("list", "一单（事项清单）"), new("plan", "一案（承接方案）"), new("course", "一课（培训计划）"), new("liaison", "一专员（联络员）"), new("form", "一表（反馈表）")];

    public static Uri At(string path) => new(path, UriKind.Relative);

    /// <summary>A published programme of the issuer with one theme for each named set of regions.</summary>
    public static async Task<ProgrammeDto> ProgrammeAsync(PilotPlatformApp app, RegionPeople issuer, string title, params Guid[] regionIds)
    {
        var client = app.As(issuer.Coordinator);
        var notice = await client.PostAsAsync<NoticeDto>("/api/notices", new CreateNoticeDto($"关于{title}的通知\n各有关单位：\n现将{title}有关事项通知如下，请认真贯彻执行。"));
        var content = new NoticeContent(
            title, null, issuer.Name + "政务服务管理局", new DateOnly(2023, 5, 4), null, ClaimAudience.None, null, [], [],
            [new NoticeTheme("t1", "1", title, "按清单承接。", [.. regionIds.Select(id => new NoticeRegion("", id, null, null))], [], [], null, null)]);
        notice = await client.PutAsAsync<NoticeDto>($"/api/notices/{notice.Id}", new SaveNoticeDto(content, [], notice.ConcurrencyStamp));
        var answers = notice.Questions.Where(q => q.IsOpen && q.MayBeAnswered).Select(q => new AnswerDto(q.Key, "已核对")).ToList();
        notice = await client.PutAsAsync<NoticeDto>($"/api/notices/{notice.Id}", new SaveNoticeDto(content, answers, notice.ConcurrencyStamp));
        var published = await client.PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(notice.ConcurrencyStamp));
        return await client.GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
    }

    public static async Task<Guid> RegionAsync(PilotPlatformApp app, string name) =>
        (await app.Services.GetRequiredService<IRegionDirectory>().GetAsync()).All.First(r => r.Name == name).Id;

    public static ItemListContent Content(string title, IEnumerable<ItemEntry> items, int? total = null, int? offices = null) =>
        new(title, [], total, offices, [], [], false, [.. items]);

    /// <summary>Items of that many offices, shared out in turn.</summary>
    public static IEnumerable<ItemEntry> Rows(int count, int offices = 1, string? mode = null, string? group = null, string kind = "办理") => Enumerable.Range(1, count).Select(n =>
        new ItemEntry(null, n.ToString(CultureInfo.InvariantCulture), $"第{n}类经营场所{kind}备案{mode}{group}", null, $"示例部门{1 + ((n - 1) % offices)}", mode, "行政许可", group, [], 1, null));

    public static Task<ItemListDraftDto> CreateAsync(PilotPlatformApp app, RegionPeople issuer, ProgrammeDto programme, ItemListContent content) =>
        app.As(issuer.Coordinator).PostAsAsync<ItemListDraftDto>("/api/item-lists", new CreateItemListDto(programme.Themes[0].Id, content));

    public static Task<ItemListDraftDto> SaveAsync(PilotPlatformApp app, RegionPeople issuer, ItemListDraftDto draft, ItemListContent content) =>
        app.As(issuer.Coordinator).PutAsAsync<ItemListDraftDto>($"/api/item-lists/{draft.ListId}/draft", new SaveItemListDto(content, draft.ConcurrencyStamp));

    public static Task<ItemListDto> IssueAsync(PilotPlatformApp app, RegionPeople issuer, ItemListDraftDto draft, string? note = null, DateOnly? documentDate = null) =>
        app.As(issuer.Coordinator).PostAsAsync<ItemListDto>($"/api/item-lists/{draft.ListId}/issue", new IssueItemListDto(note, draft.ConcurrencyStamp, documentDate));

    public static Task<IReadOnlyList<IssuedItemList>> ForThemeAsync(PilotPlatformApp app, Persona persona, Guid themeId, Guid regionId) =>
        app.AsAsync(persona, services => services.GetRequiredService<IItemListLookup>().ForThemeAsync(themeId, regionId, default));

    public static async Task<IReadOnlyList<ServiceItemDto>> AllItemsAsync(PilotPlatformApp app, Persona persona, Guid listId, string query = "")
    {
        var client = app.As(persona);
        var all = new List<ServiceItemDto>();
        PagedResult<ServiceItemDto> page;
        do
        {
            page = await client.GetAsAsync<PagedResult<ServiceItemDto>>($"/api/item-lists/{listId}/items?maxResultCount=200&skipCount={all.Count}{query}");
            all.AddRange(page.Items);
        }
        while (all.Count < page.TotalCount);

        return all;
    }
}
