namespace PilotPlatform.Identity;

/// <summary>
/// Says that accounts changed, for whoever remembers what <see cref="IUserDirectory"/> answered. It knows what this node
/// committed; what another node did it does not know, so memory needs an end of its own too.
/// </summary>
public interface IAccountChanges
{
    /// <summary>Another number after every change of an account on this node: made, edited, disabled, given or deprived of a role. Read it before asking.</summary>
    long Stamp { get; }
}
