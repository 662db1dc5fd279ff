using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Choices;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Reporting;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Programmes;

/// <summary>What was put into the context.</summary>
internal sealed record IssuedProgramme(Programme Programme, int Themes, int Assignments, int Regions);

/// <summary>
/// Sets a programme up: programme, themes, assignments, audience, messages, events. It only adds to the context, so that
/// the caller's one SaveChanges makes all of it or nothing.
/// </summary>
internal sealed class ProgrammeIssuing(PlatformDbContext db, IRegionDirectory directory, INotifier notifier, NoticeChoosing choosing, IIdGenerator ids, TimeProvider time)
{
    public async Task<IssuedProgramme> IssueAsync(TenantRef issuer, NoticeContent content, string noticeText, IReadOnlyList<QuestionAnswer> decisions, CancellationToken cancellationToken)
    {
        var regions = await directory.GetAsync(cancellationToken);
        var programme = new Programme(ids.NewId(), issuer, content.Title!, content.IssuingBody!);
        programme.Describe(content.DocumentNumber, content.IssueDate, content.Deadline?.ToDeadline(), noticeText);
        foreach (var phase in content.Phases)
        {
            programme.AddPhase(phase.Name, phase.Start, phase.End);
        }

        var facts = content.Facts ?? NoticeFacts.None;
        programme.State(facts);
        if (content.ClaimAudience != ClaimAudience.None)
        {
            var invited = content.ClaimAudience == ClaimAudience.InvitedRegions ? content.Regions.Select(r => r.RegionId!.Value) : [];
            programme.OpenClaims(content.ClaimAudience, content.ClaimsCloseOn!.Value, invited);
        }

        foreach (var decision in decisions)
        {
            programme.Record(new ProgrammeDecision
            {
                Kind = decision.Kind,
                Question = decision.Question ?? "",
                Answer = decision.Text,
                DecidedBy = decision.AnsweredBy,
                DecidedAt = decision.AnsweredAt,
            });
        }

        db.Add(programme);
        var assignments = new List<Assignment>();
        var themes = new List<Theme>();
        foreach (var (source, order) in content.Themes.Select((t, i) => (t, i + 1)))
        {
            var theme = new Theme(ids.NewId(), programme, order, source.Number, source.Title, source.Description);
            theme.LedBy(source.LeadOffices);
            theme.AssistedBy(source.AssistingOffices ?? []);
            theme.Use(source.ToolKits ?? []);
            theme.State(source.Facts ?? ThemeFacts.None);
            if (source.Deadline is { } own)
            {
                theme.DueBy(own.ToDeadline());
            }

            foreach (var deliverable in source.Deliverables)
            {
                theme.Require(ids.NewId(), deliverable.Name, deliverable.Kind);
            }

            db.Add(theme);
            themes.Add(theme);
            foreach (var region in RegionResolver.InOrder(source.Regions, regions).DistinctBy(r => (r.RegionId, r.PartName)))
            {
                assignments.Add(new Assignment(ids.NewId(), theme, regions.Find(region.RegionId!.Value)!, region.PartName, AssignmentOrigin.Notice, time));
            }
        }

        db.AddRange(assignments);
        await choosing.ApplyAsync(programme, themes, content, cancellationToken);
        db.AddRange(facts.Duties.SelectMany((d, i) => ReportingDuty.Of(programme, i + 1, d, ids)));
        var audience = AudienceOf(content, regions, issuer.Id);
        foreach (var region in audience)
        {
            db.Add(new AudienceRow(ids.NewId(), region.Tenant, programme.Id));
            Tell(region, programme, assignments.Count(a => a.RegionId == region.Id));
        }

        programme.Publish(content.Themes.Count, time);
        return new IssuedProgramme(programme, content.Themes.Count, assignments.Count, audience.Count);
    }

    /// <summary>Lets one more region read the programme; a region that reads it already is left as it is.</summary>
    public async Task EnsureAudienceAsync(Programme programme, RegionInfo region, CancellationToken cancellationToken)
    {
        if (!await db.Set<AudienceRow>().AnyAsync(a => a.SubjectId == programme.Id && a.TenantPath == region.Path, cancellationToken))
        {
            db.Add(new AudienceRow(ids.NewId(), region.Tenant, programme.Id));
        }
    }

    /// <summary>Who reads the programme: the regions named, and those whose claims are wanted, in administrative order.</summary>
    public static IReadOnlyList<RegionInfo> AudienceOf(NoticeContent content, RegionMap regions, Guid issuerId)
    {
        var named = content.Themes.SelectMany(t => t.Regions).Concat(content.Regions).Select(r => r.RegionId).OfType<Guid>();
        var asked = content.ClaimAudience == ClaimAudience.AllRegions ? regions.ChildrenOf(issuerId).Where(r => r.IsActive).Select(r => r.Id) : [];
        return [.. regions.InAdministrativeOrder(named.Concat(asked).Distinct().Select(id => regions.Find(id)).OfType<RegionInfo>(), r => r.Id)];
    }

    private void Tell(RegionInfo region, Programme programme, int themes)
    {
        var values = new Dictionary<string, string>
        {
            ["title"] = programme.Title,
            ["body"] = programme.IssuingBody,
            ["count"] = themes.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        var claimed = programme.InvitesClaimsOf(region.Tenant);
        var key = themes > 0 ? "programmes.published-assigned" : claimed ? "programmes.published-claims" : "programmes.published";
        notifier.Notify(
            region.Tenant, ProgrammesPermissions.View,
            new NotificationMessage(key, values, $"/programmes/{programme.Id}", claimed ? programme.ClaimsCloseOn : programme.DueDate));
    }
}
