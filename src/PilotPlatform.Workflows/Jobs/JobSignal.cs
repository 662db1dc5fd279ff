using PilotPlatform.Events;

namespace PilotPlatform.Workflows.Jobs;

/// <summary>Told by the engine that work is due now, so that it is done at once and not at the next look.</summary>
internal sealed class JobSignal : WakeSignal;
