using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows;

namespace PilotPlatform.Programmes.Choices;

/// <summary>What somebody chose. IsGone: it is not in force any more, and the next in line is taken.</summary>
internal sealed record FlowChoiceDto(string ChosenKey, string ChosenName, bool IsGone, DateTime ChosenAt, string ChosenBy, string ConcurrencyStamp);

/// <summary>The flow that new work takes. Since: from when; null where there is none.</summary>
internal sealed record FlowInForceDto(string Kind, FlowDto? Flow, ChoiceSource Source, DateTime? Since, FlowChoiceDto? Choice);

/// <summary>The flows of a theme; of the whole programme where ThemeId is null.</summary>
internal sealed record FlowScopeDto(Guid? ThemeId, string Number, string Title, IReadOnlyList<FlowInForceDto> Flows);

/// <summary>The flows of a programme and its themes, as they are in force for the reader's own region.</summary>
internal sealed record ProgrammeFlowsDto(
    Guid ProgrammeId, bool IsIssuer, bool MayChoose, IReadOnlyList<FlowKindDto> Kinds, IReadOnlyList<FlowScopeDto> Scopes);

/// <summary>ThemeId: null for the whole programme. ChosenKey: null takes the choice back. ConcurrencyStamp: that of the choice seen, null where there was none.</summary>
internal sealed record ChooseFlowDto(Guid? ThemeId, string Kind, string? ChosenKey, string? ConcurrencyStamp);

/// <summary>The flows of programmes that are out.</summary>
internal sealed class ProgrammeFlowService(
    PlatformDbContext db, IWorkflowChoices workflows, ProgrammeAppService programmes, ICurrentPermissions permissions, IUserDirectory people,
    IRegionDirectory directory, ICurrentScope scope)
{
    public async Task<ProgrammeFlowsDto> GetAsync(Guid programmeId, CancellationToken cancellationToken)
    {
        var programme = await db.Set<Programme>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == programmeId, cancellationToken)
            ?? throw new NotFoundException(nameof(Programme), programmeId);
        var themes = await db.Set<Theme>().AsNoTracking().Where(t => t.ProgrammeId == programmeId).OrderBy(t => t.Order)
            .Select(t => new { t.Id, t.Number, t.Title }).ToListAsync(cancellationToken);
        var own = scope.RequiredTenant;
        var isIssuer = programme.TenantId == own.Id;
        var mayChoose = isIssuer && programme.Status == ProgrammeStatus.Published
            && (await permissions.GetAsync(cancellationToken)).Contains(WorkflowsPermissions.Choose);
        // A region below the issuer is told what its own pilots take: it may have a flow of its own where that is allowed.
        var plan = await workflows.PlanAsync(
            programme.Owner.Covers(own) ? own : programme.Owner, programme.Owner, [.. themes.Select(t => t.Id), programmeId], mayChoose, cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        var names = await people.FindAsync([.. plan.Choices.Select(c => c.ChosenBy).OfType<Guid>().Distinct()], cancellationToken);

        return new ProgrammeFlowsDto(
            programmeId, isIssuer, mayChoose,
            [.. plan.Kinds.Select(k => new FlowKindDto(k.Key, k.Name, k.RunsAtIssuer, [.. plan.OptionsFor(k.Key).Select(f => NoticeChoosing.Describe(f, regions))]))],
            [
                new FlowScopeDto(null, "", programme.Title, [.. plan.Kinds.Select(k => InForce(k.Key, null))]),
                .. themes.Select(t => new FlowScopeDto(t.Id, t.Number, t.Title, [.. plan.Kinds.Select(k => InForce(k.Key, t.Id))])),
            ]);

        FlowInForceDto InForce(string kind, Guid? themeId)
        {
            var ofProgramme = Standing(kind, programmeId);
            var ofTheme = themeId is { } id ? Standing(kind, id) : null;
            var (choice, source) = ofTheme is not null ? (ofTheme, ChoiceSource.Theme) : (ofProgramme, ofProgramme is null ? ChoiceSource.Usual : ChoiceSource.Programme);
            var flow = plan.InForce(kind, themeId is { } theme ? [theme, programmeId] : [programmeId]);
            var made = plan.Choices.FirstOrDefault(c => c.Kind == kind && c.ChosenFor == (themeId ?? programmeId));
            return new(
                kind, flow is null ? null : NoticeChoosing.Describe(flow, regions), source,
                flow is null ? null : choice is null || flow.PublishedAt > choice.ChosenAt ? flow.PublishedAt : choice.ChosenAt,
                made is null ? null : new FlowChoiceDto(
                    made.ChosenKey, plan.NameOf(made.ChosenKey), plan.Find(kind, made.ChosenKey) is null, made.ChosenAt,
                    made.ChosenBy is { } person && names.TryGetValue(person, out var known) ? known.DisplayName : "", made.ConcurrencyStamp));
        }

        // A choice that is retired by now holds no more.
        FlowChoice? Standing(string kind, Guid chosenFor) =>
            plan.Choices.FirstOrDefault(c => c.Kind == kind && c.ChosenFor == chosenFor) is { } made && plan.Find(kind, made.ChosenKey) is not null ? made : null;
    }

    public async Task<ProgrammeFlowsDto> ChooseAsync(Guid programmeId, ChooseFlowDto input, CancellationToken cancellationToken)
    {
        var programme = await programmes.LoadOwnAsync(programmeId, cancellationToken, tracked: false);
        new InputCheck().Text(input.Kind, "kind", 80).Text(input.ChosenKey, "chosenKey", 80, required: false).ThrowIfAny();
        programme.EnsurePublished();
        if (input.ThemeId is { } themeId && !await db.Set<Theme>().AnyAsync(t => t.Id == themeId && t.ProgrammeId == programmeId, cancellationToken))
        {
            throw new NotFoundException(nameof(Theme), themeId);
        }

        if (workflows.Kinds.All(k => k.Key != input.Kind))
        {
            throw new InputException("kind", ProgrammesErrorCodes.UnknownFlowKind, ("kind", input.Kind));
        }

        await workflows.ChooseAsync([new(input.ThemeId ?? programmeId, input.Kind, input.ChosenKey, input.ConcurrencyStamp)], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(programmeId, cancellationToken);
    }
}
