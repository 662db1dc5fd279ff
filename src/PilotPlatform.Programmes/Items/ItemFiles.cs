using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Programmes.Printing;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using CultureInfo = System.Globalization.CultureInfo;

namespace PilotPlatform.Programmes.Items;

/// <summary>How a file is to be read, where the office knows better than the headings.</summary>
internal sealed class ReadItemTableInput
{
    /// <summary>The table's place in the file, from 0.</summary>
    public int? Table { get; init; }

    /// <summary>The row with the headings; 0 for none.</summary>
    public int? HeadingRow { get; init; }

    /// <summary>The field of each column with commas between; empty for a column to be left out.</summary>
    public string? Fields { get; init; }

    public ItemImportOptions ToOptions() => new(
        Table, HeadingRow, Fields is null ? null : [.. Fields.Split(',').Select(f => Enum.TryParse<ItemField>(f, out var field) && Enum.IsDefined(field) ? field : (ItemField?)null)]);
}

/// <summary>A pasted table.</summary>
internal sealed record ReadItemTextDto(string Text, int? HeadingRow, string? Fields);

/// <summary>Tables in and out: what a file would bring into a draft, and lists as XLSX.</summary>
internal sealed class ItemFiles(
    PlatformDbContext db, ICurrentScope scope, ItemListAppService lists, ItemListReader reader, ITableWorkbookReader tables, ITableWorkbookWriter workbooks,
    IRegionDirectory directory, Texts texts)
{
    /// <summary>What a file would bring in; nothing is stored.</summary>
    public async Task<ItemImportDto> ReadAsync(Guid id, ReadOnlyMemory<byte> file, ReadItemTableInput input, CancellationToken cancellationToken) =>
        await ImportAsync(id, () => tables.Read(file), input.ToOptions(), cancellationToken);

    /// <summary>What a pasted table would bring in; nothing is stored.</summary>
    public async Task<ItemImportDto> ReadTextAsync(Guid id, ReadItemTextDto input, CancellationToken cancellationToken) =>
        await ImportAsync(
            id, () => [tables.ReadText(input.Text ?? "")], new ReadItemTableInput { HeadingRow = input.HeadingRow, Fields = input.Fields }.ToOptions(), cancellationToken);

    /// <summary>A version of a list as XLSX.</summary>
    public async Task<PrintedFile> DownloadAsync(Guid id, int? version, CancellationToken cancellationToken)
    {
        var list = await reader.FindAsync(id, cancellationToken);
        var wanted = version ?? list.Version;
        var edition = await db.Set<ItemListEdition>().AsNoTracking().FirstOrDefaultAsync(e => e.ListId == id && e.Version == wanted, cancellationToken)
            ?? throw new NotFoundException(nameof(ItemListEdition), wanted);
        var content = edition.Header with { Items = await reader.EntriesAsync(edition.Id, cancellationToken) };
        var name = $"{edition.Title}（第{edition.Version}版）";
        return await WriteAsync(content, list.Owner, edition.IssuedAt, name, $"{name} 成文日期：{edition.Dated.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)}", cancellationToken);
    }

    /// <summary>A draft as XLSX: what can be worked on elsewhere and be read in again.</summary>
    public async Task<PrintedFile> DownloadDraftAsync(Guid id, CancellationToken cancellationToken)
    {
        var (list, draft) = await lists.LoadAsync(id, cancellationToken);
        return await WriteAsync(draft.Content, list.Owner, draft.ModifiedAt ?? draft.CreatedAt, $"{draft.Content.Title}（草稿）", draft.Content.Title, cancellationToken);
    }

    /// <summary>An empty table with the headings that are recognised.</summary>
    public Task<PrintedFile> TemplateAsync(CancellationToken cancellationToken) =>
        WriteAsync(new ItemListContent("事项清单导入模板", [], null, null, [], [], false, []), scope.RequiredTenant, DateTime.UnixEpoch, "事项清单导入模板", "事项清单导入模板", cancellationToken);

    private async Task<ItemImportDto> ImportAsync(Guid id, Func<IReadOnlyList<TableReading>> read, ItemImportOptions options, CancellationToken cancellationToken)
    {
        var (_, draft) = await lists.LoadAsync(id, cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        try
        {
            return new ItemImport(draft.Content, regions, scope.RequiredTenant.Id, texts).Read(read(), options);
        }
        catch (TableReadingException e)
        {
            throw new BusinessException(e.Failure switch
            {
                TableReadingFailure.Empty => ProgrammesErrorCodes.ItemTableEmpty,
                TableReadingFailure.TooLarge => ProgrammesErrorCodes.ItemTableTooLarge,
                TableReadingFailure.Macros => ProgrammesErrorCodes.ItemTableHasMacros,
                TableReadingFailure.Encrypted => ProgrammesErrorCodes.ItemTableEncrypted,
                TableReadingFailure.Unsupported => ProgrammesErrorCodes.ItemTableUnsupported,
                _ => ProgrammesErrorCodes.ItemTableUnreadable,
            });
        }
    }

    private async Task<PrintedFile> WriteAsync(ItemListContent content, TenantRef owner, DateTime stateOf, string name, string title, CancellationToken cancellationToken)
    {
        var regions = await directory.GetAsync(cancellationToken);
        var sheet = new TableSheet<ItemEntry>("事项清单", new DateTimeOffset(DateTime.SpecifyKind(stateOf, DateTimeKind.Utc))) { Title = title, FrozenColumns = 2 }
            .TextColumn("序号", i => i.Number, 8).TextColumn("事项名称", i => i.Name, 48).TextColumn("事项编码", i => i.Code, 24).TextColumn("原实施部门", i => i.OfficeName, 24)
            .TextColumn("赋权方式", i => i.Mode, 14).TextColumn("事项类型", i => i.Kind, 14).TextColumn("适用区域", i => RegionsOf(i, content, regions), 28)
            .TextColumn("批次", i => i.Batch.ToString(CultureInfo.InvariantCulture), 8).DateColumn("成文日期", i => i.BatchDate, 12);
        using var stream = new MemoryStream();
        await workbooks.WriteAsync(sheet, content.Items, stream, cancellationToken);
        var bytes = stream.ToArray();
        return new PrintedFile(bytes, ITableWorkbookWriter.MediaType, PrintAppService.FileNameOf(name) + ".xlsx", owner, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static string RegionsOf(ItemEntry item, ItemListContent content, RegionMap regions) =>
        item.RegionIds.Count > 0
            ? string.Join('、', regions.InAdministrativeOrder(item.RegionIds, id => id).Select(id => regions.Find(id)?.Name ?? ""))
            : content.GroupOf(item.GroupKey)?.Name ?? "";
}
