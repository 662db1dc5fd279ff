using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows;

namespace PilotPlatform.Programmes.Choices;

/// <summary>
/// Flows and schemes that are chosen with a notice: kept in the draft's content, so that they go wherever it goes, and made
/// choices of the programme and its themes by the SaveChanges that publishes it.
/// </summary>
internal sealed class NoticeChoosing(
    IWorkflowChoices workflows, IThemeSchemes schemes, ICurrentPermissions permissions, IRegionDirectory directory, ICurrentScope scope, Texts texts)
{
    private const int KeyLength = 80;

    public async Task<NoticeOptionsDto> OptionsAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanAsync([], withOptions: true, cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        var granted = await permissions.GetAsync(cancellationToken);
        return new(
            [.. plan.Kinds.Select(k => new FlowKindDto(k.Key, k.Name, k.RunsAtIssuer, [.. plan.OptionsFor(k.Key).Select(f => Describe(f, regions))]))],
            await schemes.OptionsAsync(cancellationToken), granted.Contains(WorkflowsPermissions.Choose), granted.Contains(schemes.ChoosePermission));
    }

    /// <summary>The content with the usual scheme, where none is chosen and one is usual: the office sees it and may take another.</summary>
    public async Task<NoticeContent> WithUsualAsync(NoticeContent content, CancellationToken cancellationToken) =>
        content.Choices?.SchemeId is null && (await schemes.OptionsAsync(cancellationToken)).FirstOrDefault(s => s.IsUsual) is { } usual
            ? content with { Choices = (content.Choices ?? new()) with { SchemeId = usual.Id } } : content;

    /// <summary>Refuses choices that make no sense, and changes by somebody who may not choose.</summary>
    public async Task CheckChangeAsync(NoticeContent was, NoticeContent now, CancellationToken cancellationToken)
    {
        var check = new InputCheck();
        var kinds = workflows.Kinds.Select(k => k.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, choices) in now.Themes.Select((t, i) => ($"content.themes[{i}].choices", t.Choices)).Prepend(("content.choices", now.Choices)))
        {
            foreach (var flow in choices?.Flows ?? [])
            {
                check.That(kinds.Contains(flow.Kind ?? ""), FieldOf(path, flow.Kind), ProgrammesErrorCodes.UnknownFlowKind, ("kind", flow.Kind))
                    .Text(flow.ChosenKey, FieldOf(path, flow.Kind), KeyLength)
                    .That(choices!.Flows!.Count(f => f.Kind == flow.Kind) == 1, FieldOf(path, flow.Kind), PlatformErrorCodes.Duplicate);
            }
        }

        check.ThrowIfAny();

        // Themes come and go with what was chosen for them; whoever takes one out or puts one in that chooses nothing has changed no choice.
        var before = was.Themes.ToDictionary(t => t.Key, t => t.Choices, StringComparer.Ordinal);
        var pairs = now.Themes.Select(t => (Was: before.GetValueOrDefault(t.Key), Now: t.Choices)).Append((Was: was.Choices, Now: now.Choices)).ToList();
        var granted = await permissions.GetAsync(cancellationToken);
        Require(granted, WorkflowsPermissions.Choose, pairs.All(p => NoticeChoices.SameFlows(p.Was, p.Now)));
        Require(granted, schemes.ChoosePermission, pairs.All(p => p.Was?.SchemeId == p.Now?.SchemeId));
    }

    /// <summary>The flows and the scheme that each theme would take.</summary>
    public async Task<IReadOnlyList<ThemeChoicesDto>> DescribeAsync(NoticeContent content, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync([], withOptions: false, cancellationToken);
        var options = await schemes.OptionsAsync(cancellationToken);
        return
        [
            .. content.Themes.Select(theme => new ThemeChoicesDto(
                theme.Key, theme.Number, theme.Title,
                [
                    .. plan.Kinds.Select(kind =>
                    {
                        var (chosen, source) = Nearest(theme.Choices?.Of(kind.Key), content.Choices?.Of(kind.Key));
                        var flow = plan.Find(kind.Key, chosen ?? kind.Key);
                        return new ThemeFlowDto(kind.Key, kind.Name, flow?.Name ?? (chosen is null ? "" : plan.NameOf(chosen)), flow?.Version, source, chosen is not null && flow is null);
                    }),
                ],
                SchemeOf(theme.Choices?.SchemeId, content.Choices?.SchemeId))),
        ];

        ThemeSchemeDto? SchemeOf(Guid? ofTheme, Guid? ofProgramme)
        {
            if ((ofTheme ?? ofProgramme) is not { } id)
            {
                return null;
            }

            var scheme = options.FirstOrDefault(o => o.Id == id);
            return new(id, scheme?.Name ?? "", scheme?.Version, ofTheme is null ? ChoiceSource.Programme : ChoiceSource.Theme, scheme is null);
        }
    }

    /// <summary>Puts the choices of a programme that is being published into the context.</summary>
    /// <exception cref="InputException">Something chosen is not in force any more; each such choice is an error of its own.</exception>
    public async Task ApplyAsync(Programme programme, IReadOnlyList<Theme> themes, NoticeContent content, CancellationToken cancellationToken)
    {
        var wanted = content.Themes.Select((t, i) => (ChosenFor: themes[i].Id, Path: $"content.themes[{i}].choices", Theme: (NoticeTheme?)t, t.Choices))
            .Prepend((programme.Id, "content.choices", null, content.Choices)).Where(w => w.Choices is not null).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var plan = await PlanAsync([], withOptions: true, cancellationToken);
        var options = await schemes.OptionsAsync(cancellationToken);
        var check = new InputCheck();
        foreach (var (_, path, theme, choices) in wanted)
        {
            foreach (var flow in choices!.Flows ?? [])
            {
                check.That(
                    plan.OptionsFor(flow.Kind).Any(o => o.Key == flow.ChosenKey), FieldOf(path, flow.Kind),
                    theme is null ? ProgrammesErrorCodes.ProgrammeFlowGone : ProgrammesErrorCodes.FlowGone,
                    ("number", theme?.Number), ("title", theme?.Title), ("kind", plan.Kinds.FirstOrDefault(k => k.Key == flow.Kind)?.Name ?? flow.Kind), ("name", plan.NameOf(flow.ChosenKey)));
            }

            check.That(
                choices.SchemeId is not { } id || options.Any(o => o.Id == id), path + ".schemeId",
                theme is null ? ProgrammesErrorCodes.ProgrammeSchemeGone : ProgrammesErrorCodes.SchemeGone, ("number", theme?.Number), ("title", theme?.Title));
        }

        check.ThrowIfAny();
        await workflows.ChooseAsync(
            [.. wanted.SelectMany(w => (w.Choices!.Flows ?? []).Select(f => new ChosenFlow(w.ChosenFor, f.Kind, f.ChosenKey, null)))], cancellationToken);
        foreach (var (chosenFor, _, _, choices) in wanted)
        {
            if (choices!.SchemeId is { } id)
            {
                schemes.Choose(programme.Id, chosenFor, options.First(o => o.Id == id));
            }
        }
    }

    /// <summary>What was chosen for a programme and its themes, for a copy.</summary>
    public async Task<IReadOnlyDictionary<Guid, NoticeChoices>> ChosenAsync(Guid programmeId, IReadOnlyCollection<Guid> themeIds, CancellationToken cancellationToken)
    {
        var flows = (await PlanAsync([.. themeIds, programmeId], withOptions: false, cancellationToken)).Choices.ToLookup(c => c.ChosenFor, c => new NoticeFlow(c.Kind, c.ChosenKey));
        var chosen = await schemes.ChosenAsync(programmeId, cancellationToken);
        return flows.Select(f => f.Key).Concat(chosen.Keys).Distinct().ToDictionary(
            id => id, id => new NoticeChoices([.. flows[id].OrderBy(f => f.Kind, StringComparer.Ordinal)], chosen.TryGetValue(id, out var scheme) ? scheme : null));
    }

    public static FlowDto Describe(FlowSummary flow, RegionMap regions) => new(
        flow.Key, flow.Name, flow.DefinitionId, flow.VersionId, flow.Version, flow.Owner == TenantRef.Root ? "" : regions.NameOf(flow.Owner), flow.PublishedAt);

    private Task<IFlowPlan> PlanAsync(IReadOnlyCollection<Guid> chosenFor, bool withOptions, CancellationToken cancellationToken)
    {
        var issuer = scope.RequiredTenant;
        return workflows.PlanAsync(issuer, issuer, chosenFor, withOptions, cancellationToken);
    }

    private void Require(IReadOnlySet<string> granted, string permission, bool unchanged)
    {
        if (!unchanged && !granted.Contains(permission))
        {
            throw new BusinessException(ProgrammesErrorCodes.MayNotChoose).WithData("permission", texts.Get("Permission:" + permission));
        }
    }

    private static string FieldOf(string path, string? kind) => $"{path}.flows[{kind}]";

    private static (string? Chosen, ChoiceSource Source) Nearest(string? ofTheme, string? ofProgramme) =>
        ofTheme is not null ? (ofTheme, ChoiceSource.Theme) : ofProgramme is not null ? (ofProgramme, ChoiceSource.Programme) : (null, ChoiceSource.Usual);
}
