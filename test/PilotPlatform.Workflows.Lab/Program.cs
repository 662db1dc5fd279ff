using System.Globalization;
using PilotPlatform.Workflows.Lab;

// work FILE INSTANCES: works instances to their ends on a SQLite file; killed and started again by PilotPlatform.Crash.Tests.
// bench …: measures; started by etc/bench.sh workflows.
switch (args)
{
    case ["work", var file, var instances]:
        return await Worker.RunAsync(file, int.Parse(instances, CultureInfo.InvariantCulture));
    case ["bench", .. var options]:
        return await Benchmark.RunAsync(options);
    default:
        await Console.Error.WriteLineAsync("usage: work FILE INSTANCES | bench [--instances 10000] [--live 1000,10000,100000] [--rounds 10] [--steps 200] [--database sqlite|postgresql]");
        return 2;
}
