using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Errors;
using PilotPlatform.Testing;
using Shouldly;

namespace PilotPlatform.Kernel.Tests;

/// <summary>Two requests that waited for one another: the database ends one of them, which is told that somebody was faster.</summary>
public sealed class LostRaceTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Theory]
    [InlineData("40P01", 409)]
    [InlineData("40001", 409)]
    [InlineData("57014", 500)]
    [InlineData(null, 500)]
    public async Task Request_ThatTheDatabaseEndedForAnother_IsAnsweredAsChangedMeanwhile(string? state, int status)
    {
        var handler = ActivatorUtilities.CreateInstance<PlatformExceptionHandler>(app.Services);
        foreach (var error in new Exception[] { new Ended(state), new DbUpdateException("saving", new InvalidOperationException("transient", new Ended(state))) })
        {
            var context = new DefaultHttpContext { RequestServices = app.Services };
            (await handler.TryHandleAsync(context, error, default)).ShouldBeTrue();
            context.Response.StatusCode.ShouldBe(status);
        }
    }

    private sealed class Ended(string? state) : DbException
    {
        public override string? SqlState => state;
    }
}
