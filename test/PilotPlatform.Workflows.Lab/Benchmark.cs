namespace PilotPlatform.Workflows.Lab;

internal static class Benchmark
{
    public static Task<int> RunAsync(string[] options) => throw new NotSupportedException(string.Join(' ', options));
}
