using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Modules;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Kernel.Tests;

[EventName("test.something-happened.v1")]
public sealed record SomethingHappened(Guid SubjectId, FirstTry FirstTry) : IPlatformEvent;

/// <summary>How the handler fares the first time.</summary>
public enum FirstTry
{
    Succeeds,
    Fails,
    GivesUpWaiting,
}

/// <summary>Writes an audience row for each event; the first time as told, after it has added its row.</summary>
public sealed class WhenSomethingHappened(PlatformDbContext db, IIdGenerator ids, ICurrentScope scope) : IEventHandler<SomethingHappened>
{
    internal static int Calls;

    public Task HandleAsync(SomethingHappened platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        db.Add(new AudienceRow(ids.NewId(), scope.RequiredTenant, platformEvent.SubjectId));
        return (Interlocked.Increment(ref Calls), platformEvent.FirstTry) switch
        {
            (1, FirstTry.Fails) => throw new InvalidOperationException("the first try fails"),
            (1, FirstTry.GivesUpWaiting) => throw new OperationCanceledException("a time limit of the handler's own"),
            _ => Task.CompletedTask,
        };
    }
}

[EventName("test.another-node-looks.v1")]
public sealed record AnotherNodeLooks : IPlatformEvent;

/// <summary>While this node delivers the message, another looks what is due.</summary>
public sealed class WhenAnotherNodeLooks(IOutboxDispatcher other) : IEventHandler<AnotherNodeLooks>
{
    public Task HandleAsync(AnotherNodeLooks platformEvent, EventContext context, CancellationToken cancellationToken) => other.DispatchDueAsync(cancellationToken);
}

public sealed class OutboxApp : PilotPlatformApp
{
    protected override void ConfigureTestServices(IServiceCollection services)
    {
        services.AddPlatformModule("Test", typeof(OutboxApp).Assembly);
        services.AddEventHandler<SomethingHappened, WhenSomethingHappened>("test.when-something-happened");
        services.AddEventHandler<AnotherNodeLooks, WhenAnotherNodeLooks>("test.when-another-node-looks");
    }
}

public sealed class OutboxTests(OutboxApp app) : IClassFixture<OutboxApp>
{
    [Theory]
    [InlineData(FirstTry.Fails)]
    [InlineData(FirstTry.GivesUpWaiting)]
    public async Task Event_WhenTheHandlerFailsOnce_HasItsEffectOnceAfterTheRetry(FirstTry firstTry)
    {
        WhenSomethingHappened.Calls = 0;
        var subject = await RaiseAsync(firstTry);
        var dispatcher = app.Services.GetRequiredService<IOutboxDispatcher>();

        await dispatcher.DispatchDueAsync(default);
        (await EffectsAsync(subject)).ShouldBe(0, "what a failing handler added is not saved");

        await dispatcher.DispatchDueAsync(default);
        WhenSomethingHappened.Calls.ShouldBe(1, "the next try waits");

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await dispatcher.DispatchDueAsync(default);
        await dispatcher.DispatchDueAsync(default);
        (await EffectsAsync(subject)).ShouldBe(1);
    }

    [Fact]
    public async Task Event_WhenTheProcessDiedAfterTheHandler_HasItsEffectOnce()
    {
        WhenSomethingHappened.Calls = 10;
        var subject = await RaiseAsync(FirstTry.Succeeds);
        var dispatcher = app.Services.GetRequiredService<IOutboxDispatcher>();
        await dispatcher.DispatchDueAsync(default);

        // The handler's transaction was committed, but the mark that the message is done was not.
        await app.AsSystemAsync(TenantRef.Root, services => services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>()
            .Where(m => m.Name == "test.something-happened.v1").ExecuteUpdateAsync(s => s.SetProperty(m => m.ProcessedAt, (DateTime?)null)));
        await dispatcher.DispatchDueAsync(default);

        (await EffectsAsync(subject)).ShouldBe(1);
        WhenSomethingHappened.Calls.ShouldBe(11);
    }

    /// <summary>Both are in one look of this node; the second fails on another node before this one comes to it.</summary>
    [Fact]
    public async Task Event_ThatAnotherNodeTriedSinceTheLook_WaitsForItsTurn()
    {
        WhenSomethingHappened.Calls = 0;
        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new AnotherNodeLooks());
            return await db.SaveChangesAsync();
        });
        var subject = await RaiseAsync(FirstTry.Fails);
        var dispatcher = app.Services.GetRequiredService<IOutboxDispatcher>();

        await dispatcher.DispatchDueAsync(default);
        (WhenSomethingHappened.Calls, await EffectsAsync(subject)).ShouldBe((1, 0), "the next try waits, whichever node comes to it");

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await dispatcher.DispatchDueAsync(default);
        (WhenSomethingHappened.Calls, await EffectsAsync(subject)).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Save_WhenARowIsRefused_LeavesNeitherRowNorEventNorLog()
    {
        var subject = Guid.NewGuid();
        await Should.ThrowAsync<Errors.TenantWriteRefusedException>(() => app.AsAsync(People.Yangzhou.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new AudienceRow(Guid.NewGuid(), People.Nantong.Tenant, subject));
            db.Add(new SomethingHappened(subject, FirstTry.Succeeds));
            return await db.SaveChangesAsync();
        }));

        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            (await db.Set<OutboxMessage>().CountAsync(m => m.Payload.Contains(subject.ToString()))).ShouldBe(0);
            (await db.Set<AuditEntry>().CountAsync(a => a.Details.Contains(subject.ToString()))).ShouldBe(0);
        });
    }

    [Fact]
    public async Task Audit_OfAChange_NamesActorAndOwner()
    {
        var id = Guid.NewGuid();
        await app.AsAsync(People.Jiangsu.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new AudienceRow(id, People.Nantong.Tenant, Guid.NewGuid()));
            return await db.SaveChangesAsync();
        });

        var entry = await app.AsAsync(People.Nantong.Auditor, services =>
            services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().SingleAsync(a => a.SubjectId == id.ToString()));
        entry.Kind.ShouldBe(AuditKind.RowCreated);
        entry.TenantPath.ShouldBe("/32/3206/");
        entry.ActorTenantPath.ShouldBe("/32/");
        entry.ActorName.ShouldBe(People.Jiangsu.Coordinator.DisplayName);
        entry.Details.ShouldContain("SubjectId");

        var siblings = await app.AsAsync(People.Yangzhou.Auditor, services =>
            services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().CountAsync(a => a.SubjectId == id.ToString()));
        siblings.ShouldBe(0);
    }

    private async Task<Guid> RaiseAsync(FirstTry firstTry)
    {
        var subject = Guid.NewGuid();
        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new SomethingHappened(subject, firstTry));
            return await db.SaveChangesAsync();
        });
        return subject;
    }

    private Task<int> EffectsAsync(Guid subject) => app.AsAsync(People.Nantong.Coordinator, services =>
        services.GetRequiredService<PlatformDbContext>().Set<AudienceRow>().CountAsync(a => a.SubjectId == subject));
}
