using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Choices;

/// <summary>
/// The scheme that an issuer chose for a programme or one of its themes, before anything is assessed. The programme's audience
/// reads it: a region may know beforehand by what it will be scored.
/// </summary>
[TakesTurns]
internal sealed class SchemeChoice : TenantEntity, IAudienceShared
{
    private SchemeChoice()
    {
    }

    public SchemeChoice(Guid id, TenantRef issuer, Guid programmeId, Guid chosenFor, Guid familyId, string schemeName)
        : base(id, issuer)
    {
        ProgrammeId = programmeId;
        AudienceKey = programmeId;
        ChosenFor = chosenFor;
        Choose(familyId, schemeName);
    }

    public Guid ProgrammeId { get; private set; }

    public Guid AudienceKey { get; private set; }

    /// <summary>The theme, or the programme itself.</summary>
    public Guid ChosenFor { get; private set; }

    /// <summary>Whichever version is the newest published one when a panel is set: a mistake that was corrected is not scored by.</summary>
    public Guid FamilyId { get; private set; }

    /// <summary>Its name when it was chosen, for regions that may not read the scheme itself.</summary>
    public string SchemeName { get; private set; } = "";

    public void Choose(Guid familyId, string schemeName)
    {
        FamilyId = familyId;
        SchemeName = schemeName;
    }
}

internal sealed class SchemeChoiceConfiguration : IEntityTypeConfiguration<SchemeChoice>
{
    public void Configure(EntityTypeBuilder<SchemeChoice> builder)
    {
        builder.ToTable("AssessmentSchemeChoices");
        builder.Property(x => x.SchemeName).HasMaxLength(AssessmentScheme.NameLength);
        builder.HasIndex(x => new { x.TenantPath, x.ChosenFor }).IsUnique();
        builder.HasIndex(x => x.ProgrammeId);
    }
}
