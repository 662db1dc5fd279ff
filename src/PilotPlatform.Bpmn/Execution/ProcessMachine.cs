using System.Text.Json;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>
/// The token machine of one process (BPMN 2.0 chapter 13): pure, without clock, ids or I/O. Every command returns what
/// happened, in order. A command that names an execution or wait that is no longer there throws
/// <see cref="UnknownExecutionException"/> and changes nothing.
/// </summary>
public sealed partial class ProcessMachine
{
    /// <summary>Creates the machine of a process.</summary>
    public ProcessMachine(ProcessModel process)
    {
        ArgumentNullException.ThrowIfNull(process);
        Process = process;
    }

    /// <summary>The process.</summary>
    public ProcessModel Process { get; }
}

/// <summary>The execution or wait is not there (any more): done, cancelled, or never was.</summary>
public sealed class UnknownExecutionException(int id) : InvalidOperationException($"There is no execution or wait {id}.")
{
    /// <summary>The id asked for.</summary>
    public int Id { get; } = id;
}
