using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PilotPlatform.Scheduling;
using Shouldly;

namespace PilotPlatform.Kernel.Tests;

public sealed class RecurringWorkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Rounds_AfterOneThatFails_GoOnOneAtATime()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddRecurringWork<CountedWork>("test.counted", TimeSpan.FromMilliseconds(1));
        builder.Services.AddRecurringWork<OtherWork>("test.other", TimeSpan.FromHours(1));
        builder.Services.AddRecurringWorkRunner();
        using var host = builder.Build();
        var work = host.Services.GetRequiredService<CountedWork>();

        await host.StartAsync();
        await work.ThirdRound.Task.WaitAsync(Patience);
        await host.Services.GetRequiredService<OtherWork>().FirstRound.Task.WaitAsync(Patience);
        await host.StopAsync();

        work.MostAtOnce.ShouldBe(1);
    }

    private sealed class CountedWork : IRecurringWork
    {
        private int rounds;
        private int running;

        public TaskCompletionSource ThirdRound { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int MostAtOnce { get; private set; }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            if (Interlocked.Increment(ref rounds) == 1)
            {
                throw new InvalidOperationException("The first round fails.");
            }

            if (rounds == 3)
            {
                ThirdRound.TrySetResult();
            }
        }
    }

    private sealed class OtherWork : IRecurringWork
    {
        public TaskCompletionSource FirstRound { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task RunAsync(CancellationToken cancellationToken)
        {
            FirstRound.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
