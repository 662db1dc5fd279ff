using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Expressions;
using PilotPlatform.Identity;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Instances;

/// <summary>Finds whom a rule names. An empty answer is an incident, never a lost token.</summary>
internal sealed class AssigneeResolver(IUserDirectory people, IRegionDirectory regions, IAccountChanges accounts, IMemoryCache cache)
{
    // Only “there is somebody” is remembered, until an account changes on this node, and briefly: another node may have changed
    // one. WhenTaskOffered, which looks for the people anyway, opens the incident then.
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(30);

    public async Task<Offer> OfferAsync(
        AssigneeRule? rule, WorkflowInstance instance, IReadOnlyDictionary<string, JsonElement> variables, CancellationToken cancellationToken)
    {
        var doers = instance.Doers();
        List<Guid> excluded = [.. (rule?.NotWhoDid ?? []).Where(doers.ContainsKey).Select(step => doers[step]).Distinct()];
        var issuer = instance.Subject.Issuer;
        switch (rule)
        {
            case { Kind: AssigneeKind.Role }:
                if (await RegionAsync(rule.Region, instance, cancellationToken) is not { } region)
                {
                    return Offer.ToNobody(issuer, excluded);
                }

                return await AnybodyAsync(Offer.KeyOfRole(region.Id, rule.Value), () => people.InRoleAsync(region.Id, rule.Value, cancellationToken), excluded)
                    ? new(Offer.KeyOfRole(region.Id, rule.Value), region, null, "", excluded, []) : Offer.ToNobody(region, excluded);
            case { Kind: AssigneeKind.Office } when Guid.TryParse(rule.Value, out var officeId):
                return (await people.OfOfficeAsync(officeId, cancellationToken)).FirstOrDefault(u => !excluded.Contains(u.Id) && Concerns(u.Region, instance.Subject)) is { } one
                    ? new(Offer.KeyOfOffice(officeId), one.Region, null, "", excluded, []) : Offer.ToNobody(issuer, excluded);
            case { Kind: AssigneeKind.Person } when Guid.TryParse(rule.Value, out var userId):
                return await PersonsAsync([userId], instance, excluded, cancellationToken);
            case { Kind: AssigneeKind.SameAs } when doers.TryGetValue(rule.Value, out var doer):
                return await PersonsAsync([doer], instance, excluded, cancellationToken);
            case { Kind: AssigneeKind.Expression }:
                var named = NamedBy(rule.Value, variables);
                return named is [var place] && WorkflowPlaces.WhoLeft(place) is { } whoLeft
                    ? Offer.Vacancy(whoLeft, issuer, excluded) : await PersonsAsync(UsersOf(named), instance, excluded, cancellationToken);
            default:
                return Offer.ToNobody(issuer, excluded);
        }
    }

    /// <summary>A person whom the domain names.</summary>
    public Task<Offer> OfferToAsync(Guid userId, WorkflowInstance instance, IReadOnlyList<Guid> excluded, CancellationToken cancellationToken) =>
        PersonsAsync([userId], instance, excluded, cancellationToken);

    /// <summary>The people whom a rule names now, for telling them something.</summary>
    public async Task<IReadOnlyList<UserSummary>> PeopleAsync(
        AssigneeRule rule, WorkflowInstance instance, IReadOnlyDictionary<string, JsonElement> variables, CancellationToken cancellationToken)
    {
        var doers = instance.Doers();
        switch (rule.Kind)
        {
            case AssigneeKind.Role:
                return await RegionAsync(rule.Region, instance, cancellationToken) is { } region
                    ? await people.InRoleAsync(region.Id, rule.Value, cancellationToken) : [];
            case AssigneeKind.Office when Guid.TryParse(rule.Value, out var officeId):
                return [.. (await people.OfOfficeAsync(officeId, cancellationToken)).Where(u => Concerns(u.Region, instance.Subject))];
            default:
                IReadOnlyList<Guid> ids = rule.Kind switch
                {
                    AssigneeKind.Person when Guid.TryParse(rule.Value, out var userId) => [userId],
                    AssigneeKind.SameAs when doers.TryGetValue(rule.Value, out var doer) => [doer],
                    AssigneeKind.Expression => UsersOf(NamedBy(rule.Value, variables)),
                    _ => [],
                };
                return [.. (await people.FindAsync(ids, cancellationToken)).Values.Where(u => Concerns(u.Region, instance.Subject))];
        }
    }

    /// <summary>The region that a rule means; null when there is none (the parent of a province).</summary>
    public static async Task<TenantRef?> RegionAsync(
        RegionRole role, TenantRef subject, TenantRef issuer, IRegionDirectory regions, CancellationToken cancellationToken)
    {
        if (role != RegionRole.Parent)
        {
            return role == RegionRole.Issuer ? issuer : subject;
        }

        var map = await regions.GetAsync(cancellationToken);
        return TenantPaths.ParentOf(subject.Path) is { } path ? map.FindByPath(path)?.Tenant : null;
    }

    private Task<TenantRef?> RegionAsync(RegionRole role, WorkflowInstance instance, CancellationToken cancellationToken) =>
        RegionAsync(role, instance.Owner, instance.Subject.Issuer, regions, cancellationToken);

    private async Task<Offer> PersonsAsync(
        IReadOnlyList<Guid> userIds, WorkflowInstance instance, IReadOnlyList<Guid> excluded, CancellationToken cancellationToken)
    {
        var found = (await people.FindAsync(userIds, cancellationToken)).Values
            .Where(u => !excluded.Contains(u.Id) && Concerns(u.Region, instance.Subject)).ToList();
        return found.Count switch
        {
            0 => Offer.ToNobody(instance.Subject.Issuer, excluded),
            1 => new(Offer.KeyOfUser(found[0].Id), found[0].Region, found[0].Id, found[0].DisplayName, excluded, []),
            _ => new(Offer.Candidate, found[0].Region, null, "", excluded, [.. found.Select(u => u.Id)]),
        };
    }

    /// <summary>A person may do a flow's work when their region is the subject's or stands above it: a sibling never sees it.</summary>
    public static bool Concerns(TenantRef region, WorkflowSubject subject) => region != TenantRef.Root && region.Covers(subject.Region);

    private async Task<bool> AnybodyAsync(string key, Func<Task<IReadOnlyList<UserSummary>>> find, List<Guid> excluded)
    {
        if (excluded.Count > 0)
        {
            return (await find()).Any(u => !excluded.Contains(u.Id));
        }

        // Before looking: what changes meanwhile must not be remembered as looked at.
        var remembered = (nameof(AssigneeResolver), key, accounts.Stamp);
        if (cache.TryGetValue(remembered, out _))
        {
            return true;
        }

        if ((await find()).Count == 0)
        {
            return false;
        }

        cache.Set(remembered, true, Remember);
        return true;
    }

    private static List<string> NamedBy(string expression, IReadOnlyDictionary<string, JsonElement> variables)
    {
        var value = Expression.Parse(expression).Evaluate(name => variables.TryGetValue(name, out var found) ? found : null);
        var texts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1);
        return [.. texts.Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)];
    }

    private static IReadOnlyList<Guid> UsersOf(IEnumerable<string> named) =>
        [.. named.Select(t => Guid.TryParse(t, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct()];
}
