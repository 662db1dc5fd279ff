namespace PilotPlatform.Data;

/// <summary>The one source of ids; injected so that tests are exact.</summary>
public interface IIdGenerator
{
    /// <summary>A new id; later ids sort after earlier ones, so that indexes grow at their end.</summary>
    Guid NewId();
}

/// <summary>Version 7 UUIDs (RFC 9562 § 5.7).</summary>
internal sealed class SequentialIdGenerator(TimeProvider time) : IIdGenerator
{
    public Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());
}
