using System.ComponentModel.DataAnnotations.Schema;
using PilotPlatform.Data;

namespace PilotPlatform.Pilots.Pilots;

/// <summary>What can happen to a pilot. The text of <c>Enum:PilotHistoryKind.…</c> is the sentence of the story.</summary>
internal enum PilotHistoryKind
{
    Created,
    PlanningBegun,
    PlanSubmitted,
    PlanRevised,
    Started,
    TaskCompleted,
    TaskReopened,
    NoteAdded,
    DeliverableSubmitted,
    DeliverableReturned,
    DeliverableAccepted,
    AllSubmitted,
    Accepted,
    AssessmentBegun,
    Concluded,
    Certified,
    Suspended,
    Resumed,
    Withdrawn,
    DeliverableArchived,
    LedgerOpened,
    LedgerUpdated,
    LedgerHandedIn,
    LedgerConfirmed,
    LedgerReturned,
    LedgerCompleted,
    OutcomeCorrected,
}

/// <summary>One line of a pilot's story, written in the transaction of what it tells.</summary>
internal sealed class HistoryEntry : TenantEntity
{
    private HistoryEntry()
    {
    }

    public HistoryEntry(
        Guid id, Pilot pilot, PilotHistoryKind kind, DateTime happenedAt, int sequence, string actorName, string actorRegionName, IReadOnlyList<HistoryValue> values)
        : base(id, pilot.Owner)
    {
        PilotId = pilot.Id;
        Kind = kind;
        HappenedAt = happenedAt;
        Sequence = sequence;
        ActorName = actorName;
        ActorRegionName = actorRegionName;
        Values = values;
    }

    public Guid PilotId { get; private set; }

    public PilotHistoryKind Kind { get; private set; }

    public DateTime HappenedAt { get; private set; }

    /// <summary>Its place among what was written in the same instant by the same use case.</summary>
    public int Sequence { get; private set; }

    public string ActorName { get; private set; } = "";

    public string ActorRegionName { get; private set; } = "";

    public IReadOnlyList<HistoryValue> Values { get; private set; } = [];
}

/// <summary>A value for a placeholder of the sentence.</summary>
[NotMapped]
internal sealed record HistoryValue(string Name, string Value);
