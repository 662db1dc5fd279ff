using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PilotPlatform.Audit;
using PilotPlatform.Events;
using PilotPlatform.Modules;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Data;

/// <summary>What the context needs besides its options; one object, so that tests and tools build it the same way.</summary>
public sealed class PlatformDbServices
{
    internal PlatformDbServices(
        ICurrentScope scope, IEnumerable<PlatformModule> modules, TimeProvider time, IIdGenerator ids, ChangeRecorder recorder, OutboxSignal signal)
    {
        Scope = scope;
        Modules = [.. modules];
        Time = time;
        Ids = ids;
        Recorder = recorder;
        Signal = signal;
    }

    internal ICurrentScope Scope { get; }

    internal IReadOnlyList<PlatformModule> Modules { get; }

    internal TimeProvider Time { get; }

    internal IIdGenerator Ids { get; }

    internal ChangeRecorder Recorder { get; }

    internal OutboxSignal Signal { get; }
}

/// <summary>
/// The one context. It has no DbSets: modules bring their own configurations. SaveChanges stamps rows, refuses rows
/// outside the caller's tenant scope, and commits rows, audit entries and outbox messages together.
/// </summary>
public sealed class PlatformDbContext : DbContext, IOutbox
{
    /// <summary>The name of the query filter that keeps tenants apart.</summary>
    public const string TenantFilter = "Tenant";

    /// <summary>The name of the query filter that hides others' drafts.</summary>
    public const string DraftFilter = "Draft";

    private static readonly MethodInfo ApplyFiltersMethod =
        typeof(PlatformDbContext).GetMethod(nameof(ApplyFilters), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly PlatformDbServices services;
    private readonly List<(IPlatformEvent Event, TenantRef? RunIn)> pending = [];
    private readonly List<TenantEntity> many = [];

    /// <summary>Creates the context for one dependency-injection scope.</summary>
    public PlatformDbContext(DbContextOptions<PlatformDbContext> options, PlatformDbServices services)
        : base(options) => this.services = services;

    // The filters below read these; EF Core makes each a parameter of the query.
    private string ScopePath => services.Scope.Identity.Tenant?.Path ?? TenantPaths.Nowhere;

    private string ScopeEnd => TenantPaths.EndOf(ScopePath);

    private IReadOnlyList<string> ScopeAncestors => TenantPaths.AncestorsOf(ScopePath);

    private Guid ScopeUserId => services.Scope.Identity.UserId ?? Guid.Empty;

    /// <inheritdoc/>
    public void Add(IPlatformEvent platformEvent) => pending.Add((platformEvent, null));

    /// <summary>Adds an event whose handlers run in another region's scope (a notice to people there).</summary>
    public void AddFor(TenantRef runIn, IPlatformEvent platformEvent) => pending.Add((platformEvent, runIn));

    /// <summary>
    /// Adds thousands of new rows that nobody changes again before they are saved: the next SaveChanges writes them behind the
    /// tracked rows in a few large statements, in the same transaction, with the same stamps, tenant check and audit entries.
    /// They are not tracked, raise no events and have no parts of their own.
    /// </summary>
    public void AddMany(IEnumerable<TenantEntity> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        many.AddRange(rows);
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (many.Count > 0)
        {
            throw new InvalidOperationException("Rows of AddMany are saved by SaveChangesAsync.");
        }

        using var once = new DetectedOnce(ChangeTracker);
        var messages = Prepare();
        var written = base.SaveChanges(acceptAllChangesOnSuccess);
        Settle(messages);
        return written;
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        using var once = new DetectedOnce(ChangeTracker);
        var messages = Prepare();
        var written = many.Count == 0
            ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : await SaveWithManyAsync(acceptAllChangesOnSuccess, cancellationToken);
        Settle(messages);
        return written;
    }

    /// <summary>Messages saved within a transaction can be read only now that it is committed.</summary>
    internal void SignalAfterCommit() => services.Signal.Raise();

    private async Task<int> SaveWithManyAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        var actor = services.Scope.Identity;
        var now = services.Time.UtcNow();
        TenantWriteGuard.Check(many, actor);
        foreach (var row in many)
        {
            row.CreatedAt = now;
            row.CreatedBy = actor.UserId;
            row.ConcurrencyStamp = NewStamp();
        }

        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        var written = await base.SaveChangesAsync(false, cancellationToken);
        foreach (var rows in many.GroupBy(r => r.GetType()))
        {
            written += await new RowWriter(this, rows.Key, services.Time, services.Ids).InsertAsync([.. rows], cancellationToken);
            await new RowWriter(this, typeof(AuditEntry), services.Time, services.Ids).InsertAsync(services.Recorder.RecordAdded(Model.FindEntityType(rows.Key)!, [.. rows], actor), cancellationToken);
        }

        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        many.Clear();
        if (acceptAllChangesOnSuccess)
        {
            ChangeTracker.AcceptAllChanges();
        }

        return written;
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        if (Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true)
        {
            // SQLite has no decimal type; as a double it sorts and sums, and 15 digits carry our scores exactly.
            configurationBuilder.Properties<decimal>().HaveConversion<double>();
        }
        else
        {
            configurationBuilder.Properties<decimal>().HavePrecision(18, 4);
        }
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlatformDbContext).Assembly);
        // A module of read models has no entities; EF Core would warn of it at every start.
        foreach (var module in services.Modules.Where(m => m.Assembly.GetTypes().Any(IsConfiguration)))
        {
            modelBuilder.ApplyConfigurationsFromAssembly(module.Assembly);
        }

        var binaryCollation = Database.ProviderName switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" => "C",
            "Microsoft.EntityFrameworkCore.SqlServer" => "Latin1_General_100_BIN2",
            _ => "BINARY",
        };
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(e => !e.IsOwned()).ToList())
        {
            var builder = modelBuilder.Entity(entity.ClrType);
            if (entity.ClrType.IsAssignableTo(typeof(Entity)))
            {
                builder.Property(nameof(Entity.Id)).ValueGeneratedNever();
                builder.Property(nameof(Entity.ConcurrencyStamp)).HasMaxLength(32).IsConcurrencyToken();
                foreach (var note in SideNotes.Of(entity.ClrType))
                {
                    builder.Property(note).IsConcurrencyToken();
                }
            }

            if (entity.ClrType.IsAssignableTo(typeof(ITenantOwned)))
            {
                builder.Property(nameof(ITenantOwned.TenantPath)).HasMaxLength(TenantPaths.MaxLength).UseCollation(binaryCollation);
                ApplyFiltersMethod.MakeGenericMethod(entity.ClrType).Invoke(this, [modelBuilder]);
            }

            if (entity.ClrType == typeof(AuditEntry))
            {
                builder.Property(nameof(AuditEntry.ActorTenantPath)).UseCollation(binaryCollation);
            }
        }

        ForbidCascades(modelBuilder.Model);
    }

    private void ApplyFilters<T>(ModelBuilder modelBuilder)
        where T : class, ITenantOwned
    {
        var builder = modelBuilder.Entity<T>();
        Expression<Func<T, bool>> inScope = e =>
            string.Compare(EF.Property<string>(e, nameof(ITenantOwned.TenantPath)), ScopePath) >= 0
            && string.Compare(EF.Property<string>(e, nameof(ITenantOwned.TenantPath)), ScopeEnd) < 0;

        if (typeof(T).IsAssignableTo(typeof(IOutwardShared)))
        {
            inScope = Or(inScope, e => EF.Property<bool>(e, nameof(IOutwardShared.IsShared)));
        }

        if (typeof(T).IsAssignableTo(typeof(IInheritedDownwards)))
        {
            inScope = Or(inScope, e => EF.Property<bool>(e, nameof(IInheritedDownwards.IsInherited))
                && ScopeAncestors.Contains(EF.Property<string>(e, nameof(ITenantOwned.TenantPath))));
        }

        if (typeof(T).IsAssignableTo(typeof(IAudienceShared)))
        {
            inScope = Or(inScope, e => Set<AudienceRow>().Any(a =>
                a.SubjectId == EF.Property<Guid>(e, nameof(IAudienceShared.AudienceKey))
                && string.Compare(a.TenantPath, ScopePath) >= 0 && string.Compare(a.TenantPath, ScopeEnd) < 0));
        }

        if (typeof(T) == typeof(AuditEntry))
        {
            inScope = Or(inScope, e =>
                string.Compare(EF.Property<string>(e, nameof(AuditEntry.ActorTenantPath)), ScopePath) >= 0
                && string.Compare(EF.Property<string>(e, nameof(AuditEntry.ActorTenantPath)), ScopeEnd) < 0);
        }

        builder.HasQueryFilter(TenantFilter, inScope);

        if (typeof(T).IsAssignableTo(typeof(IRegionDraft)))
        {
            builder.HasQueryFilter(DraftFilter, (Expression<Func<T, bool>>)(e =>
                !EF.Property<bool>(e, nameof(IRegionDraft.IsDraft)) || EF.Property<string>(e, nameof(ITenantOwned.TenantPath)) == ScopePath));
        }
        else if (typeof(T).IsAssignableTo(typeof(IPersonalDraft)))
        {
            builder.HasQueryFilter(DraftFilter, (Expression<Func<T, bool>>)(e =>
                !EF.Property<bool>(e, nameof(IPersonalDraft.IsDraft)) || EF.Property<Guid>(e, nameof(IPersonalDraft.OwnerUserId)) == ScopeUserId));
        }
    }

    private static Expression<Func<T, bool>> Or<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right)
    {
        var replaced = new ParameterReplacer(right.Parameters[0], left.Parameters[0]).Visit(right.Body);
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(left.Body, replaced), left.Parameters);
    }

    private static bool IsConfiguration(Type type) =>
        !type.IsAbstract && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>));

    private static void ForbidCascades(IMutableModel model)
    {
        // SQL Server refuses multiple cascade paths; only a row's own parts (owned types) go with it.
        foreach (var key in model.GetEntityTypes().SelectMany(e => e.GetForeignKeys()).Where(k => !k.IsOwnership && k.DeleteBehavior == DeleteBehavior.Cascade))
        {
            key.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }

    private List<OutboxMessage> Prepare()
    {
        var actor = services.Scope.Identity;
        var now = services.Time.UtcNow();
        var entries = ChangeTracker.Entries<Entity>().ToList();
        foreach (var entry in entries)
        {
            if (entry.Entity.TakeTouch() && entry.State == EntityState.Unchanged)
            {
                entry.Property(nameof(Entity.ModifiedAt)).IsModified = true;
            }

            if (entry.State == EntityState.Added)
            {
                if (entry.Entity is TenantEntity { TenantPath.Length: 0 } ownerless)
                {
                    var tenant = services.Scope.RequiredTenant;
                    ownerless.TenantId = tenant.Id;
                    ownerless.TenantPath = tenant.Path;
                }

                entry.Entity.CreatedAt = now;
                entry.Entity.CreatedBy = actor.UserId;
                entry.Entity.ConcurrencyStamp = NewStamp();
            }
            else if (entry.State == EntityState.Modified && !ChangesSideNotesOnly(entry))
            {
                // Through the entry, since nobody looks for changes again; by name, since an expression would be built anew each time.
                entry.Property(nameof(Entity.ModifiedAt)).CurrentValue = now;
                entry.Property(nameof(Entity.ModifiedBy)).CurrentValue = actor.UserId;
                entry.Property(nameof(Entity.ConcurrencyStamp)).CurrentValue = NewStamp();
            }
        }

        TenantWriteGuard.Check(ChangeTracker, actor);
        var messages = WriteOutbox(entries, actor, now);
        AddRange(services.Recorder.Record(ChangeTracker, actor));
        return messages;
    }

    private static bool ChangesSideNotesOnly(EntityEntry<Entity> entry)
    {
        var notes = SideNotes.Of(entry.Metadata.ClrType);
        return notes.Count > 0 && entry.Properties.All(p => !p.IsModified || notes.Contains(p.Metadata.Name));
    }

    private string NewStamp() => services.Ids.NewId().ToString("N");

    private List<OutboxMessage> WriteOutbox(List<EntityEntry<Entity>> entries, ScopeIdentity actor, DateTime now)
    {
        var raised = entries
            .SelectMany(e => e.Entity.RaisedEvents.Select(x => (Event: x, RunIn: (TenantRef?)null)))
            .Concat(pending).ToList();
        var messages = raised.ConvertAll(r =>
        {
            var tenant = r.RunIn ?? actor.Tenant ?? TenantRef.Root;
            return new OutboxMessage
            {
                Id = services.Ids.NewId(),
                Name = EventRegistry.NameOf(r.Event.GetType()),
                Payload = JsonSerializer.Serialize(r.Event, r.Event.GetType(), EventRegistry.Json),
                TenantId = tenant.Id,
                TenantPath = tenant.Path,
                ActorId = actor.UserId,
                ActorName = actor.DisplayName,
                OccurredAt = now,
                NextAttemptAt = now,
            };
        });
        AddRange(messages);
        entries.ForEach(e => e.Entity.ClearEvents());
        pending.Clear();
        return messages;
    }

    private void Settle(List<OutboxMessage> messages)
    {
        if (messages.Count > 0)
        {
            services.Signal.Raise();
        }
    }

    /// <summary>
    /// Looks for changes once a save: EF Core would look anew each time the tracker is asked, which costs more than the rest
    /// of preparing does.
    /// </summary>
    private readonly struct DetectedOnce : IDisposable
    {
        private readonly ChangeTracker tracker;
        private readonly bool before;

        public DetectedOnce(ChangeTracker tracker)
        {
            this.tracker = tracker;
            before = tracker.AutoDetectChangesEnabled;
            tracker.DetectChanges();
            tracker.AutoDetectChangesEnabled = false;
        }

        public void Dispose() => tracker.AutoDetectChangesEnabled = before;
    }

    private sealed class ParameterReplacer(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
