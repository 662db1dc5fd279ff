using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Bpmn;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Identity;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>Where a task stands.</summary>
internal enum WorkflowTaskStatus
{
    /// <summary>It waits for somebody.</summary>
    Open,

    /// <summary>It waits for an added signer, or, as a place that somebody left, for the domain to name another.</summary>
    Waiting,

    Completed,
    Cancelled,
}

/// <summary>Where an added signer stands in the row (加签).</summary>
internal enum SignerPosition
{
    /// <summary>前加签: signs before the task's own person.</summary>
    Before,

    /// <summary>后加签: signs after, before the flow goes on.</summary>
    After,
}

/// <summary>待办: one piece of work of a person. Its changes are steps of the instance, so the row log leaves it out.</summary>
[NotAudited]
internal sealed class WorkflowTask : TenantEntity, IReminded
{
    private WorkflowTask()
    {
    }

    public WorkflowTask(Guid id, WorkflowInstance instance, int executionId, string nodeId, string name, Offer offer, DateOnly? dueOn, HumanWork work)
        : base(id, instance.Owner)
    {
        InstanceId = instance.Id;
        SubjectId = instance.SubjectId;
        Key = instance.Key;
        Title = instance.Title;
        ExecutionId = executionId;
        NodeId = nodeId;
        Name = name;
        OfferedTo = offer.Key;
        OfferRegionId = offer.Region.Id;
        // Also when nobody was found: whose administrators may name somebody.
        OfferRegionPath = offer.Region.Path;
        AssigneeId = offer.UserId;
        AssigneeName = offer.UserName;
        ExcludedUsers = string.Join(',', offer.Excluded.Select(u => u.ToString("N")));
        DueOn = dueOn;
        CompletedByEvent = work.CompletedBy;
        AllowsBatch = work.AllowsBatch;
        IsConfidential = work.IsConfidential;
        OpenedAt = DateTime.MinValue;
    }

    private WorkflowTask(Guid id, WorkflowTask before, Offer offer)
        : base(id, before.Owner)
    {
        InstanceId = before.InstanceId;
        SubjectId = before.SubjectId;
        Key = before.Key;
        Title = before.Title;
        ExecutionId = before.ExecutionId;
        NodeId = before.NodeId;
        Name = before.Name;
        OfferedTo = offer.Key;
        OfferRegionId = offer.Region.Id;
        OfferRegionPath = offer.Region.Path;
        AssigneeId = offer.UserId;
        AssigneeName = offer.UserName;
        ExcludedUsers = before.ExcludedUsers;
        DueOn = before.DueOn;
        CompletedByEvent = before.CompletedByEvent;
        AllowsBatch = before.AllowsBatch;
        IsConfidential = before.IsConfidential;
    }

    public Guid InstanceId { get; private set; }

    public Guid SubjectId { get; private set; }

    public string Key { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>The machine's execution.</summary>
    public int ExecutionId { get; private set; }

    public string NodeId { get; private set; } = "";

    public string Name { get; private set; } = "";

    public WorkflowTaskStatus Status { get; private set; } = WorkflowTaskStatus.Open;

    /// <summary>Whose inbox it is in while nobody has claimed it: <c>role:REGION:NAME</c>, <c>office:ID</c>, <c>user:ID</c>; empty when nobody was found; <c>vacant:ID</c>, which is nobody's, for the place that somebody left.</summary>
    public string OfferedTo { get; private set; } = "";

    /// <summary>It is a place that somebody left and nobody has taken.</summary>
    public bool IsVacant => WorkflowPlaces.IsVacancy(OfferedTo);

    /// <summary>The region whose people it is offered to.</summary>
    public Guid OfferRegionId { get; private set; }

    public string OfferRegionPath { get; private set; } = "";

    public TenantRef OfferRegion => new(OfferRegionId, OfferRegionPath);

    /// <summary>Whoever has it.</summary>
    public Guid? AssigneeId { get; private set; }

    public string AssigneeName { get; private set; } = "";

    /// <summary>
    /// The delegation (委派) by which alone whoever has it could claim it; null for what was offered to themselves. Another that goes on
    /// where one ends, or a role that they were given since, takes its place without anybody's form growing stale.
    /// </summary>
    [SideNote]
    public Guid? DelegationId { get; private set; }

    /// <summary>Ids (N format, by comma) of people whom the four-eyes rule excludes.</summary>
    public string ExcludedUsers { get; private set; } = "";

    public DateOnly? DueOn { get; private set; }

    public string? CompletedByEvent { get; private set; }

    public bool AllowsBatch { get; private set; }

    public bool IsConfidential { get; private set; }

    /// <summary>When it came (UTC); for a task that waited for an added signer, when it came back.</summary>
    public DateTime OpenedAt { get; private set; }

    /// <summary>When its person first opened it (UTC): from then on the step before cannot be withdrawn.</summary>
    public DateTime? SeenAt { get; private set; }

    public DateTime? CompletedAt { get; private set; }

    /// <summary>The number of the step that completed it.</summary>
    public int CompletedAtStep { get; private set; }

    public Guid? CompletedBy { get; private set; }

    public string CompletedByName { get; private set; } = "";

    /// <summary>What was answered, as JSON; for 已办 and for added signers.</summary>
    public string ValuesJson { get; private set; } = "{}";

    public string Comment { get; private set; } = "";

    /// <summary>The task that this one was added to (加签), and where.</summary>
    public Guid? AddedToTaskId { get; private set; }

    public SignerPosition? AddedAs { get; private set; }

    /// <summary>Signers after it were added; most tasks have none, and need not look.</summary>
    public bool HasSignersAfter { get; private set; }

    [SideNote]
    public int UrgedTimes { get; private set; }

    [SideNote]
    public DateTime? LastUrgedAt { get; private set; }

    /// <summary>The last reminder sent: 1 before the day, 2 on it, 3 after it.</summary>
    [SideNote]
    public int RemindersSent { get; private set; }

    public bool Excludes(Guid userId) => ExcludedUsers.Contains(userId.ToString("N"), StringComparison.Ordinal);

    public IReadOnlyList<Guid> Excluded =>
        [.. ExcludedUsers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(u => Guid.ParseExact(u, "N"))];

    public void Opens(DateTime now) => OpenedAt = now;

    /// <summary>The same work as a task of somebody else's; due on the same day.</summary>
    public WorkflowTask InItsPlace(Guid id, Offer offer, DateTime now)
    {
        var task = new WorkflowTask(id, this, offer);
        task.Opens(now);
        return task;
    }

    public void Seen(DateTime now) => SeenAt ??= now;

    /// <param name="userId">Who takes it.</param>
    /// <param name="name">Their name.</param>
    /// <param name="delegationId">The delegation without which it would not be theirs to take.</param>
    /// <param name="now">The time (UTC).</param>
    public void Claim(Guid userId, string name, Guid? delegationId, DateTime now)
    {
        RequireOpen();
        if (AssigneeId is { } holder && holder != userId)
        {
            throw new BusinessException(WorkflowsErrorCodes.ClaimedByOther).WithData("name", AssigneeName);
        }

        AssigneeId = userId;
        AssigneeName = name;
        DelegationId = delegationId;
        SeenAt ??= now;
    }

    /// <summary>Gives it back to those it was offered to.</summary>
    public void Release()
    {
        RequireOpen();
        TakeBack();
    }

    /// <summary>Claimed by a delegation and not done yet: also while it waits for a signer before it, but not when the delegate has answered.</summary>
    public bool IsHeldByDelegation =>
        DelegationId is not null && (Status == WorkflowTaskStatus.Open || (Status == WorkflowTaskStatus.Waiting && CompletedBy is null));

    /// <summary>The delegation by which it was claimed is over, and whoever has it may do it all the same: by another, or (null) by themselves.</summary>
    public void HoldBy(Guid? delegationId) => DelegationId = delegationId;

    /// <summary>Takes it from whoever has it; those it was offered to have it again, at once or when its signer has signed.</summary>
    public void TakeBack()
    {
        AssigneeId = null;
        AssigneeName = "";
        DelegationId = null;
    }

    /// <summary>Gives it to a person (转办, or an administrator's choice where nobody was found).</summary>
    public void Reassign(UserSummary user)
    {
        RequireOpen();
        OfferedTo = Offer.KeyOfUser(user.Id);
        OfferRegionId = user.Region.Id;
        OfferRegionPath = user.Region.Path;
        AssigneeId = user.Id;
        AssigneeName = user.DisplayName;
        DelegationId = null;
        SeenAt = null;
    }

    public void Complete(Guid? userId, string name, string valuesJson, string comment, DateTime now)
    {
        RequireOpen();
        Status = WorkflowTaskStatus.Completed;
        CompletedAt = now;
        CompletedBy = userId;
        CompletedByName = name;
        ValuesJson = valuesJson;
        Comment = comment;
    }

    /// <summary>Completes it whatever it waits for: the domain says that the work is done.</summary>
    public void CompleteElsewhere(Guid? userId, string name, string valuesJson, DateTime now)
    {
        Status = Status == WorkflowTaskStatus.Waiting ? WorkflowTaskStatus.Open : Status;
        Complete(userId, name, valuesJson, "", now);
    }

    public void CompletedWith(int step) => CompletedAtStep = step;

    public void Cancel(DateTime now)
    {
        if (Status is WorkflowTaskStatus.Open or WorkflowTaskStatus.Waiting)
        {
            Status = WorkflowTaskStatus.Cancelled;
            CompletedAt = now;
        }
    }

    /// <summary>Waits for a signer added before it; or, answered already, for one added after it.</summary>
    public void WaitForSigner() => Status = WorkflowTaskStatus.Waiting;

    /// <summary>Waits for the domain to name somebody.</summary>
    public void WaitForSomebody() => Status = WorkflowTaskStatus.Waiting;

    /// <summary>Keeps the answers of somebody who signed while a signer after them is still to come.</summary>
    public void Answer(Guid userId, string name, string valuesJson, string comment)
    {
        CompletedBy = userId;
        CompletedByName = name;
        ValuesJson = valuesJson;
        Comment = comment;
    }

    public void Resume(DateTime now)
    {
        Status = WorkflowTaskStatus.Open;
        OpenedAt = now;
        SeenAt = null;
    }

    public void AddedTo(WorkflowTask task, SignerPosition position)
    {
        AddedToTaskId = task.Id;
        AddedAs = position;
        CompletedByEvent = null;
        AllowsBatch = false;
    }

    public void SignerFollows() => HasSignersAfter = true;

    public void Urge(DateTime now, TimeSpan atMostEvery)
    {
        RequireOpen();
        if (LastUrgedAt is { } last && now - last < atMostEvery)
        {
            throw new BusinessException(WorkflowsErrorCodes.UrgedAlready);
        }

        UrgedTimes++;
        LastUrgedAt = now;
    }

    /// <summary>The node in another version.</summary>
    public void MoveTo(string nodeId, string name)
    {
        NodeId = nodeId;
        Name = name;
    }

    public void Reminded(int remindersSent) => RemindersSent = remindersSent;

    public void RequireOpen()
    {
        if (Status != WorkflowTaskStatus.Open)
        {
            throw new BusinessException(WorkflowsErrorCodes.TaskNotOpen);
        }
    }
}

/// <summary>One of several people whom an expression named; each sees the task until one of them claims it.</summary>
[NotAudited]
internal sealed class WorkflowCandidate : TenantEntity
{
    private WorkflowCandidate()
    {
    }

    public WorkflowCandidate(Guid id, WorkflowTask task, Guid userId)
        : base(id, task.Owner)
    {
        TaskId = task.Id;
        UserId = userId;
    }

    public Guid TaskId { get; private set; }

    public Guid UserId { get; private set; }
}

/// <summary>抄送: somebody is shown a task's work without having to do anything.</summary>
[NotAudited]
internal sealed class WorkflowCopy : TenantEntity
{
    private WorkflowCopy()
    {
    }

    public WorkflowCopy(Guid id, WorkflowTask task, UserRef user, string byName)
        : base(id, task.Owner)
    {
        TaskId = task.Id;
        InstanceId = task.InstanceId;
        UserId = user.Id;
        ByName = byName;
    }

    public Guid TaskId { get; private set; }

    public Guid InstanceId { get; private set; }

    public Guid UserId { get; private set; }

    public string ByName { get; private set; } = "";

    public DateTime? ReadAt { get; private set; }

    public void Read(DateTime now) => ReadAt ??= now;
}

/// <summary>A remark on a task, with files.</summary>
internal sealed class WorkflowComment : TenantEntity
{
    private WorkflowComment()
    {
    }

    public WorkflowComment(Guid id, WorkflowTask task, Guid authorId, string authorName, string text, IReadOnlyList<Guid> fileIds)
        : base(id, task.Owner)
    {
        TaskId = task.Id;
        InstanceId = task.InstanceId;
        AuthorId = authorId;
        AuthorName = authorName;
        Text = text;
        FileIds = [.. fileIds];
    }

    public Guid TaskId { get; private set; }

    public Guid InstanceId { get; private set; }

    public Guid AuthorId { get; private set; }

    public string AuthorName { get; private set; } = "";

    public string Text { get; private set; } = "";

    public List<Guid> FileIds { get; private set; } = [];
}

/// <summary>委派: somebody does another's work between two days.</summary>
[TakesTurns]
internal sealed class WorkflowDelegation : TenantEntity
{
    private WorkflowDelegation()
    {
    }

    public WorkflowDelegation(Guid id, int number, UserRef from, UserRef to, DateOnly first, DateOnly last)
        : base(id)
    {
        Number = number;
        FromUserId = from.Id;
        FromName = from.Name;
        ToUserId = to.Id;
        ToName = to.Name;
        First = first;
        Last = last;
    }

    /// <summary>From 1, among this person's. Unique: of two made at the same moment, which neither sees of the other, one is refused.</summary>
    public int Number { get; private set; }

    public Guid FromUserId { get; private set; }

    public string FromName { get; private set; } = "";

    public Guid ToUserId { get; private set; }

    public string ToName { get; private set; } = "";

    public DateOnly First { get; private set; }

    /// <summary>The last day, included.</summary>
    public DateOnly Last { get; private set; }

    /// <summary>When it was ended before its last day (UTC).</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>From when on it does not hold any more (UTC): when it was ended, or at midnight in China after its last day.</summary>
    public DateTime OverAt => EndedAt is { } at && at < EndOfLast ? at : EndOfLast;

    /// <summary>The last day on which it held.</summary>
    public DateOnly OverOn => EndedAt is { } at && at < EndOfLast ? ChinaTime.DateOf(at) : Last;

    private DateTime EndOfLast => ChinaTime.EndOf(Last);

    public void End(DateTime now) => EndedAt ??= now;
}

/// <summary>A person by id and name.</summary>
internal sealed record UserRef(Guid Id, string Name);

/// <summary>Whom a task is offered to.</summary>
/// <param name="Key">Whose inbox: see <see cref="WorkflowTask.OfferedTo"/>.</param>
/// <param name="Region">The region whose people these are.</param>
/// <param name="UserId">The one person, when it is one.</param>
/// <param name="UserName">Their name.</param>
/// <param name="Excluded">Whom the four-eyes rule excludes.</param>
/// <param name="Candidates">Several people, when an expression named several.</param>
internal sealed record Offer(string Key, TenantRef Region, Guid? UserId, string UserName, IReadOnlyList<Guid> Excluded, IReadOnlyList<Guid> Candidates)
{
    public const string Candidate = "candidates";

    public bool IsNobody => Key.Length == 0;

    /// <summary>Nobody was found; administrators of the region that should have somebody (or of those above) give the task to a person.</summary>
    public static Offer ToNobody(TenantRef region, IReadOnlyList<Guid> excluded) => new("", region, null, "", excluded, []);

    public static string KeyOfRole(Guid regionId, string role) => $"role:{regionId:N}:{role}";

    public static string KeyOfOffice(Guid officeId) => $"office:{officeId:N}";

    public static string KeyOfUser(Guid userId) => $"user:{userId:N}";

    /// <summary>The place that somebody left: no inbox has this key, and whoever fills it is found by who left.</summary>
    public static string KeyOfVacancy(Guid userId) => WorkflowPlaces.LeftBy(userId);

    public bool IsVacancy => WorkflowPlaces.IsVacancy(Key);

    public static Offer Vacancy(Guid userId, TenantRef region, IReadOnlyList<Guid> excluded) => new(KeyOfVacancy(userId), region, null, "", excluded, []);
}

internal sealed class WorkflowTaskConfiguration : IEntityTypeConfiguration<WorkflowTask>
{
    public void Configure(EntityTypeBuilder<WorkflowTask> builder)
    {
        builder.ToTable("WorkflowsTasks");
        builder.Ignore(x => x.Excluded);
        builder.Ignore(x => x.IsVacant);
        builder.Ignore(x => x.OfferRegion);
        builder.Ignore(x => x.IsHeldByDelegation);
        builder.Property(x => x.OfferRegionPath).HasMaxLength(TenantPaths.MaxLength);
        builder.Property(x => x.Key).HasMaxLength(WorkflowLimits.Key);
        builder.Property(x => x.Title).HasMaxLength(600);
        builder.Property(x => x.NodeId).HasMaxLength(WorkflowLimits.NodeId);
        builder.Property(x => x.Name).HasMaxLength(WorkflowLimits.Name);
        builder.Property(x => x.OfferedTo).HasMaxLength(120);
        builder.Property(x => x.AssigneeName).HasMaxLength(WorkflowLimits.PersonName);
        builder.Property(x => x.ExcludedUsers).HasMaxLength(1000);
        builder.Property(x => x.CompletedByEvent).HasMaxLength(120);
        builder.Property(x => x.CompletedByName).HasMaxLength(WorkflowLimits.PersonName);
        builder.Property(x => x.Comment).HasMaxLength(WorkflowLimits.Note);
        builder.HasOne<WorkflowInstance>().WithMany().HasForeignKey(x => x.InstanceId);
        builder.HasIndex(x => new { x.InstanceId, x.ExecutionId });
        builder.HasIndex(x => new { x.Status, x.OfferedTo, x.DueOn });
        builder.HasIndex(x => new { x.Status, x.AssigneeId, x.DueOn });
        builder.HasIndex(x => new { x.CompletedBy, x.CompletedAt });
        builder.HasIndex(x => new { x.SubjectId, x.Status });
        builder.HasIndex(x => new { x.Status, x.DueOn });
        // Few tasks have one: the others cost the index nothing. Each database reads the quotes as those of a name.
        builder.HasIndex(x => x.DelegationId).HasFilter("\"DelegationId\" IS NOT NULL");
    }
}

internal sealed class WorkflowCandidateConfiguration : IEntityTypeConfiguration<WorkflowCandidate>
{
    public void Configure(EntityTypeBuilder<WorkflowCandidate> builder)
    {
        builder.ToTable("WorkflowsCandidates");
        builder.HasOne<WorkflowTask>().WithMany().HasForeignKey(x => x.TaskId);
        builder.HasIndex(x => new { x.UserId, x.TaskId }).IsUnique();
    }
}

internal sealed class WorkflowCopyConfiguration : IEntityTypeConfiguration<WorkflowCopy>
{
    public void Configure(EntityTypeBuilder<WorkflowCopy> builder)
    {
        builder.ToTable("WorkflowsCopies");
        builder.Property(x => x.ByName).HasMaxLength(WorkflowLimits.PersonName);
        builder.HasOne<WorkflowTask>().WithMany().HasForeignKey(x => x.TaskId);
        builder.HasIndex(x => new { x.UserId, x.ReadAt });
        builder.HasIndex(x => new { x.TaskId, x.UserId }).IsUnique();
    }
}

internal sealed class WorkflowCommentConfiguration : IEntityTypeConfiguration<WorkflowComment>
{
    public void Configure(EntityTypeBuilder<WorkflowComment> builder)
    {
        builder.ToTable("WorkflowsComments");
        builder.Property(x => x.AuthorName).HasMaxLength(WorkflowLimits.PersonName);
        builder.Property(x => x.Text).HasMaxLength(WorkflowLimits.Note);
        builder.HasOne<WorkflowTask>().WithMany().HasForeignKey(x => x.TaskId);
        builder.HasIndex(x => x.InstanceId);
    }
}

internal sealed class WorkflowDelegationConfiguration : IEntityTypeConfiguration<WorkflowDelegation>
{
    public void Configure(EntityTypeBuilder<WorkflowDelegation> builder)
    {
        builder.ToTable("WorkflowsDelegations");
        builder.Ignore(x => x.OverAt);
        builder.Ignore(x => x.OverOn);
        builder.Property(x => x.FromName).HasMaxLength(WorkflowLimits.PersonName);
        builder.Property(x => x.ToName).HasMaxLength(WorkflowLimits.PersonName);
        builder.HasIndex(x => new { x.ToUserId, x.Last });
        builder.HasIndex(x => new { x.FromUserId, x.Last });
        // Within a region: whoever moved to another does not see the numbers that they have in the former.
        builder.HasIndex(x => new { x.TenantId, x.FromUserId, x.Number }).IsUnique();
    }
}
